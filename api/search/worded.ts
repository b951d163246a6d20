import { NOT_SERVED } from './areas.ts';
import type { Around } from './around.ts';
import { NOT_SERVING, NOWHERE, VENUE } from './ask.ts';
import { FITS } from './filters.ts';
import { areasOf } from './row.ts';
import type { Survey } from './survey.ts';
import type { Take } from './text/match.ts';
import type { RankedList } from './text/merged.ts';
import { seek } from './text/postings.ts';
import { gather, pushRanges, runsOfGroup, wayOfGroup } from './within.ts';

/** Up to so many listings are looked up one by one among the postings of a word; beyond, the whole part is walked. */
const MOST_SINGLE_RANGES = 48;

/**
 * What has any of the words, in one segment: the living listings that stand to the place, in which way, and how well each
 * fits. Belongs to a segment and is filled anew for each query, so that a search allocates nothing here.
 *
 * First comes what stands from anywhere, looked for once; then what does so and has a point too, whose way depends on the
 * circle; then what stands only where it is, looked for in each circle that is tried. Words that were asked for before
 * have a list of their own (text/merged.ts), which is walked here; others are matched word by word.
 */
export class Worded {
  listings = new Uint32Array(256);
  fits = new Float64Array(256);
  /** NOWHERE for what does not stand to the place, or fails the filters (tally.ts). */
  ways = new Int8Array(256);
  count = 0;
  /** How many stand from anywhere and have no point; and with those that have one. */
  #fixed = 0;
  #far = 0;
  #list: RankedList | null = null;
  readonly #ranges: number[] = [];

