import type { Around } from './around.ts';
import { NOT_SERVING, NOWHERE, VENUE } from './ask.ts';
import { lowest, ones } from './bitsets.ts';
import type { Counter } from './facets.ts';
import { Failures } from './failures.ts';
import { FAR_OFF, FITS } from './filters.ts';
import { addEverywhere, addLists } from './from-anywhere.ts';
import type { Group } from './segment.ts';
import { countBlocks } from './sums.ts';
import type { Survey } from './survey.ts';
import { gather, runsOfGroup, sift, wayOfGroup } from './within.ts';
import type { Worded } from './worded.ts';

/**
 * Totals of the four ways, and counts of the facets over the ways asked for.
 *
 * A listing stands in one way. What stands by area or as remote is counted by lists, from wherever it is; where it turns
 * out to be a venue in the circle, it is taken off again. Without words and filters, lists and the inner part of the
 * circle are counted by sums known beforehand (sums.ts), the dead included, and the dead are taken off afterwards.
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
    if (worded !== null) {
      this.#addWorded(survey, worded, around);
    } else if (around === null) {
      addEverywhere(this, survey);
    } else {
      const summed = !ask.filter.any;
      addLists(this, survey, summed);
      const failures = survey.sieve.tests.map(() => new Failures());
      for (const group of survey.groupsIn(around)) {
        const way = wayOfGroup(survey, group);
        if (summed && way !== NOWHERE) this.#addSums(survey, group, way, around);
        else this.#addSifted(survey, group, around, failures);
      }
      for (const [at, failed] of failures.entries())
        if (failed.count > 0)
          for (const { bit, sets } of survey.sieve.tests[at]!.counted) this.counter.bits[bit]! += failed.onesIn(sets);
      const gathered = gather(survey, around);
      for (let k = 0; k < gathered; k++) this.#addInside(survey, segment.inside[k]!);
    }
  }

  #addWorded(survey: Survey, worded: Worded, around: Around | null): void {
    const { listings, ways } = worded;
    const { width, parts } = survey.segment;
    const { asked, filter } = survey.ask;
    for (let k = 0; k < worded.count; k++) {
      const listing = listings[k]!;
      const way = ways[k]!;
      // Without filters nearly all of them are no more than a row to be counted.
      if (!filter.any && (listing < parts.several || listing >= parts.pointless)) {
        this.totals[way]!++;
        if (asked[way]) this.counter.add(listing * width);
        continue;
      }
      let failing: number;
      if (around !== null && (way === VENUE || way === NOT_SERVING) && survey.hasSeveral(listing)) {
        // As for the lists: counted from anywhere first, then what the circle makes of it.
        const fallback = way === VENUE ? survey.fallback(listing) : 0;
        if (fallback !== 0) this.count(survey, listing, fallback, 1);
        failing = this.#addInside(survey, listing);
      } else {
        failing = this.count(survey, listing, way, 1);
      }
      if (failing !== FITS) ways[k] = NOWHERE;
    }
  }

  /** Counts a listing that stands in a way so many times; returns how it fails the filters. */
  count(survey: Survey, listing: number, way: number, times: number): number {
    if (way === NOWHERE) return FAR_OFF;
    const failing = survey.failing(listing);
    if (failing === FAR_OFF) return FAR_OFF;
    if (failing === FITS) this.totals[way]! += times;
    if (survey.ask.asked[way]) this.#countFacets(survey, listing, times, failing, false);
    return failing;
  }

  #countFacets(survey: Survey, listing: number, times: number, failing: number, inside: boolean): void {
    const base = listing * survey.segment.width;
    const main = survey.main(listing, inside);
    if (failing === FITS && times === 1) this.counter.addAs(base, main);
    else this.counter.addMasked(base, main, times, failing === FITS ? null : survey.ask.filter.masks[failing]!);
  }

  /** A group in the circle of which all stand in the same way, without filters: by sums. */
  #addSums(survey: Survey, group: Group, way: number, around: Around): void {
    const { segment, ask } = survey;
    const counted = ask.asked[way] === true;
    const { runs, written } = runsOfGroup(group, around);
    for (let run = 0; run < written; run += 4) {
      const innerFrom = runs[run + 1]!;
      const innerTo = runs[run + 2]!;
      this.#addMeasured(survey, runs[run]!, innerFrom, way, around.chord);
      // Where facets are not asked for, the number of listings is all there is to know.
      const [from, to] = counted ? countBlocks(segment.sums, innerFrom, innerTo, this.counter) : [innerFrom, innerTo];
      this.#addMeasured(survey, innerFrom, from, way, Number.POSITIVE_INFINITY);
      this.totals[way]! += to - from;
      if (segment.deaths > 0)
        for (let k = segment.firstDead(from); k < segment.deadListings.length; k++) {
          if (segment.deadListings[k]! >= to) break;
          this.count(survey, segment.deadListings[k]!, way, -1);
        }
      this.#addMeasured(survey, to, innerTo, way, Number.POSITIVE_INFINITY);
      this.#addMeasured(survey, innerTo, runs[run + 3]!, way, around.chord);
    }
  }

  /** Listings one by one, without filters. */
  #addMeasured(survey: Survey, from: number, to: number, way: number, chord: number): void {
    const { dead, width } = survey.segment;
    const { counter } = this;
    const counted = survey.ask.asked[way] === true;
    let count = 0;
    for (let listing = from; listing < to; listing++) {
      if (dead[listing] !== 0 || (chord !== Number.POSITIVE_INFINITY && survey.chordTo(listing) > chord)) continue;
      count++;
      if (counted) counter.add(listing * width);
    }
    this.totals[way]! += count;
  }

  /**
   * A group in the circle with filters, or of which each must be asked. What fits is counted by row; what fails one filter
   * alone counts in the values of that filter's facet only, and there for all its listings together.
   */
  #addSifted(survey: Survey, group: Group, around: Around, failures: readonly Failures[]): void {
    const { asked } = survey.ask;
    const { width } = survey.segment;
    const { sieve } = survey;
    const { tests } = sieve;
    const add = (way: number, word: number, among: number): void => {
      this.totals[way]! += ones(among & sieve.fit);
      if (!asked[way]) return;
      for (let rest = among & sieve.fit; rest !== 0; rest &= rest - 1)
        this.counter.add(((word << 5) + lowest(rest)) * width);
      for (let at = 0; at < tests.length; at++) {
        const failing = tests[at]!.failing & among;
        if (failing !== 0) failures[at]!.add(word, failing);
      }
    };
    sift(survey, group, around, (word, venues, others) => {
      if (venues !== 0) add(VENUE, word, venues);
      if (others !== 0) add(NOT_SERVING, word, others);
      return false;
    });
  }

  /**
   * A listing in the circle: a venue, or one that does not serve the place, or of no account here. Where its venue in the
   * circle lacks a feature that one farther off has, it stays counted there as what it would be then.
   * @returns how it fails the filters
   */
  #addInside(survey: Survey, listing: number): number {
    const { rows, width } = survey.segment;
    const { filter, asked } = survey.ask;
    const way = survey.wayInside(listing);
    if (way === NOWHERE) return FAR_OFF;
    // The access asked for is there: else it would not be among those in the circle.
    const failing = filter.any ? filter.failing(rows, listing * width, width) : FITS;
    if (failing === FAR_OFF) return FAR_OFF;
    let times = asked[way] ? 1 : 0;
    if (failing === FITS) this.totals[way]! += 1;
    const fallback = way === VENUE ? survey.fallback(listing) : 0;
    if (fallback !== 0) {
      if (failing === FITS) this.totals[fallback]! -= 1;
      if (asked[fallback]) times -= 1;
    }
    if (times !== 0) this.#countFacets(survey, listing, times, failing, true);
    return failing;
  }
}
