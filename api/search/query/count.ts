import { NOT_SERVED } from '../geo/areas.ts';
import type { Around } from '../geo/around.ts';
import { lowest, ones } from '../packed/bitsets.ts';
import { areasOf, fallbackOf, isVisited, MAIN, withFeatures } from '../packed/row.ts';
import { FAR_OFF, FITS } from '../segment/filters.ts';
import type { Group, Segment } from '../segment/segment.ts';
import type { Counter } from './facets.ts';
import { addEverywhere, addFar, addLists } from './from-anywhere.ts';
import { NOT_SERVING, NOWHERE, VENUE } from './prepared-query.ts';
import type { Survey } from './segment-query.ts';
import { Failures } from './single-failures.ts';
import type { Worded } from './text-matches.ts';
import { addAsked, addSums } from './unfiltered.ts';
import { sift, siftInside, wayOfGroup } from './within.ts';

/** What fails each test alone. Searches run to their end undisturbed, so the room is used again. */
const failures: Failures[] = [];

/**
 * Totals of the four ways, and counts of the facets over the ways asked for.
 *
 * A listing stands in one way. What stands by area or as remote is counted by lists, from wherever it is; where it turns
 * out to be a venue in the circle, it is taken off again. Without words and filters, lists and the inner part of the
 * circle are counted by sums known beforehand: those of lists are without the dead (segment.ts), those of the circle with
 * them, and its dead are taken off afterwards.
 */
export class Tally {
  readonly totals = new Int32Array(4);
  readonly counter: Counter;

  constructor(counter: Counter) {
    counter.reset();
    this.counter = counter;
  }

  /** An empty one of the same kind. */
  another(): Tally {
    return new Tally(this.counter.another());
  }

  /** @param worded what has the words, where there are any; what fits the filters of it is marked there */
  add(survey: Survey, worded: Worded | null, around: Around | null): void {
    const { segment, ask } = survey;
    this.counter.begin(segment.rows, segment.width, ask.filter);
    if (worded === null && around === null) {
      addEverywhere(this, survey);
      return;
    }
    const { tests } = survey.sieve;
    while (failures.length < tests.length) failures.push(new Failures());
    for (let at = 0; at < tests.length; at++) failures[at]!.count = 0;
    if (worded !== null) this.#addWorded(survey, worded, around);
    else if (around !== null) this.#addAround(survey, around);
    for (let at = 0; at < tests.length; at++)
      if (failures[at]!.count > 0)
        for (const { bit, sets } of tests[at]!.counted) this.counter.bits[bit]! += failures[at]!.onesIn(sets);
  }

