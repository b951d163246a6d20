import { CHECKED_MONTHS } from '../facets.ts';
import { setOf } from '../packed/bitsets.ts';
import { CHECKED_BITS, CHECKED_SHIFT, checkedDay, dayNumber, MORE, SPANS } from '../packed/row.ts';
import { countRows, prefixSums } from '../segment/prefix-sums.ts';
import { monthsBefore } from '../types.ts';
import type { OpenSegment } from './open-segment.ts';

/** Shorter lists are counted listing by listing. */
const WORTH_SUMMING = 16;

/**
 * Brings the `checked` facet of a segment to a day. 'Checked within six months' changes overnight and nothing else
 * does, so it is worked out once a day (a few milliseconds for a million listings) and then counted like any other
 * facet. The sums of all facets are made anew with it.
 */
export function refreshChecked(segment: OpenSegment, today: string): void {
  if (segment.checkedAsOf === today) return;
  const since = CHECKED_MONTHS.map((months) => dayNumber(monthsBefore(today, months)));
  const { rows, width, size } = segment;
  const { bitsets } = segment;
  const sets = since.map((_, k) => setOf(bitsets, MORE * 32 + CHECKED_SHIFT + k));
  for (const set of sets) set.fill(0);
  for (let listing = 0; listing < size; listing++) {
    const base = listing * width;
    const day = checkedDay(rows[base + SPANS]!);
    let bits = 0;
    for (let k = 0; k < since.length; k++) {
      if (day < since[k]!) continue;
      bits |= 1 << (CHECKED_SHIFT + k);
      if (listing < bitsets.size) sets[k]![listing >>> 5]! |= 1 << (listing & 31);
    }
    rows[base + MORE] = (rows[base + MORE]! & ~CHECKED_BITS) | bits;
  }
  segment.sums = prefixSums(bitsets, width, segment.parts.mixed);
  for (const bySet of [segment.anywhere.area, segment.anywhere.remote])
    for (const list of bySet.values())
      list.sums = list.listings.length >= WORTH_SUMMING ? countRows(rows, width, list.listings, segment.deleted) : null;
  segment.filteredCounts.clear();
  segment.filterScans = new WeakMap();
  segment.checkedAsOf = today;
}
