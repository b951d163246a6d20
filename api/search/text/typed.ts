import { alternativesFor, endings, formsHeld, type KnownWords, type Wording } from './alternatives.ts';
import { isEnglish } from './english.ts';
import { isLightWord } from './light-words.ts';
import { allowedEdits, nearWords } from './spelling.ts';
import { formsKey } from './synonyms.ts';
import { isStopWord, tokens } from './tokens.ts';

/** Reads what somebody typed, word by word, and corrects typing mistakes. */

/** So many characters of a search text are read. */
export const MOST_CHARACTERS = 400;
const MOST_WORDS = 12;
/** Shorter words become too many other words by a swap. */
const SHORTEST_SWAPPED = 4;

/** The words of a text that are looked for, each once and not too many, and the small words around them. */
interface Words {
  words: string[];
  /** The small words before each word, and in the last place those after the last word. */
  small: string[][];
  /** The words that are said not to be wanted. */
  unwanted: string[];
}

function searchWords(text: string, isUnwanted: ReadonlySet<string>): Words {
  const words: string[] = [];
  const unwanted: string[] = [];
  const small: string[][] = [[]];
  const seen = new Set<string>();
  for (const word of tokens(text.slice(0, MOST_CHARACTERS))) {
    if (isStopWord(word)) small.at(-1)!.push(word);
    const key = formsKey([word]);
    if (isStopWord(word) || seen.has(key)) continue;
    seen.add(key);
    if (isUnwanted.has(key)) {
      unwanted.push(word);
      continue;
    }
    words.push(word);
    small.push([]);
    if (words.length === MOST_WORDS) break;
  }
  return { words, small, unwanted };
}

/** A word as it is looked for. */
interface Read {
  /** As typed (folded), or the correction. */
  text: string;
  /** The same for people, with the small word of a phrase that was written as one word. */
  shown: string;
  corrected: boolean;
  /** The two words that were written as one. */
  apart: [string, string] | null;
  /** What it may be the beginning of; null where it is a word itself. */
  begun: Wording[] | null;
}

export interface TypedText {
  words: Read[];
  small: string[][];
  unwanted: string[];
}

/** How many letters two words share at the beginning. */
function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}

const DIGIT = /\p{N}/u;
/** In a shorter word the first letter is never wrong: 'kids' does not become 'aids', nor 'pets' 'nets'. */
const LONG = 6;

/**
 * The nearest word that finds anything: with the fewest edits, then the longest common beginning, then the most
 * listings.
 */
function correction(known: KnownWords, typed: string): { word: string; distance: number } | null {
  const near = nearWords(known.lexicon, typed, allowedEdits(typed));
  for (let distance = 1; distance <= allowedEdits(typed); distance++) {
    let best: { word: string; start: number; count: number } | null = null;
    for (const one of near) {
      const { word } = one;
      const start = sharedStart(word, typed);
      if (one.distance !== distance || DIGIT.test(word) || (start === 0 && typed.length < LONG)) continue;
      const count = known.count(known.lexicon.numberOf(word) ?? -1);
      if (best && (best.start !== start ? best.start > start : best.count >= count)) continue;
      // A word that no listing has may have synonyms or forms that some do.
      if (count > 0 || alternativesFor(known, [word], []).length > 0) best = { word, start, count };
    }
    if (best) return { word: best.word, distance };
  }
  return null;
}

/**
 * A word of listings that differs by two swapped neighbours: 'pian' is more likely 'pain' than the beginning of
 * 'piano'.
 */
function swapped(known: KnownWords, typed: string): string | null {
  if (typed.length < SHORTEST_SWAPPED) return null;
  for (let at = 1; at < typed.length; at++) {
    const word = typed.slice(0, at - 1) + typed[at]! + typed[at - 1]! + typed.slice(at + 1);
    if (word !== typed && known.count(known.lexicon.numberOf(word) ?? -1) > 0) return word;
  }
  return null;
}

const SHORTEST_PART = 3;

/**
 * The two words that somebody wrote as one: 'toylibrary', 'dropin'. A word of English is taken apart only where the
 * vocabulary has the two as a phrase.
 * @returns the second may be a small word, where the two are a phrase that hangs on it
 */
function takenApart(known: KnownWords, typed: string, isWord: boolean): [string, string] | null {
  const has = (word: string) => formsHeld(known, word).length > 0 || known.synonyms.knows(word);
  let found: [string, string] | null = null;
  for (let at = 2; at <= typed.length - 2; at++) {
    const parts: [string, string] = [typed.slice(0, at), typed.slice(at)];
    const [first, second] = parts;
    if (isStopWord(first)) continue;
    if (isStopWord(second)) {
      if (known.synonyms.of([first], [second])?.bound) return parts;
      continue;
    }
    if (known.synonyms.hasTerm(parts)) return parts;
    const isLong = at >= SHORTEST_PART && typed.length - at >= SHORTEST_PART;
    if (found === null && isLong && !isWord && has(first) && has(second)) found = parts;
  }
  return found;
}

/**
 * Reads one typed word. One that listings or the vocabulary have is spelt right, even if it finds nothing. So is every
 * word of English: 'police' is no 'polish', nor 'rape' a 'grape', and to put it right would lead into another field of
 * life. Only what is no word at all is a mistake.
 */
function readWord(known: KnownWords, typed: string, isLast: boolean): Read {
  const right = { text: typed, shown: typed, apart: null, corrected: false, begun: null };
  if (formsHeld(known, typed).length > 0 || known.synonyms.knows(typed) || isLightWord(typed)) return right;
  const isWord = isEnglish(typed) || known.needs.knows(typed);
  const swap = isWord ? null : swapped(known, typed);
  if (swap !== null) return { ...right, text: swap, shown: swap, corrected: true };
  const begun = isLast ? endings(known, typed) : [];
  if (begun.length > 0) return { ...right, begun };
  const better = isWord ? null : correction(known, typed);
  const apart = better?.distance === 1 ? null : takenApart(known, typed, isWord);
  if (apart !== null) return { ...right, apart, corrected: true };
  return better === null ? right : { ...right, text: better.word, shown: better.word, corrected: true };
}

/**
 * Reads a search text; without words where it has none to look for.
 * @param isUnwanted the stems of words that are not to be looked for
 */
export function readTyped(known: KnownWords, text: string, isUnwanted: ReadonlySet<string>): TypedText {
  const { words, small, unwanted } = searchWords(text, isUnwanted);
  const read: Read[] = [];
  const around: string[][] = [small[0]!];
  for (const [at, typed] of words.entries()) {
    const word = readWord(known, typed, at === words.length - 1);
    const after = small[at + 1]!;
    if (word.apart === null) {
      read.push(word);
      around.push(after);
      continue;
    }
    const [first, second] = word.apart;
    const isSmall = isStopWord(second);
    read.push({ ...word, text: first, shown: isSmall ? `${first} ${second}` : first });
    if (isSmall) around.push([second, ...after]);
    else {
      read.push({ ...word, text: second, shown: second });
      around.push([], after);
    }
  }
  return { words: read, small: around, unwanted };
}
