import { NOT_SERVED } from '../geo/area-sets.ts';
import { areaSetOf } from '../packed/row.ts';
import { stem } from '../text/stem.ts';
import { isStopWord, tokens } from '../text/tokens.ts';
import type { Hit } from '../types.ts';
import { type Counted, hitOf } from './page.ts';
import { NOT_SERVING } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';

/** So many are shown at most. */
const MOST = 3;
/** What fits so much worse than the best of them is left out, as among matches. */
const TIMES_WORSE = 4;
/** Where so many fit about as well, what was typed is no name of any. */
const MOST_NAMESAKES = 50;

interface Elsewhere {
  query: SegmentQuery;
  listing: number;
  fit: number;
}

const wordsOf = (text: string): Set<string> =>
  new Set(
    tokens(text)
      .filter((word) => !isStopWord(word))
      .map(stem),
  );

/** Whether a name has all the words that were typed, and they are more than half of it. */
function isCalled(name: string, typed: ReadonlySet<string>): boolean {
  const words = wordsOf(name);
  return typed.size * 2 > words.size && [...typed].every((word) => words.has(word));
}

/** What has enough of the words and is for people elsewhere, about as well as the best of it fits. */
function notServing(queries: readonly SegmentQuery[]): Elsewhere[] {
  const found: Elsewhere[] = [];
  let best = 0;
  for (const query of queries) {
    const { listings, ranks, fits, enough, byRank } = query.matches!.list;
    const { answers } = query.prepared.serving;
    for (let k = 0; k < byRank.length; k++) {
      const place = byRank[k]!;
      const listing = listings[place]!;
      const fit = fits[ranks[place]!]!;
      if (fit < best / TIMES_WORSE) break;
      if (enough[place] !== 1 || answers[areaSetOf(query.segment.reachKeys[listing]!)] !== NOT_SERVED) continue;
      if (!query.fits(listing)) continue;
      best = Math.max(best, fit);
      found.push({ query, listing, fit });
    }
  }
  return found.filter(({ fit }) => fit >= best / TIMES_WORSE);
}

/**
 * What is for people elsewhere and is called what was typed; or, where nothing that serves the place matches, what fits it
 * best. It is no answer and counts as none. Nothing where such listings are asked for anyway.
 * @param typed the words of the query
 */
export function elsewhereHits(counted: Counted, typed: string, isAnswered: boolean): Hit[] {
  const { prepared, queries, listed } = counted;
  if (prepared.origin === null || !prepared.plan.hasWords || listed.includes(NOT_SERVING)) return [];
  const found = notServing(queries);
  const words = wordsOf(typed);
  const called =
    found.length > MOST_NAMESAKES
      ? []
      : found.filter(({ query, listing }) => isCalled(query.segment.names.at(listing), words));
  return (isAnswered ? called : found)
    .sort((a, b) => b.fit - a.fit || a.query.segment.ids.compare(a.listing, b.query.segment.ids, b.listing))
    .slice(0, MOST)
    .map(({ query, listing }) => hitOf(counted, NOT_SERVING, query, listing, 'words'));
}
