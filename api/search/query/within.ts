import { NOT_SERVED } from '../geo/areas.ts';
import type { Around } from '../geo/around.ts';
import { runsOf } from '../geo/grid.ts';
import { bitsWithin, lowest, ones } from '../packed/bitsets.ts';
import { areasOf, FEATURES, listingOfRecord } from '../packed/row.ts';
import { type Group, MANY_SETS } from '../segment/segment.ts';
import { NOT_SERVING, NOWHERE, VENUE } from './prepared-query.ts';
import type { Survey } from './segment-query.ts';

/** What lies in a circle, part by part of a segment. */

/** How all listings of a group stand to the place, in the circle; NOWHERE where each must be asked. */
export function wayOfGroup(survey: Survey, { set }: Group): number {
  if (set === MANY_SETS) return NOWHERE;
  return survey.ask.serving.answers[set] === NOT_SERVED ? NOT_SERVING : VENUE;
}

/** Fills `segment.inside` with what is in the circle and in no group. Nothing is done where that has just been done. */
export function gather(survey: Survey, around: Around): void {
  if (survey.gathered === around) return;
  survey.gathered = around;
  survey.segment.inside.clear();
  gatherMixed(survey, around);
  gatherSeveral(survey, around);
  survey.segment.inside.putInOrder();
}

function gatherMixed(survey: Survey, { circle, chord }: Around): void {
  const { mixedGrid, inside } = survey.segment;
  const written = runsOf(mixedGrid, circle);
  const { runs } = mixedGrid;
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const end = runs[run + 3]!;
    // What lies in the inner part need not be measured.
    for (let listing = runs[run]!; listing < end; listing++)
      if ((listing >= innerFrom && listing < innerTo) || survey.chordTo(listing) <= chord) inside.add(listing, 0);
  }
}

/** Of a listing with several points one with the access asked for must be in the circle; the features of those are noted. */
function gatherSeveral({ segment, ask }: Survey, { circle, chord }: Around): void {
  const { severalGrid, severalRecords, severalXyz, inside } = segment;
  const { origin, filter } = ask;
  if (origin === null) return;
  const { x: originX, y: originY, z: originZ } = origin;
  const needed = filter.access;
  const written = runsOf(severalGrid, circle);
  const { runs } = severalGrid;
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const end = runs[run + 3]!;
    for (let at = runs[run]!; at < end; at++) {
      const record = severalRecords[at]!;
      if ((record & needed) !== needed) continue;
      if (at < innerFrom || at >= innerTo) {
        const x = severalXyz[at * 3]! - originX;
        const y = severalXyz[at * 3 + 1]! - originY;
        const z = severalXyz[at * 3 + 2]! - originZ;
        if (x * x + y * y + z * z > chord) continue;
      }
      inside.add(listingOfRecord(record), record & FEATURES);
    }
  }
}

/**
 * Goes through what is in the circle and in no group, up to 32 listings of an integer at a time: `among` has a bit for each
 * of the living that fits the filters, or fails one alone, and `survey.sieve` says which. Ends when `visit` says true.
 */
export function siftInside(survey: Survey, around: Around, visit: (word: number, among: number) => boolean): void {
  gather(survey, around);
  const { sieve } = survey;
  const { inside, dead, deaths } = survey.segment;
  for (let k = 0; k < inside.count; k++) {
    const word = inside.words[k]!;
    let among = sieve.sift(word, inside.bitsOf(word));
    if (deaths > 0)
      for (let rest = among; rest !== 0; rest &= rest - 1)
        if (dead[(word << 5) + lowest(rest)] !== 0) among &= ~(rest & -rest);
    if (among !== 0 && visit(word, among)) return;
  }
}

/**
 * Goes through a group within the circle, 32 listings at a time: whoever visits finds in `survey.sieve` how those do that
 * `venues` (it is open to the place) and `others` (it is not) have a bit for. Ends when `visit` says true.
 */
