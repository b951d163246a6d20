import { NOT_SERVED } from '../../geo/area-sets.ts';
import type { Around } from '../../geo/search-circle.ts';
import { lowest, ones } from '../../packed/bitsets.ts';
import { areaSetOf, fallbackOfKey, isVisitedByKey, MAIN, withFeatures } from '../../packed/row.ts';
import { FAR_OFF, FITS } from '../../segment/filters.ts';
import type { AreaGroup, Segment } from '../../segment/segment.ts';
import { NO_REACH, NOT_SERVING, VENUE } from '../prepared-query.ts';
import type { SegmentQuery } from '../segment-query.ts';
import type { TextMatches } from '../text-matches.ts';
import { reachOfGroup, scanGroup, scanUngrouped } from '../within.ts';
import type { Counter } from './facet-counter.ts';
import { addEverywhere, addLists, addMatches } from './from-anywhere.ts';
import { SingleFailures } from './single-failures.ts';
import { addByPrefixSums, addOneByOne } from './unfiltered.ts';

/** What fails each test alone. Searches run to their end undisturbed, so the room is used again. */
const failures: SingleFailures[] = [];

/**
 * Totals of the four ways, and counts of the facets over the ways asked for.
 *
 * A listing stands in one way. What stands by area or as remote is counted by lists, from wherever it is; where it turns
 * out to be a venue in the circle, it is taken off again. Without words and filters, lists and the inner part of the
 * circle are counted by sums known beforehand: those of lists are without the dead (segment.ts), those of the circle with
 * them, and its dead are taken off afterwards.
 */
export class Totals {
  readonly byReach = new Int32Array(4);
  readonly counter: Counter;

  constructor(counter: Counter) {
    counter.reset();
    this.counter = counter;
  }

  /** An empty one of the same kind. */
  another(): Totals {
    return new Totals(this.counter.another());
  }

  /** @param matches what has the words, where there are any; what fits the filters of it is marked there */
  add(query: SegmentQuery, matches: TextMatches | null, circle: Around | null): void {
    const { segment, prepared } = query;
    this.counter.begin(segment.rows, segment.width, prepared.filter);
    if (matches === null && circle === null) {
      addEverywhere(this, query);
      return;
    }
    const { tests } = query.filterScan;
    while (failures.length < tests.length) failures.push(new SingleFailures());
    for (let at = 0; at < tests.length; at++) failures[at]!.count = 0;
    if (matches !== null) this.#addMatches(query, matches, circle);
    else if (circle !== null) this.#addCircle(query, circle);
    for (let at = 0; at < tests.length; at++)
      if (failures[at]!.count > 0)
        for (const { bit, sets } of tests[at]!.counted) this.counter.bits[bit]! += failures[at]!.onesIn(sets);
  }

