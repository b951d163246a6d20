import { edits } from '../../domain/edits.ts';
import { dateOf, dayOf } from '../../domain/london.ts';
import type { TriState } from '../../domain/service.ts';
import { readSpokenDate } from '../../domain/spoken-date.ts';
import type { Phone } from '../../domain/telephone/phone.ts';
import { phonesProblem } from '../../domain/telephone/problem.ts';
import { readPhones } from '../../domain/telephone/reader.ts';
import { fold } from '../../search/text/tokens.ts';
import { UnreadableCell } from './column.ts';

/** What people write in a cell, read for what it means. */

/** A text for comparing: without case, accents and punctuation. */
export const plainText = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}£]+/gu, ' ')
    .trim();

/** The one of some words that is nearest to what was typed, where one is near enough to be meant; else null. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const wanted = plainText(typed);
  const most = wanted.length <= 4 ? 1 : wanted.length <= 8 ? 2 : 3;
  let best: string | null = null;
  let least = most + 1;
  for (const word of words) {
    const away = edits(wanted, plainText(word), most);
    if (away < least) [best, least] = [word, away];
  }
  return best ?? words.find((word) => wanted.length > 3 && plainText(word).includes(wanted)) ?? null;
}

/** The value that some words stand for, by any of its names; a near miss is named in the complaint. */
export function choiceNamed<T>(typed: string, names: ReadonlyMap<string, T>, shown: readonly string[]): T {
  const found = names.get(plainText(typed));
  if (found !== undefined) return found;
  const near = nearestWord(typed, shown);
  throw new UnreadableCell(
    near === null ? `‘${typed}’ is none of: ${shown.join('; ')}.` : `‘${typed}’ is not known. Did you mean ‘${near}’?`,
  );
}

/** Names of choices for {@link choiceNamed}: codes and labels alike. */
export const namesOf = <T extends string>(...tables: readonly Readonly<Record<T, string>>[]): Map<string, T> =>
  new Map(
    tables.flatMap((table) =>
      (Object.entries(table) as [T, string][]).flatMap(([code, label]) => [
        [plainText(code), code] as const,
        [plainText(label), code] as const,
      ]),
    ),
  );

const YES = new Set(['yes', 'y', 'true', '1', 'x', '✓', '✔']);
const NO = new Set(['no', 'n', 'false', '0', '✗', '✘']);
const UNKNOWN = new Set(['unknown', 'not known', 'dont know', 'don t know', 'not sure', '', 'n a', 'tbc']);

/** 'yes', 'no' or 'unknown' of what people tick or write. */
export function triState(cell: string): TriState {
  const typed = /[✓✔✗✘]/.exec(cell)?.[0] ?? plainText(cell);
  if (YES.has(typed)) return 'yes';
  if (NO.has(typed)) return 'no';
  if (UNKNOWN.has(typed)) return 'unknown';
  throw new UnreadableCell(`Write yes, no or unknown, and not ‘${cell}’.`);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const exists = (date: string): boolean => /^\d{4}-\d\d-\d\d$/.test(date) && dateOf(dayOf(date)) === date;

/**
 * A date in the order of the United Kingdom: '24/11/2026', '24-Nov-26', '24 November 2026', and 2026-11-24.
 * @param today 'YYYY-MM-DD': a date without a year is the next such day
 * @returns 'YYYY-MM-DD'
 */
export function ukDate(cell: string, today: string): string {
  // Spreadsheets add a time of midnight to a date.
  const typed = cell.replace(/[ T]00:00(:00(\.0+)?)?Z?$/, '').trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  const numeric = /^(\d{1,2})[/.-](\d{1,2}|[A-Za-z]{3,9})[/.-](\d{4}|\d\d)$/.exec(typed);
  const pad = (number: string | number) => String(number).padStart(2, '0');
  let date: string | null = null;
  if (iso) date = `${iso[1]}-${pad(iso[2]!)}-${pad(iso[3]!)}`;
  else if (numeric) {
    const [, day = '', month = '', year = ''] = numeric;
    const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
    if (number > 12 && Number(day) <= 12)
      throw new UnreadableCell(
        `‘${cell}’ has no month ${number}: write the day first, as ${number}/${Number(day)}/${year}.`,
      );
    date = `${year.length === 2 ? `20${year}` : year}-${pad(number)}-${pad(day)}`;
  } else if (/^\d{5}(\.\d+)?$/.test(typed))
    throw new UnreadableCell(
      `‘${cell}’ is how a spreadsheet counts days. Format the column as a date, and save it again.`,
    );
  else date = readSpokenDate(typed, today);
  if (date !== null && exists(date)) return date;
  throw new UnreadableCell(`‘${cell}’ is no date that there is. Write it like 24/11/2026.`);
}

/** '24/11/2026' of '2026-11-24'. */
export const writtenDate = (date: string | undefined): string =>
  date === undefined ? '' : `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;

/** A web address, with https:// put before one that lacks it. */
export function webAddressOf(cell: string): { url: string; repair?: string } {
  if (cell.length > 500) throw new UnreadableCell('This is too long for a web address: 500 characters are the most.');
  const whole = /^https?:\/\//i.test(cell) ? cell : `https://${cell}`;
  const { hostname = '' } = URL.canParse(whole) ? new URL(whole) : {};
  if (/\s/.test(cell) || !/^[^.\s]+(\.[^.\s]+)+$/.test(hostname))
    throw new UnreadableCell(`‘${cell}’ is no web address. Write one, like https://www.example.org.`);
  return whole === cell ? { url: whole } : { url: whole, repair: '‘https://’ was put before the web address.' };
}

const EMAIL = /^[^\s@,;]+@[^\s@,;.]+(?:\.[^\s@,;.]+)+$/;

/** One e-mail address; of several the first is kept, and said. */
export function emailAddress(cell: string): { email: string; repair?: string } {
  // A mailto: link has its scheme before the address, and may have a subject behind it.
  const [address = ''] = cell
    .slice(0, 1000)
    .replace(/^mailto:/i, '')
    .split('?', 1);
  const [first = '', ...others] = address.split(/[\s,;|]+/).filter(Boolean);
  if (first.length > 254 || !EMAIL.test(first))
    throw new UnreadableCell(`‘${cell}’ is no e-mail address. Write one, like hello@example.org.`);
  return others.length === 0
    ? { email: first }
    : { email: first, repair: `Only the first of ${others.length + 1} e-mail addresses was taken.` };
}

/** The telephone numbers of a cell; each with the 0 that a spreadsheet has taken from its front. */
export function telephones(cell: string): { phones: Phone[]; repair: string | undefined } {
  const { phones, repairs, unread } = readPhones(cell);
  const problem = phonesProblem(cell, { phones, unread });
  if (problem !== null) throw new UnreadableCell(`${problem}.`);
  return { phones, repair: repairs[0] };
}
