import { dayOf } from './london.ts';
import { readDate } from './spoken/dates.ts';
import { NotUnderstood, Reader } from './spoken/reader.ts';
import { tokensOf } from './spoken/tokens.ts';

/** What is longer is no date: 'Wednesday the 23rd of September 2026' has 36. */
const MOST_CHARACTERS = 60;
const FAR_DAYS = 731;

/**
 * Reads one date as people write it: '1 March', 'Mon 1 March 2027', '1/3/2027'.
 * @param today 'YYYY-MM-DD' in Europe/London: without a year it is the next such day
 * @returns 'YYYY-MM-DD'; null for what is no date, or one that there is not
 */
export function readSpokenDate(text: string, today: string): string | null {
  if (text.length > MOST_CHARACTERS) return null;
  const reader = new Reader(tokensOf(text.trim()));
  try {
    const date = readDate(reader, today);
    // What is over for years was hardly meant.
    return reader.done && date !== null && dayOf(today) - dayOf(date) <= FAR_DAYS ? date : null;
  } catch (error) {
    if (error instanceof NotUnderstood) return null;
    throw error;
  }
}
