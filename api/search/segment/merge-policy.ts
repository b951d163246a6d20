import type { Segment } from './segment.ts';

/** Which segments should be merged, so that there are few of them and few deleted listings in them. */

/**
 * A segment is merged with the one before it as soon as it is a quarter as large. So each is at least four times as
 * large as the next, there are few of them (five for a million listings), and a listing that came in alone is moved a
 * handful of times, not once for every listing after it.
 */
const TIMES_LARGER = 4;
/** A segment with a larger share of deleted listings is rebuilt without them. */
const MOST_DELETED = 0.2;

/**
 * The neighbours to merge, or one segment to rebuild because too much in it is deleted; null where there is nothing to
 * do.
 * @param segments those that are not being merged already, in their order
 */
export function segmentsToMerge<S extends Segment>(segments: readonly S[]): S[] | null {
  for (let last = segments.length - 1; last > 0; last--) {
    if (segments[last]!.size * TIMES_LARGER < segments[last - 1]!.size) continue;
    // All from there on: each would soon be large enough to be merged with those after it.
    let first = last - 1;
    let size = segments.slice(first).reduce((sum, segment) => sum + segment.size, 0);
    while (first > 0 && size * TIMES_LARGER >= segments[first - 1]!.size) size += segments[--first]!.size;
    return segments.slice(first);
  }
  const withManyDeleted = segments.find((segment) => segment.deletedCount > segment.size * MOST_DELETED);
  return withManyDeleted ? [withManyDeleted] : null;
}
