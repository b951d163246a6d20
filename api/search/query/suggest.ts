import { FirstFew } from '../../domain/first-few.ts';
import { firstWhere } from '../../domain/first-where.ts';
import { TAXONOMY } from '../../domain/taxonomy.ts';
import type { SharedTables } from '../segment/segment-writer.ts';
import type { NeedNames } from '../text/need-names.ts';
import { FIELD_BITS, fieldsIn, TEXT_FIELDS } from '../text/postings.ts';
import { fold, isStopWord, tokens } from '../text/tokens.ts';
import type { Suggestion } from '../types.ts';
import { inOrderOfNames, type OpenSegment } from './open-segment.ts';

/**
 * How many words that begin with what was typed last are looked at, and how many postings: what one key press may cost.
 */
const MOST_ENDINGS = 48;
const MOST_POSTINGS = 100_000;

/** Needs among the suggestions: a few, so that what there is is seen too. */
const MOST_NEEDS = 4;

const CATEGORIES = TAXONOMY.flatMap(({ terms }) =>
  terms.map(({ code, name }) => ({ id: code, label: name, folded: fold(name), words: tokens(name) })),
);

/**
 * Needs, by what they are called; then categories, organizations and services whose names have the words typed; the last
 * word may be unfinished. Names that begin with what was typed come first, then categories, organizations and services,
 * each by name.
 * @param isOffered whether the category of that code may be suggested
 */
export function suggest(
  segments: readonly OpenSegment[],
  shared: SharedTables,
  needs: NeedNames,
  text: string,
  limit: number,
  isOffered: (category: string) => boolean,
): Suggestion[] {
  const typed = fold(text.slice(0, 100)).trim();
  const words = tokens(typed);
  const last = words.at(-1);
  if (last === undefined || limit <= 0) return [];
  const isMeant = (held: readonly string[]): boolean =>
    words.every((word, at) =>
      at === words.length - 1 ? held.some((other) => other.startsWith(word)) : isStopWord(word) || held.includes(word),
    );
  const needed = needs
    .beginningWith(typed, Math.min(MOST_NEEDS, limit))
    .map((name): Suggestion => ({ kind: 'need', id: null, label: name }));
  const begun: Begun = {
    typed,
    endings: endingsOf(last, shared),
    before: words.slice(0, -1).flatMap((word) => (isStopWord(word) ? [] : (shared.lexicon.numberOf(word) ?? NO_WORD))),
    isMeant: ({ folded }) => isMeant(tokens(folded)),
  };
  const categories = CATEGORIES.filter(({ id, words: named }) => isMeant(named) && isOffered(id));
  // What is a category by the same name is said once.
  const said = new Set(categories.map(({ folded }) => folded));
  const shown = needed.filter(({ label }) => !said.has(fold(label)));
  const firstCategories = firstNames(limit);
  for (const it of categories) firstCategories.add({ ...it, begins: it.folded.startsWith(typed) });
  const kinds = [
    { kind: 'category', held: firstCategories.all },
    { kind: 'organization', held: organizationsOf(segments, shared, begun, limit).all },
    { kind: 'service', held: servicesOf(segments, begun, limit).all },
  ] as const;
  const held = [true, false].flatMap((begins) =>
    kinds.flatMap(({ kind, held }) =>
      held.filter((other) => other.begins === begins).map(({ id, label }): Suggestion => ({ kind, id, label })),
    ),
  );
  return [...shown, ...held.slice(0, limit - shown.length)];
}

/** A name that may be suggested. */
interface Named {
  id: string;
  label: string;
  folded: string;
  /** Whether it begins as typed; else a later word of it does. */
  begins: boolean;
}

/** Names that begin as typed come first, then by name. */
const firstNames = (limit: number, nameOf = ({ folded }: Named): string => folded) =>
  new FirstFew<Named>(
    limit,
    (a, b) => (a.begins !== b.begins ? a.begins : a.folded === b.folded ? a.id < b.id : a.folded < b.folded),
    nameOf,
  );

/** What somebody has typed so far. */
interface Begun {
  typed: string;
  /** The numbers of words that its last one may become. */
  endings: readonly number[];
  /** The numbers of the words before it, without those that hardly mean anything. */
  before: readonly number[];
  isMeant: (it: Named) => boolean;
}

/** The number of a word that no listing has. */
const NO_WORD = -1;

function endingsOf(last: string, { lexicon }: SharedTables): number[] {
  const numbers: number[] = [];
  for (const word of lexicon.beginningWith(last)) {
    if (numbers.length === MOST_ENDINGS) break;
    numbers.push(lexicon.numberOf(word) ?? NO_WORD);
  }
  return numbers;
}

/** Listings of a segment that have one of the words in a field, some of them several times. */
function* listingsWith(segment: OpenSegment, { endings, before }: Begun, field: number): Generator<number> {
  let looked = 0;
  const earlier = before.map((word) => segment.postings.of(word));
  for (const word of endings) {
    const postings = segment.postings.of(word);
    for (let k = 0; k < postings.length && looked < MOST_POSTINGS; k++, looked++) {
      if ((postings[k]! & field) === 0) continue;
      const listing = postings[k]! >>> FIELD_BITS;
      if (segment.deleted[listing] !== 0) continue;
      if (earlier.every((others) => (fieldsIn(others, listing) & field) !== 0)) yield listing;
    }
  }
}

function organizationsOf(
  segments: readonly OpenSegment[],
  { organizations }: SharedTables,
  begun: Begun,
  limit: number,
): FirstFew<Named> {
  // Two of one name are two organizations.
  const first = firstNames(limit, ({ id }) => id);
  const seen = new Set<number>();
  for (const segment of segments)
    for (const listing of listingsWith(segment, begun, TEXT_FIELDS.organization)) {
      const number = segment.organizations[listing]!;
      if (seen.has(number)) continue;
      seen.add(number);
      const folded = organizations.folded(number);
      const begins = folded.startsWith(begun.typed);
      first.add({ id: organizations.ids[number]!, label: organizations.names[number]!, folded, begins }, begun.isMeant);
    }
  return first;
}

function servicesOf(segments: readonly OpenSegment[], begun: Begun, limit: number): FirstFew<Named> {
  const first = firstNames(limit);
  for (const segment of segments) {
    const byName = inOrderOfNames(segment);
    const at = (rank: number) => {
      const listing = byName[rank]!;
      const label = segment.names.at(listing);
      return { id: segment.ids.at(listing), label, folded: fold(label) };
    };
    const from = firstWhere(byName.length, (rank) => at(rank).folded >= begun.typed);
    const to = firstWhere(byName.length, (rank) => rank >= from && !at(rank).folded.startsWith(begun.typed));
    const ranks = Uint32Array.from(
      listingsWith(segment, begun, TEXT_FIELDS.name),
      (listing) => segment.nameRank[listing]!,
    ).sort();
    for (const begins of [true, false])
      for (const rank of ranks)
        if ((rank >= from && rank < to) === begins && !first.add({ ...at(rank), begins }, begun.isMeant)) break;
  }
  return first;
}
