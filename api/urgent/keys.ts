import { isStopWord } from '../search/text/tokens.ts';
import type { Part, Sequence } from './pattern.ts';

/**
 * Keys of patterns: words without one of which a pattern is in no text, so that few patterns are tried on each. `suic*`
 * stands for a beginning.
 */

/** A small word is in every text. */
const COST_OF_SMALL = 1000;

/** Worked out once for each part, since many patterns use one set. */
const costs = new WeakMap<Part, number>();

/** How much it costs to look for one of the words of a part; infinite where it may be found without any. */
function costOf(part: Part): number {
  if (part.kind === 'word') return isStopWord(part.word) ? COST_OF_SMALL : 1;
  if (part.kind === 'begins') return 1;
  if (part.kind !== 'one of') return Infinity;
  const known = costs.get(part);
  if (known !== undefined) return known;
  const cost = part.choices.reduce((sum, choice) => sum + Math.min(Infinity, ...choice.map(costOf)), 0);
  costs.set(part, cost);
  return cost;
}

const cheapest = (sequence: Sequence): Part | undefined =>
  sequence.reduce<Part | undefined>((best, part) => (best && costOf(best) <= costOf(part) ? best : part), undefined);

const collected = new WeakMap<Part, readonly string[]>();

function keysOfPart(part: Part): readonly string[] {
  if (part.kind === 'word') return [part.word];
  if (part.kind === 'begins') return [`${part.start}*`];
  if (part.kind !== 'one of') return [];
  const known = collected.get(part);
  if (known) return known;
  const keys = [...new Set(part.choices.flatMap((choice) => keysOf([choice])))];
  collected.set(part, keys);
  return keys;
}

/** The fewest keys without one of which the sequences, all of which must be found, are not. */
export function keysOf(sequences: readonly Sequence[]): readonly string[] {
  const best = cheapest(sequences.flat());
  return best && costOf(best) < Infinity ? keysOfPart(best) : [];
}

/** Whether a text may hold the sequences: whether for each of their parts it has a word. */
export const mayHold = (sequences: readonly Sequence[], typed: ReadonlySet<string>): boolean =>
  sequences.every((sequence) => sequence.every((part) => mayHoldPart(part, typed)));

function mayHoldPart(part: Part, typed: ReadonlySet<string>): boolean {
  if (part.kind === 'word') return typed.has(part.word);
  if (part.kind === 'begins') return typed.has(`${part.start}*`);
  if (part.kind !== 'one of') return true;
  for (const word of typed) {
    if (part.words.has(word)) return true;
    if (part.longer.get(word)?.some((choice) => mayHold([choice], typed))) return true;
  }
  return part.others.some((choice) => mayHold([choice], typed));
}
