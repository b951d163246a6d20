import { CHECKED_MONTHS } from '../facets.ts';
import { lowest, setOf } from '../packed/bitsets.ts';
import {
  CHECKED_BITS,
  CHECKED_SHIFT,
  COMING,
  checkedDay,
  dayNumber,
  lastFullDay,
  MORE,
  SPANS,
  STANDING,
  TIMETABLE,
  WHEN_BITS,
} from '../packed/row.ts';
import { weekdayMask } from '../packed/sessions.ts';
import type { ComingWeek } from '../packed/timetables.ts';
import { whenBits } from '../segment/filters.ts';
import { countRows, prefixSums } from '../segment/prefix-sums.ts';
import { monthsBefore } from '../types.ts';
import type { OpenSegment } from './open-segment.ts';

/** Shorter lists are counted listing by listing. */
const WORTH_SUMMING = 16;

/**
 * Brings a segment to the day and the hour of a search. 'Checked within six months' changes overnight, 'today' with every
 * meeting that is over, and nothing else does: so both are worked out once for all searches of that time (some ten
 * milliseconds for a million listings), and then asked and counted like any other facet. The sums of all facets are made anew
 * with them.
 */
export function refresh(segment: OpenSegment, week: ComingWeek): void {
  if (segment.asOf === week) return;
  const { rows, width, size } = segment;
  const bitsOfChecked = checkedFrom(week.today);
  const today = weekdayMask(week.weekday);
  for (let listing = 0; listing < size; listing++) {
    const base = listing * width;
    // What is full or paused takes nobody before the day after.
    const coming = week.sessions(rows[base + TIMETABLE]!) & week.after(lastFullDay(rows[base + STANDING]!));
    rows[base + COMING] = coming;
    const bits = bitsOfChecked(checkedDay(rows[base + SPANS]!)) | whenBits(coming, today);
    rows[base + MORE] = (rows[base + MORE]! & ~(CHECKED_BITS | WHEN_BITS)) | bits;
  }
  turnOnSide(segment, COMING, -1);
  turnOnSide(segment, MORE, CHECKED_BITS | WHEN_BITS);
  segment.sums = prefixSums(segment.bitsets, width, segment.parts.mixed);
  for (const bySet of [segment.anywhere.area, segment.anywhere.remote])
    for (const list of bySet.values())
      list.sums = list.listings.length >= WORTH_SUMMING ? countRows(rows, width, list.listings, segment.deleted) : null;
  segment.filteredCounts.clear();
  segment.filterScans = new WeakMap();
  segment.asOf = week;
}

/** The bits of the `checked` facet for the day of a check. */
function checkedFrom(today: string): (day: number) => number {
  const since = CHECKED_MONTHS.map((months) => dayNumber(monthsBefore(today, months)));
  return (day) => since.reduce((bits, from, at) => (day >= from ? bits | (1 << (CHECKED_SHIFT + at)) : bits), 0);
}

/** Makes the bitsets of some bits of an integer of the rows anew. */
function turnOnSide({ rows, width, bitsets }: OpenSegment, word: number, mask: number): void {
  for (let rest = mask; rest !== 0; rest &= rest - 1) bitsets.of[word * 32 + lowest(rest)]?.fill(0);
  for (let listing = 0; listing < bitsets.size; listing++)
    for (let rest = rows[listing * width + word]! & mask; rest !== 0; rest &= rest - 1)
      setOf(bitsets, word * 32 + lowest(rest))[listing >>> 5]! |= 1 << (listing & 31);
}
