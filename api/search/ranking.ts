import { type Circled, circledAround } from './around.ts';
import { type Ask, endsByName } from './ask.ts';
import { AREAS, checkedDay, MORE, SPANS, UNCONFIRMED } from './row.ts';
import type { Survey } from './survey.ts';
import { type Ranked, Top } from './top.ts';

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
export function firstOf(survey: Survey, way: number, around: Circled | null, wanted: number, total: number): Found[] {
  const { segment, ask } = survey;
  const { ids } = segment;
  const byName = endsByName(ask, way);
  const gather = (within: Circled | null): { top: Top; confirmed: number } => {
    const top = new Top(wanted, (a, b) => (ids[a]! < ids[b]! ? -1 : 1));
    let confirmed = 0;
    survey.forEachHit(way, within, (listing) => {
      const first = firstKey(survey, way, listing);
      if (first < CONFIRMED_STEP) confirmed++;
      top.add(listing, first, byName ? segment.nameRank[listing]! : survey.nearestChord(listing));
    });
    return { top, confirmed };
  };
  const finish = (top: Top) => top.sorted().map((ranked) => ({ ...ranked, survey }));
  if (around !== null && ask.origin !== null && !byName && !ask.plan.hasWords) {
    // The nearest few of very many: a small circle that ought to hold them is looked at first, then one twice as wide.
    for (let share = Math.sqrt((2 * wanted) / total); share < 0.7; share *= 2) {
      const { top, confirmed } = gather(circledAround(ask.origin, around.radius_m * share));
      if (confirmed >= wanted) return finish(top);
    }
  }
  return finish(gather(around).top);
}

/**
 * What is compared first: rising, so the best has the least. With words it is the score in steps of a doubling, so that
 * among listings that fit about equally well the nearest comes first.
 */
function firstKey(survey: Survey, way: number, listing: number): number {
  const { segment, ask } = survey;
  const base = listing * segment.width;
  const { rows } = segment;
  const unconfirmed = (rows[base + MORE]! & UNCONFIRMED) !== 0;
  const size = way === AREA ? ask.serving.sizeOf(rows[base + AREAS]!) : 0;
  if (ask.order === 'relevance' && ask.plan.hasWords) {
    const fit = survey.fitOf(listing) * (unconfirmed ? UNCONFIRMED_SHARE : 1);
    return size - SIZES * Math.round(Math.log2(1 + fit));
  }
  let key = unconfirmed ? CONFIRMED_STEP : 0;
  if (ask.order === 'name') return key;
  if (ask.order === 'checked') return key - checkedDay(rows[base + SPANS]!);
  key += size;
  return key;
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
      const x = one.folded[a.listing]!;
      const y = other.folded[b.listing]!;
      if (x !== y) return x < y ? -1 : 1;
    }
    return one.ids[a.listing]! < other.ids[b.listing]! ? -1 : 1;
  };
}
