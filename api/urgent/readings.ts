import { WordsByEar } from '../search/text/by-ear.ts';
import { englishNear, isEnglish } from '../search/text/english.ts';
import { Lexicon } from '../search/text/lexicon.ts';
import { nearWords } from '../search/text/spelling.ts';
import type { AlikeWords } from './alike.ts';
import { type Part, type Sequence, SHORTEST_BEGINNING } from './pattern.ts';
import { type KnownWords, regrouped } from './spaces.ts';
import { TEXTED } from './texted.ts';
import { wordsTyped } from './words.ts';

/**
 * What typed words may mean, as far as a word of the patterns comes of it: other spellings, signs for letters, letters
 * repeated, words run together or torn apart, typing mistakes. A word of English is taken for another one only where both sound
 * alike, and only beside another word of a phrase.
 */

/** A way to read a text. */
export interface Reading {
  /** For each typed word what it may be; what was typed is always the first. */
  words: readonly (readonly string[])[];
  /** Whether a word by itself is believed; otherwise only beside another one of its phrase. */
  isSure: boolean;
}

const LETTERS: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };
const LETTER = /\p{L}/u;
const STANDS_FOR_LETTER = /[0-9@$!*]/;
const isMixed = (word: string): boolean => LETTER.test(word) && STANDS_FOR_LETTER.test(word);

/** A piece of one letter is I or a. */
const ONE_LETTER = /[ia]/;
const SHORT_OR_LONGER = /^[a-z]{3,}$/;

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
  readonly #known: KnownWords;
  readonly #alike: AlikeWords;

  /**
   * @param alike words that are written one for another
   * @param isName whether a word is a name, of a place say, and so no mistake for another word
   */
  constructor(alike: AlikeWords, isName: (word: string) => boolean) {
    this.#alike = alike;
    this.#isWord = (word) => isEnglish(word) || isName(word);
    this.#known = {
      has: (word) => this.#words.has(word),
      isWord: this.#isWord,
      isPiece: (piece) => this.#words.has(piece) && (piece.length > 1 ? isEnglish(piece) : ONE_LETTER.test(piece)),
    };
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

  /**
   * The ways to read a text: word by word, and, where that comes to other words, joined and torn apart anew. Each again with
   * all that its words may be besides, where there is any.
   */
  read(text: string): Reading[] {
    const typed = wordsTyped(text);
    const anew = regrouped(typed, this.#known, false);
    const looser = regrouped(typed, this.#known, true);
    const sure = [typed, ...(anew ? [anew] : [])];
    const meant = once((words: readonly string[]) => this.#meant(words));
    const perhaps = once((words: readonly string[]) => this.#perhaps(words, meant(words)));
    return [
      ...sure.map((words): Reading => ({ words: words.map(meant), isSure: true })),
      ...[...sure, ...(looser ? [looser] : [])].map((words): Reading => ({ words: words.map(perhaps), isSure: false })),
    ];
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

  /** What one word may mean, and what it may be a mistake for, an English one too. */
  #perhaps(words: readonly string[], meant: readonly string[]): string[] {
    const typed = words[0]!;
    const others = [...this.#alike.of(typed)].filter((word) => this.#words.has(word));
    const isMistake = SHORT_OR_LONGER.test(typed) && !words.some(this.#isWord);
    return [...new Set([...meant, ...others, ...(isMistake ? this.#near(typed) : [])])];
  }

  /** All words of the patterns that what is no English may be a mistake for; in three letters, one is missing. */
  #near(typed: string): string[] {
    const near = nearWords(this.#lexicon, typed, Math.max(1, editsIn(typed))).map(({ word }) => word);
    const heard = this.#byEar.of(typed);
    const begins = near.filter((word) => word[0] === typed[0] && (typed.length > 3 || word.length > 3));
    return heard === null ? begins : [...begins, heard];
  }
}

/** The same, worked out once for each word of a text. */
function once(of: (words: readonly string[]) => string[]): (words: readonly string[]) => string[] {
  const known = new Map<string, string[]>();
  return (words) => {
    const key = words.join(' ');
    const found = known.get(key) ?? of(words);
    known.set(key, found);
    return found;
  };
}

/** 'dieeee' as 'die', 'hellppp' as 'hellp'. */
const unrepeated = (word: string): string[] =>
  /(.)\1\1/u.test(word) ? [word.replace(/(.)\1{2,}/gu, '$1'), word.replace(/(.)\1{2,}/gu, '$1$1')] : [];
