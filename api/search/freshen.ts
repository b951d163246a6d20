import { turn } from './bitsets.ts';
import { CHECKED_BITS, CHECKED_SHIFT, checkedDay, dayNumber, MORE, SPANS } from './row.ts';
import type { Segment } from './segment.ts';
import { sumBlocks, sumOf } from './sums.ts';
import { CHECKED_MONTHS, monthsBefore } from './types.ts';

/** Shorter lists are counted one by one. */
const WORTH_SUMMING = 16;

/**
 * Brings the `checked` facet of a segment to a day. 'Checked within six months' changes overnight and nothing else does,
 * so it is worked out once a day (a few milliseconds for a million listings) and counted like all the
 * rest. The sums of all facets follow from it.
 */
export function freshen(segment: Segment, today: string): void {
  if (segment.freshOn === today) return;
  const since = CHECKED_MONTHS.map((months) => dayNumber(monthsBefore(today, months)));
  const { rows, width, size } = segment;
  for (let listing = 0; listing < size; listing++) {
    const base = listing * width;
    const day = checkedDay(rows[base + SPANS]!);
    let bits = 0;
    for (let k = 0; k < since.length; k++) if (day >= since[k]!) bits |= 1 << (CHECKED_SHIFT + k);
    rows[base + MORE] = (rows[base + MORE]! & ~CHECKED_BITS) | bits;
  }
  turn(segment.bitsets, rows, width, MORE, CHECKED_BITS);
  segment.sums = sumBlocks(rows, width, 0, segment.parts.mixed);
  for (const bySet of [segment.lists.area, segment.lists.remote])
    for (const list of bySet.values())
      list.sums = list.listings.length >= WORTH_SUMMING ? sumOf(rows, width, list.listings) : null;
  segment.remembered.clear();
  segment.sieves = new WeakMap();
  segment.freshOn = today;
}