  #add(listing: number, fit: number, way: number): void {
    if (this.count === this.listings.length) this.#grow();
    this.listings[this.count] = listing;
    this.fits[this.count] = fit;
    this.ways[this.count++] = way;
  }

  #grow(): void {
    const { listings, fits, ways } = this;
    this.listings = new Uint32Array(listings.length * 2);
    this.listings.set(listings);
    this.fits = new Float64Array(fits.length * 2);
    this.fits.set(fits);
    this.ways = new Int8Array(ways.length * 2);
    this.ways.set(ways);
  }

  /**
   * Begins a query without a place: everything with any of the words, wherever it is.
   * @returns how well the best of those that serve the place fits; 0 where none has any
   */
  findEverywhere(survey: Survey): number {
    this.#begin(survey);
    let best = 0;
    this.#walk(survey, [0, survey.segment.size], (listing, fit) => {
      const way = survey.way(listing, 0);
      if (way === NOWHERE) return;
      this.#add(listing, fit, way);
      if (fit > best) best = fit;
    });
    return best;
  }

  /** Begins a query with a place: what may be found from anywhere. */
  findFar(survey: Survey): void {
    const { size, parts } = survey.segment;
    this.#begin(survey);
    this.#walk(survey, [parts.pointless, size], (listing, fit) => {
      const way = survey.way(listing, 0);
      if (way !== NOWHERE) this.#add(listing, fit, way);
    });
    this.#fixed = this.count;
    this.#walk(survey, [parts.mixed, parts.several, parts.manifold, parts.pointless], (listing, fit) => {
      this.#add(listing, fit, NOWHERE);
    });
    this.#far = this.count;
  }

  #begin(survey: Survey): void {
    this.count = 0;
    this.#list = survey.segment.matcher.whole(survey.ask.plan);
  }

  /** Hands over the living listings of some stretches that have any of the words. */
  #walk({ segment, ask }: Survey, ranges: readonly number[], take: Take): void {
    const { dead, matcher } = segment;
    const list = this.#list;
    if (list === null) {
      matcher.find(ask.plan, ranges, (listing, fit) => {
        // Short lists are taken whole.
        if (dead[listing] === 0 && isWithin(ranges, listing)) take(listing, fit);
      });
      return;
    }
    const { listings, worths } = list;
    let at = 0;
    for (let range = 0; range < ranges.length; range += 2) {
      const end = ranges[range + 1]!;
      for (at = seek(listings, at, ranges[range]!, 0); at < listings.length && listings[at]! < end; at++)
        if (dead[listings[at]!] === 0) take(listings[at]!, worths[at]!);
    }
  }

  /** How well the best fits of what serves the place, in a circle or found far off; 0 where none has any of the words. */
  bestWithin(survey: Survey, around: Around): number {
    const { dead, parts, size, matcher } = survey.segment;
    if (this.#list === null) {
      let best = 0;
      const ranges: number[] = [];
      pushRanges(survey, around, ranges);
      ranges.push(parts.mixed, size);
      matcher.find(survey.ask.plan, ranges, (listing, fit) => {
        if (fit > best && dead[listing] === 0 && survey.serves(listing, around.chord)) best = fit;
      });
      return best;
    }
    const { listings, worths, byWorth } = this.#list;
    for (let k = 0; k < byWorth.length; k++) {
      const place = byWorth[k]!;
      if (dead[listings[place]!] === 0 && survey.serves(listings[place]!, around.chord)) return worths[place]!;
    }
    return 0;
  }

  /** Finds what has any of the words in a circle, beside what was found far off. */
  findNear(survey: Survey, around: Around): void {
    const gathered = gather(survey, around);
    this.count = this.#far;
    for (let k = this.#fixed; k < this.#far; k++) this.ways[k] = survey.way(this.listings[k]!, around.chord);
    if (this.#list === null) this.#matchNear(survey, around, gathered);
    else this.#walkNear(survey, around, gathered, this.#list);
  }

  #matchNear(survey: Survey, around: Around, gathered: number): void {
    const { segment, ask } = survey;
    const { dead, parts } = segment;
    const ranges = this.#ranges;
    ranges.length = 0;
    pushRanges(survey, around, ranges);
    this.#pushSeveral(survey, gathered);
    segment.matcher.find(ask.plan, ranges, (listing, fit) => {
      const isFar = listing >= parts.mixed && (listing < parts.several || listing >= parts.manifold);
      if (isFar || dead[listing] !== 0) return;
      const way = survey.way(listing, around.chord);
      if (way !== NOWHERE) this.#add(listing, fit, way);
    });
  }

  /** Adds where to look for what has several points, is in the circle, and stands nowhere else. */
  #pushSeveral(survey: Survey, gathered: number): void {
    const { inside, parts } = survey.segment;
    if (gathered > MOST_SINGLE_RANGES) {
      this.#ranges.push(parts.several, parts.manifold);
      return;
    }
    for (const listing of inside.subarray(0, gathered).sort())
      if (listing >= parts.several && listing < parts.manifold) this.#ranges.push(listing, listing + 1);
  }

  #walkNear(survey: Survey, around: Around, gathered: number, { listings, worths }: RankedList): void {
    const { segment, ask } = survey;
    const { dead, standings, parts } = segment;
    const { answers } = ask.serving;
    let at = 0;
    for (const group of survey.groupsIn(around)) {
      const way = wayOfGroup(survey, group);
      const { runs, written } = runsOfGroup(group, around);
      for (let run = 0; run < written; run += 4) {
        const innerFrom = runs[run + 1]!;
        const innerTo = runs[run + 2]!;
        const end = runs[run + 3]!;
        for (at = seek(listings, at, runs[run]!, 0); at < listings.length; at++) {
          const listing = listings[at]!;
          if (listing >= end) break;
          if (dead[listing] !== 0) continue;
          if ((listing < innerFrom || listing >= innerTo) && survey.chordTo(listing) > around.chord) continue;
          if (way !== NOWHERE) this.#add(listing, worths[at]!, way);
          else
            this.#add(listing, worths[at]!, answers[areasOf(standings[listing]!)] !== NOT_SERVED ? VENUE : NOT_SERVING);
        }
      }
    }
    // Those with several points: whichever are fewer, those in the circle or those with the words, are looked up.
    const from = seek(listings, at, parts.several, 0);
    const to = seek(listings, from, parts.manifold, 0);
    const take = (place: number, listing: number): void => {
      const way = survey.way(listing, around.chord);
      if (dead[listing] === 0 && way !== NOWHERE) this.#add(listing, worths[place]!, way);
    };
    if (to - from <= gathered * 8) {
      for (let place = from; place < to; place++) take(place, listings[place]!);
      return;
    }
    let place = from;
    for (const listing of segment.inside.subarray(0, gathered).sort()) {
      if (listing < parts.several) continue;
      if (listing >= parts.manifold) break;
      place = seek(listings, place, listing, 0);
      if (listings[place] === listing) take(place, listing);
    }
  }

  /** How many venues among them fit the filters, and the words no worse than that, counted up to `enough`. */
  venues(survey: Survey, least: number, enough: number): number {
    let count = 0;
    for (let k = this.#fixed; k < this.count && count < enough; k++)
      if (this.ways[k] === VENUE && this.fits[k]! >= least && survey.failing(this.listings[k]!) === FITS) count++;
    return count;
  }

  /** Drops what stands nowhere, and what fits the words less well than that. */
  keepFitting(least: number): void {
    const { listings, fits, ways } = this;
    let kept = 0;
    for (let k = 0; k < this.count; k++) {
      if (ways[k] === NOWHERE || fits[k]! < least) continue;
      listings[kept] = listings[k]!;
      fits[kept] = fits[k]!;
      ways[kept++] = ways[k]!;
    }
    this.count = kept;
  }
}

const isWithin = (ranges: readonly number[], listing: number): boolean => {
  for (let range = 0; range < ranges.length; range += 2)
    if (listing >= ranges[range]! && listing < ranges[range + 1]!) return true;
  return false;
};
