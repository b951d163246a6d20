import { FAR_OFF, FITS } from '../../segment/filters.ts';
import { NO_REACH, REACHES } from '../prepared-query.ts';
import type { SegmentQuery } from '../segment-query.ts';
import type { Counter } from './facet-counter.ts';

/** How many listings there are of each reach, and the facets of those whose reach is asked for. */
export class Totals {
  /** By the number of the reach. */
  readonly byReach = new Int32Array(REACHES.length);
  /** How many of these match the words, where there are any. */
  readonly matched = new Int32Array(REACHES.length);
  readonly counter: Counter;

  /** @param counter is set back to nothing, and used from now on */
  constructor(counter: Counter) {
    counter.reset();
    this.counter = counter;
  }

  /** Empty totals of the same kind. */
  another(): Totals {
    return new Totals(this.counter.another());
  }

  /**
   * Counts one listing.
   * @param times -1 takes the listing off again
   * @returns how it fails the filters (Filter.failing)
   */
  count(query: SegmentQuery, listing: number, reach: number, times: number): number {
    if (reach === NO_REACH) return FAR_OFF;
    const failing = query.failing(listing);
    if (failing === FAR_OFF) return FAR_OFF;
    if (failing === FITS) this.byReach[reach]! += times;
    if (query.prepared.countsReach[reach]) this.#countFacets(query, listing, times, failing);
    return failing;
  }

  #countFacets(query: SegmentQuery, listing: number, times: number, failing: number): void {
    const base = listing * query.segment.width;
    const main = query.main(listing);
    if (failing === FITS && times === 1) this.counter.addAs(base, main);
    else this.counter.addMasked(base, main, times, failing === FITS ? null : query.prepared.filter.masks[failing]!);
  }
}
