import type { Listing } from '../../domain/service.ts';
import { taxonomyTerm } from '../../domain/taxonomy.ts';
import { pack, type WordVectors } from '../meaning/word-vectors.ts';
import type { Lexicon } from './lexicon.ts';
import { isLightWord } from './light-words.ts';

/** What a light word counts for beside others. */
export const LIGHT = 0.5;
/** What a category counts for beside the words that somebody wrote. */
const CATEGORIES_COUNTED = 2;

/**
 * Packs what listings mean: one vector of what they are called and say in short, and one of all that they say, `dimensions` bytes
 * each.
 */
export class ListingMeaning {
  /** How many bytes a listing takes. */
  readonly bytes: number;
  readonly #lexicon: Lexicon;
  readonly #vectors: WordVectors;
  /** By the number of a word in the lexicon: its number in the table and one more; 0 where that was not looked up yet. */
  #numbers = new Int32Array(1024);
  #light = new Uint8Array(1024);
  readonly #sum: Float32Array;

  constructor(lexicon: Lexicon, vectors: WordVectors) {
    this.#lexicon = lexicon;
    this.#vectors = vectors;
    this.bytes = 2 * vectors.dimensions;
    this.#sum = new Float32Array(vectors.dimensions);
  }

  /** Writes both vectors of a listing, one after the other; zeros where the table knows none of its words. */
  write({ service }: Listing, packed: Int8Array, at: number): void {
    const { dimensions } = this.#vectors;
    const sum = this.#sum.fill(0);
    this.#addText(service.name);
    this.#addText(service.alternate_name);
    this.#addText(service.summary);
    for (const code of service.taxonomy_terms.slice(0, CATEGORIES_COUNTED)) this.#addText(taxonomyTerm(code)?.name);
    pack(sum.slice(), packed, at);
    this.#addText(service.description);
    this.#addText(service.eligibility.description);
    pack(sum, packed, at + dimensions);
  }

  #addText(text: string | undefined): void {
    if (text !== undefined)
      this.#lexicon.addAll(text, (word) => {
        if (word >= 0) this.#addWord(word);
      });
  }

  #addWord(word: number): void {
    if (word >= this.#numbers.length) this.#grow(word);
    if (this.#numbers[word] === 0) {
      const text = this.#lexicon.word(word);
      // 0 would be looked up again and again: a word that the table does not have is -1.
      this.#numbers[word] = this.#vectors.numberOf(text) + 1 || -1;
      this.#light[word] = isLightWord(text) ? 1 : 0;
    }
    const number = this.#numbers[word]! - 1;
    if (number >= 0) this.#vectors.add(number, this.#light[word] === 1 ? LIGHT : 1, this.#sum);
  }

  #grow(word: number): void {
    const room = Math.max(this.#numbers.length * 2, word + 1);
    const numbers = new Int32Array(room);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const light = new Uint8Array(room);
    light.set(this.#light);
    this.#light = light;
  }
}
