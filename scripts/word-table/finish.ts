import type { WordTable } from '../../api/search/meaning/table-file.ts';

/** From trained vectors to what the table holds of them. */

export interface TrainedWords {
  vectors: Float32Array;
  weights: Float32Array;
  dimensions: number;
}

/** Words in the order of the file, each with whole numbers from -127 to 127 and a scale; how much a word says is in the scale. */
export function quantized({
  words,
  vectors,
  weights,
  dimensions,
}: TrainedWords & { words: readonly string[] }): Pick<WordTable, 'dimensions' | 'words' | 'scales' | 'numbers'> {
  const order = words.map((_, at) => at).sort((a, b) => (words[a]! < words[b]! ? -1 : 1));
  const scales = new Float32Array(words.length);
  const numbers = new Int8Array(words.length * dimensions);
  for (const [to, from] of order.entries()) {
    const vector = vectors.subarray(from * dimensions, (from + 1) * dimensions);
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[to] = (largest / 127) * weights[from]!;
    if (largest > 0)
      numbers.set(
        vector.map((value) => Math.round((value / largest) * 127)),
        to * dimensions,
      );
  }
  return { dimensions, words: order.map((at) => words[at]!), scales, numbers };
}

/** The mean and the covariance of the vectors of some texts, each of length 1. */
export function typical(
  texts: readonly Uint32Array[],
  { vectors, weights, dimensions }: TrainedWords,
): Pick<WordTable, 'mean' | 'covariance'> {
  const units = texts
    .filter((text) => text.length > 0)
    .map((text) => {
      const sum = new Float32Array(dimensions);
      for (const word of text)
        for (let d = 0; d < dimensions; d++) sum[d]! += weights[word]! * vectors[word * dimensions + d]!;
      const length = Math.hypot(...sum) || 1;
      return sum.map((value) => value / length);
    });
  const mean = new Float32Array(dimensions);
  for (const unit of units) for (let d = 0; d < dimensions; d++) mean[d]! += unit[d]! / units.length;
  const covariance = new Float32Array(dimensions ** 2);
  for (const unit of units)
    for (let i = 0; i < dimensions; i++)
      for (let j = 0; j < dimensions; j++)
        covariance[i * dimensions + j]! += ((unit[i]! - mean[i]!) * (unit[j]! - mean[j]!)) / units.length;
  return { mean, covariance };
}
