import { type Grid, runsOf } from '../geo/grid.ts';
import type { Around } from '../geo/search-circle.ts';
import { FITS } from '../segment/filters.ts';
import type { Matcher } from '../text/match.ts';
import { seek } from '../text/postings.ts';
import { type AnywhereMatches, NO_MATCHES, RankedCache, type RankedList, ranked } from '../text/ranked-list.ts';
import { NO_REACH, VENUE } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';
import { fillCircleMembers, reachOfGroup } from './within.ts';

/**
 * What has any of the words, in one segment. Words come to a list of listings, the same wherever one searches from
 * (text/merged.ts), kept for the next who types them.
 *
 * What stands from anywhere is read off the list's stretches by sets of areas. What stands only where it is, or is a venue
 * in the circle, is gathered here: the living listings, in which way each stands, and how well it fits. Belongs to a segment
 * and is filled anew for each query, so that a search allocates nothing here.
 */
export class TextMatches {
  listings = new Uint32Array(256);
  /** How well each fits, as a place in `list.fits`. */
  ranks = new Uint32Array(256);
  /** NOWHERE for what fails the filters (tally.ts). */
  reaches = new Int8Array(256);
  count = 0;
  list: RankedList = NO_MATCHES;
  /** Ranks from this on fit so much worse than the best that they are left out. */
  endRank = 0;
  readonly #rankedLists: RankedCache;
  readonly #matcher: Matcher;
  readonly #reachKeys: Int32Array;
  readonly #firstAnywhere: number;

  /** @param firstAnywhere the first listing of the segment that may stand from anywhere */
  constructor(matcher: Matcher, reachKeys: Int32Array, firstAnywhere: number) {
    this.#matcher = matcher;
    this.#reachKeys = reachKeys;
    this.#firstAnywhere = firstAnywhere;
    this.#rankedLists = new RankedCache(reachKeys.length);
  }

  /** Begins a query. */
  begin({ prepared: { plan } }: SegmentQuery): void {
    this.list = this.#rankedLists.get(plan.key, () =>
      ranked(this.#matcher.find(plan), this.#reachKeys, this.#firstAnywhere),
    );
    this.count = 0;
  }

  /**
   * How well the best fits of what serves the place from anywhere, or without a place; 0 where none has any of the words.
   * @param chord from within which it serves too, if it lies there; null without a place
   */
  best(query: SegmentQuery, chord: number | null): number {
    const { listings, ranks, fits, byRank } = this.list;
    const { deleted } = query.segment;
    for (let k = 0; k < byRank.length; k++) {
      const place = byRank[k]!;
      const listing = listings[place]!;
      if (deleted[listing] !== 0) continue;
      if (chord === null ? query.reachOf(listing, 0) !== NO_REACH : query.serves(listing, chord))
        return fits[ranks[place]!]!;
    }
    return 0;
  }

  /** Leaves out from now on what fits the words less well than that. */
  dropBelow(least: number): void {
    const { fits } = this.list;
    this.endRank = fits.length;
    while (this.endRank > 0 && fits[this.endRank - 1]! < least) this.endRank--;
  }

  /** How many of those that stand from anywhere fit well enough. */
  countFitting({ ranks }: AnywhereMatches): number {
    return seek(ranks, 0, this.endRank);
  }

  /** Gathers, without a place, everything that has any of the words. */
  findWithoutPlace(query: SegmentQuery): void {
    const { listings, ranks } = this.list;
    const { deleted } = query.segment;
    this.count = 0;
    for (let at = 0; at < listings.length; at++) {
      if (ranks[at]! >= this.endRank || deleted[listings[at]!] !== 0) continue;
      const reach = query.reachOf(listings[at]!, 0);
      if (reach !== NO_REACH) this.#add(listings[at]!, ranks[at]!, reach);
    }
  }

  /** Gathers what has any of the words in a circle. */
  findInCircle(query: SegmentQuery, circle: Around): void {
    this.count = 0;
    let at = 0;
    for (const group of query.groupsIn(circle))
      at = this.#walk(query, circle, group.grid, reachOfGroup(query, group), at);
    at = this.#walk(query, circle, query.segment.mixedGrid, NO_REACH, at);
    this.#matchSeveral(query, circle, at);
  }

  /** Walks the list along the runs of a grid, from a place on. `way` is NOWHERE where each listing must be asked. */
  #walk(query: SegmentQuery, circle: Around, grid: Grid, reach: number, start: number): number {
    const written = runsOf(grid, circle.onGrid);
    const { runs } = grid;
    const { listings, ranks } = this.list;
    const { deleted, deletedCount } = query.segment;
    const { endRank } = this;
    const { length } = listings;
    let at = start;
    for (let run = 0; run < written && at < length; run += 4) {
      const innerFrom = runs[run + 1]!;
      const innerTo = runs[run + 2]!;
      const to = runs[run + 3]!;
      for (at = seek(listings, at, runs[run]!); at < length; at++) {
        const listing = listings[at]!;
        if (listing >= to) break;
        if (ranks[at]! >= endRank || (deletedCount > 0 && deleted[listing] !== 0)) continue;
        if ((listing < innerFrom || listing >= innerTo) && query.chordTo(listing) > circle.chord) continue;
        const its = reach === NO_REACH ? query.reachInside(listing) : reach;
        if (its !== NO_REACH) this.#add(listing, ranks[at]!, its);
      }
    }
    return at;
  }

  /** Of those with several points in the circle those that are in the list, integer by integer. */
  #matchSeveral(query: SegmentQuery, circle: Around, start: number): void {
    const { listings } = this.list;
    const { circleMembers, parts } = query.segment;
    fillCircleMembers(query, circle);
    const from = seek(listings, start, parts.several);
    let at = from;
    for (let k = 0; k < circleMembers.count; k++) {
      const first = circleMembers.words[k]! << 5;
      at = seek(listings, circleMembers.inOrder ? at : from, Math.max(first, parts.several));
      for (; at < listings.length && listings[at]! < first + 32; at++)
        if (circleMembers.has(listings[at]!)) this.#addIfServed(query, at);
    }
  }

  #addIfServed(query: SegmentQuery, at: number): void {
    const listing = this.list.listings[at]!;
    const rank = this.list.ranks[at]!;
    const reach = query.reachInside(listing);
    if (rank < this.endRank && query.segment.deleted[listing] === 0 && reach !== NO_REACH)
      this.#add(listing, rank, reach);
  }

  /** How many venues among those in the circle fit the filters, counted up to `enough`. */
  venues(query: SegmentQuery, enough: number): number {
    let count = 0;
    for (let k = 0; k < this.count && count < enough; k++)
      if (this.reaches[k] === VENUE && query.failing(this.listings[k]!) === FITS) count++;
    return count;
  }

  #add(listing: number, rank: number, reach: number): void {
    if (this.count === this.listings.length) this.#grow();
    this.listings[this.count] = listing;
    this.ranks[this.count] = rank;
    this.reaches[this.count++] = reach;
  }

  #grow(): void {
    const { listings, ranks, reaches } = this;
    this.listings = new Uint32Array(listings.length * 2);
    this.listings.set(listings);
    this.ranks = new Uint32Array(ranks.length * 2);
    this.ranks.set(ranks);
    this.reaches = new Int8Array(reaches.length * 2);
    this.reaches.set(reaches);
  }
}
