import { leastRelated, likeness } from '../meaning/agreement.ts';
import { seek } from '../text/postings.ts';
import type { Hit } from '../types.ts';
import { type Counted, hitOf } from './page.ts';
import { NOT_SERVING, UNCLEAR } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';
import { forEachHit } from './within.ts';

/** So many related listings are shown at most. */
const MOST = 5;
/** With so many matches nobody needs what has none of the words. */
const FEW_MATCHES = 10;

interface Related {
  query: SegmentQuery;
  listing: number;
  reach: number;
  likeness: number;
}

/** Whether a listing is listed for its words already. */
function isListed({ matches }: SegmentQuery, listing: number): boolean {
  const { listings, ranks } = matches!.list;
  const at = seek(listings, 0, listing);
  return listings[at] === listing && ranks[at]! < matches!.endRank;
}

const inOrder = (a: Related, b: Related): number =>
  b.likeness - a.likeness || a.query.segment.ids.compare(a.listing, b.query.segment.ids, b.listing);

/**
 * What is related to what was typed by what it means, and has none of the words: the most alike first, in the circle in force or
 * from anywhere. Nothing where enough matches.
 */
export function relatedHits(counted: Counted): Hit[] {
  const { prepared, queries, circle, matched, listed } = counted;
  const { meaning } = prepared.plan;
  const reaches = listed.filter((reach) => reach !== NOT_SERVING);
  const matches = reaches.reduce((sum, reach) => sum + (reach === UNCLEAR ? 0 : matched[reach]!), 0);
  if (meaning === null || prepared.order !== 'relevance' || matches >= FEW_MATCHES) return [];
  const least = leastRelated(meaning);
  let found: Related[] = [];
  for (const query of queries) {
    const { meanings } = query.segment;
    if (meanings.length === 0) continue;
    for (const reach of reaches)
      forEachHit(query, reach, circle, Number.POSITIVE_INFINITY, (listing) => {
        const like = likeness(meaning, meanings, listing);
        if (like < least || isListed(query, listing)) return;
        found.push({ query, listing, reach, likeness: like });
        if (found.length > 100) found = found.sort(inOrder).slice(0, MOST);
      });
  }
  return found
    .sort(inOrder)
    .slice(0, MOST)
    .map(({ query, listing, reach }) => hitOf(counted, reach, query, listing, 'related'));
}
