import { subscribe } from 'node:diagnostics_channel';
import { runInSlices, yieldToOthers } from './slices.ts';

/**
 * Whether anybody is being served at the moment. Background work may take long steps while nobody is there, and must
 * take short ones as soon as somebody is.
 */

/**
 * For so many milliseconds after a request somebody counts as being there: who reads a page of results searches again
 * after some seconds.
 */
const THERE_MS = 10_000;
/** Milliseconds of a step while somebody is there: a search then waits about as long as it takes itself. */
const SHORT_MS = 1;
/** Milliseconds of a step while nobody is: the first who comes waits for the rest of one step, which nobody notices. */
const LONG_MS = 40;

let last = Number.NEGATIVE_INFINITY;

/** Notes that somebody is there now. */
export function noteRequest(): void {
  last = performance.now();
}

// Node announces every request to any of its servers here, so that no server needs to know of this file.
subscribe('http.server.request.start', noteRequest);

/** For tests: as if there had been no request yet. */
export function forgetRequests(): void {
  last = Number.NEGATIVE_INFINITY;
}

const isAnybodyThere = (): boolean => performance.now() - last < THERE_MS;

/** Milliseconds that background work may take before it lets requests in. */
export const stepMs = (): number => (isAnybodyThere() ? SHORT_MS : LONG_MS);

/**
 * Lets requests in between two steps of background work. While somebody is there, three quarters of the time are
 * theirs.
 * @param worked how many milliseconds the last step took
 */
export const giveWay = (worked: number): Promise<void> =>
  isAnybodyThere() ? new Promise((resolve) => setTimeout(resolve, 3 * worked)) : yieldToOthers();

/** Does sliced work in steps of that length. */
export const inSteps = <T>(work: Generator<void, T>, pause?: (worked: number) => Promise<void>): Promise<T> =>
  runInSlices(work, stepMs, pause);

/** How many records to write in one transaction. */
export interface BatchSize {
  /** How many to write next. */
  readonly next: number;
  /** To be told how long so many records took. */
  took(records: number, milliseconds: number): void;
}

/** Records in one transaction at most. With more, hardly fewer pages of the file are written for each record. */
const MOST_AT_ONCE = 2000;
const FEWEST_AT_ONCE = 4;

/**
 * Finds out how many records fit into a step, by how long the last ones took. Longer transactions write the same pages
 * of the file less often, but keep searches waiting.
 */
export function createBatchSize(): BatchSize {
  let size = 20;
  let each = 0;
  return {
    get next(): number {
      const fitting = each > 0 ? stepMs() / each : size;
      // Half as many more at most, so that one quick step does not make the next one too long.
      return Math.ceil(Math.max(FEWEST_AT_ONCE, Math.min(MOST_AT_ONCE, size * 1.5, fitting)));
    },
    took(records, milliseconds) {
      size = records;
      each = milliseconds / records;
    },
  };
}
