/**
 * The file of word vectors (data/meaning/words.bin): a line of JSON, the words one on a line in the order of their code units, then for
 * each word a scale and whole numbers, and last what texts have in common. All numbers are little-endian.
 */

/** What a table of word vectors holds. */
export interface WordTable {
  /** How many numbers a vector has. */
  dimensions: number;
  words: string[];
  /** What the numbers of a word are multiplied by: a vector is as long as its word says much. */
  scales: Float32Array;
  /** `dimensions` numbers for each word. */
  numbers: Int8Array;
  /** The mean of the vectors of texts that have nothing to do with each other … */
  mean: Float32Array;
  /** … and how these vectors vary about it: a covariance, row by row. */
  covariance: Float32Array;
}

const FORMAT = 'signpost-words-1';

export function encodeTable({ dimensions, words, scales, numbers, mean, covariance }: WordTable): Uint8Array {
  const text = Buffer.from(words.join('\n'), 'utf8');
  const head = Buffer.from(
    `${JSON.stringify({ format: FORMAT, dimensions, words: words.length, bytes: text.length })}\n`,
  );
  const floats = [scales, mean, covariance].map((it) => Buffer.from(it.buffer, it.byteOffset, it.byteLength));
  return Buffer.concat([head, text, ...floats, Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)]);
}

/** @throws Error where the bytes are no table, or not all of one */
export function decodeTable(bytes: Uint8Array): WordTable {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headEnd = buffer.indexOf('\n') + 1;
  const head = headEnd > 0 && headEnd < 200 ? JSON.parse(buffer.toString('utf8', 0, headEnd)) : {};
  if (head.format !== FORMAT) throw new Error(`It is no table of word vectors (${FORMAT}).`);
  const { dimensions, words: count, bytes: textBytes } = head as Record<'dimensions' | 'words' | 'bytes', number>;
  let at = headEnd + textBytes;
  const words = buffer.toString('utf8', headEnd, at).split('\n');
  const floats = (length: number): Float32Array => {
    const from = at;
    at += length * 4;
    return Float32Array.from({ length }, (_, k) => buffer.readFloatLE(from + k * 4));
  };
  const whole = at + (count + dimensions + dimensions ** 2) * 4 + count * dimensions;
  if (words.length !== count || buffer.length !== whole)
    throw new Error('It is not the whole of a table of word vectors.');
  const scales = floats(count);
  const mean = floats(dimensions);
  const covariance = floats(dimensions ** 2);
  return { dimensions, words, scales, mean, covariance, numbers: new Int8Array(buffer.subarray(at)) };
}
