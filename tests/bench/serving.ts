import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATORS_SECRET } from './paths.ts';

/** Microseconds of the processor that a process has taken. The system counts them in hundredths of a second. */
export function cpuOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** The server as an operator runs it, over a file of the bench. */
export interface Running {
  port: number;
  /** Seconds from the start of the process to its first answer to a search. */
  firstAnswer: number;
  pid: number | undefined;
  /** Megabytes that the process takes, by the system's count. */
  memory(): number;
  stop(): Promise<void>;
}

/** As `npm start` has it: most of what a request makes is gone with it, and a nursery of garbage that grows to 100 MB helps nobody. */
export const SMALL_NURSERY = '--max-semi-space-size=4';
const ROOT = join(import.meta.dirname, '../..');

/** Another program than this, or another way to run it. */
interface Run {
  /** The folder of the program. */
  root?: string;
  /** Flags of Node, in place of what `npm start` sets. */
  flags?: readonly string[];
}

/**
 * @param path a search whose answer is waited for
 * @param settings beside the bench's own
 */
export async function startServer(
  file: string,
  port: number,
  path: string,
  settings: Readonly<Record<string, string>> = {},
  { root = ROOT, flags = [SMALL_NURSERY] }: Run = {},
): Promise<Running> {
  const started = performance.now();
  // It stood beside its room up to 0.3.0.
  const server = ['api/server/server.ts', 'api/server.ts']
    .map((path) => join(root, path))
    .find((path) => existsSync(path));
  const child = spawn(process.execPath, [...flags, server ?? root], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      // As scripts/start.ts has it.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
      DATABASE: file,
      PORT: String(port),
      HOST: '127.0.0.1',
      RATE_LIMIT: '0',
      SECRET: OPERATORS_SECRET,
      ...settings,
    },
  });
  const ended = once(child, 'exit');
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server of the bench ended with ${child.exitCode}.`);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
    if (answer?.ok) {
      await answer.arrayBuffer();
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    port,
    pid: child.pid,
    firstAnswer: (performance.now() - started) / 1000,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * Waits until a server has done what it does by itself after a start: three seconds in which it hardly works.
 * @returns seconds of its processor that this took
 * @throws Error where it has not come to an end after half an hour
 */
export async function untilCalm({ pid }: Running): Promise<number> {
  const began = cpuOf(pid);
  for (let second = 0, calm = 0; second < 1800; second++) {
    const before = cpuOf(pid);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    calm = cpuOf(pid) - before < 60_000 ? calm + 1 : 0;
    if (calm === 3) return (cpuOf(pid) - began) / 1e6;
  }
  throw new Error('The server of the bench does not come to rest.');
}

/**
 * Starts a file of the bench as a process of its own and gives back what it says first.
 * @param root the folder of the program whose bench it is
 */
export async function startChild<T>(
  file: string,
  args: readonly string[],
  root = ROOT,
): Promise<{ child: ChildProcess; first: T }> {
  const child = fork(join(root, 'tests/bench', file), args, { execArgv: ['--expose-gc'] });
  return { child, first: await message<T>(child) };
}

/** What a child says next. */
export const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A process of the bench ended with ${code}.`));
    child.once('exit', onExit);
    child.once('message', (said) => {
      child.off('exit', onExit);
      resolve(said as T);
    });
  });
