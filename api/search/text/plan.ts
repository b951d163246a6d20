import type { Lexicon } from './lexicon.ts';
import { allowedEdits, nearWords } from './spelling.ts';
import { stem } from './stem.ts';
import { keyOf, type Synonyms } from './synonyms.ts';
import { isStopWord, tokens } from './tokens.ts';

/**
 * What to look for when somebody types words. Every slot must be met; a slot is met by any of its alternatives; an
 * alternative by all of its words; a word by any of its forms.
 *
 * Bounds: MOST_CHARACTERS of the text are read and MOST_WORDS of its words looked for, each in at most MOST_ENDINGS
 * words that begin so, or forty synonyms; typing mistakes cost one walk over the known words.
 */

const MOST_CHARACTERS = 400;
const MOST_WORDS = 12;
const MOST_ENDINGS = 64;
/** A shorter beginning says too little. */
const SHORTEST_BEGINNING = 2;

/** How much it counts to be met by the word itself (or a form of it, or its correction), by a synonym, by a beginning. */
const ITSELF = 16;
const SYNONYM = 11;
const BEGINNING = 8;

export interface Alternative {
  weight: number;
  /** For each word the numbers of its forms (lexicon.ts). */
  words: number[][];
}

export interface Slot {
  /** What is searched for in this slot, for people: as typed (folded), or the correction. */
  text: string;
  corrected: boolean;
  /** The heaviest first; empty where nothing is known that could meet it. */
  alternatives: Alternative[];
}

export interface Known {
  lexicon: Lexicon;
  synonyms: Synonyms;
  /** In how many listings a word stands now. */
  count(word: number): number;
}

const formsHeld = (known: Known, word: string): number[] =>
  known.lexicon.formsOf(word).filter((number) => known.count(number) > 0);

/** What meets these words, said so or in other words; empty where no listing holds any of it. */
function alternativesFor(known: Known, words: readonly string[], key = keyOf(words)): Alternative[] {
  const ways = [{ weight: ITSELF, words }].concat(
    (known.synonyms.of(key) ?? []).map((other) => ({ weight: SYNONYM, words: other })),
  );
  return ways
    .map((way) => ({
      // A phrase counts for as many words as were typed, whatever it is met by.
      weight: way.weight * words.length,
      words: way.words.map((word) => formsHeld(known, word)),
    }))
    .filter((way) => way.words.every((forms) => forms.length > 0));
}

/** The nearest word that leads somewhere: fewest edits, then the same first letter, then the commonest. */
function correction(known: Known, typed: string): string | null {
  const near = nearWords(known.lexicon, typed, allowedEdits(typed));
  for (let distance = 1; distance <= allowedEdits(typed); distance++) {
    let best: { word: string; start: boolean; count: number } | null = null;
    for (const one of near) {
      if (one.distance !== distance || DIGIT.test(one.word)) continue;
      const { word } = one;
      const start = word[0] === typed[0];
      const count = known.count(known.lexicon.numberOf(word) ?? -1);
      if (best && (best.start !== start ? best.start : best.count >= count)) continue;
      // A word that no listing holds may still have synonyms, or other forms, that some do.
      if (count > 0 || alternativesFor(known, [word]).length > 0) best = { word, start, count };
    }
    if (best) return best.word;
  }
  return null;
}

const DIGIT = /\p{N}/u;

/** The words that begin with what was typed last, where nobody has written that by itself. */
function endings(known: Known, typed: string): Alternative[] {
  if (typed.length < SHORTEST_BEGINNING) return [];
  const numbers: number[] = [];
  let looked = 0;
  for (const word of known.lexicon.beginningWith(typed)) {
    if (numbers.length === MOST_ENDINGS || looked++ === 16 * MOST_ENDINGS) break;
    const number = known.lexicon.numberOf(word);
    if (number !== undefined && known.count(number) > 0) numbers.push(number);
  }
  return numbers.length > 0 ? [{ weight: BEGINNING, words: [numbers] }] : [];
}

function slotFor(known: Known, word: string, isLast: boolean): Slot {
  const alternatives = alternativesFor(known, [word]);
  if (alternatives.length > 0) return { text: word, corrected: false, alternatives };
  const begun = isLast ? endings(known, word) : [];
  if (begun.length > 0) return { text: word, corrected: false, alternatives: begun };
  const better = correction(known, word);
  if (better === null) return { text: word, corrected: false, alternatives: [] };
  return { text: better, corrected: true, alternatives: alternativesFor(known, [better]) };
}

/** The words of a search text that are looked for: no stop words, none twice, and not more than the bound. */
function searchWords(text: string): string[] {
  const words: string[] = [];
  const seen = new Set<string>();
  for (const word of tokens(text.slice(0, MOST_CHARACTERS))) {
    const key = keyOf([word]);
    if (isStopWord(word) || seen.has(key)) continue;
    seen.add(key);
    words.push(word);
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/**
 * The slots of a search text; none where it holds no word to look for.
 * @param phrases whether words that make a phrase of the vocabulary go together, the longest phrase first
 */
export function planText(known: Known, text: string, phrases: boolean): Slot[] {
  const words = searchWords(text);
  const stems = words.map(stem);
  const slots: Slot[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    const longest = phrases ? Math.min(known.synonyms.longest, words.length - at) : 1;
    for (let length = longest; length > 1 && taken === 0; length--) {
      const key = stems.slice(at, at + length).join(' ');
      if (!known.synonyms.of(key)) continue;
      const phrase = words.slice(at, at + length);
      const alternatives = alternativesFor(known, phrase, key);
      if (alternatives.length === 0) continue;
      slots.push({ text: phrase.join(' '), corrected: false, alternatives });
      taken = length;
    }
    if (taken === 0) {
      slots.push(slotFor(known, words[at]!, at === words.length - 1));
      taken = 1;
    }
    at += taken;
  }
  return slots;
}
