import type { Around } from '../geo/around.ts';
import { type Grid, runsOf } from '../geo/grid.ts';
import { FITS } from '../segment/filters.ts';
import type { Matcher } from '../text/match.ts';
import { type FarList, Kept, NOTHING, type RankedList, ranked } from '../text/merged.ts';
import { seek } from '../text/postings.ts';
import { NOWHERE, VENUE } from './prepared-query.ts';
import type { Survey } from './segment-query.ts';
import { gather, wayOfGroup } from './within.ts';

/**
 * What has any of the words, in one segment. Words come to a list of listings, the same wherever one searches from
 * (text/merged.ts), kept for the next who types them.
 *
 * What stands from anywhere is read off the list's stretches by sets of areas. What stands only where it is, or is a venue
 * in the circle, is gathered here: the living listings, in which way each stands, and how well it fits. Belongs to a segment
 * and is filled anew for each query, so that a search allocates nothing here.
 */
export class Worded {
  listings = new Uint32Array(256);
  /** How well each fits, as a place in `list.fits`. */
  ranks = new Uint32Array(256);
  /** NOWHERE for what fails the filters (tally.ts). */
  ways = new Int8Array(256);
  count = 0;
  list: RankedList = NOTHING;
  /** Ranks from this on fit so much worse than the best that they are left out. */
  end = 0;
  readonly #kept: Kept;
  readonly #matcher: Matcher;
  readonly #standings: Int32Array;
  readonly #firstFar: number;

  /** @param firstFar the first listing of the segment that may stand from anywhere */
  constructor(matcher: Matcher, standings: Int32Array, firstFar: number) {
    this.#matcher = matcher;
    this.#standings = standings;
    this.#firstFar = firstFar;
    this.#kept = new Kept(standings.length);
  }

  /** Begins a query. */
  begin({ ask: { plan } }: Survey): void {
    this.list = this.#kept.get(plan.key, () => ranked(this.#matcher.find(plan), this.#standings, this.#firstFar));
    this.count = 0;
  }

  /**
   * How well the best fits of what serves the place from anywhere, or without a place; 0 where none has any of the words.
   * @param chord from within which it serves too, if it lies there; null without a place
   */
  best(survey: Survey, chord: number | null): number {
    const { listings, ranks, fits, byRank } = this.list;
    const { dead } = survey.segment;
    for (let k = 0; k < byRank.length; k++) {
      const place = byRank[k]!;
      const listing = listings[place]!;
      if (dead[listing] !== 0) continue;
      if (chord === null ? survey.way(listing, 0) !== NOWHERE : survey.serves(listing, chord))
        return fits[ranks[place]!]!;
    }
    return 0;
  }

  /** Leaves out from now on what fits the words less well than that. */
  leaveOut(least: number): void {
    const { fits } = this.list;
    this.end = fits.length;
    while (this.end > 0 && fits[this.end - 1]! < least) this.end--;
  }

  /** How many of those that stand from anywhere fit well enough. */
  wellOf({ ranks }: FarList): number {
    return seek(ranks, 0, this.end);
  }

  /** Gathers, without a place, everything that has any of the words. */
  findEverywhere(survey: Survey): void {
    const { listings, ranks } = this.list;
    const { dead } = survey.segment;
    this.count = 0;
    for (let at = 0; at < listings.length; at++) {
      if (ranks[at]! >= this.end || dead[listings[at]!] !== 0) continue;
      const way = survey.way(listings[at]!, 0);
      if (way !== NOWHERE) this.#add(listings[at]!, ranks[at]!, way);
    }
  }

  /** Gathers what has any of the words in a circle. */
  findNear(survey: Survey, around: Around): void {
    this.count = 0;
    let at = 0;
    for (const group of survey.groupsIn(around))
      at = this.#walk(survey, around, group.grid, wayOfGroup(survey, group), at);
    at = this.#walk(survey, around, survey.segment.mixedGrid, NOWHERE, at);
    this.#findSeveral(survey, around, at);
  }

  /** Walks the list along the runs of a grid, from a place on. `way` is NOWHERE where each listing must be asked. */
  #walk(survey: Survey, around: Around, grid: Grid, way: number, start: number): number {
    const written = runsOf(grid, around.circle);
    const { runs } = grid;
    const { listings, ranks } = this.list;
    const { dead, deaths } = survey.segment;
    const { end } = this;
    const { length } = listings;
    let at = start;
    for (let run = 0; run < written && at < length; run += 4) {
      const innerFrom = runs[run + 1]!;
      const innerTo = runs[run + 2]!;
      const to = runs[run + 3]!;
      for (at = seek(listings, at, runs[run]!); at < length; at++) {
        const listing = listings[at]!;
        if (listing >= to) break;
        if (ranks[at]! >= end || (deaths > 0 && dead[listing] !== 0)) continue;
        if ((listing < innerFrom || listing >= innerTo) && survey.chordTo(listing) > around.chord) continue;
        const its = way === NOWHERE ? survey.wayInside(listing) : way;
        if (its !== NOWHERE) this.#add(listing, ranks[at]!, its);
      }
    }
    return at;
  }

  /** Of those with several points in the circle those that are in the list, integer by integer. */
  #findSeveral(survey: Survey, around: Around, start: number): void {
    const { listings } = this.list;
    const { inside, parts } = survey.segment;
    gather(survey, around);
    const from = seek(listings, start, parts.several);
    let at = from;
    for (let k = 0; k < inside.count; k++) {
      const first = inside.words[k]! << 5;
      at = seek(listings, inside.inOrder ? at : from, Math.max(first, parts.several));
      for (; at < listings.length && listings[at]! < first + 32; at++)
        if (inside.has(listings[at]!)) this.#addSeveral(survey, at);
    }
  }

  #addSeveral(survey: Survey, at: number): void {
    const listing = this.list.listings[at]!;
    const rank = this.list.ranks[at]!;
    const way = survey.wayInside(listing);
    if (rank < this.end && survey.segment.dead[listing] === 0 && way !== NOWHERE) this.#add(listing, rank, way);
  }

  /** How many venues among those in the circle fit the filters, counted up to `enough`. */
  venues(survey: Survey, enough: number): number {
    let count = 0;
    for (let k = 0; k < this.count && count < enough; k++)
      if (this.ways[k] === VENUE && survey.failing(this.listings[k]!) === FITS) count++;
    return count;
  }

  #add(listing: number, rank: number, way: number): void {
    if (this.count === this.listings.length) this.#grow();
    this.listings[this.count] = listing;
    this.ranks[this.count] = rank;
    this.ways[this.count++] = way;
  }

  #grow(): void {
    const { listings, ranks, ways } = this;
    this.listings = new Uint32Array(listings.length * 2);
    this.listings.set(listings);
    this.ranks = new Uint32Array(ranks.length * 2);
    this.ranks.set(ranks);
    this.ways = new Int8Array(ways.length * 2);
    this.ways.set(ways);
  }
}
