import { likenessOfTwo } from '../meaning/agreement.ts';
import type { Segment } from '../segment/segment.ts';

/** What a listing means, packed; null where it is not listed. */
function meaningOf(segments: readonly Segment[], id: string): Int8Array | null {
  for (const { idTable, meanings, size } of segments) {
    const listing = idTable.find(id);
    const bytes = meanings.length / size;
    if (listing >= 0) return meanings.subarray(listing * bytes, (listing + 1) * bytes);
  }
  return null;
}

/** How like some listings are to one by what they mean, from -1 to 1, in their order; 0 where that is not known. */
export function likenessTo(segments: readonly Segment[], id: string, others: readonly string[]): number[] {
  const meaning = meaningOf(segments, id);
  return others.map((other) => {
    const its = meaningOf(segments, other);
    return meaning && its ? likenessOfTwo(meaning, its) : 0;
  });
}
