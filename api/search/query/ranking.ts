import { type Circled, circledAround } from '../geo/around.ts';
import { AREAS, checkedDay, MORE, SPANS, UNCONFIRMED } from '../packed/row.ts';
import { type Ranked, Top } from '../packed/top.ts';
import type { Segment } from '../segment/segment.ts';
import { farKey } from '../text/merged.ts';
import { fold } from '../text/tokens.ts';
import { type Ask, endsByName, NOT_SERVING, VENUE } from './prepared-query.ts';
import type { Survey } from './segment-query.ts';
import type { Worded } from './text-matches.ts';
import { forEachHit } from './within.ts';

/** What comes before what within a section (docs/ranking.md says it in plain words). */

/** More than any other part of a first key: the day of a check, or how large the area is. */
const CONFIRMED_STEP = 1e9;
/** More than the number of sizes that an area has. */
const SIZES = 8;
/** What is left of the score of a listing that nobody has confirmed. */
const UNCONFIRMED_SHARE = 0.5;
const AREA = 1;

/** A listing of a segment on its way into the answer. */
export interface Found extends Ranked {
  survey: Survey;
}

/**
 * The first `wanted` listings of one way in one segment, in their order.
 * @param total how many there are of that way, in all segments
 */
export function firstOf(
  survey: Survey,
  worded: Worded | null,
  way: number,
  around: Circled | null,
  wanted: number,
  total: number,
): Found[] {
  const top =
    worded === null ? firstHits(survey, way, around, wanted, total) : firstWorded(survey, worded, way, around, wanted);
  return top.sorted().map(({ listing, first, second }) => ({ listing, first, second, survey }));
}

const topOf = ({ segment: { ids } }: Survey, wanted: number): Top => new Top(wanted, (a, b) => ids.compare(a, ids, b));

function firstHits(survey: Survey, way: number, around: Circled | null, wanted: number, total: number): Top {
  const { segment, ask } = survey;
  const byName = endsByName(ask, way);
  // Lists (segment.ts) are in the order of names, but for the day of a check.
  const most = ask.order === 'checked' ? Number.POSITIVE_INFINITY : wanted;
  let confirmed = 0;
  let top = topOf(survey, wanted);
  const add = (listing: number): void => {
    const first = firstKey(survey, way, listing);
    if (first < CONFIRMED_STEP) confirmed++;
    if (!top.isTooLate(first))
      top.add(listing, first, byName ? segment.nameRank[listing]! : survey.nearestChord(listing));
  };
  if (around !== null && way === VENUE && survey.unseen === 0) {
    for (const listing of survey.venues) add(listing);
    return top;
  }
  if (around === null && ask.order === 'name') {
    // Most have a name long before the last: the first confirmed ones come before all that are not.
    let found = 0;
    for (const listing of inOrderOfNames(segment)) {
      if (survey.way(listing, 0) !== way || isUnconfirmed(survey, listing) || !survey.fits(listing)) continue;
      top.add(listing, 0, segment.nameRank[listing]!);
      if (++found === wanted) return top;
    }
    top = topOf(survey, wanted);
  }
  if (around !== null && ask.origin !== null && !byName) {
    // The nearest few of very many: a small circle that ought to hold them is looked at first, then one twice as wide.
    for (let share = Math.sqrt((2 * wanted) / total); share < 0.7; share *= 2) {
      forEachHit(survey, way, circledAround(ask.origin, around.radius_m * share), most, add);
      if (confirmed >= wanted) return top;
      top = topOf(survey, wanted);
      confirmed = 0;
    }
  }
  forEachHit(survey, way, around, most, add);
  return top;
}

function firstWorded(survey: Survey, worded: Worded, way: number, around: Circled | null, wanted: number): Top {
  const { segment, ask } = survey;
  const { listings, ranks, ways, count, list } = worded;
  const byName = endsByName(ask, way);
  const top = topOf(survey, wanted);
  // Confirmed and in the smallest area it could not come before those that are there: mostly nothing more need be looked at.
  const isTooLate = (rank: number) =>
    ask.order === 'relevance' && top.isTooLate(-SIZES * levelOf(1 + list.fits[rank]!));
  const add = (listing: number, rank: number): void => {
    const first =
      ask.order === 'relevance' ? wordedKey(survey, way, listing, list.fits[rank]!) : firstKey(survey, way, listing);
    if (!top.isTooLate(first))
      top.add(listing, first, byName ? segment.nameRank[listing]! : survey.nearestChord(listing));
  };
  if (around === null || way === VENUE || way === NOT_SERVING) {
    for (let k = 0; k < count; k++) if (ways[k] === way && !isTooLate(ranks[k]!)) add(listings[k]!, ranks[k]!);
    return top;
  }
  for (const set of ask.serving.sets) {
    const far = list.far.get(farKey(set, way));
    const well = far === undefined ? 0 : worded.wellOf(far);
    for (let k = 0; k < well && !isTooLate(far!.ranks[k]!); k++) {
      const listing = far!.listings[k]!;
      if (survey.fits(listing) && survey.way(listing, around.chord) === way) add(listing, far!.ranks[k]!);
    }
  }
  return top;
}

function inOrderOfNames(segment: Segment): Uint32Array {
  if (segment.byName === null) {
    segment.byName = new Uint32Array(segment.size);
    for (let listing = 0; listing < segment.size; listing++) segment.byName[segment.nameRank[listing]!] = listing;
  }
  return segment.byName;
}

const isUnconfirmed = ({ segment: { rows, width } }: Survey, listing: number): boolean =>
  (rows[listing * width + MORE]! & UNCONFIRMED) !== 0;

const sizeOfArea = ({ segment: { rows, width }, ask }: Survey, way: number, listing: number): number =>
  way === AREA ? ask.serving.sizeOf(rows[listing * width + AREAS]!) : 0;

/**
 * What is compared first where words lead: rising, so the best has the least. It is the score in steps of a doubling, so
 * that among listings that fit about equally well the nearest comes first.
 */
function wordedKey(survey: Survey, way: number, listing: number, fit: number): number {
  const score = 1 + fit * (isUnconfirmed(survey, listing) ? UNCONFIRMED_SHARE : 1);
  return sizeOfArea(survey, way, listing) - SIZES * levelOf(score);
}

/** The rounded logarithm of a score of 1 or more: how often it can be halved, raised by half a step. */
const levelOf = (score: number): number => 31 - Math.clz32(score * Math.SQRT2);

/** What is compared first otherwise. */
function firstKey(survey: Survey, way: number, listing: number): number {
  const { segment, ask } = survey;
  const key = isUnconfirmed(survey, listing) ? CONFIRMED_STEP : 0;
  if (ask.order === 'name') return key;
  if (ask.order === 'checked') return key - checkedDay(segment.rows[listing * segment.width + SPANS]!);
  return key + sizeOfArea(survey, way, listing);
}

/** The order of two listings that may be of different segments, whose ranks of names do not compare. */
export function compareFound(ask: Ask, way: number): (a: Found, b: Found) => number {
  const byName = endsByName(ask, way);
  return (a, b) => {
    if (a.first !== b.first) return a.first - b.first;
    if (!byName && a.second !== b.second) return a.second - b.second;
    const one = a.survey.segment;
    const other = b.survey.segment;
    if (byName) {
      if (one === other) return a.second - b.second;
      const x = fold(one.names.at(a.listing));
      const y = fold(other.names.at(b.listing));
      if (x !== y) return x < y ? -1 : 1;
    }
    return one.ids.compare(a.listing, other.ids, b.listing);
  };
}
