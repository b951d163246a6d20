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

  /** The number of a word (folded, as the words of a search are); -1 where the table does not have it. */
  numberOf(word: string): number {
    return this.#numbers.get(word) ?? -1;
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
   * What some words mean together.
   * @param words with what each counts, from 0 to 1
   * @returns null where the table has none of them
   */
  meaningOf(words: Iterable<readonly [word: string, counts: number]>): Meaning | null {
    const sum = new Float32Array(this.dimensions);
    let known = 0;
    for (const [word, counts] of words) {
      const number = this.numberOf(word);
      if (number < 0) continue;
      this.add(number, counts, sum);
      known += counts;
    }
    if (known === 0 || !makeUnit(sum)) return null;
    const { mean, covariance } = this.#table;
    let usual = 0;
    let variance = 0;
    for (let i = 0; i < sum.length; i++) {
      usual += sum[i]! * mean[i]!;
      for (let j = 0; j < sum.length; j++) variance += sum[i]! * covariance[i * sum.length + j]! * sum[j]!;
    }
    return { vector: sum, usual, deviation: Math.sqrt(variance) || 1 };
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
  const length = Math.hypot(...vector);
  if (length < 1e-6) return false;
  for (let d = 0; d < vector.length; d++) vector[d]! /= length;
  return true;
}

/** The numbers of a packed vector are so many times larger. */
export const PACKED = 127;

/** The cosine of a meaning and a packed vector of the same size; 0 where the vector is nothing. */
export function cosine({ vector }: Meaning, packed: Int8Array, from: number): number {
  let sum = 0;
  for (let d = 0; d < vector.length; d++) sum += vector[d]! * packed[from + d]!;
  return sum / PACKED;
}