export function sift(
  survey: Survey,
  group: Group,
  around: Around,
  visit: (word: number, venues: number, others: number) => boolean,
): boolean {
  const { segment, sieve } = survey;
  const { dead, deaths, standings } = segment;
  const { answers } = survey.ask.serving;
  const way = wayOfGroup(survey, group);
  const written = runsOf(group.grid, around.circle);
  const { runs } = group.grid;
  for (let run = 0; run < written; run += 4) {
    const from = runs[run]!;
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const to = runs[run + 3]!;
    for (let word = from >>> 5; word << 5 < to; word++) {
      const among = sieve.sift(word, bitsWithin(word, from, to));
      if (among === 0) continue;
      const first = word << 5;
      const whole = bitsWithin(word, innerFrom, innerTo);
      let venues = way === VENUE && deaths === 0 ? among & whole : 0;
      let others = way === NOT_SERVING && deaths === 0 ? among & whole : 0;
      for (let rest = among & ~(venues | others); rest !== 0; rest &= rest - 1) {
        const listing = first + lowest(rest);
        if ((listing < innerFrom || listing >= innerTo) && survey.chordTo(listing) > around.chord) continue;
        if (dead[listing] !== 0) continue;
        const served = way === NOWHERE ? answers[areasOf(standings[listing]!)] !== NOT_SERVED : way === VENUE;
        if (served) venues |= rest & -rest;
        else others |= rest & -rest;
      }
      if ((venues | others) !== 0 && visit(word, venues, others)) return true;
    }
  }
  return false;
}

/** How many venues there are in the circle after filters, without words, counted up to `enough`. */
export function countVenues(survey: Survey, around: Around, enough: number): number {
  let count = 0;
  for (const group of survey.groupsIn(around)) {
    if (wayOfGroup(survey, group) === NOT_SERVING) continue;
    const isEnough = sift(survey, group, around, (_, venues) => {
      count += ones(venues & survey.sieve.fit);
      return count >= enough;
    });
    if (isEnough) return enough;
  }
  siftInside(survey, around, (word, among) => {
    for (let rest = among & survey.sieve.fit; rest !== 0; rest &= rest - 1)
      if (survey.wayInside((word << 5) + lowest(rest)) === VENUE) count++;
    return count >= enough;
  });
  return count;
}

/**
 * Visits the living listings that stand in one way and fit the filters, without words, in no order.
 * @param most may be given where lists are walked: so many of each list are enough, since they are in order
 */
export function forEachHit(
  survey: Survey,
  way: number,
  around: Around | null,
  most: number,
  visit: (listing: number) => void,
): void {
  const { segment, ask } = survey;
  if (around === null) {
    for (let listing = 0; listing < segment.size; listing++)
      if (survey.way(listing, 0) === way && survey.fits(listing)) visit(listing);
    return;
  }
  if (way === VENUE || way === NOT_SERVING) {
    for (const group of survey.groupsIn(around)) {
      const its = wayOfGroup(survey, group);
      if (its !== way && its !== NOWHERE) continue;
      sift(survey, group, around, (word, venues, others) => {
        for (let rest = (way === VENUE ? venues : others) & survey.sieve.fit; rest !== 0; rest &= rest - 1)
          visit((word << 5) + lowest(rest));
        return false;
      });
    }
    siftInside(survey, around, (word, among) => {
      for (let rest = among & survey.sieve.fit; rest !== 0; rest &= rest - 1) {
        const listing = (word << 5) + lowest(rest);
        if (survey.wayInside(listing) === way) visit(listing);
      }
      return false;
    });
    return;
  }
  // Which of them are venues here; a smaller circle may have been looked at since.
  gather(survey, around);
  const lists = way === 1 ? segment.lists.area : segment.lists.remote;
  for (const set of ask.serving.sets) {
    const list = lists.get(set)?.listings;
    if (list === undefined) continue;
    let left = most;
    for (let k = 0; k < list.length && left > 0; k++) {
      if (!survey.fits(list[k]!) || survey.way(list[k]!, around.chord) !== way) continue;
      visit(list[k]!);
      left--;
    }
  }
}