  #addAround(survey: Survey, around: Around): void {
    const summed = !survey.ask.filter.any;
    addLists(this, survey, summed);
    for (const group of survey.groupsIn(around)) {
      const way = wayOfGroup(survey, group);
      if (!summed) this.#addSifted(survey, group, around);
      else if (way !== NOWHERE) addSums(this, survey, group, way, around);
      else addAsked(this, survey, group, around);
    }
    siftInside(survey, around, (word, among) => {
      this.#addInside(survey, word, among);
      return false;
    });
  }

  /** What has the words: from anywhere by lists, the rest one by one, or with filters by integers of the bitsets. */
  #addWorded(survey: Survey, worded: Worded, around: Around | null): void {
    const { listings, ways, count } = worded;
    const { segment, ask } = survey;
    if (around !== null) addFar(this, survey, worded);
    for (let k = 0; k < count; k++) {
      const listing = listings[k]!;
      const way = ways[k]!;
      const inGroup = listing < segment.parts.mixed;
      if (around === null) {
        if (this.count(survey, listing, way, 1) !== FITS) ways[k] = NOWHERE;
      } else if (inGroup && !ask.filter.any) {
        this.totals[way]!++;
        if (ask.asked[way]) this.counter.add(listing * segment.width);
      } else {
        const first = k;
        const word = listing >>> 5;
        let among = 1 << (listing & 31);
        // They rise within a group: those of the same integer mostly follow each other.
        for (; k + 1 < count && ways[k + 1] === way; k++) {
          const next = listings[k + 1]!;
          if (next >>> 5 !== word || next < segment.parts.mixed !== inGroup) break;
          among |= 1 << (next & 31);
        }
        const known = survey.sieve.sift(word, among);
        if (inGroup) this.#addSieved(survey, way, word, known);
        else this.#addInside(survey, word, known);
        for (let at = first; at <= k; at++)
          if ((survey.sieve.fit & (1 << (listings[at]! & 31))) === 0) ways[at] = NOWHERE;
      }
    }
  }

  /** Counts a listing that stands in a way so many times; returns how it fails the filters. */
  count(survey: Survey, listing: number, way: number, times: number): number {
    if (way === NOWHERE) return FAR_OFF;
    const failing = survey.failing(listing);
    if (failing === FAR_OFF) return FAR_OFF;
    if (failing === FITS) this.totals[way]! += times;
    if (survey.ask.asked[way]) this.#countFacets(survey, listing, times, failing);
    return failing;
  }

  #countFacets(survey: Survey, listing: number, times: number, failing: number): void {
    const base = listing * survey.segment.width;
    const main = survey.main(listing);
    if (failing === FITS && times === 1) this.counter.addAs(base, main);
    else this.counter.addMasked(base, main, times, failing === FITS ? null : survey.ask.filter.masks[failing]!);
  }

  /** A group in the circle with filters, or of which each must be asked. */
  #addSifted(survey: Survey, group: Group, around: Around): void {
    sift(survey, group, around, (word, venues, others) => {
      if (venues !== 0) this.#addSieved(survey, VENUE, word, venues);
      if (others !== 0) this.#addSieved(survey, NOT_SERVING, word, others);
      return false;
    });
  }

  /**
   * Listings that have just been sifted, and stand in one way. What fits is counted by row; what fails one filter alone
   * counts in the values of that filter's facet only, and there for all its listings together.
   */
  #addSieved(survey: Survey, way: number, word: number, among: number): void {
    const { sieve, segment, ask } = survey;
    this.totals[way]! += ones(among & sieve.fit);
    if (!ask.asked[way]) return;
    for (let rest = among & sieve.fit; rest !== 0; rest &= rest - 1) {
      const listing = (word << 5) + lowest(rest);
      if (way === VENUE) survey.noteVenue(listing);
      this.counter.add(listing * segment.width);
    }
    this.#addFailing(survey, word, among);
  }

  /**
   * Listings in the circle and in no group that have just been sifted: venues, or what does not serve the place, or of no
   * account here. What is found from anywhere too was counted there, and is taken off again where it is a venue. Where its
   * venue in the circle lacks a feature that one farther off has, it stays counted there as what it would be then.
   */
  #addInside(survey: Survey, word: number, among: number): void {
    const { segment, ask, sieve } = survey;
    const { rows, width, standings, inside } = segment;
    const { asked, serving } = ask;
    if (
      !asked[NOT_SERVING] &&
      isOfOneSet(segment, word) &&
      serving.answers[areasOf(standings[word << 5]!)] === NOT_SERVED
    ) {
      this.totals[NOT_SERVING]! += ones(among & sieve.fit);
      return;
    }
    let failing = 0;
    for (let rest = among; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const listing = (word << 5) + lowest(rest);
      const standing = standings[listing]!;
      const served = serving.answers[areasOf(standing)] !== NOT_SERVED;
      if (served && !isVisited(standing)) continue;
      const way = served ? VENUE : NOT_SERVING;
      const fallback = served ? fallbackOf(standing) : 0;
      const fits = (sieve.fit & bit) !== 0;
      if (fits) {
        this.totals[way]! += 1;
        if (served) survey.noteVenue(listing);
        if (fallback !== 0) this.totals[fallback]! -= 1;
      }
      const times = (asked[way] ? 1 : 0) - (fallback !== 0 && asked[fallback] ? 1 : 0);
      if (times === 1 && !fits) failing |= bit;
      if (times === 0 || (times === 1 && !fits)) continue;
      const base = listing * width;
      const main = survey.hasSeveral(listing)
        ? withFeatures(rows[base + MAIN]!, inside.featuresOf(listing))
        : rows[base + MAIN]!;
      if (times === 1) this.counter.addAs(base, main);
      else this.counter.addMasked(base, main, times, fits ? null : ask.filter.masks[survey.failing(listing)]!);
    }
    if (failing !== 0) this.#addFailing(survey, word, failing);
  }

  /** Counts of listings that have just been sifted those that fail one test alone in the values of that test's facet. */
  #addFailing({ sieve }: Survey, word: number, among: number): void {
    for (let at = 0; at < sieve.tests.length; at++) {
      const failing = sieve.tests[at]!.failing & among;
      if (failing !== 0) failures[at]!.add(word, failing);
    }
  }
}

/** Whether the listings of an integer have several points, and nothing else besides, and all serve the same areas. */
function isOfOneSet({ parts, standings }: Segment, word: number): boolean {
  const first = word << 5;
  return first >= parts.several && first + 32 <= parts.manifold && standings[first] === standings[first + 31];
}
