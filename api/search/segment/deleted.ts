import { AREAS, MORE } from '../packed/row.ts';
import { countRow } from './prefix-sums.ts';
import { fallbackOfMore, type Segment } from './segment.ts';

/**
 * Deleting. The columns of a segment never change, so a listing that was replaced or taken out is marked where it lies.
 */

/**
 * Marks listings of a segment as deleted: no search that begins later sees them.
 * @param listings their numbers; some may be deleted already
 * @returns false where all of them were
 */
export function markDeleted(segment: Segment, listings: readonly number[]): boolean {
  const { deleted } = segment;
  const added: number[] = [];
  for (const listing of listings) {
    if (deleted[listing] !== 0) continue;
    deleted[listing] = 1;
    added.push(listing);
  }
  if (added.length === 0) return false;
  segment.deletedCount += added.length;
  for (const listing of added) removeFromLists(segment, listing);
  added.sort((a, b) => a - b);
  segment.deletedListings = merged(segment.deletedListings, added);
  return true;
}

/** Takes a deleted listing off the counts of its list, here, once, so that no search has to do it. */
function removeFromLists({ anywhere, rows, width }: Segment, listing: number): void {
  const base = listing * width;
  const fallback = fallbackOfMore(rows[base + MORE]!);
  const list = fallback === 'none' ? undefined : anywhere[fallback].get(rows[base + AREAS]!);
  if (!list) return;
  list.deletedCount++;
  if (list.sums) countRow(list.sums, rows, width, listing, -1);
}

/** The place in `deletedListings` of the first deleted listing whose number is `listing` or more. */
export function firstDeleted({ deletedListings }: Segment, listing: number): number {
  let low = 0;
  let high = deletedListings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (deletedListings[middle]! < listing) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two lists of rising numbers made into one. */
function merged(left: readonly number[], right: readonly number[]): number[] {
  const all: number[] = [];
  let at = 0;
  for (const number of left) {
    while (at < right.length && right[at]! < number) all.push(right[at++]!);
    all.push(number);
  }
  while (at < right.length) all.push(right[at++]!);
  return all;
}
