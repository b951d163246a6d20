import { withoutEnd } from '../../domain/trim.ts';

/** Single values as feeds have them, put right where it is plain what was meant. Null: nothing can be made of it. */

/** Without the blanks around it; '' where it is longer than any such value, so that no pattern sees more of it. */
const valueWithin = (text: string, most: number): string => {
  const value = text.trim();
  return value.length > most ? '' : value;
};

/** 'N/A' and its like, where a value should be. */
export const isPlaceholder = (text: string): boolean =>
  /^(?:n\s?[/.]?\s?a\.?|null|undefined|none|nil|unknown|not known|tb[ca]|to be confirmed|-+|\.+|\?+|x+)$/i.test(
    valueWithin(text, 40),
  );

const EMAIL = /[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9](?:[a-z0-9-]{0,62}))+/gi;

/** Characters of a web address that are looked at; one of more than 500 is none. */
const LONGEST_URL = 600;
/** Characters of a number or a time of day. */
const LONGEST_NUMBER = 40;

/** The e-mail addresses in a text, in order, each once. */
export const emailsIn = (text: string): string[] => [
  ...new Set(
    (text.slice(0, 2000).match(EMAIL) ?? []).flatMap((found) => {
      const email = withoutEnd(found.replace(/^[^a-z0-9]+/i, ''), '.');
      return /^[a-z0-9_'+\-.]+@/i.test(email) && !email.includes('..') ? email : [];
    }),
  ),
];

/** A web address with its scheme, or null. */
export function mendUrl(text: string): string | null {
  const given = withoutEnd(text.trim().slice(0, LONGEST_URL), ',;').replaceAll('\\', '/');
  // 'http:/x', 'http//x', 'https;//x' and 'http:// x' are one slip of the finger.
  const bare = given.replace(/^(https?)\s*(?:[:;]\s*)?\/{1,3}\s*/i, '$1://');
  // Of several the first; one that is stuck to the next ends before it.
  const [word = ''] = bare.split(/\s/);
  const [one = ''] = word.split(/[,;](?=https?:|www\.)/i);
  const first = withoutEnd(one, ',;');
  const candidate = /^https?:\/\//i.test(first)
    ? first.replace(/^(https?:\/\/)+(?=https?:\/\/)/i, '')
    : /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(first)
      ? null
      : `https://${first.replace(/^\/+/, '')}`;
  if (candidate === null || candidate.length > 500 || !URL.canParse(candidate)) return null;
  const { hostname, username, password } = new URL(candidate);
  if (username !== '' || password !== '' || !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/i.test(hostname))
    return null;
  return candidate;
}

/** 'YYYY-MM-DD' of a date or a moment, British or ISO, that exists; or null. */
export function mendDate(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T ])/.exec(valueWithin(text, 40));
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:$|[T ])/.exec(valueWithin(text, 40));
  const [year, month, day] = iso ? iso.slice(1) : british ? [british[3], british[2], british[1]] : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const moment = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date) ? date : null;
}

/**
 * 'HH:MM' of a single time on the clock, however written; null for anything longer. The offsets of the United Kingdom are
 * passed over: what meets all year round says its time on the clock, whatever offset its source puts behind it.
 */
export function mendClock(text: string): string | null {
  if (/^\s*(?:12(?:[:.]?00)?\s*)?(?:noon|midday)\s*$/i.test(text)) return '12:00';
  if (/^\s*(?:12(?:[:.]?00)?\s*)?midnight\s*$/i.test(text)) return '00:00';
  const parts =
    /^(\d{1,2}?)(?:[:.]?(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?:(?:Z|[+-]00(?::?00)?|\+01(?::?00)?)\s*)?([ap]\.?m\.?)?$/i.exec(
      // A date before it says when it was first so.
      valueWithin(text, LONGEST_NUMBER).replace(/^\d{4}-\d{2}-\d{2}T(?=\d{2}:)/, ''),
    );
  if (!parts) return null;
  const [, hours = '', minutes, half] = parts;
  if (minutes === undefined && half === undefined) return null;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  const minute = Number(minutes ?? 0);
  return hour <= 23 && minute <= 59 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}

const DAYS: Record<string, string> = { mo: 'MO', tu: 'TU', we: 'WE', th: 'TH', fr: 'FR', sa: 'SA', su: 'SU' };
const DAY =
  /^([+-]?[1-5])?\s*(mo|mon|monday|tu|tue|tues|tuesday|we|wed|wednesday|th|thu|thur|thurs|thursday|fr|fri|friday|sa|sat|saturday|su|sun|sunday)s?$/i;

/** 'MO,TU' or '3TH' of a list of weekdays; null where there is anything else in it. */
export function mendByDay(text: string): string | null {
  const days = valueWithin(text, 200)
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map((entry) => {
      const found = DAY.exec(entry);
      return found ? `${(found[1] ?? '').replace('+', '')}${DAYS[(found[2] ?? '').slice(0, 2).toLowerCase()]}` : null;
    });
  return days.length > 0 && days.every((day) => day !== null) ? [...new Set(days)].join(',') : null;
}

/** The days among what {@link mendByDay} cannot read whole: 'TU' of 'XX,TU'; null where there is none. */
export function daysAmong(text: string): string | null {
  const known = valueWithin(text, 200)
    .split(/[,;\s]+/)
    .filter((entry) => DAY.test(entry));
  return known.length === 0 ? null : mendByDay(known.join(','));
}

/** A number from a number or its digits; null for anything else. */
export function mendNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = typeof value === 'string' ? valueWithin(value, LONGEST_NUMBER) : '';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
