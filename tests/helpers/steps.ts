import { Session } from 'node:inspector';

/**
 * Steps that a piece of work takes, counted and not timed: how often each block of the program's own code ran, and the
 * characters that patterns went through. The same work takes the same steps on every machine.
 */

export interface Steps {
  count: number;
  /** Characters of the longest text that a pattern was given. */
  longest: number;
  /** The patterns that were used, by how they are written. */
  patterns: Map<string, RegExp>;
}

const exec = RegExp.prototype.exec;

/** What is counted of the program: its own files, as they are loaded. */
const isOurs = (url: string): boolean => /\/api\//.test(url) && !url.includes('node_modules');

interface Coverage {
  result: { url: string; functions: { ranges: { count: number }[] }[] }[];
}

let session: Session | null = null;

function post(method: string, parameters = {}): unknown {
  let answer: unknown;
  // Called back before it returns: the session is with this very thread.
  session?.post(method, parameters, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}

/** How often each block has run since this was last asked. */
function blocksRun(): number {
  if (session === null) {
    session = new Session();
    session.connect();
    post('Profiler.enable');
    post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }
  const { result } = post('Profiler.takePreciseCoverage') as Coverage;
  let sum = 0;
  for (const { url, functions } of result)
    if (isOurs(url)) for (const { ranges } of functions) for (const { count } of ranges) sum += count;
  return sum;
}

/** Begins to count; what is given back ends it, and tells. From the first time on, all that runs is counted, until `stopCounting`. */
function counting(): () => Steps {
  const steps: Steps = { count: 0, longest: 0, patterns: new Map() };
  blocksRun();
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const isStepwise = this.global || this.sticky;
    const from = isStepwise ? this.lastIndex : 0;
    const found = exec.call(this, text);
    const to = found ? found.index + found[0].length : this.sticky ? from + 1 : text.length;
    steps.count += Math.max(1, to - from);
    steps.longest = Math.max(steps.longest, text.length);
    steps.patterns.set(`${this}`, this);
    return found;
  };
  return () => {
    RegExp.prototype.exec = exec;
    steps.count += blocksRun();
    return steps;
  };
}

/** At the end of a file that counts: while blocks are counted nothing is optimized, and the files after it take half as long again. */
export function stopCounting(): void {
  post('Profiler.stopPreciseCoverage');
  session?.disconnect();
  session = null;
}

/** Counts the steps of some work. */
export function stepsOf(work: () => void): Steps {
  const end = counting();
  try {
    work();
  } catch (error) {
    end();
    throw error;
  }
  return end();
}

/** The same of work that is waited for: nothing else may go on meanwhile. */
export async function stepsUntil(work: () => Promise<void>): Promise<Steps> {
  const end = counting();
  try {
    await work();
  } catch (error) {
    end();
    throw error;
  }
  return end();
}
