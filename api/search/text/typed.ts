import { alternativesForWord, endings, formsHeld, type KnownWords, type Wording } from './alternatives.ts';
import { smallName } from './bound-phrases.ts';
import { englishNear, isEnglish } from './english.ts';
import { isLightWord } from './light-words.ts';
import { type Candidate, candidate, isNearer, mayBegin, mayLeadAstray } from './likelier.ts';
import { allowedEdits, nearWords } from './spelling.ts';
import { stem } from './stem.ts';
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
  /** What may be meant, and is asked rather than looked for; null as a rule. */
  asked: string | null;
}

export interface TypedText {
  words: Read[];
  small: string[][];
  unwanted: string[];
}

const DIGIT = /\p{N}/u;

/**
 * The nearest word of listings or of the vocabulary: with the fewest edits, then one that sounds so, then with the longest
 * common beginning, then in the most listings.
 */
function correction(known: KnownWords, typed: string): { word: string; distance: number } | null {
  const near = nearWords(known.lexicon, typed, allowedEdits(typed));
  for (let distance = 1; distance <= allowedEdits(typed); distance++) {
    let best: Candidate | null = null;
    for (const one of near) {
      const { word } = one;
      if (one.distance !== distance || DIGIT.test(word)) continue;
      const count = known.count(known.lexicon.numberOf(word) ?? -1);
      const it = candidate(word, typed, count);
      if (!mayBegin(it.start, typed) || (best !== null && !isNearer(it, best))) continue;
      // A word that no listing has may be what others mean, or be said of a need.
      if (count > 0 || known.synonyms.knows(word) || known.needs.knows(word)) best = it;
    }
    if (best) return { word: best.word, distance };
  }
  return null;
}

/**
 * The word of English that is more likely meant than any that is known here: 'monegr' is nearer to 'monger' than to 'money'.
 * To put it right all the same would lead into another field of life.
 * @param likely what is known and may be meant, if anything is
 * @param isNear whether that is one mistake away
 * @param english the words of English that are
 */
function nearerEnglish(
  typed: string,
  likely: string | null,
  isNear: boolean,
  english: readonly string[],
): string | null {
  if (allowedEdits(typed) === 0) return null;
  const known = likely === null ? null : candidate(likely, typed, 1);
  // With more than one mistake only what sounds as it was typed is as likely as a word of English with one.
  let best = known === null || isNear ? known : known.sounds === 1 ? { ...known, start: 0 } : null;
  for (const word of english) {
    const it = candidate(word, typed, 0);
    if (mayBegin(it.start, typed) && (best === null || isNearer(it, best))) best = it;
  }
  return best === null || best.word === likely ? null : best.word;
}

/** Whether a word finds something, or may when somebody lists it. */
const isKnown = (known: KnownWords, word: string): boolean =>
  known.synonyms.knows(word) || alternativesForWord(known, word, []).length > 0;

/** In shorter words, a mistake is as likely as a space that is missing. */
const LONG_PART = 4;

/** Whether two words are surely written as one, rather than another word with a mistake in it. */
const isSure = (known: KnownWords, parts: [string, string]): boolean =>
  known.synonyms.hasTerm(parts) ||
  isStopWord(parts[1]) ||
  parts.every((part) => part.length >= LONG_PART && isEnglish(part));

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

/** A word that is spelt right. */
const rightly = (typed: string): Read => ({
  text: typed,
  shown: typed,
  apart: null,
  corrected: false,
  begun: null,
  asked: null,
});

/** So long a word is not made by chance of two others. */
export const LONG_JOINED = 6;

/**
 * Two words as one, where listings write them so: 'sun rise', and 'hi fi'. A short word may be made of two by chance, unless one of
 * them is nothing by itself.
 * @returns null where no listing does
 */
export function writtenAsOne(known: KnownWords, pair: readonly string[]): string | null {
  if (pair.length !== 2) return null;
  const joined = pair.join('');
  const isNothing = (word: string) => formsHeld(known, word).length === 0 && !known.synonyms.knows(word);
  return (joined.length >= LONG_JOINED || pair.some(isNothing)) && formsHeld(known, joined).length > 0 ? joined : null;
}

