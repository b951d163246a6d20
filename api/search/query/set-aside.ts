import type { Slot } from '../text/plan.ts';
import { fieldsIn } from '../text/postings.ts';
import type { Hit, SearchAnswer, SearchQuery } from '../types.ts';
import type { PreparedQuery } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';

/** What of the words counted for nothing in what is shown. */
export interface SetAside {
  /** The typed words and phrases that none of it has. */
  words: readonly string[];
  /** The other words, which it is there for; null where none was set aside. */
  kept: string | null;
}

/** Among so many of the first hits a word is looked for. */
const FIRST = 10;

interface Shown {
  query: SegmentQuery;
  listing: number;
}

/** Where the listing of a hit lies. */
const shownAs = (queries: readonly SegmentQuery[], { id }: Hit): Shown[] =>
  queries.flatMap((query) => {
    const listing = query.segment.idTable.find(id);
    return listing >= 0 ? [{ query, listing }] : [];
  });

/** Whether a listing has any wording of a slot. */
const meets = ({ query: { segment }, listing }: Shown, { wordings }: Slot): boolean =>
  wordings.some(({ words }) =>
    words.every((forms) => forms.some((form) => fieldsIn(segment.postings.of(form), listing) !== 0)),
  );

/**
 * The typed words that listings have, and none of the first hits of a page: somebody far away is helped with it, and nobody
 * here. A word that only colours is not missed.
 * @param hits by relevance
 */
export function setAside({ plan }: PreparedQuery, queries: readonly SegmentQuery[], hits: readonly Hit[]): SetAside {
  const counting = plan.slots.filter(({ counts, isHint }) => counts > 0 && !isHint);
  const first = hits.slice(0, FIRST).flatMap((hit) => shownAs(queries, hit));
  const lacking =
    first.length === 0 || counting.length < 2
      ? []
      : counting.filter((slot) => !first.some((shown) => meets(shown, slot)));
  const texts = new Set(lacking.map(({ text }) => text));
  const typed = plan.typed.filter((slot) => !slot.isHint && slot.wordings.length > 0).map(({ text }) => text);
  const [words, kept] = [typed.filter((text) => texts.has(text)), typed.filter((text) => !texts.has(text))];
  return { words, kept: (words.length > 0 && kept.join(' ')) || null };
}

/** As many hits as there were, first those that match the words that are left. */
export function keptFirst(others: readonly Hit[], hits: readonly Hit[]): Hit[] {
  const kept = others.filter(({ match }) => match === 'words').map((hit) => ({ ...hit, match: 'kept' as const }));
  const ids = new Set(kept.map(({ id }) => id));
  return [...kept, ...hits.filter(({ id }) => !ids.has(id))].slice(0, Math.max(kept.length, hits.length));
}

/** The words for which the hits of a first page are there that are no answer to all of them; null where that is not so. */
export function wordsLeft(query: SearchQuery, { matched, kept }: SearchAnswer): string | null {
  if (query.page > 1 || (query.sort ?? 'relevance') !== 'relevance') return null;
  return query.reach.some((kind) => matched[kind] > 0) ? null : kept;
}
