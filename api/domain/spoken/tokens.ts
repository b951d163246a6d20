import { fromWelsh } from './welsh.ts';

/** What somebody typed about times, cut into words, numbers and clocks. */

/** A time on the clock as it was written. */
export interface Clock {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
  /** Written so that only the clock of 24 hours can be meant: '09:30', '14:00'. */
  full: boolean;
}

export type Token =
  | { kind: 'word'; text: string }
  /** Bare digits: an hour, a day of the month, a year or '1930', as what stands around it says. */
  | { kind: 'number'; text: string; value: number }
  | { kind: 'ordinal'; text: string; value: number }
  | { kind: 'clock'; text: string; clock: Clock }
  /** Written with figures alone; the year is null where it is left out. */
  | { kind: 'date'; text: string; day: number; month: number; year: number | null }
  | { kind: 'dash'; text: string }
  | { kind: 'comma'; text: string }
  /** What stood in brackets, as it was typed. */
  | { kind: 'aside'; text: string };

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** What comes before a date written '24/7', and what behind it. */
const ALWAYS =
  /(?<!\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[ ,]{1,3}|\b(?:from|until|till|til|to|starts?|starting|on|not|and|except) |[-,&/\d] ?)\b24 ?[/x] ?7(?: ?[/x] ?365)?(?![\d/])(?! ?(?:at |, ?|- ?|to |and |& ?)?\d(?!\d{0,4} ?days))/g;
/** Words that are one thing with or without a hyphen. */
const JOINED: readonly [RegExp, string][] = [
  [ALWAYS, ' every day 24 hours including bank holidays '],
  [/\b24[\s-]*(?:hours?|hrs?|h)\b/g, ' 24 hours '],
  [/\bterm[\s-]*times?\b/g, 'termtime'],
  [/\bdrop[\s-]*in\b/g, 'dropin'],
  [/\bhalf[\s-]+terms?\b/g, 'halfterm'],
  [/\bo['’]?clock\b/g, ' oclock'],
  // '26-Oct-2026'.
  [/\b(\d{1,2})-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}-(\d{4})\b/g, '$1 $2 $3'],
  [/\bfort[\s-]*nightly\b/g, 'fortnightly'],
  [/\b([ap])\.\s?m\b\.?/g, '$1m'],
];

/** The longest is bounded: each bracket that nothing closes would be followed to the end of the line. */
const ASIDE = /\((?<aside>[^)]{0,400})\)/;

/** In this order: what is longer and plainer first. */
const PATTERNS = [
  ASIDE,
  /(?<isoYear>\d{4})-(?<isoMonth>\d{1,2})-(?<isoDay>\d{1,2})(?!\d)/,
  /(?<day>\d{1,2})[/.](?<month>\d{1,2})[/.](?<year>\d{4}|\d{2})(?!\d)/,
  /(?<shortDay>\d{1,2})\/(?<shortMonth>\d{1,2})(?![/\d])/,
  /(?<hours>\d{1,2})[:.](?<minutes>\d{2})(?!\d)\s*(?<after>am|pm|hrs?\b|h\b)?/,
  /(?<ordinal>\d{1,2})(?:st|nd|rd|th)\b/,
  /(?<hour>\d{1,2})\s*(?<half>am|pm)\b/,
  /(?<packedHours>\d{1,2})(?<packedMinutes>\d{2})\s*(?<packedAfter>am|pm|hrs?|h)\b/,
  /(?<digits>\d+)/,
  /(?<letters>[\p{L}']+)/u,
  /(?<dash>-)/,
  /(?<and>[&+])/,
  /(?<comma>[,.;:/])/,
  /\S/,
];
const PATTERN = new RegExp(PATTERNS.map(({ source }) => source).join('|'), 'gu');

const year = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));

const half = (text: string | undefined): Clock['half'] => (text === 'am' || text === 'pm' ? text : null);

function clockToken(text: string, hours: string, minutes: string, suffix: string | undefined): Token {
  const hour = Number(hours);
  const full = half(suffix) === null && (hour > 12 || hours.startsWith('0') || suffix !== undefined);
  return { kind: 'clock', text, clock: { hour, minute: Number(minutes), half: half(suffix), full } };
}

function word(text: string): Token {
  const plain = text.replaceAll("'", '');
  if (plain === 'and' || plain === 'plus' || plain === 'or') return { kind: 'word', text: 'and' };
  const number = NUMBERS.indexOf(plain);
  return number < 0 ? { kind: 'word', text: plain } : { kind: 'number', text: plain, value: number + 1 };
}

function tokenOf(text: string, found: Partial<Record<string, string>>): Token {
  const { isoYear, day, month, shortDay, hours, minutes, hour, packedHours, packedMinutes } = found;
  if (found['aside'] !== undefined) return { kind: 'aside', text: found['aside'].trim() };
  if (isoYear)
    return {
      kind: 'date',
      text,
      day: Number(found['isoDay']),
      month: Number(found['isoMonth']),
      year: Number(isoYear),
    };
  if (day && found['year'])
    return { kind: 'date', text, day: Number(day), month: Number(month), year: year(found['year']) };
  if (shortDay) return { kind: 'date', text, day: Number(shortDay), month: Number(found['shortMonth']), year: null };
  if (hours && minutes) return clockToken(text, hours, minutes, found['after']);
  if (found['ordinal']) return { kind: 'ordinal', text, value: Number(found['ordinal']) };
  if (hour) return clockToken(text, hour, '0', found['half']);
  if (packedHours && packedMinutes) return clockToken(text, packedHours, packedMinutes, found['packedAfter']);
  if (found['digits']) return { kind: 'number', text, value: Number(found['digits']) };
  if (found['letters']) return word(found['letters']);
  if (found['dash']) return { kind: 'dash', text };
  if (found['and']) return { kind: 'word', text: 'and' };
  return found['comma'] ? { kind: 'comma', text } : { kind: 'word', text };
}

/** Cuts one line into tokens; every character of it but spaces is in one of them. */
export function tokensOf(line: string): Token[] {
  let text = line
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[‐-―−]/g, '-')
    .replace(/[‘’`]/g, "'")
    .replace(/[[{]/g, '(')
    .replace(/[\]}]/g, ')');
  text = fromWelsh(text);
  for (const [pattern, joined] of JOINED) text = text.replace(pattern, joined);
  const tokens = [...text.matchAll(PATTERN)].map((match) => tokenOf(match[0], match.groups ?? {}));
  // What stands in brackets is passed on to readers, with its capitals.
  const asides = [...line.replace(/[[{]/g, '(').replace(/[\]}]/g, ')').matchAll(new RegExp(ASIDE, 'g'))].map(
    ([, words = '']) => words.trim(),
  );
  return tokens.map((token) => (token.kind === 'aside' ? { ...token, text: asides.shift() ?? token.text } : token));
}
