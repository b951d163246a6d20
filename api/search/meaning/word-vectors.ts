import type { WordTable } from './table-file.ts';

/**
 * What words have to do with each other: each word of the table has a vector, a text that of its words added up, and texts about the same
 * thing point the same way. docs/ranking.md says in plain words what that is used for.
 */
export class WordVectors {
  /** How many numbers a vector has. */
  readonly dimensions: number;
  readonly #table: WordTable;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(table: WordTable) {
    this.dimensions = table.dimensions;
    this.#table = table;
    this.#numbers = new Map(table.words.map((word, number) => [word, number]));
  }

  /**
   * The number of a word (folded, as the words of a search are), or of the one of which it may be the plural; -1 where the
   * table has neither.
   */
  numberOf(word: string): number {
    const number = this.#numbers.get(word);
    if (number !== undefined) return number;
    return (word.endsWith('s') ? this.#numbers.get(word.slice(0, -1)) : undefined) ?? -1;
  }

  /**
   * Adds a word to the words of a text.
   * @param sum `dimensions` numbers
   */
  add(number: number, times: number, sum: Float32Array): void {
    const { scales, numbers } = this.#table;
    const scale = scales[number]! * times;
    const from = number * this.dimensions;
    for (let d = 0; d < sum.length; d++) sum[d]! += numbers[from + d]! * scale;
  }

  /**
   * What some words mean together, as a vector of length 1.
   * @param words with what each counts, from 0 to 1
   * @returns null where the table has none of them
   */
  directionOf(words: Iterable<readonly [word: string, counts: number]>): Float32Array | null {
    const sum = new Float32Array(this.dimensions);
    for (const [word, counts] of words) {
      const number = this.numberOf(word);
      if (number >= 0) this.add(number, counts, sum);
    }
    return makeUnit(sum) ? sum : null;
  }

  /**
   * A vector as a search text means it: with how alike it is to what has nothing to do with it.
   * @param vector of length 1
   */
  meaningOf(vector: Float32Array): Meaning {
    const { mean, covariance } = this.#table;
    let usual = 0;
    let variance = 0;
    for (let i = 0; i < vector.length; i++) {
      usual += vector[i]! * mean[i]!;
      for (let j = 0; j < vector.length; j++) variance += vector[i]! * covariance[i * vector.length + j]! * vector[j]!;
    }
    return { vector, usual, deviation: Math.sqrt(variance) || 1 };
  }
}

/** What a search text means. */
export interface Meaning {
  /** Of length 1. */
  vector: Float32Array;
  /** How alike it is to a text that has nothing to do with it, on average, and how much that varies. */
  usual: number;
  deviation: number;
}

/** Makes a vector as long as 1; false where it is nothing. */
export function makeUnit(vector: Float32Array): boolean {
  let squares = 0;
  for (let d = 0; d < vector.length; d++) squares += vector[d]! ** 2;
  const length = Math.sqrt(squares);
  if (length < 1e-6) return false;
  for (let d = 0; d < vector.length; d++) vector[d]! /= length;
  return true;
}

/** The numbers of a packed vector are so many times larger. */
export const PACKED = 127;

/** Makes a vector as long as 1 and packs it; what is nothing leaves nothing. */
export function pack(vector: Float32Array, packed: Int8Array, at: number): void {
  if (!makeUnit(vector)) return;
  for (let d = 0; d < vector.length; d++) packed[at + d] = Math.round(vector[d]! * PACKED);
}

/** The cosine of a vector of length 1 and a packed one of the same size; 0 where the vector is nothing. */
export function cosine(vector: Float32Array, packed: Int8Array, from: number): number {
  let sum = 0;
  for (let d = 0; d < vector.length; d++) sum += vector[d]! * packed[from + d]!;
  return sum / PACKED;
}
