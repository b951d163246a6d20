import { cosine, type Meaning, PACKED } from './word-vectors.ts';

/**
 * How far meaning and listings agree. The figures belong to the table of word vectors: `npm run relevance` shows what they
 * do when it is made anew.
 */

/** What a listing must be like, in deviations above what is usual, for meaning neither to raise nor to lower it. */
const EXPECTED = 2;
/** Meaning lowers a fit by two doublings at most, and raises it by one: a name or a rare word keeps its place. */
const LOWEST = -2;
const HIGHEST = 1;
/** What `agreement` says of what means just the same. */
export const FULL_AGREEMENT = 2 ** HIGHEST;
/** In parts of a doubling, so that a few hundred different fits remain (text/ranked-list.ts). */
const PARTS = 4;
/** What has none of the words is shown where it is at least as like as that, and so far above what is usual. */
const RELATED = 0.42;
const RELATED_DEVIATIONS = 2;

/** How many vectors a listing has (text/listing-meaning.ts). */
const VECTORS = 2;

/** How like a listing is to what a search text means, from -1 to 1: the mean over its vectors. */
export function likeness({ vector }: Meaning, meanings: Int8Array, listing: number): number {
  const { length } = vector;
  const from = listing * VECTORS * length;
  return (cosine(vector, meanings, from) + cosine(vector, meanings, from + length)) / VECTORS;
}

/** How like two listings are, from -1 to 1: the mean over their vectors. */
export function likenessOfTwo(one: Int8Array, other: Int8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum / (VECTORS * PACKED ** 2);
}

/** By how much the fit of a listing is multiplied for what it means, from a quarter to 2. */
export function agreement(meaning: Meaning, meanings: Int8Array, listing: number): number {
  const above = (likeness(meaning, meanings, listing) - meaning.usual) / meaning.deviation - EXPECTED;
  return 2 ** (Math.round(PARTS * Math.min(HIGHEST, Math.max(LOWEST, above))) / PARTS);
}

/** How like a listing must be to what a search text means to be related to it without having its words. */
export const leastRelated = ({ usual, deviation }: Meaning): number =>
  Math.max(RELATED, usual + RELATED_DEVIATIONS * deviation);
