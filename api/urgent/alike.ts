import type { Block } from './blocks.ts';

/**
 * Words that are written one for another although both are English: 'hear' for 'here', 'rapped' for 'raped', 'sacred' for
 * 'scared'. No dictionary tells that one of them is a mistake, so they are believed beside other words of a phrase only.
 */
export class AlikeWords {
  readonly #groups = new Map<string, Set<string>>();

  /**
   * Takes in the blocks `[alike]`: a line has words that sound alike, `hear here`.
   * @throws UrgentError for a line of one word
   */
  constructor(blocks: readonly Block[]) {
    for (const line of blocks.flatMap(({ lines }) => lines)) {
      const words = line.text.toLowerCase().split(/\s+/);
      if (words.length < 2) throw line.wrong('write two words or more that sound alike: ‘hear here’.');
      for (const word of words) this.#groups.set(word, (this.#groups.get(word) ?? new Set()).union(new Set(words)));
    }
  }

  /** What else may be meant by a word, itself not. */
  of(word: string): Set<string> {
    const others = new Set([...(this.#groups.get(word) ?? []), ...twins(word), ...swapped(word), ...ended(word)]);
    others.delete(word);
    return others;
  }
}

/** With one letter of a pair left out, or one made a pair: 'rapped' and 'raped', 'of' and 'off'. */
function* twins(word: string): Generator<string> {
  for (let at = 0; at < word.length; at++) {
    if (word[at] === word[at + 1]) yield word.slice(0, at) + word.slice(at + 1);
    yield word.slice(0, at) + word[at]! + word.slice(at);
  }
}

/** In a shorter word, a swap makes one common word of another: 'was' and 'saw', 'on' and 'no'. */
const SHORTEST_SWAPPED = 4;

/** With two neighbours swapped, the first letter never: 'tired' and 'tried'. */
function* swapped(word: string): Generator<string> {
  for (let at = 2; word.length >= SHORTEST_SWAPPED && at < word.length; at++)
    yield word.slice(0, at - 1) + word[at]! + word[at - 1]! + word.slice(at + 1);
}

/** With the s of a form left out or added: 'daughters arms', 'he beat me'. */
function* ended(word: string): Generator<string> {
  if (word.length < SHORTEST_SWAPPED) return;
  yield word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
}
