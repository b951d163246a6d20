import { type Cost, MOST_CHARACTERS, readCosts } from '../../domain/cost/reader.ts';
import { UnreadableCell } from './column.ts';

/** What it costs, in a cell of its own. */

/** In a column of costs, these words say that there is one. */
const PAID = /\b(charge|fee|cost|price|var(y|ies)|paid|ask)/i;

/**
 * Reads the cost.
 * @throws UnreadableCell
 */
export function costsInCell(cell: string): Cost[] {
  if (/^(unknown|not known|cost not known|tbc)$/i.test(cell)) return [];
  if (cell.length > MOST_CHARACTERS)
    throw new UnreadableCell(`This is ${cell.length} characters long; ${MOST_CHARACTERS} is the most. Shorten it.`);
  if (/^reduced price for a concession$/i.test(cell)) return [{ option: 'paid', concession: true }];
  const costs = readCosts(cell, true);
  if (costs !== null) return costs;
  if (PAID.test(cell) && !/\d/.test(cell))
    return [{ option: 'paid', amount_description: cell.slice(0, 120), concession: false }];
  throw new UnreadableCell(
    `‘${cell}’ does not say what it costs. Write ‘free’, ‘donation’, or an amount like £3, a semicolon between several.`,
  );
}
