import type { Matcher } from '../text/match.ts';
import type { TextPlan } from '../text/plan.ts';
import { seek } from '../text/postings.ts';
import { type AnywhereMatches, NO_MATCHES, RankedCache, type RankedList, ranked } from '../text/ranked-list.ts';

/**
 * The listings of one segment that have any of the words of a query. `list` holds all of them, wherever one searches
 * from, and is kept for the next query with the same words. Those that are reached where they are (find-matches.ts) are
 * added one by one. The arrays belong to the segment and are used for each query, so that a search allocates nothing.
 */
export class TextMatches {
  listings = new Uint32Array(256);
  /** How well each fits the words, as a place in `list.fits`. */
  ranks = new Uint32Array(256);
  /** The number of the reach of each; counting (count/count.ts) puts NO_REACH for what fails the filters. */
  reaches = new Int8Array(256);
  count = 0;
  list: RankedList = NO_MATCHES;
  /** Ranks from this one on do not fit about as well as the best. */
  nearRank = 0;
  /** Ranks from this one on fit so much worse than the best that they only share a word with what was typed. */
  lineRank = 0;
  /** Ranks from this one on fit so much worse than the best that they are dropped. */
  endRank = 0;
  readonly #rankedLists: RankedCache;
  readonly #matcher: Matcher;
  readonly #reachKeys: Int32Array;
  readonly #firstAnywhere: number;

  /** @param firstAnywhere the first listing of the segment that may be reached from anywhere */
  constructor(matcher: Matcher, reachKeys: Int32Array, firstAnywhere: number) {
    this.#matcher = matcher;
    this.#reachKeys = reachKeys;
    this.#firstAnywhere = firstAnywhere;
    this.#rankedLists = new RankedCache(reachKeys.length);
  }

  /** Begins a query. */
  begin(plan: TextPlan): void {
    this.list = this.#rankedLists.get(plan.key, () =>
      ranked(this.#matcher.find(plan), this.#reachKeys, this.#firstAnywhere),
    );
    this.count = 0;
  }

  /**
   * Says how well a listing must fit the words from now on.
   * @param fits `near`: what fits less well fits not as well as the best; `line`: what fits less well shares a word and is no
   *   match; `least`: what fits less well still is dropped
   */
  draw(fits: { near: number; line: number; least: number }): void {
    this.nearRank = this.#ranksFrom(fits.near);
    this.lineRank = this.#ranksFrom(fits.line);
    this.endRank = this.#ranksFrom(fits.least);
  }

  /** How many ranks have a fit of `least` or more. */
  #ranksFrom(least: number): number {
    const { fits } = this.list;
    let end = fits.length;
    while (end > 0 && fits[end - 1]! < least) end--;
    return end;
  }

  /** How many listings of a list from anywhere fit well enough to be listed. */
  countFitting({ ranks }: AnywhereMatches): number {
    return seek(ranks, 0, this.endRank);
  }

  /** How many of them are matches. */
  countAboveLine({ ranks }: AnywhereMatches): number {
    return seek(ranks, 0, this.lineRank);
  }

  /** Whether the listing in place `k` fits about as well as the best. */
  isNearBest(k: number): boolean {
    return this.ranks[k]! < this.nearRank;
  }

  /** Whether the listing in place `k` is a match, and does not only share a word. */
  isAboveLine(k: number): boolean {
    return this.ranks[k]! < this.lineRank;
  }

  /** Whether a listing that has any of the words is a match. */
  isMatch(listing: number): boolean {
    const { listings, ranks } = this.list;
    return ranks[seek(listings, 0, listing)]! < this.lineRank;
  }

  add(listing: number, rank: number, reach: number): void {
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
