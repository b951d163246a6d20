import type { Segment } from './segment.ts';

/** Which segments should become one, so that there are few of them and what is dead does not pile up. */

/**
 * A segment is made one with the one before it as soon as it is a quarter as large. So each is at least four times as
 * large as the next, there are few of them (five for a million listings), and a listing that came in one by one has been
 * moved a handful of times, not once for each that came after it.
 */
const TIMES_LARGER = 4;
/** A segment of which more than this share is dead is made anew without them. */
const MOST_DELETED = 0.2;

/**
 * Neighbours that are to be made one, or one of which too much is dead; null where all is in order.
 * @param segments those that are not being merged already, in their order
 */
export function segmentsToMerge<S extends Segment>(segments: readonly S[]): S[] | null {
  for (let last = segments.length - 1; last > 0; last--) {
    if (segments[last]!.size * TIMES_LARGER < segments[last - 1]!.size) continue;
    // All from there on: each would be large enough to be merged with what the ones after it come to.
    let first = last - 1;
    let size = segments.slice(first).reduce((sum, segment) => sum + segment.size, 0);
    while (first > 0 && size * TIMES_LARGER >= segments[first - 1]!.size) size += segments[--first]!.size;
    return segments.slice(first);
  }
  const withManyDeleted = segments.find((segment) => segment.deletedCount > segment.size * MOST_DELETED);
  return withManyDeleted ? [withManyDeleted] : null;
}
