import type { Lexicon } from './lexicon.ts';

/**
 * Finds words that are a typing mistake or two away. A mistake is a letter too many, a missing one, a wrong one, or two
 * neighbours swapped ('volunterring', 'stroek').
 */

/** How many mistakes are forgiven: none in short words, where most words are one letter away from another. */
export function allowedEdits(word: string): number {
  if (word.length <= 3 || /\p{N}/u.test(word)) return 0;
  return word.length <= 5 ? 1 : 2;
}

/** How a word sounds, roughly: its consonants, none twice in a row. 'Balifs' sounds as 'bailiffs', and not as 'babies'. */
export const soundOf = (word: string): string =>
  word
    .replaceAll('ph', 'f')
    .replace(/[cq]/g, 'k')
    .replace(/[aeiouyhw]/g, '')
    .replace(/(.)\1+/g, '$1');

/**
 * All known words within so many edits, with their distance.
 *
 * The sorted words are walked like a tree: what neighbours share at the beginning has its part of the table of
 * distances computed once, and as soon as a beginning is too far off, all words with it are skipped. The work is
 * bounded by the number of known words; in practice some thousand cells are computed.
 */
export function nearWords(lexicon: Lexicon, typed: string, edits: number): { word: string; distance: number }[] {
  if (edits === 0) return [];
  const { words, shared } = lexicon.sorted;
  const length = typed.length;
  const deepest = length + edits;
  const columns = length + 1;
  const table = new Uint8Array((deepest + 1) * columns);
  for (let j = 0; j <= length; j++) table[j] = j;
  const found: { word: string; distance: number }[] = [];
  // How many characters of the previous word have their rows computed, and how many of them were already too far off
  // (0: none).
  let computed = 0;
  let hopeless = 0;
  for (let at = 0; at < words.length; at++) {
    const common = shared[at]!;
    if (hopeless > 0 && common >= hopeless) continue;
    hopeless = 0;
    const word = words[at]!;
    const last = Math.min(word.length, deepest);
    for (let depth = Math.min(common, computed) + 1; depth <= last; depth++) {
      const least = fillRow(table, columns, depth, word, typed, edits);
      computed = depth;
      if (least > edits) {
        hopeless = depth;
        break;
      }
    }
    if (hopeless > 0) continue;
    computed = Math.min(computed, last);
    if (word.length > deepest) continue;
    const distance = table[word.length * columns + length]!;
    if (distance <= edits && distance > 0) found.push({ word, distance });
  }
  return found;
}

/**
 * Fills the row of the table for the first `depth` characters of a word, and returns its least value. Only columns
 * within `edits` of the diagonal can hold an allowed distance; those next to them are set too large.
 */
function fillRow(
  table: Uint8Array,
  columns: number,
  depth: number,
  word: string,
  typed: string,
  edits: number,
): number {
  const row = depth * columns;
  const above = row - columns;
  const letter = word.charCodeAt(depth - 1);
  const before = depth > 1 ? word.charCodeAt(depth - 2) : -1;
  const from = Math.max(1, depth - edits);
  const to = Math.min(columns - 1, depth + edits);
  table[row + from - 1] = from === 1 ? depth : edits + 1;
  let least = from === 1 ? depth : edits + 1;
  for (let j = from; j <= to; j++) {
    const typedLetter = typed.charCodeAt(j - 1);
    let value = table[above + j - 1]! + (typedLetter === letter ? 0 : 1);
    if (table[above + j]! + 1 < value) value = table[above + j]! + 1;
    if (table[row + j - 1]! + 1 < value) value = table[row + j - 1]! + 1;
    if (j > 1 && typedLetter === before && typed.charCodeAt(j - 2) === letter) {
      const swapped = table[above - columns + j - 2]! + 1;
      if (swapped < value) value = swapped;
    }
    table[row + j] = value;
    if (value < least) least = value;
  }
  if (to < columns - 1) table[row + to + 1] = edits + 1;
  return least;
}
