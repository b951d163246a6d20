import { SYNONYM } from '../text/alternatives.ts';
import type { Slot } from '../text/plan.ts';
import { fieldsIn, MAIN_FIELDS } from '../text/postings.ts';
import type { Hit } from '../types.ts';
import type { PreparedQuery } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';

/** What of the words counted for nothing in what is shown. */
export interface SetAside {
  /** The typed words and phrases that none of it has. */
  words: readonly string[];
  /** The other words, which it is there for; null where none was set aside. */
  kept: string | null;
  /** The same hits; where none is an answer, those that are about all the words that are left say so. */
  hits: Hit[];
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

/** Whether a listing is about a slot: says it, or another word for the same thing, in its name, its summary or its first category. */
const isAbout = ({ query: { segment }, listing }: Shown, { wordings }: Slot): boolean =>
  wordings.some(
    ({ weight, words }) =>
      weight >= SYNONYM &&
      words.every((forms) => forms.some((form) => (fieldsIn(segment.postings.of(form), listing) & MAIN_FIELDS) !== 0)),
  );

/**
 * The typed words that listings have, and none of the first hits of a page: somebody far away is helped with it, and nobody here. A
 * word that only colours is not missed. Where nothing here is an answer, what is about all the other words is told from what only
 * shares one: 'Nothing here is about autism. What there is for social groups'.
 * @param hits by relevance
 * @param isAnswered whether anything that is listed matches
 */
export function setAside(
  { plan }: PreparedQuery,
  queries: readonly SegmentQuery[],
  hits: Hit[],
  isAnswered: boolean,
): SetAside {
  const counting = plan.slots.filter(({ counts, isHint }) => counts > 0 && !isHint);
  const first = hits.slice(0, FIRST).flatMap((hit) => shownAs(queries, hit));
  const lacking =
    first.length === 0 || counting.length < 2
      ? []
      : counting.filter((slot) => !first.some((shown) => meets(shown, slot)));
  const left = counting.filter((slot) => !lacking.includes(slot));
  const isKept = (hit: Hit) => shownAs(queries, hit).some((shown) => left.every((slot) => isAbout(shown, slot)));
  const hasAside = lacking.length > 0 || plan.missing.length > 0;
  const asTyped = plan.typed.filter((slot) => !slot.isHint && slot.wordings.length > 0);
  const texts = new Set(lacking.map(({ text }) => text));
  const textsOf = (those: readonly Slot[]) => those.map(({ text }) => text);
  return {
    words: textsOf(asTyped).filter((text) => texts.has(text)),
    kept:
      (lacking.length > 0 &&
        textsOf(asTyped)
          .filter((text) => !texts.has(text))
          .join(' ')) ||
      null,
    hits:
      isAnswered || !hasAside || left.length === 0
        ? hits
        : hits.map((hit) => (isKept(hit) ? { ...hit, match: 'kept' } : hit)),
  };
}
