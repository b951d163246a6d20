import { NOT_SERVED } from './areas.ts';
import type { Around } from './around.ts';
import { NOT_SERVING, NOWHERE, VENUE } from './ask.ts';
import { lowest, ones } from './bitsets.ts';
import type { Counter } from './facets.ts';
import { FAR_OFF, FITS } from './filters.ts';
import { AREAS, IN_PERSON, MAIN } from './row.ts';
import type { List } from './segment.ts';
import { countBlocks } from './sums.ts';
import { MIXED, PLAIN, RESTRICTED, Survey } from './survey.ts';

/** A list that is worth remembering what filters make of it, and for how many filters that is kept. */
const WORTH_REMEMBERING = 500;
const MOST_REMEMBERED = 200;

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

  add(survey: Survey, around: Around | null): void {
    const { segment, ask } = survey;
    if (ask.plan.hasWords) {
      this.#addCandidates(survey, around);
    } else if (around === null) {
      this.counter.expect(segment.size);
      for (let listing = 0; listing < segment.size; listing++)
        if (segment.dead[listing] === 0) this.#count(survey, listing, survey.way(listing, 0), 1);
    } else {
      const summed = !ask.filter.any;
      this.#addLists(survey, summed);
      if (summed) this.#addPlain(survey, around);
      else this.#addSifted(survey, around, PLAIN);
      this.#addSifted(survey, around, RESTRICTED);
      const gathered = survey.gather(around, MIXED);
      this.counter.expect(gathered);
      for (let k = 0; k < gathered; k++) this.#addInside(survey, segment.inside[k]!);
    }
  }

  #addCandidates(survey: Survey, around: Around | null): void {
    const { candidates, ways } = survey;
    this.counter.expect(candidates.length);
    for (let k = 0; k < candidates.length; k++) {
      const listing = candidates[k]!;
      const way = ways[k]!;
      let failing: number;
      if (around !== null && (way === VENUE || way === NOT_SERVING) && survey.hasSeveral(listing)) {
        // As for the lists: counted from anywhere first, then what the circle makes of it.
        const fallback = way === VENUE ? survey.fallback(listing) : 0;
        if (fallback !== 0) this.#count(survey, listing, fallback, 1);
        failing = this.#addInside(survey, listing);
      } else {
        failing = this.#count(survey, listing, way, 1);
      }
      ways[k] = failing === FITS ? way : NOWHERE;
    }
  }

  /** Counts a listing that stands in a way so many times; returns how it fails the filters. */
  #count(survey: Survey, listing: number, way: number, times: number): number {
    if (way === NOWHERE) return FAR_OFF;
    const failing = survey.failing(listing);
    if (failing === FAR_OFF) return FAR_OFF;
    if (failing === FITS) this.totals[way]! += times;
    if (survey.ask.asked[way]) this.#countFacets(survey, listing, times, failing, false);
    return failing;
  }

  #countFacets(survey: Survey, listing: number, times: number, failing: number, inside: boolean): void {
    const { rows, width } = survey.segment;
    const { filter, masks } = survey.ask;
    const base = listing * width;
    if (failing !== FITS) {
      this.counter.addMasked(rows, base, width, times, filter, masks[failing]!);
      return;
    }
    this.counter.add(rows, base, width, times, filter);
    const lacking = survey.lacking(listing, inside);
    if (lacking !== 0) this.counter.addMain(lacking, -times);
  }

  /** Listings that serve the place from anywhere. */
  #addLists(survey: Survey, summed: boolean): void {
    const { lists, deadListings, rows, width } = survey.segment;
    const { answers, sets } = survey.ask.serving;
    for (const set of sets) {
      for (const [at, bySet] of [lists.area, lists.remote].entries()) {
        const list = bySet.get(set);
        if (list === undefined) continue;
        if (summed) this.#addSummed(survey, list, at + 1);
        else this.#addFiltered(survey, list, at + 1);
      }
    }
    if (!summed) return;
    for (let k = 0; k < deadListings.length; k++) {
      const base = deadListings[k]! * width;
      const fallback = survey.fallback(deadListings[k]!);
      if (fallback !== 0 && answers[rows[base + AREAS]!] !== NOT_SERVED)
        this.#count(survey, deadListings[k]!, fallback, -1);
    }
  }

  #addSummed(survey: Survey, { listings, sums }: List, way: number): void {
    if (sums === null) {
      for (let k = 0; k < listings.length; k++) this.#count(survey, listings[k]!, way, 1);
      return;
    }
    this.totals[way]! += listings.length;
    if (survey.ask.asked[way]) this.counter.addBits(sums);
  }

  /**
   * What is open to everybody is the same wherever one searches from, and there may be tens of thousands of it. So what
   * the filters make of a long list is remembered.
   */
  #addFiltered(survey: Survey, { listings, remembered }: List, way: number): void {
    const { dead } = survey.segment;
    const { filter, asked } = survey.ask;
    const long = listings.length >= WORTH_REMEMBERING;
    let known = long ? remembered.get(filter.key) : undefined;
    if (known === undefined) {
      if (!long) {
        for (let k = 0; k < listings.length; k++)
          if (dead[listings[k]!] === 0) this.#count(survey, listings[k]!, way, 1);
        return;
      }
      const apart = new Tally(this.counter.another());
      apart.counter.expect(listings.length);
      const all = new Survey(survey.segment, { ...survey.ask, asked: asked.map(() => true) });
      for (let k = 0; k < listings.length; k++) if (dead[listings[k]!] === 0) apart.#count(all, listings[k]!, way, 1);
      known = { total: apart.totals[way]!, bits: apart.counter.allBits() };
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(filter.key, known);
    }
    this.totals[way]! += known.total;
    if (asked[way]) this.counter.addBits(known.bits);
  }

  /** The plain part of the circle, by sums: all of it is open to everybody, and a venue. */
  #addPlain(survey: Survey, around: Around): void {
    const { segment, ask } = survey;
    const counted = ask.asked[VENUE] === true;
    const { runs, written } = survey.plainRuns(around);
    for (let run = 0; run < written; run += 4) {
      const innerFrom = runs[run + 1]!;
      const innerTo = runs[run + 2]!;
      this.#addMeasured(survey, runs[run]!, innerFrom, around.chord);
      const [from, to] = countBlocks(segment.sums, innerFrom, innerTo, this.counter, counted);
      this.#addMeasured(survey, innerFrom, from, Number.POSITIVE_INFINITY);
      this.totals[VENUE]! += to - from;
      if (segment.deaths > 0)
        for (let k = segment.firstDead(from); k < segment.deadListings.length; k++) {
          if (segment.deadListings[k]! >= to) break;
          this.#count(survey, segment.deadListings[k]!, VENUE, -1);
        }
      this.#addMeasured(survey, to, innerTo, Number.POSITIVE_INFINITY);
      this.#addMeasured(survey, innerTo, runs[run + 3]!, around.chord);
    }
  }

  /**
   * Those with one point to which people go, in the circle. What fits is counted by row; what fails one filter alone counts
   * in the values of that filter's facet only, and there for all its listings together.
   */
  #addSifted(survey: Survey, around: Around, grid: 0 | 1): void {
    const { asked } = survey.ask;
    const { sieve } = survey;
    const failures = sieve.tests.map(() => ({ words: [] as number[], masks: [] as number[] }));
    const add = (way: number, word: number, among: number): void => {
      this.totals[way]! += ones(among & sieve.fit);
      if (!asked[way]) return;
      this.#addRows(survey, word, among & sieve.fit);
      for (const [at, { failing }] of sieve.tests.entries()) {
        if ((failing & among) === 0) continue;
        failures[at]!.words.push(word);
        failures[at]!.masks.push(failing & among);
      }
    };
    survey.sift(grid, around, (word, venues, others) => {
      add(VENUE, word, venues);
      if (others !== 0) add(NOT_SERVING, word, others);
      return false;
    });
    for (const [at, { words, masks }] of failures.entries())
      for (const { bit, sets } of sieve.tests[at]!.counted) this.counter.bits[bit]! += onesIn(sets, words, masks);
  }

  #addRows(survey: Survey, word: number, bits: number): void {
    const { rows, width } = survey.segment;
    for (let rest = bits; rest !== 0; rest &= rest - 1)
      this.counter.add(rows, ((word << 5) + lowest(rest)) * width, width, 1, survey.ask.filter);
  }

  #addMeasured(survey: Survey, from: number, to: number, chord: number): void {
    const { dead } = survey.segment;
    for (let listing = from; listing < to; listing++)
      if (survey.isInside(listing, chord) && dead[listing] === 0) this.#count(survey, listing, VENUE, 1);
  }

  /**
   * A listing in the circle: a venue, or one that does not serve the place, or of no account here. Where its venue in the
   * circle lacks a feature that one farther off has, it stays counted there as what it would be then.
   * @returns how it fails the filters
   */
  #addInside(survey: Survey, listing: number): number {
    const { rows, width } = survey.segment;
    const { filter, asked, serving } = survey.ask;
    const base = listing * width;
    const served = serving.answers[rows[base + AREAS]!] !== NOT_SERVED;
    if (served && (rows[base + MAIN]! & IN_PERSON) === 0) return FAR_OFF;
    // The access asked for is there: else it would not be among those in the circle.
    const failing = filter.any ? filter.failing(rows, base, width) : FITS;
    if (failing === FAR_OFF) return FAR_OFF;
    const way = served ? VENUE : NOT_SERVING;
    let times = asked[way] ? 1 : 0;
    if (failing === FITS) this.totals[way]! += 1;
    const fallback = served ? survey.fallback(listing) : 0;
    if (fallback !== 0) {
      if (failing === FITS) this.totals[fallback]! -= 1;
      if (asked[fallback]) times -= 1;
    }
    if (times !== 0) this.#countFacets(survey, listing, times, failing, true);
    return failing;
  }
}

/** How many listings of some are in any of these sets. */
function onesIn(sets: readonly Uint32Array[], words: readonly number[], masks: readonly number[]): number {
  let count = 0;
  for (let k = 0; k < words.length; k++) {
    let held = 0;
    for (const set of sets) held |= set[words[k]!]!;
    count += ones(held & masks[k]!);
  }
  return count;
}
