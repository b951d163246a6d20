import type { Part, Sequence } from './pattern.ts';
import type { Reading } from './readings.ts';

type Words = Reading['words'];

/** Where a pattern is found in what was typed: the words that it took, as bits, the first word's the lowest. */
export type Taken = bigint;

/** Other words that may stand at a `..`. */
const WIDEST_GAP = 3;

const isNumber = (word: string): boolean => /^\d{2,4}$/.test(word);

/** The ends of one part that begins at a word, with what it takes. */
function* endsOf(part: Part, words: Words, at: number, taken: Taken): Generator<[number, Taken]> {
  const here = words[at];
  const next: [number, Taken] = [at + 1, taken | (1n << BigInt(at))];
  switch (part.kind) {
    case 'word':
      if (here?.includes(part.word)) yield next;
      return;
    case 'begins':
      if (here?.some((word) => word.startsWith(part.start))) yield next;
      return;
    case 'number':
      if (here?.some(isNumber)) yield next;
      return;
    case 'start':
      if (at === 0) yield [at, taken];
      return;
    case 'end':
      if (at === words.length) yield [at, taken];
      return;
    case 'gap':
      for (let gap = 0; gap <= WIDEST_GAP && at + gap <= words.length; gap++) yield [at + gap, taken];
      return;
    case 'one of':
      if (here?.some((word) => part.words.has(word))) yield next;
      for (const word of here ?? [])
        for (const choice of part.longer.get(word) ?? []) yield* walk(choice, 0, words, at, taken);
      for (const choice of part.others) yield* walk(choice, 0, words, at, taken);
  }
}

function* walk(sequence: Sequence, from: number, words: Words, at: number, taken: Taken): Generator<[number, Taken]> {
  const part = sequence[from];
  if (!part) {
    yield [at, taken];
    return;
  }
  for (const [end, with_] of endsOf(part, words, at, taken)) yield* walk(sequence, from + 1, words, end, with_);
}

/** Every way to find a sequence, none twice. */
function waysToFind(sequence: Sequence, words: Words): Taken[] {
  const ways = new Set<Taken>();
  for (let at = 0; at < words.length; at++)
    for (const [, taken] of walk(sequence, 0, words, at, 0n)) if (taken !== 0n) ways.add(taken);
  return [...ways];
}

/** Every way to find a pattern; of one whose sequences may stand anywhere, all ways as one. */
export function findPattern(sequences: readonly Sequence[], words: Words): Taken[] {
  const found = sequences.map((sequence) => waysToFind(sequence, words));
  if (found.length === 1) return found[0]!;
  return found.some((ways) => ways.length === 0) ? [] : [found.flat().reduce((all, taken) => all | taken, 0n)];
}
