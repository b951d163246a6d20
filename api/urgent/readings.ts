import { WordsByEar } from '../search/text/by-ear.ts';
import { englishNear, isEnglish } from '../search/text/english.ts';
import { Lexicon } from '../search/text/lexicon.ts';
import { nearWords } from '../search/text/spelling.ts';
import { isStopWord } from '../search/text/tokens.ts';
import { type Part, type Sequence, SHORTEST_BEGINNING } from './pattern.ts';
import { wordsTyped } from './words.ts';

/**
 * What typed words may mean, as far as a word of the patterns comes of it: other spellings, signs for letters, letters
 * repeated, words run together or torn apart, typing mistakes. A word of English is never taken for another one.
 */

/** For each typed word what it may be; what was typed is always the first. */
export type Reading = readonly (readonly string[])[];

/** As people text. */
const TEXTED: Record<string, string> = {
  2: 'to',
  4: 'for',
  u: 'you',
  r: 'are',
  ur: 'your',
  bf: 'boyfriend',
  gf: 'girlfriend',
};
const LETTERS: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };
const LETTER = /\p{L}/u;
const STANDS_FOR_LETTER = /[0-9@$!*]/;
const isMixed = (word: string): boolean => LETTER.test(word) && STANDS_FOR_LETTER.test(word);
/** Words run together are looked for in longer ones only; a piece of one letter is I or a. */
const SHORTEST_JOINED = 6;
const MOST_PIECES = 7;

/** How many mistakes are forgiven; with four letters only two that changed places, and a letter too many of a pair. */
const editsIn = (word: string): number => (word.length < 4 || /[^a-z]/.test(word) ? 0 : word.length < 8 ? 1 : 2);
const sameLetters = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('');
/** 'gass' as 'gas'. */
const isDoubled = (word: string, meant: string): boolean => word.replace(/(.)\1/, '$1') === meant;

/** All words of the patterns. */
export class Vocabulary {
  readonly #lexicon = new Lexicon();
  readonly #words = new Set<string>();
  readonly #beginnings = new Set<string>();
  readonly #walked = new WeakSet<Part>();
  readonly #byEar = new WordsByEar(this.#words);
  readonly #isWord: (word: string) => boolean;

  /** @param isName whether a word is a name, of a place say, and so no mistake for another word */
  constructor(isName: (word: string) => boolean) {
    this.#isWord = (word) => isEnglish(word) || isName(word);
  }

