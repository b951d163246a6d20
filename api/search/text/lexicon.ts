import { stem } from './stem.ts';
import { CAPITALS, isStopWord, MAX_WORD, tokens } from './tokens.ts';
import { HASH_START, hashed, PLAIN, WordTable } from './word-table.ts';

/** Text whose words can be read letter by letter: without '&' and stops, which may join letters, and in ASCII. */
const UNSCANNABLE = /[&\u0080-\uffff]|(?<![a-z0-9])[a-z]\.[a-z](?![a-z0-9])/i;
const APOSTROPHE = 39;

/**
 * All words of listings and of the vocabulary, by number. Postings are kept for words as they are written; the forms of
 * a word are brought together when somebody searches, so the same words serve exact search, type-ahead and typing
 * mistakes. It only grows, and a number keeps its word. Whether any listing still has a word is for the caller to
 * check.
 */
export class Lexicon {
  readonly #words: string[] = [];
  readonly #numbers = new WordTable();
  readonly #families = new Map<string, number[]>();
  /** By number, so that each stem is worked out once. */
  readonly #familyOf: number[][] = [];
  /** The words in code unit order, and how many characters each shares with the one before. */
  #sorted: { words: string[]; shared: Uint8Array } = { words: [], shared: new Uint8Array(0) };
  #inOrder = 0;

  /** The number of a folded word; -1 for a stop word. A new word is given a number. */
  add(word: string): number {
    return this.#numbers.find(word) ?? this.#give(word);
  }

  /**
   * Adds the words of a text one by one, as `tokens` reads them, mostly without making strings: an index reads tens of
   * millions of words.
   * @param take gets the number of each; -1 for a stop word
   */
  addAll(text: string, take: (number: number) => void): void {
    if (UNSCANNABLE.test(text) || CAPITALS.test(text)) {
      for (const word of tokens(text)) take(this.add(word));
      return;
    }
    const { length } = text;
    for (let at = 0; at < length; at++) {
      let code = PLAIN[text.charCodeAt(at)]!;
      if (code === 0) continue;
      const from = at;
      let hash = HASH_START;
      for (; code !== 0; code = ++at < length ? PLAIN[text.charCodeAt(at)]! : 0)
        if (at - from < MAX_WORD) hash = hashed(hash, code);
      if (text.charCodeAt(at) === APOSTROPHE) {
        while (at < length && (PLAIN[text.charCodeAt(at)] !== 0 || text.charCodeAt(at) === APOSTROPHE)) at++;
        for (const word of tokens(text.slice(from, at))) take(this.add(word));
      } else {
        const to = Math.min(at, from + MAX_WORD);
        take(this.#numbers.findIn(text, from, to, hash) ?? this.#give(text.slice(from, to).toLowerCase()));
      }
    }
  }

  #give(word: string): number {
    if (isStopWord(word)) {
      this.#numbers.set(word, -1);
      return -1;
    }
    const number = this.#words.length;
    this.#words.push(word);
    this.#numbers.set(word, number);
    const key = stem(word);
    const family = this.#families.get(key) ?? [];
    if (family.length === 0) this.#families.set(key, family);
    family.push(number);
    this.#familyOf.push(family);
    return number;
  }

  get size(): number {
    return this.#words.length;
  }

  word(number: number): string {
    return this.#words[number] ?? '';
  }

  numberOf(word: string): number | undefined {
    return this.#numbers.find(word);
  }

  /** The numbers of all known forms of a word, including the word itself where it is known. */
  formsOf(word: string): readonly number[] {
    const number = this.#numbers.find(word) ?? -1;
    return this.#familyOf[number] ?? this.#families.get(stem(word)) ?? [];
  }

  /** Sorted when somebody needs the order, since building an index adds words by the hundred thousand. */
  get sorted(): { words: readonly string[]; shared: Uint8Array } {
    if (this.#inOrder !== this.#words.length) {
      const recent = this.#words.slice(this.#inOrder).sort();
      const words = mergeSorted(this.#sorted.words, recent);
      const shared = new Uint8Array(words.length);
      for (let i = 1; i < words.length; i++) shared[i] = sharedLength(words[i - 1]!, words[i]!);
      this.#sorted = { words, shared };
      this.#inOrder = this.#words.length;
    }
    return this.#sorted;
  }

  /** The known words with a beginning, in order, one after the other. */
  *beginningWith(prefix: string): Generator<string> {
    const { words } = this.sorted;
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (words[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    for (; low < words.length && words[low]!.startsWith(prefix); low++) yield words[low]!;
  }
}

function mergeSorted(left: string[], right: string[]): string[] {
  if (left.length === 0) return right;
  const merged: string[] = [];
  let at = 0;
  for (const word of left) {
    while (at < right.length && right[at]! < word) merged.push(right[at++]!);
    merged.push(word);
  }
  while (at < right.length) merged.push(right[at++]!);
  return merged;
}

function sharedLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length, 255);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
