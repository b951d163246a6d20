import type { WordsByEar } from './by-ear.ts';
import type { Lexicon } from './lexicon.ts';
import { isLightWord } from './light-words.ts';
import type { NeedPhrases } from './need-phrases.ts';
import { relatedWords } from './related-words.ts';
import { formsKey, type Synonyms } from './synonyms.ts';
import type { TypedMeaning } from './typed-meaning.ts';

/** The wordings by which listings can match what was typed. */

/**
 * How much a match counts: by the word itself (or a form of it, or its correction), by a word for the same thing, by a
 * wider one, by a word that begins with it. The relevance figures hardly move when these numbers do; what matters is
 * their order.
 */
export const ITSELF = 16;
export const SYNONYM = 10;
export const WIDER = 5;
const BEGINNING = 8;
/** By the thing of which the word is the person or the adjective. */
const RELATED = 8;
/** A match without the light words of a phrase counts half. */
const WITHOUT_LIGHT = 0.5;

const MOST_ENDINGS = 64;
/** A shorter beginning could be of anything. */
const SHORTEST_BEGINNING = 2;

export interface Wording {
  weight: number;
  /** For each word the numbers of its forms (lexicon.ts). */
  words: number[][];
  /** In how many listings it may be: the count of the rarest of its words. */
  count: number;
  /** That of a need that was only nearly said. */
  isNear?: true;
}

export interface KnownWords {
  lexicon: Lexicon;
  synonyms: Synonyms;
  needs: NeedPhrases;
  byEar: WordsByEar;
  /** Words that speak of danger by themselves. */
  danger: ReadonlySet<string>;
  /** Null without a table of word vectors. */
  meaning: TypedMeaning | null;
  /** In how many listings a word is now. */
  count(word: number): number;
}

export const formsHeld = (known: KnownWords, word: string): number[] =>
  known.lexicon.formsOf(word).filter((number) => known.count(number) > 0);

/** The wording that is just these words; none where no listing has them. */
export function alternative(known: KnownWords, words: readonly string[], weight: number): Wording[] {
  const forms = words.map((word) => formsHeld(known, word));
  const counts = forms.map((each) => each.reduce((sum, form) => sum + known.count(form), 0));
  const count = Math.min(...counts);
  return count > 0 ? [{ weight, words: forms, count }] : [];
}

/**
 * The wordings that match some words, the same words or others; empty where no listing has any of them.
 * @param small the small words around and between them, on which some phrases of the vocabulary depend
 */
export function alternativesFor(known: KnownWords, words: readonly string[], small: readonly string[]): Wording[] {
  const entry = known.synonyms.of(words, small);
  const found = entry?.bound ? [] : alternative(known, words, ITSELF);
  for (const word of entry?.boundWords ?? []) found.push(...alternative(known, [word], ITSELF));
  for (const other of entry?.synonyms ?? [])
    found.push(...alternative(known, other.words, other.wider ? WIDER : SYNONYM));
  // 'Walking group' is matched by 'walking' too, and by what 'walking' finds.
  const heavy = words.filter((word) => !isLightWord(word));
  if (entry?.bound || heavy.length === 0 || heavy.length === words.length) return found;
  const rest = alternativesFor(known, heavy, small);
  return found.concat(rest.map((each) => ({ ...each, weight: each.weight * WITHOUT_LIGHT })));
}

/**
 * The wordings that match one typed word: its own, and those of the thing that it is the person or the adjective of.
 */
export function alternativesForWord(known: KnownWords, word: string, small: readonly string[]): Wording[] {
  const related = relatedWords(word)
    .filter((other) => !isLightWord(other) && formsKey([other]) !== formsKey([word]))
    .flatMap((other) => alternativesFor(known, [other], []))
    .map((each) => ({ ...each, weight: (each.weight * RELATED) / ITSELF }));
  return [...alternativesFor(known, [word], small), ...related];
}

/** The words that begin with what was typed last, where that is no word of any listing. */
export function endings(known: KnownWords, typed: string): Wording[] {
  if (typed.length < SHORTEST_BEGINNING) return [];
  const numbers: number[] = [];
  let count = 0;
  let looked = 0;
  for (const word of known.lexicon.beginningWith(typed)) {
    if (numbers.length === MOST_ENDINGS || looked++ === 16 * MOST_ENDINGS) break;
    const number = known.lexicon.numberOf(word);
    const held = number === undefined ? 0 : known.count(number);
    if (held === 0) continue;
    numbers.push(number!);
    count += held;
  }
  return count > 0 ? [{ weight: BEGINNING, words: [numbers], count }] : [];
}