  #addCircle(query: SegmentQuery, circle: Around): void {
    const summed = !query.prepared.filter.any;
    addLists(this, query, summed);
    for (const group of query.groupsIn(circle)) {
      const reach = reachOfGroup(query, group);
      if (!summed) this.#addGroup(query, group, circle);
      else if (reach !== NO_REACH) addByPrefixSums(this, query, group, reach, circle);
      else addOneByOne(this, query, group, circle);
    }
    scanUngrouped(query, circle, (word, among) => {
      this.#addUngrouped(query, word, among);
      return false;
    });
  }

  /** What has the words: from anywhere by lists, the rest one by one, or with filters by integers of the bitsets. */
  #addMatches(query: SegmentQuery, matches: TextMatches, circle: Around | null): void {
    const { listings, reaches, count } = matches;
    const { segment, prepared } = query;
    if (circle !== null) addMatches(this, query, matches);
    for (let k = 0; k < count; k++) {
      const listing = listings[k]!;
      const reach = reaches[k]!;
      const inGroup = listing < segment.parts.mixed;
      if (circle === null) {
        if (this.count(query, listing, reach, 1) !== FITS) reaches[k] = NO_REACH;
      } else if (inGroup && !prepared.filter.any) {
        this.byReach[reach]!++;
        if (prepared.wantsReach[reach]) this.counter.add(listing * segment.width);
      } else {
        const first = k;
        const word = listing >>> 5;
        let among = 1 << (listing & 31);
        // They rise within a group: those of the same integer mostly follow each other.
        for (; k + 1 < count && reaches[k + 1] === reach; k++) {
          const next = listings[k + 1]!;
          if (next >>> 5 !== word || next < segment.parts.mixed !== inGroup) break;
          among |= 1 << (next & 31);
        }
        const known = query.filterScan.scan(word, among);
        if (inGroup) this.#addScanned(query, reach, word, known);
        else this.#addUngrouped(query, word, known);
        for (let at = first; at <= k; at++)
          if ((query.filterScan.fit & (1 << (listings[at]! & 31))) === 0) reaches[at] = NO_REACH;
      }
    }
  }

  /** Counts a listing that stands in a way so many times; returns how it fails the filters. */
  count(query: SegmentQuery, listing: number, reach: number, times: number): number {
    if (reach === NO_REACH) return FAR_OFF;
    const failing = query.failing(listing);
    if (failing === FAR_OFF) return FAR_OFF;
    if (failing === FITS) this.byReach[reach]! += times;
    if (query.prepared.wantsReach[reach]) this.#countFacets(query, listing, times, failing);
    return failing;
  }

  #countFacets(query: SegmentQuery, listing: number, times: number, failing: number): void {
    const base = listing * query.segment.width;
    const main = query.main(listing);
    if (failing === FITS && times === 1) this.counter.addAs(base, main);
    else this.counter.addMasked(base, main, times, failing === FITS ? null : query.prepared.filter.masks[failing]!);
  }

  /** A group in the circle with filters, or of which each must be asked. */
  #addGroup(query: SegmentQuery, group: AreaGroup, circle: Around): void {
    scanGroup(query, group, circle, (word, venues, others) => {
      if (venues !== 0) this.#addScanned(query, VENUE, word, venues);
      if (others !== 0) this.#addScanned(query, NOT_SERVING, word, others);
      return false;
    });
  }

  /**
   * Listings that have just been sifted, and stand in one way. What fits is counted by row; what fails one filter alone
   * counts in the values of that filter's facet only, and there for all its listings together.
   */
  #addScanned(query: SegmentQuery, reach: number, word: number, among: number): void {
    const { filterScan, segment, prepared } = query;
    this.byReach[reach]! += ones(among & filterScan.fit);
    if (!prepared.wantsReach[reach]) return;
    for (let rest = among & filterScan.fit; rest !== 0; rest &= rest - 1) {
      const listing = (word << 5) + lowest(rest);
      if (reach === VENUE) query.noteVenue(listing);
      this.counter.add(listing * segment.width);
    }
    this.#addFailing(query, word, among);
  }

  /**
   * Listings in the circle and in no group that have just been sifted: venues, or what does not serve the place, or of no
   * account here. What is found from anywhere too was counted there, and is taken off again where it is a venue. Where its
   * venue in the circle lacks a feature that one farther off has, it stays counted there as what it would be then.
   */
  #addUngrouped(query: SegmentQuery, word: number, among: number): void {
    const { segment, prepared, filterScan } = query;
    const { rows, width, reachKeys, circleMembers } = segment;
    const { wantsReach: asked, serving } = prepared;
    if (
      !asked[NOT_SERVING] &&
      isOfOneSet(segment, word) &&
      serving.answers[areaSetOf(reachKeys[word << 5]!)] === NOT_SERVED
    ) {
      this.byReach[NOT_SERVING]! += ones(among & filterScan.fit);
      return;
    }
    let failing = 0;
    for (let rest = among; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const listing = (word << 5) + lowest(rest);
      const reachKey = reachKeys[listing]!;
      const served = serving.answers[areaSetOf(reachKey)] !== NOT_SERVED;
      if (served && !isVisitedByKey(reachKey)) continue;
      const reach = served ? VENUE : NOT_SERVING;
      const fallback = served ? fallbackOfKey(reachKey) : 0;
      const fits = (filterScan.fit & bit) !== 0;
      if (fits) {
        this.byReach[reach]! += 1;
        if (served) query.noteVenue(listing);
        if (fallback !== 0) this.byReach[fallback]! -= 1;
      }
      const times = (asked[reach] ? 1 : 0) - (fallback !== 0 && asked[fallback] ? 1 : 0);
      if (times === 1 && !fits) failing |= bit;
      if (times === 0 || (times === 1 && !fits)) continue;
      const base = listing * width;
      const main = query.hasSeveral(listing)
        ? withFeatures(rows[base + MAIN]!, circleMembers.featuresOf(listing))
        : rows[base + MAIN]!;
      if (times === 1) this.counter.addAs(base, main);
      else this.counter.addMasked(base, main, times, fits ? null : prepared.filter.masks[query.failing(listing)]!);
    }
    if (failing !== 0) this.#addFailing(query, word, failing);
  }

  /** Counts of listings that have just been sifted those that fail one test alone in the values of that test's facet. */
  #addFailing({ filterScan }: SegmentQuery, word: number, among: number): void {
    for (let at = 0; at < filterScan.tests.length; at++) {
      const failing = filterScan.tests[at]!.failing & among;
      if (failing !== 0) failures[at]!.add(word, failing);
    }
  }
}

/** Whether the listings of an integer have several points, and nothing else besides, and all serve the same areas. */
function isOfOneSet({ parts, reachKeys }: Segment, word: number): boolean {
  const first = word << 5;
  return first >= parts.several && first + 32 <= parts.severalMixed && reachKeys[first] === reachKeys[first + 31];
}
