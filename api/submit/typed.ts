import { z } from 'zod';
import { describeLanguage } from '../domain/words.ts';

/** Turns what people type into one field into what a listing has; null or undefined where it cannot be. */

/** Pounds: what a listing holds (domain/service.ts). */
const MOST_POUNDS = 10_000;

/** '£3.50', '3', '3.5' in pounds; null where it is no amount, or more than anything here costs. */
export function poundsOf(typed: string): number | null {
  const [, whole = '', pence = ''] =
    /^£?\s*(\d{1,4}(?:,\d{3})?)(?:\.(\d{1,2}))?(?:\s*pounds?)?$/i.exec(typed.trim()) ?? [];
  if (whole === '') return null;
  const amount = Number(`${whole.replace(',', '')}.${pence || '0'}`);
  return amount > MOST_POUNDS ? null : amount;
}

/** A whole number of years; null where it is none. */
export const yearsOf = (typed: string): number | null =>
  /^\d{1,3}$/.test(typed) && Number(typed) <= 120 ? Number(typed) : null;

/** An address of a page, with https:// put before it where it was left out; null where it is none. */
export function urlOf(typed: string): string | null {
  const written = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.parse(written);
  if (
    !url ||
    /\s/.test(typed) ||
    !/^[^.]+(\.[^.]+)+$/.test(url.hostname) ||
    url.username !== '' ||
    written.length > 500
  )
    return null;
  return written;
}

/** Whether it looks like an e-mail address. Only a mail to it can show whether it is one. */
export const isEmail = (typed: string): boolean =>
  typed.length <= 254 &&
  !/\p{Cc}/u.test(typed) &&
  /^[^\s@,;:<>()[\]"\\]+@[^\s@.,;:<>()[\]"\\]+(\.[^\s@.,;:<>()[\]"\\]+)+$/.test(typed);

/** Whether it can be published as an e-mail address: listings take fewer forms than mail does. */
export const isPublicEmail = (typed: string): boolean => isEmail(typed) && z.email().safeParse(typed).success;

/** Lines, or parts between commas, without empty ones. */
export const typedParts = (typed: string, between: RegExp = /[\n,;]+/): string[] =>
  typed
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean);

/**
 * The forms of charity numbers: six or seven digits in England and Wales (a subsidiary's after a hyphen is left out), SC and
 * six digits in Scotland, NIC and six in Northern Ireland.
 */
export function charityOf(typed: string): string | null {
  const compact = typed
    .toUpperCase()
    .replaceAll(/[\s.-]/g, '')
    .replace(/^(NO|NUMBER|CHARITY)/, '');
  if (/^(SC|NIC)?\d+$/.test(compact) && /^(SC\d{6}|NIC\d{6}|\d{6,7})$/.test(compact)) return compact;
  return null;
}

/** Company numbers: eight digits, or two letters (SC, NI, OC, CE …) and six; noughts in front that were left out are put back. */
export function companyOf(typed: string): string | null {
  const compact = typed.toUpperCase().replaceAll(/[\s.-]/g, '');
  if (/^\d{6,8}$/.test(compact)) return compact.padStart(8, '0');
  return /^(SC|NI|OC|SO|NC|CE|CS|IP|SP|NP|RC|RS|SR|FC|GE|IC|LP|SL|NL|R0)\d{6}$/.test(compact) ? compact : null;
}

/** Three-letter tags that people in the United Kingdom name; those of two letters are tried one and all. */
const LONG_TAGS = [
  'ase',
  'bfi',
  'ckb',
  'cmn',
  'fil',
  'gsw',
  'hac',
  'haw',
  'isg',
  'kmr',
  'pnb',
  'rmn',
  'rom',
  'sgn',
  'syl',
  'yue',
  'din',
  'luo',
  'sco',
  'tig',
];
const ALSO: Readonly<Record<string, string>> = {
  bsl: 'bfi',
  kurdish: 'ku',
  chinese: 'zh',
  punjabi: 'pa',
  farsi: 'fa',
  persian: 'fa',
  gaelic: 'gd',
  tagalog: 'fil',
  filipino: 'fil',
  'sign language': 'bfi',
  sylheti: 'syl',
};
let tags: Map<string, string> | null = null;

/** The tag of a language by its English name; undefined where nobody knows it. */
export function languageTag(name: string): string | undefined {
  if (!tags) {
    tags = new Map(Object.entries(ALSO));
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    for (const tag of [...LONG_TAGS, ...letters.flatMap((a) => letters.map((b) => a + b))]) {
      const known = describeLanguage(tag).toLowerCase();
      if (!known.startsWith('another language') && !tags.has(known)) tags.set(known, tag);
    }
  }
  return tags.get(name.trim().toLowerCase());
}

/** How many web addresses stand in a text. */
export const linksIn = (text: string): number =>
  text.match(/https?:\/\/|www\.|\b[a-z0-9-]{1,63}\.(com|net|info|biz|ru|xyz|top|shop|link|click)\b/gi)?.length ?? 0;
