import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { knownReaders, LIST_SETTING, MOMENT_SETTING } from './tests/helpers/clock-readers.ts';

const BROWSER = 'tests/browser/**/*.test.ts';

/**
 * What looks at no clock, or takes thousands of records on a day that is given along ways that short tests take too: with
 * the clock moved (scripts/test.ts) it would only be the same once more.
 */
const CLOCKLESS = [
  'tests/architecture.test.ts',
  'tests/api/geocode/{geocoder,geography,import,postcodes-io,shared-cells,vectors}.test.ts',
  'tests/api/import/round-trip.test.ts',
  'tests/api/map/**/*.test.ts',
  'tests/api/matching/**/*.test.ts',
  'tests/api/{needs,vocabulary}.test.ts',
  'tests/api/search/**/{distance,edges,engine,life,meaning,text}.test.ts',
  'tests/api/urgent/phrases.test.ts',
  'tests/hostile/**/*.test.ts',
  'tests/scripts/postcodes.test.ts',
];

/** What takes longest begins first, by the seconds of a core that the files and what they start take, so that in the end no core waits for the last. */
const LONGEST = [
  'api/server/server',
  'api/search/engine',
  'api/steps',
  'api/submit/rights',
  'api/geocode/import',
  'scripts/import',
  'api/upkeep/clock',
  'api/search/edges',
  'api/upkeep/two-years',
  'api/geocode/shared-cells',
  'api/server/site-address',
  'api/upkeep/kill',
  'browser/pages',
  'browser/upkeep-journey',
  'browser/handout',
  'browser/moderate',
  'browser/submit',
  'browser/clinical',
  'browser/outcomes',
  'browser/journey',
  'browser/feeds',
  'browser/import',
].map((name) => join(import.meta.dirname, `tests/${name}.test.ts`));

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files.filter(({ moduleId }) => !LONGEST.includes(moduleId)));
    return [...LONGEST.flatMap((long) => files.filter(({ moduleId }) => moduleId === long)), ...others];
  }
}

const moved = process.env[MOMENT_SETTING] !== undefined;
const readers = moved && process.env[LIST_SETTING] !== undefined ? knownReaders() : null;

/**
 * Two groups: everything that runs in Node, side by side; then what runs in a browser, two files at a time, each against
 * a server and a browser of its own that tests/helpers/browser-setup.ts starts. The clock of the machine stands elsewhere,
 * so that nothing passes only because it runs in London.
 */
export default defineConfig({
  test: {
    env: {
      TZ: 'America/New_York',
      // Many tests start the program or a command of it: what one has compiled, the next need not.
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled'),
    },
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'node',
          include: readers ?? ['tests/**/*.test.ts'],
          exclude: [BROWSER, ...(moved ? CLOCKLESS : [])],
          testTimeout: 180_000,
          maxWorkers: '100%',
          // Node runs the program as it stands, and so it does the tests. One process runs many files: what comes with the
          // program is read once, as it is where it serves.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          isolate: false,
          // From 1: vitest runs the files of a lone worker in group 0 after all others.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: [BROWSER],
          globalSetup: ['tests/helpers/browser-setup.ts'],
          testTimeout: 240_000,
          // A page that is slow on a busy machine is not wrong.
          expect: { poll: { timeout: 15_000 } },
          // A site and a browser for each: what waits for the one leaves a core to the other.
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
