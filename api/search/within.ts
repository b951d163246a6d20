import { NOT_SERVED } from './areas.ts';
import type { Around } from './around.ts';
import { NOT_SERVING, NOWHERE, VENUE } from './ask.ts';
import { bitsWithin, lowest, ones } from './bitsets.ts';
import { runsOf } from './grid.ts';
import { areasOf, FEATURES, listingOfRecord, packRecord } from './row.ts';
import { type Group, MANY_SETS } from './segment.ts';
import type { Survey } from './survey.ts';

/** What lies in a circle, part by part of a segment. Searches run to their end undisturbed, so room is used again. */

const runs: number[] = [];
/** Stamps that a mark has room for. */
const MOST_STAMPS = 2 ** 26;

/** Where the runs of a group are in the circle: see `runsOf`. They hold until the next are asked for. */
export function runsOfGroup(group: Group, around: Around): { runs: readonly number[]; written: number } {
  return { runs, written: runsOf(group.grid, around.circle, runs) };
}

/** How all listings of a group stand to the place, in the circle; NOWHERE where each must be asked. */
export function wayOfGroup(survey: Survey, { set }: Group): number {
  if (set === MANY_SETS) return NOWHERE;
  return survey.ask.serving.answers[set] === NOT_SERVED ? NOT_SERVING : VENUE;
}

/** Adds the stretches of listings in which the circle's lie: of the groups, and of those with several points. */
export function pushRanges(survey: Survey, around: Around, ranges: number[]): void {
  for (const { grid } of survey.groupsIn(around)) {
    const written = runsOf(grid, around.circle, runs);
    for (let k = 0; k < written; k += 4) ranges.push(runs[k]!, runs[k + 3]!);
  }
}

/**
 * Marks what is in the circle and in no group, and gathers the living of it into `segment.inside`, each once.
 * @returns how many there are
 */
export function gather(survey: Survey, around: Around): number {
  const { segment } = survey;
  if (survey.gathered?.around === around) return survey.gathered.count;
  if (++segment.stamp > MOST_STAMPS) {
    segment.marks.fill(0);
    segment.stamp = 1;
  }
  const count = gatherSeveral(survey, around, gatherMixed(survey, around));
  survey.gathered = { around, count };
  return count;
}

function gatherMixed(survey: Survey, { circle, chord }: Around): number {
  const { mixedGrid, dead, inside, marks, stamp } = survey.segment;
  const written = runsOf(mixedGrid, circle, runs);
  let count = 0;
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const end = runs[run + 3]!;
    for (let listing = runs[run]!; listing < end; listing++) {
      // What lies in the inner part need not be measured.
      if ((listing < innerFrom || listing >= innerTo) && survey.chordTo(listing) > chord) continue;
      marks[listing] = packRecord(stamp, 0);
      if (dead[listing] === 0) inside[count++] = listing;
    }
  }
  return count;
}

/** Of a listing with several points one with the access asked for must be in the circle; the features of those are noted. */
function gatherSeveral(survey: Survey, { circle, chord }: Around, already: number): number {
  const { severalGrid, severalRecords, severalXyz, dead, inside, marks, stamp } = survey.segment;
  const { origin, filter } = survey.ask;
  if (origin === null) return already;
  const { x: originX, y: originY, z: originZ } = origin;
  const needed = filter.access;
  const written = runsOf(severalGrid, circle, runs);
  let count = already;
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
      const listing = listingOfRecord(record);
      const mark = marks[listing]!;
      if (listingOfRecord(mark) === stamp) {
        marks[listing] = mark | (record & FEATURES);
        continue;
      }
      marks[listing] = packRecord(stamp, record & FEATURES);
      if (dead[listing] === 0) inside[count++] = listing;
    }
  }
  return count;
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
  const written = runsOf(group.grid, around.circle, runs);
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
  const { segment } = survey;
  let count = 0;
  for (const group of survey.groupsIn(around)) {
    if (wayOfGroup(survey, group) === NOT_SERVING) continue;
    const isEnough = sift(survey, group, around, (_, venues) => {
      count += ones(venues & survey.sieve.fit);
      return count >= enough;
    });
    if (isEnough) return enough;
  }
  const gathered = gather(survey, around);
  for (let k = 0; k < gathered && count < enough; k++) {
    const listing = segment.inside[k]!;
    if (survey.wayInside(listing) === VENUE && survey.fits(listing)) count++;
  }
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
    const gathered = gather(survey, around);
    for (let k = 0; k < gathered; k++) {
      const listing = segment.inside[k]!;
      if (survey.wayInside(listing) === way && survey.fits(listing)) visit(listing);
    }
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
