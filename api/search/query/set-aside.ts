import type { Slot } from '../text/plan.ts';
import { fieldsIn } from '../text/postings.ts';
import type { Hit } from '../types.ts';
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
const NOTHING: SetAside = { words: [], kept: null };

/** Whether a listing has any wording of a slot. */
const meets = ({ segment: { postings } }: SegmentQuery, listing: number, { wordings }: Slot): boolean =>
  wordings.some(({ words }) =>
    words.every((forms) => forms.some((form) => fieldsIn(postings.of(form), listing) !== 0)),
  );

/**
 * The typed words that listings have, and none of the first hits of a page: somebody far away is helped with it, and nobody here. A
 * word that only colours is not missed.
 * @param hits by relevance
 */
export function setAside({ plan }: PreparedQuery, queries: readonly SegmentQuery[], hits: readonly Hit[]): SetAside {
  const counting = plan.slots.filter(({ counts, isHint }) => counts > 0 && !isHint);
  if (hits.length === 0 || counting.length < 2) return NOTHING;
  const first = hits.slice(0, FIRST).flatMap(({ id }) =>
    queries.flatMap((query) => {
      const listing = query.segment.idTable.find(id);
      return listing >= 0 ? [{ query, listing }] : [];
    }),
  );
  const lacking = counting.filter((slot) => !first.some(({ query, listing }) => meets(query, listing, slot)));
  if (lacking.length === 0) return NOTHING;
  const asTyped = plan.typed.filter((slot) => !slot.isHint && slot.wordings.length > 0);
  const texts = new Set(lacking.map(({ text }) => text));
  const textsOf = (those: readonly Slot[]) => those.map(({ text }) => text);
  return {
    words: textsOf(asTyped).filter((text) => texts.has(text)),
    kept:
      textsOf(asTyped)
        .filter((text) => !texts.has(text))
        .join(' ') || null,
  };
}
