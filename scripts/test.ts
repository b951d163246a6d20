import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../tests/helpers/chromium.ts';
import { beginList, keepList, LIST_SETTING, MOMENT_SETTING } from '../tests/helpers/clock-readers.ts';
import { buildSite } from './build-site.ts';

/**
 * `npm test`: everything that the tests need, then all of them; `npm test -- NAME` only those whose path holds the name.
 * Nothing is skipped: where a browser cannot be had it ends with 1 and says what to do.
 *
 * `npm test -- --clock=2027-12-11` runs what needs no browser with the clock of every process moved to that moment, and
 * `--clock=+378` moves it so many days ahead: a test that passes today only because of today's date fails there. Right
 * after a run of everything it leaves out the files in which nothing has read the clock.
 */

const ROOT = join(import.meta.dirname, '..');
const DAY_MS = 86_400_000;
const { clock, rest } = readArguments(process.argv.slice(2));

if (!clock) await findBrowser();
buildSite();

const everything = rest.length === 0;
const began = Date.now();
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...(clock ? ['--project', 'node'] : []), ...rest], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...(clock ? movedTo(clock) : everything ? watched() : {}) },
});
if (everything && !clock && status === 0) keepList(began);
process.exit(status ?? 1);

function readArguments(given: string[]): { clock: Date | null; rest: string[] } {
  const asked = given.find((argument) => argument.startsWith('--clock='))?.slice('--clock='.length);
  if (asked === undefined) return { clock: null, rest: given };
  const moment = /^[+-]\d+$/.test(asked) ? new Date(Date.now() + Number(asked) * DAY_MS) : new Date(asked);
  if (Number.isNaN(moment.getTime())) {
    console.error(`--clock=${asked}: give a moment such as 2027-03-29T00:30:00Z, or days ahead such as +378.`);
    process.exit(1);
  }
  return { clock: moment, rest: given.filter((argument) => !argument.startsWith('--clock=')) };
}

/** Reaches every process that the tests start, since each inherits NODE_OPTIONS. */
function movedTo(clock: Date): Record<string, string> {
  console.log(`The clock stands at ${clock.toISOString()}.`);
  return {
    [MOMENT_SETTING]: clock.toISOString(),
    ...(everything && { [LIST_SETTING]: 'kept' }),
    NODE_OPTIONS: loadedBefore('set-clock'),
  };
}

function watched(): Record<string, string> {
  return { [LIST_SETTING]: beginList(), NODE_OPTIONS: loadedBefore('watch-clock') };
}

function loadedBefore(helper: string): string {
  const file = pathToFileURL(join(ROOT, `tests/helpers/${helper}.ts`));
  return `${process.env['NODE_OPTIONS'] ?? ''} --import=${file}`.trim();
}

async function findBrowser(): Promise<void> {
  try {
    process.env['CHROMIUM'] = await findChromium(console.log);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  console.log(`Browser tests run in ${process.env['CHROMIUM']}.`);
}