/** Whether listings write a word and its neighbour as one: then neither is a mistake ('co-dependents'). */
const isWrittenAsOne = (known: KnownWords, words: readonly string[], at: number): boolean =>
  [words.slice(at - 1, at + 1), words.slice(at, at + 2)].some((pair) => writtenAsOne(known, pair) !== null);

/**
 * Whether a word only looks like a form of one that is known: 'councilling' is no English, and not said of any council.
 */
const isNoForm = ({ lexicon, count, synonyms, needs }: KnownWords, typed: string): boolean =>
  stem(typed) !== typed &&
  count(lexicon.numberOf(typed) ?? -1) === 0 &&
  ![synonyms.words, synonyms.spelt, needs.words].some((words) => words.has(typed)) &&
  !isEnglish(typed);

/**
 * Reads one typed word. One that listings or the vocabulary have is spelt right, even if it finds nothing. So is every
 * word of English: 'police' is no 'polish', nor 'rape' a 'grape', and to put it right would lead into another field of
 * life. Only what is no word at all is a mistake; and where another word of English is nearer to it than what is known here, that
 * is meant, and what is known is asked about. So it is where one word is of danger and another, as likely, is not.
 */
function readWord(known: KnownWords, typed: string, isLast: boolean): Read {
  const right = rightly(typed);
  let near: string[] | null = null;
  const english = () => (near ??= englishNear(typed));
  const putRight = (word: string): Read =>
    mayLeadAstray(known.danger, typed, word, english())
      ? { ...right, asked: word }
      : { ...right, text: word, shown: word, corrected: true };
  if (formsHeld(known, typed).length > 0 || known.synonyms.knows(typed) || isLightWord(typed)) {
    const heard = isNoForm(known, typed) ? known.byEar.of(typed) : null;
    return heard === null || formsKey([heard]) === formsKey([typed]) ? right : putRight(heard);
  }
  const isWord = isEnglish(typed) || known.needs.knows(typed);
  const swap = isWord ? null : swapped(known, typed);
  if (swap !== null) return putRight(swap);
  const begun = isLast ? endings(known, typed) : [];
  if (begun.length > 0) return { ...right, begun };
  const better = isWord ? null : correction(known, typed);
  const isNear = better?.distance === 1;
  const heard = isWord || isNear ? null : known.byEar.of(typed);
  const likely = heard ?? better?.word ?? null;
  const apart = isNear || heard !== null ? null : takenApart(known, typed, isWord);
  if (apart !== null && isSure(known, apart)) return { ...right, apart, corrected: true };
  const other = isWord ? null : nearerEnglish(typed, likely, isNear, english());
  if (other !== null && !isKnown(known, other)) return { ...right, text: other, asked: likely };
  if (other !== null && !isNear) return putRight(other);
  if (heard !== null) return putRight(heard);
  if (apart !== null) return { ...right, apart, corrected: true };
  return better === null ? right : putRight(better.word);
}

/** What is called by nothing but small words: 'Out and About'. Of such words no other listing is looked for. */
function namedInSmallWords(known: KnownWords, text: string): TypedText {
  const name = smallName(text.slice(0, MOST_CHARACTERS));
  if (name === null || formsHeld(known, name).length === 0) return { words: [], small: [[]], unwanted: [] };
  return { words: [{ ...rightly(name), shown: tokens(text).join(' ') }], small: [[], []], unwanted: [] };
}

/**
 * Reads a search text; without words where it has none to look for.
 * @param isUnwanted the stems of words that are not to be looked for
 */
export function readTyped(known: KnownWords, text: string, isUnwanted: ReadonlySet<string>): TypedText {
  const { words, small, unwanted } = searchWords(text, isUnwanted);
  if (words.length === 0 && unwanted.length === 0) return namedInSmallWords(known, text);
  const read: Read[] = [];
  const around: string[][] = [small[0]!];
  for (const [at, typed] of words.entries()) {
    const word = isWrittenAsOne(known, words, at) ? rightly(typed) : readWord(known, typed, at === words.length - 1);
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
