import type { Session } from '../domain/schedule.ts';
import { describeDate, describeSession } from '../domain/words.ts';
import { type HandoutLanguage, handoutMessage, LANGUAGES } from './messages.ts';

/** Days, dates and times in the language of a handout. English uses the wording of the rest of the directory. */

type Parts = Intl.DateTimeFormatOptions;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: HandoutLanguage, date: Date, parts: Parts): string {
  const key = `${language} ${JSON.stringify(parts)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(LANGUAGES[language].locale, { ...parts, timeZone: 'UTC' });
    formats.set(key, made);
  }
  return made.format(date);
}

const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

/**
 * '24 November 2026' in that language.
 * @param date 'YYYY-MM-DD'
 */
export const dateIn = (language: HandoutLanguage, date: string): string =>
  language === 'en'
    ? describeDate(date)
    : format(language, noon(date), { day: 'numeric', month: 'long', year: 'numeric' });

/**
 * '24 November' in that language.
 * @param date 'YYYY-MM-DD'
 */
export const dayIn = (language: HandoutLanguage, date: string): string =>
  format(language, noon(date), { day: 'numeric', month: 'long' });

function timeIn(language: HandoutLanguage, clock: string): string {
  const moment = new Date(`2000-01-01T${clock}:00Z`);
  if (!LANGUAGES[language].part_of_day_first)
    return format(language, moment, { hour: 'numeric', minute: '2-digit', hour12: false });
  // Intl puts the part of the day after the time.
  const said = format(language, moment, { hour: 'numeric', minute: '2-digit', hour12: true, dayPeriod: 'short' });
  return said.replace(/^(\S+) (.+)$/, '$2 $1');
}

/** 'Tuesday 24 November, 10:30am to 12 noon' in that language. */
export function sessionIn(language: HandoutLanguage, session: Session): string {
  if (language === 'en') return describeSession(session);
  const day = format(language, noon(session.date), { weekday: 'long', day: 'numeric', month: 'long' });
  const from = session.opens_at === null ? null : timeIn(language, session.opens_at);
  const to = session.closes_at === null ? null : timeIn(language, session.closes_at);
  if (from !== null && to !== null) return `${day}, ${handoutMessage(language, 'time_range', { from, to })}`;
  if (from !== null) return `${day}, ${handoutMessage(language, 'time_from', { from })}`;
  return to === null ? day : `${day}, ${handoutMessage(language, 'time_until', { to })}`;
}

const listFormats = new Map<HandoutLanguage, Intl.ListFormat>();

/** Making one takes longer than using it a hundred times. */
function listFormatOf(language: HandoutLanguage): Intl.ListFormat {
  let known = listFormats.get(language);
  if (!known) {
    known = new Intl.ListFormat(LANGUAGES[language].locale);
    listFormats.set(language, known);
  }
  return known;
}

/** 'a, b and c' in that language. */
export const listIn = (language: HandoutLanguage, items: readonly string[]): string =>
  listFormatOf(language).format(items);

/** '£3', '£1.50' in that language. */
export const poundsIn = (language: HandoutLanguage, amount: number): string =>
  new Intl.NumberFormat(LANGUAGES[language].locale, {
    style: 'currency',
    currency: 'GBP',
    minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
  }).format(amount);

const METRES_PER_MILE = 1609.344;

/** '0.4 miles' in that language: straight-line metres. */
export const distanceIn = (language: HandoutLanguage, metres: number): string =>
  new Intl.NumberFormat(LANGUAGES[language].locale, {
    style: 'unit',
    unit: 'mile',
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(Math.max(0.1, metres / METRES_PER_MILE));
