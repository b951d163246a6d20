import { runAtOnce, runInSlices, yieldToOthers } from '../../runtime/slices.ts';
import { DROPPED, mergeSegments } from '../segment/merge.ts';
import { segmentsToMerge } from '../segment/merge-policy.ts';
import { deleteListings, type OpenSegment, openSegment } from './open-segment.ts';

/** Up to so many listings are merged at once, which takes a millisecond or two; more are merged in the background. */
const FEW = 500;
/**
 * With more segments than this, merges no longer wait for the background, so that a flood of writes cannot slow
 * searches down.
 */
const MOST_SEGMENTS = 24;

interface SchedulerOptions {
  /** Numbers of a row of facets. */
  width: () => number;
  /** Makes a merged segment ready to be searched, before it is swapped in. */
  refresh: (segment: OpenSegment) => void;
  /** Told that merged segments stand in the place of others. */
  swapped: () => void;
}

/**
 * The segments of an index, and when which of them become one. Small ones are merged at once; large ones in slices between
 * searches, and the result is swapped in at once.
 */
export class MergeScheduler {
  readonly #options: SchedulerOptions;
  /** The largest first, except for those that wait to be merged. */
  #segments: OpenSegment[] = [];
  /** Those that are being merged in the background. */
  readonly #busy = new Set<OpenSegment>();
  #background: Promise<void> | null = null;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  get segments(): readonly OpenSegment[] {
    return this.#segments;
  }

  add(segment: OpenSegment): void {
    this.#segments.push(segment);
  }

  /** Merges the segments that should be one: small ones at once, large ones in the background. */
  tidy(): void {
    for (let segments = this.#next(); segments !== null; segments = this.#next()) {
      const moved = segments.reduce((sum, { size }) => sum + size, 0);
      if (moved <= FEW || (this.#background && this.#segments.length > MOST_SEGMENTS)) {
        this.#swap(segments, runAtOnce(this.#merged(segments)));
        continue;
      }
      this.#background ??= this.#mergeInBackground();
      return;
    }
  }

  /** Ends when nothing is being merged. */
  async settled(): Promise<void> {
    while (this.#background) await this.#background;
  }

  /** The segments to merge next, of those that are not being merged already. */
  #next(): OpenSegment[] | null {
    return segmentsToMerge(this.#segments.filter((segment) => !this.#busy.has(segment)));
  }

  async #mergeInBackground(): Promise<void> {
    for (;;) {
      await yieldToOthers();
      const segments = this.#next();
      if (segments === null) break;
      for (const segment of segments) this.#busy.add(segment);
      try {
        this.#swap(segments, await runInSlices(this.#merged(segments)));
      } finally {
        this.#busy.clear();
      }
    }
    this.#background = null;
  }

  *#merged(segments: readonly OpenSegment[]): Generator<void, { segment: OpenSegment; numbers: Uint32Array[] }> {
    const { columns, numbers } = yield* mergeSegments(segments, this.#options.width());
    const segment = yield* openSegment(columns);
    this.#options.refresh(segment);
    return { segment, numbers };
  }

  /** Puts a merged segment in the place of those it was made from, without the listings deleted in the meantime. */
  #swap(old: readonly OpenSegment[], { segment, numbers }: { segment: OpenSegment; numbers: Uint32Array[] }): void {
    const deletedMeanwhile = old.flatMap(({ deletedListings }, at) =>
      deletedListings.map((listing) => numbers[at]![listing]!).filter((number) => number !== DROPPED),
    );
    deleteListings(segment, deletedMeanwhile);
    const at = this.#segments.indexOf(old[0]!);
    const rest = this.#segments.filter((it) => !old.includes(it));
    if (segment.size > 0 || rest.length === 0) rest.splice(at, 0, segment);
    this.#segments = rest;
    this.#options.swapped();
  }
}
