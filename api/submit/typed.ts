import { z } from 'zod';
import { languageOfText, UNDETERMINED } from '../domain/languages/written.ts';
import type { Service } from '../domain/service.ts';

/** Turns what people type into one field into what a listing has; null or undefined where it cannot be. */

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

/** The language that the words of a listing are told to be in; 'und' where nobody can tell. */
export const languageTold = (service: Pick<Service, 'name' | 'summary' | 'description'>): string =>
  languageOfText(wordsOfListing(service)) ?? UNDETERMINED;

/** All that a listing says in whole sentences. */
export const wordsOfListing = ({
  name,
  summary,
  description,
}: Pick<Service, 'name' | 'summary' | 'description'>): string =>
  [name, summary, description].filter(Boolean).join('\n');

/** How many web addresses stand in a text. */
export const linksIn = (text: string): number =>
  text.match(/https?:\/\/|www\.|(?<![a-z0-9-])[a-z0-9-]{1,63}\.(com|net|info|biz|ru|xyz|top|shop|link|click)\b/gi)
    ?.length ?? 0;
