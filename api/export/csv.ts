import { guessesIn } from '../domain/guesses.ts';
import type { ReachKind } from '../domain/reach.ts';
import type { Listing } from '../domain/service.ts';
import { warningsOf } from '../domain/words.ts';
import { TABLE_COLUMNS } from '../import/csv/columns.ts';

/**
 * The directory as a spreadsheet: a row for each listing, in the columns of the import's template, so that a download
 * can be changed and handed in again; behind them columns that are only for reading, which the import skips.
 */

/** What a row says beside the listing. */
export interface RowExtras {
  /** Address of the page of the listing. */
  page: string;
  /** How it stands to the place of the search; undefined without one. */
  stands?: { distance_m: number | null; reach: ReachKind; why: string } | undefined;
}

/** What is said of the place of a search: the distance is empty where nobody travels. */
const STANDS = ['distance in miles', 'reach', 'why'];

/** The columns that an import may have filled by the words of a record alone, by what the record calls them. */
const GUESSED = { kind: 'kind', taxonomy_terms: 'categories', written_in: 'written in' } as const;
const guessesOf = ({ service }: Listing): string =>
  guessesIn(service)
    .map((part) => GUESSED[part])
    .join('; ');

const METRES_PER_MILE = 1609.344;

/** Excel reads a file as UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A spreadsheet runs a cell that begins like this as a formula, whoever wrote it. Blanks before it do not stop all
 * spreadsheets, nor does the full-width form. An apostrophe before it makes it text (OWASP, 'CSV Injection').
 */
const FORMULA = /^[\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A longitude west of Greenwich is a number: with an apostrophe it would be text to whoever draws a map of it. */
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/** One cell, quoted where it needs to be (RFC 4180). */
function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe.trim() !== safe ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The first row. @param placed whether it is told how the listings stand to a place */
export const csvHead = (placed: boolean): string =>
  BYTE_ORDER_MARK +
  `${cells([...TABLE_COLUMNS.map(({ name }) => name), ...(placed ? STANDS : []), 'before going', 'guessed', 'last changed', 'page'])}\r\n`;

/** What the row of a listing says whoever asks: before and after how it stands to a place. */
export interface CsvFacts {
  before: string;
  after: string;
}

const cells = (texts: readonly string[]): string => texts.map(cell).join(',');

export const csvFacts = (listing: Listing): CsvFacts => ({
  before: cells(TABLE_COLUMNS.map((column) => column.write(listing))),
  after: cells([warningsOf(listing).join(' '), guessesOf(listing), listing.last_modified]),
});

/** The row of a listing. */
export function csvRow({ before, after }: CsvFacts, { page, stands }: RowExtras): string {
  if (!stands) return `${before},${after},${cell(page)}\r\n`;
  const away = stands.distance_m === null ? '' : (stands.distance_m / METRES_PER_MILE).toFixed(1);
  return `${before},${cells([away, stands.reach, stands.why])},${after},${cell(page)}\r\n`;
}
