import { subscribe } from 'node:diagnostics_channel';
import { runInSlices, yieldToOthers } from './slices.ts';

/**
 * Whether anybody is being served at the moment, for whatever works beside that: it may take long steps while nobody is
 * there, and must take short ones as soon as somebody is.
 */

/**
 * Milliseconds since the last request for which somebody counts as being there: who reads a page of results searches again
 * after some seconds.
 */
const THERE_MS = 10_000;
/** Milliseconds that a step may take while somebody is there: with it, a search waits about as long as it takes itself. */
const SHORT_MS = 1;
/** The same while nobody is: the first who comes waits for the rest of one step, which is not noticed. */
const LONG_MS = 40;

let last = Number.NEGATIVE_INFINITY;

/** Somebody is there now. */
export function noteRequest(): void {
  last = performance.now();
}

// Node says so of each request to any of its servers, so that none of them need know of this.
subscribe('http.server.request.start', noteRequest);

/** For tests: as if nobody had been served yet. */
export function forgetRequests(): void {
  last = Number.NEGATIVE_INFINITY;
}

const isAnybodyThere = (): boolean => performance.now() - last < THERE_MS;

/** Milliseconds that work may go on before it lets requests in. */
export const stepMs = (): number => (isAnybodyThere() ? SHORT_MS : LONG_MS);

/**
 * Lets requests in between two steps of work that nobody waits for: while somebody is there it leaves them three quarters of the time.
 * @param worked milliseconds that the last step took
 */
export const giveWay = (worked: number): Promise<void> =>
  isAnybodyThere() ? new Promise((resolve) => setTimeout(resolve, 3 * worked)) : yieldToOthers();

/** Does sliced work in steps of such a length. */
export const inSteps = <T>(work: Generator<void, T>, pause?: (worked: number) => Promise<void>): Promise<T> =>
  runInSlices(work, stepMs, pause);

/** How many records come into one transaction. */
export interface BatchSize {
  /** How many next. */
  readonly next: number;
  /** To be told what they took. */
  took(records: number, milliseconds: number): void;
}

/** Records of one transaction at most: larger ones write hardly fewer pages of the file for each. */
const MOST_AT_ONCE = 2000;
const FEWEST_AT_ONCE = 4;

/**
 * Finds out how many records fit into a step, by what the last ones took: longer transactions write the same pages of the
 * file less often, and keep searches waiting.
 */
export function createBatchSize(): BatchSize {
  let size = 20;
  let each = 0;
  return {
    get next(): number {
      const fitting = each > 0 ? stepMs() / each : size;
      // Half as many more at the most, so that one quick step does not make the next one long.
      return Math.ceil(Math.max(FEWEST_AT_ONCE, Math.min(MOST_AT_ONCE, size * 1.5, fitting)));
    },
    took(records, milliseconds) {
      size = records;
      each = milliseconds / records;
    },
  };
}
