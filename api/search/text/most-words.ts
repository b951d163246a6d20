import type { Segment } from '../segment.ts';
import type { Slot } from './plan.ts';

/**
 * The most words that any one listing holds together, where none holds all of them. Among combinations of as many words,
 * the one that most listings hold; after that the one with the earlier words.
 * @returns the slots of those words; none where no listing holds any
 */
export function mostWords(segments: readonly Segment[], slots: readonly Slot[]): Slot[] {
  // Per combination (a bit for each slot, the first the highest) how many listings hold it and nothing more.
  const counts = new Map<number, number>();
  for (const segment of segments) {
    const held = new Uint16Array(segment.size);
    for (const [at, slot] of slots.entries()) {
      const bit = 1 << (slots.length - 1 - at);
      for (const listing of segment.matcher.find([slot], [0, segment.size]))
        if (segment.dead[listing] === 0) held[listing]! |= bit;
    }
    for (const combination of held) if (combination !== 0) counts.set(combination, (counts.get(combination) ?? 0) + 1);
  }
  let best = 0;
  for (const [combination, count] of counts) {
    const words = bitCount(combination) - bitCount(best);
    const listings = count - (counts.get(best) ?? 0);
    if (words > 0 || (words === 0 && (listings > 0 || (listings === 0 && combination > best)))) best = combination;
  }
  return slots.filter((_, at) => (best >>> (slots.length - 1 - at)) & 1);
}

function bitCount(value: number): number {
  let bits = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