  /** Takes in the words of patterns; a set that many of them use is walked once. */
  add(sequences: readonly Sequence[]): void {
    for (const part of sequences.flat()) {
      if (this.#walked.has(part)) continue;
      this.#walked.add(part);
      if (part.kind === 'one of') this.add(part.choices);
      if (part.kind === 'begins') this.#beginnings.add(part.start);
      if (part.kind !== 'word') continue;
      this.#words.add(part.word);
      this.#lexicon.add(part.word);
    }
  }

  /** All of them. */
  get words(): ReadonlySet<string> {
    return this.#words;
  }

  /** The ways to read a text: word by word, and, where that comes to other words, joined and torn apart anew. */
  read(text: string): Reading[] {
    const typed = wordsTyped(text);
    const plain = typed.map((words) => this.#meant(words));
    const anew = this.#regrouped(typed);
    return anew ? [plain, anew.map((words) => this.#meant(words))] : [plain];
  }

  /** The beginnings that patterns name and this word has. */
  *beginningsOf(word: string): Generator<string> {
    for (let length = SHORTEST_BEGINNING; length <= word.length; length++) {
      const start = word.slice(0, length);
      if (this.#beginnings.has(start)) yield start;
    }
  }

  /** Hears all words in slices, so that the first search that needs them does not wait. */
  prepare(): Generator<void> {
    return this.#byEar.prepare();
  }

  #knows(word: string): boolean {
    return this.#words.has(word) || !this.beginningsOf(word).next().done;
  }

  /** What one word may mean. */
  #meant(words: readonly string[]): string[] {
    const typed = words[0]!;
    const texted = TEXTED[typed];
    const candidates = [...words, ...(texted ? [texted] : []), ...this.#unmasked(typed), ...unrepeated(typed)];
    const known = candidates.filter((word) => this.#knows(word));
    if (!known.some((word) => this.#words.has(word)) && !words.some(this.#isWord))
      for (const word of new Set([typed, ...unrepeated(typed)])) known.push(...this.#mistyped(word));
    return [...new Set([typed, ...known])];
  }

  /** With signs and digits read as the letters that they look like. */
  #unmasked(typed: string): string[] {
    if (!isMixed(typed)) return [];
    const lettered = typed.replace(/[013457@$!]/g, (sign) => LETTERS[sign] ?? sign);
    if (!lettered.includes('*')) return [lettered, lettered.replaceAll('i', 'l')];
    const hidden = new RegExp(`^${lettered.replace(/[^a-z*]/g, '').replaceAll('*', '[a-z]')}$`);
    return typed.length < 4 ? [] : [...this.#words].filter((word) => hidden.test(word));
  }

  /** The words of the patterns that a word may be a mistake for: those that are nearest to it. */
  #mistyped(word: string): string[] {
    const edits = editsIn(word);
    const near = nearWords(this.#lexicon, word, edits).filter(({ word: meant, distance }) => {
      if (word.length === 4 && !sameLetters(word, meant) && !isDoubled(word, meant)) return false;
      if (meant[0] !== word[0] && !sameLetters(meant.slice(0, 2), word.slice(0, 2))) return false;
      return distance === 1 || meant.at(-1) === word.at(-1);
    });
    const least = Math.min(...near.map(({ distance }) => distance));
    // Two mistakes make some word out of many; where one makes another word of English, it is that.
    if (least === 2 && englishNear(word).length > 0) return [];
    const heard = near.length === 0 ? this.#byEar.of(word) : null;
    if (heard !== null) return [heard];
    return near.filter(({ distance }) => distance === least).map(({ word: meant }) => meant);
  }

  /** The words with what was run together torn apart, and what was torn apart put together; null where nothing was. */
  #regrouped(typed: readonly string[][]): string[][] | null {
    const words: string[][] = [];
    let changed = false;
    for (let at = 0; at < typed.length; at++) {
      const spelt = speltOut(typed, at);
      if (spelt.length > 1) {
        words.push([spelt]);
        at += spelt.length - 1;
        changed = true;
        continue;
      }
      const [word = ''] = typed[at]!;
      const [next = ''] = typed[at + 1] ?? [];
      const joined = word + next;
      if (next !== '' && joined.length >= SHORTEST_JOINED && this.#words.has(joined) && !this.#stands(word, next)) {
        words.push([joined]);
        at++;
      } else {
        const pieces = this.#words.has(word) || word.length < SHORTEST_JOINED ? null : this.#pieces(word);
        words.push(...(pieces?.map((piece) => [piece]) ?? [typed[at]!]));
        if (!pieces) continue;
      }
      changed = true;
    }
    return changed ? words : null;
  }

  /** Whether two words may well stand side by side, as 'over' and 'dose' do. */
  #stands(word: string, next: string): boolean {
    return [word, next].every((each) => isStopWord(each) || this.#isWord(each));
  }

  /** The fewest words of the patterns that a word is made of, English ones; null where it is not, or is a word itself. */
  #pieces(word: string): string[] | null {
    const best: (string[] | null)[] = [[]];
    for (let end = 1; end <= word.length; end++) {
      best[end] = null;
      for (let start = 0; start < end; start++) {
        const before = best[start];
        const piece = word.slice(start, end);
        if (!before || before.length === MOST_PIECES || !this.#isPiece(piece)) continue;
        if (best[end] === null || before.length + 1 < best[end]!.length) best[end] = [...before, piece];
      }
    }
    const pieces = best[word.length];
    return pieces && pieces.length > 1 && !this.#isWord(word) ? pieces : null;
  }

  #isPiece(piece: string): boolean {
    return this.#words.has(piece) && (piece.length > 1 ? isEnglish(piece) : /[ia]/.test(piece));
  }
}

/** 'd i e' as 'die': the letters that stand alone from there on, where there are three or more. */
function speltOut(typed: readonly string[][], from: number): string {
  let letters = '';
  for (let at = from; typed[at]?.[0]?.length === 1; at++) letters += typed[at]![0];
  return letters.length > 2 ? letters : '';
}

/** 'dieeee' as 'die', 'hellppp' as 'hellp'. */
const unrepeated = (word: string): string[] =>
  /(.)\1\1/u.test(word) ? [word.replace(/(.)\1{2,}/gu, '$1'), word.replace(/(.)\1{2,}/gu, '$1$1')] : [];
