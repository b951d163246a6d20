import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { LIST_SETTING, MOMENT_SETTING } from './clock-readers.ts';
import { replaceDate } from './replaced-date.ts';

/**
 * Loaded before the tests where set-clock.ts is not (`node --import`), notes each test file in which something reads the
 * clock of the machine, or starts a process that set-clock.ts would reach. The threads of the program, which copy the file
 * and write it back, have no clock.
 */

const list = process.env[LIST_SETTING] ?? '';
/**
 * Whose reading tells nothing: of vitest; of Node and of packages that measure how long something takes, or date a mail or a
 * file of an archive; and of a lease, which lasts two minutes on any day.
 */
const HARMLESS =
  /node_modules\/(@?vitest|chai|fflate|graceful-fs|lodash|nodemailer|qr|smtp-server)\/|node:internal\/|api\/store\/import-lease\.ts/;
const noted = new Set<string>();

/** The test file that runs in this process, where it is not noted yet. */
function unnoted(): string | null {
  const file = (globalThis as { __vitest_worker__?: { filepath?: string } }).__vitest_worker__?.filepath;
  return file === undefined || noted.has(file) ? null : file;
}

function note(file: string): void {
  noted.add(file);
  appendFileSync(list, `${file}\n`);
}

/** What of a stack stands between the reading of the clock and whoever asked for it. */
const BETWEEN = /tests\/helpers\/(replaced-date|watch-clock)\.ts/;

function read(): void {
  const file = unnoted();
  if (file === null) return;
  const [, ...callers] = new Error().stack?.split('\n') ?? [];
  if (!HARMLESS.test(callers.find((line) => !BETWEEN.test(line)) ?? '')) note(file);
}

const { now } = Date;
replaceDate(() => {
  read();
  return now();
});

/** Whether a process that is started so inherits what is loaded before it, and is given no moment of its own. */
function wouldMove(given: unknown[]): boolean {
  const options = given.find((one): one is { env?: NodeJS.ProcessEnv } => {
    return typeof one === 'object' && one !== null && !Array.isArray(one);
  });
  const env = options?.env ?? process.env;
  return env['NODE_OPTIONS'] === process.env['NODE_OPTIONS'] && env[MOMENT_SETTING] === undefined;
}

const processes = createRequire(import.meta.url)('node:child_process') as Record<string, unknown>;
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  const start = processes[name] as (...given: unknown[]) => unknown;
  processes[name] = (...given: unknown[]) => {
    const file = unnoted();
    if (file !== null && wouldMove(given)) note(file);
    return start(...given);
  };
}
syncBuiltinESMExports();
