/**
 * Vectors that say what goes together: of each batch of pairs, one side must tell its other side from those of all other
 * pairs (InfoNCE, van den Oord et al. 2018), and words move no farther from where they began than that asks for.
 */

/** Two texts that mean the same, or lead to each other. */
export interface Pair {
  one: string;
  other: string;
  /** How often it is gone through in a pass. */
  times: number;
}

const BATCH = 256;
const TEMPERATURE = 0.07;
const RATE = 0.05;
/** How strongly a word is drawn back to where it began. */
const PULL = 2e-4;
/** More words of a text say little. */
const MOST_WORDS = 16;

/** Numbers that look random and are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The mean of the words of each text of a batch, of length 1, and what is needed to learn from it. */
class Side {
  readonly unit: Float32Array;
  readonly gradient: Float32Array;
  readonly length = new Float32Array(BATCH);
  texts: readonly Uint32Array[] = [];

  constructor(dimensions: number) {
    this.unit = new Float32Array(BATCH * dimensions);
    this.gradient = new Float32Array(BATCH * dimensions);
  }
}

/**
 * Trains vectors in place.
 * @param vectors where words begin, `dimensions` numbers each
 * @param weights how much each word says; trained too
 * @param pairs texts as numbers of words
 */
export function train(
  vectors: Float32Array,
  weights: Float32Array,
  pairs: readonly { one: Uint32Array; other: Uint32Array; times: number }[],
  { dimensions, passes, log }: { dimensions: number; passes: number; log: (line: string) => void },
): void {
  const random = randomFrom(7);
  const start = vectors.slice();
  const spread = new Float32Array(weights.length).fill(1e-2);
  const order = pairs.flatMap((pair, at) => new Array<number>(pair.times).fill(at));
  const logits = new Float32Array(BATCH * BATCH);
  const rows = new Float32Array(BATCH * BATCH);
  const one = new Side(dimensions);
  const other = new Side(dimensions);

  const encode = (side: Side, texts: readonly Uint32Array[]) => {
    side.texts = texts;
    for (let t = 0; t < BATCH; t++) {
      const base = t * dimensions;
      side.unit.fill(0, base, base + dimensions);
      for (const word of texts[t]!)
        for (let d = 0; d < dimensions; d++) side.unit[base + d]! += weights[word]! * vectors[word * dimensions + d]!;
      let squares = 1e-9;
      for (let d = 0; d < dimensions; d++) squares += side.unit[base + d]! ** 2;
      side.length[t] = Math.sqrt(squares);
      for (let d = 0; d < dimensions; d++) side.unit[base + d]! /= side.length[t]!;
    }
  };

  /** Moves the words of a side along what the loss asks of their texts. */
  const learn = (side: Side, rate: number) => {
    for (let t = 0; t < BATCH; t++) {
      const base = t * dimensions;
      let along = 0;
      for (let d = 0; d < dimensions; d++) along += side.gradient[base + d]! * side.unit[base + d]!;
      for (let d = 0; d < dimensions; d++)
        side.gradient[base + d] = (side.gradient[base + d]! - along * side.unit[base + d]!) / side.length[t]!;
      for (const word of side.texts[t]!) {
        const at = word * dimensions;
        let squares = 0;
        for (let d = 0; d < dimensions; d++) squares += (side.gradient[base + d]! * weights[word]!) ** 2;
        // Adagrad, with one rate for all numbers of a word.
        spread[word]! += squares / dimensions;
        const step = (rate * 0.3) / Math.sqrt(spread[word]!);
        for (let d = 0; d < dimensions; d++)
          vectors[at + d]! -=
            step * (side.gradient[base + d]! * weights[word]! + PULL * (vectors[at + d]! - start[at + d]!));
      }
    }
  };

  for (let pass = 0; pass < passes; pass++) {
    for (let k = order.length - 1; k > 0; k--) {
      const swap = Math.floor(random() * (k + 1));
      [order[k], order[swap]] = [order[swap]!, order[k]!];
    }
    const rate = RATE * (1 - (0.8 * pass) / passes);
    let loss = 0;
    let batches = 0;
    for (let from = 0; from + BATCH <= order.length; from += BATCH) {
      const batch = order.slice(from, from + BATCH).map((at) => pairs[at]!);
      encode(
        one,
        batch.map((pair) => pair.one),
      );
      encode(
        other,
        batch.map((pair) => pair.other),
      );
      multiply(logits, one.unit, other.unit, dimensions, 1 / TEMPERATURE);
      loss += softmax(logits, rows);
      spreadGradient(one.gradient, logits, other.unit, dimensions, false);
      spreadGradient(other.gradient, logits, one.unit, dimensions, true);
      learn(one, rate);
      learn(other, rate);
      batches++;
    }
    log(`pass ${pass + 1} of ${passes}: loss ${(loss / batches).toFixed(3)}`);
  }
}

/** out[i, j] = scale · a[i] · b[j]. */
function multiply(out: Float32Array, a: Float32Array, b: Float32Array, dimensions: number, scale: number): void {
  for (let i = 0; i < BATCH; i++)
    for (let j = 0; j < BATCH; j++) {
      let sum = 0;
      const x = i * dimensions;
      const y = j * dimensions;
      for (let d = 0; d < dimensions; d++) sum += a[x + d]! * b[y + d]!;
      out[i * BATCH + j] = sum * scale;
    }
}

/** Turns logits into the gradient of the loss in both directions, and returns the loss. */
function softmax(logits: Float32Array, columns: Float32Array): number {
  let loss = 0;
  const sums = new Float64Array(BATCH);
  for (let k = 0; k < logits.length; k++) {
    // Cosines over a temperature of 0.07 are below 15, so that no exponential overflows.
    columns[k] = Math.exp(logits[k]!);
    sums[k % BATCH]! += columns[k]!;
  }
  for (let i = 0; i < BATCH; i++) {
    let sum = 0;
    for (let j = 0; j < BATCH; j++) sum += columns[i * BATCH + j]!;
    loss += Math.log(sum) - logits[i * BATCH + i]!;
    for (let j = 0; j < BATCH; j++) {
      const k = i * BATCH + j;
      const share = (columns[k]! / sum + columns[k]! / sums[j]!) / 2 - (i === j ? 1 : 0);
      logits[k] = (share / TEMPERATURE / BATCH) * 8;
    }
  }
  return loss / BATCH;
}

/** out[i] = Σ over j of gradient[i, j] · b[j]; of gradient[j, i] where it is turned. */
function spreadGradient(
  out: Float32Array,
  gradient: Float32Array,
  b: Float32Array,
  dimensions: number,
  turned: boolean,
): void {
  out.fill(0);
  for (let i = 0; i < BATCH; i++)
    for (let j = 0; j < BATCH; j++) {
      const share = gradient[turned ? j * BATCH + i : i * BATCH + j]!;
      if (Math.abs(share) < 1e-6) continue;
      const x = i * dimensions;
      const y = j * dimensions;
      for (let d = 0; d < dimensions; d++) out[x + d]! += share * b[y + d]!;
    }
}

/** The words of a text that have a number, each once and not too many. */
export function numbersOf(words: readonly string[], numbers: ReadonlyMap<string, number>): Uint32Array {
  const found = new Set<number>();
  for (const word of words) {
    const number = numbers.get(word);
    if (number !== undefined) found.add(number);
    if (found.size === MOST_WORDS) break;
  }
  return Uint32Array.from(found);
}
