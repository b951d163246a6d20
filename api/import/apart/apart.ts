import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import type { Answered, ApartOptions, Asked, ImportWork } from './work.ts';

/** Has imports done by a process of their own, which runs only while there is something to do. */

const PROGRAM = join(import.meta.dirname, 'process.ts');
/** Milliseconds without work after which the process ends: it takes about 100 MB. */
const IDLE_MS = 60_000;
/** Milliseconds in which it may end before it is made to. */
const PATIENCE_MS = 5000;

export interface ImportsApart extends ImportWork {
  /** Whether something is under way. */
  readonly isAtWork: boolean;
  /** Ends the process; what was under way is gone on with the next time. */
  stop(): Promise<void>;
}

/** The other process ended before it answered, or could not do what was asked. */
class ApartError extends Error {
  override name = 'ApartError';
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/**
 * @param taken called before an answer is handed on, so that what was written is in the next search
 */
export function importsApart(options: ApartOptions, taken: () => Promise<void>): ImportsApart {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | null = null;
  let number = 0;
  let idle: NodeJS.Timeout | undefined;
  let stopped = false;

  function start(): ChildProcess {
    const compiled = getCompileCacheDir();
    const it = fork(PROGRAM, [JSON.stringify(options)], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...(compiled !== undefined && { NODE_COMPILE_CACHE: compiled }) },
    });
    it.on('message', async (answered: Answered) => {
      const asker = waiting.get(answered.number);
      waiting.delete(answered.number);
      rest();
      if ('failed' in answered) return asker?.reject(new ApartError('It did not get through; the log says where.'));
      await taken();
      asker?.resolve(answered.answer);
    });
    const gone = () => {
      if (child !== it) return;
      child = null;
      giveUp('The process that takes in lists has ended.');
    };
    it.once('exit', gone);
    // It could not be started, or asked.
    it.on('error', gone);
    return it;
  }

  function giveUp(words: string): void {
    for (const asker of waiting.values()) asker.reject(new ApartError(words));
    waiting.clear();
  }

  /** Without work it ends after a while. */
  function rest(): void {
    clearTimeout(idle);
    if (waiting.size === 0) idle = setTimeout(end, IDLE_MS).unref();
  }

  async function end(): Promise<void> {
    clearTimeout(idle);
    const it = child;
    child = null;
    if (it === null || it.exitCode !== null || it.signalCode !== null) return;
    const ended = once(it, 'exit');
    const force = setTimeout(() => it.kill('SIGKILL'), PATIENCE_MS);
    if (it.connected) it.disconnect();
    await ended;
    clearTimeout(force);
  }

  function ask(asked: Asked extends infer Each ? (Each extends Asked ? Omit<Each, 'number'> : never) : never) {
    return new Promise<unknown>((resolve, reject) => {
      if (stopped) return reject(new ApartError('The server is stopping.'));
      clearTimeout(idle);
      child ??= start();
      waiting.set(++number, { resolve, reject });
      child.send({ ...asked, number } as Asked);
    });
  }

  return {
    look: (...given) => ask({ what: 'look', given }) as ReturnType<ImportWork['look']>,
    arrange: (...given) => ask({ what: 'arrange', given }) as ReturnType<ImportWork['arrange']>,
    undo: (...given) => ask({ what: 'undo', given }) as ReturnType<ImportWork['undo']>,
    confirm: (...given) => ask({ what: 'confirm', given }) as ReturnType<ImportWork['confirm']>,
    answer: (...given) => ask({ what: 'answer', given }) as ReturnType<ImportWork['answer']>,
    harvest: (...given) => ask({ what: 'harvest', given }) as ReturnType<ImportWork['harvest']>,
    get isAtWork() {
      return waiting.size > 0;
    },
    async stop() {
      stopped = true;
      await end();
      giveUp('The server is stopping.');
    },
  };
}
