import { setPriority } from 'node:os';
import { openBeside } from '../../directory/beside.ts';
import { endOnFault, faultLines, outliveLog } from '../../runtime/faults.ts';
import { writeBackAside } from '../../store/checkpoints.ts';
import { type Answered, type ApartOptions, type Asked, type ImportWork, workHere } from './work.ts';

/**
 * The process that takes in feeds and spreadsheets for a server: it has a connection of its own to the same file, and
 * what it writes gets into the server's index from there. It ends with the server, however that ends; what it has
 * written by then stays, and is gone on with.
 */

/** Lower than the server, so that people are answered first where the processor is busy; 19 would mean hardly ever. */
const NICE = 10;
/** Milliseconds in which work may come to a stop before the process ends all the same. */
const PATIENCE_MS = 3000;

outliveLog();
endOnFault();
try {
  setPriority(NICE);
} catch {
  // Not every system allows it; then both take turns.
}
// A terminal and a service manager tell every process of a group to stop. This one waits for the server to say so.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

const options = JSON.parse(process.argv[2] ?? '{}') as ApartOptions;
const { directory, close } = openBeside(options.file, options.log);
/** Else one commit in a hundred would write the log back, and whoever waits for the lock would wait for that too. */
const writtenBack = writeBackAside(directory.db);
const work = workHere(directory, options, console.log);
const underWay = new Set<Promise<unknown>>();

function begin(asked: Asked): Promise<unknown> {
  // The tuple of each kind fits its own method, which the compiler cannot follow.
  const method = work[asked.what] as (...given: unknown[]) => ReturnType<ImportWork[typeof asked.what]>;
  return method(...asked.given);
}

async function answer(asked: Asked): Promise<void> {
  let answered: Answered;
  try {
    answered = { number: asked.number, answer: await begin(asked) };
  } catch (error) {
    console.error(`Taking in a list did not get through. ${faultLines(error)}`);
    answered = { number: asked.number, failed: true };
  }
  if (process.connected) process.send?.(answered);
}

process.on('message', (asked: Asked) => {
  const done = answer(asked).finally(() => underWay.delete(done));
  underWay.add(done);
});

async function end(): Promise<never> {
  work.stop();
  await Promise.race([Promise.all(underWay), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  await writtenBack();
  close();
  process.exit(0);
}

process.once('disconnect', end);
// A server that ended while this program was being read has told nobody else so.
if (!process.connected) await end();
