import { type Found, numbersIn } from './found.ts';
import type { Dialled } from './number-plan.ts';
import { inOrderOfUse, type Phone, type PhoneType } from './phone.ts';
import { beyondType, parted, trimmed, typeIn } from './words.ts';

/**
 * Telephone numbers as people write them, in a form, a cell of a table or a feed: '020 7946 0018 ext 5 (9-5), or text 07700
 * 900123'. What is dialled is what was meant, and what cannot be dialled is said.
 */

export interface PhonesRead {
  /** Those that people can ring first. */
  phones: Phone[];
  /** What was put right, a sentence each. */
  repairs: string[];
  /** What looks like a number and is none, as it stands there; null where there is nothing of the kind. */
  unread: string | null;
}

/** Characters that are read; more than five numbers with their words have. */
export const MOST_CHARACTERS = 300;
/** Numbers that a listing holds. */
export const MOST_PHONES = 5;
/** What a spreadsheet makes of a long number: '7.7009E+9'. */
const SCIENTIFIC = /^[+-]?\d(?:[.,]\d{1,15})?e\+?\d{1,2}$/i;

const TAG = /<\/?[a-z][^<>]{0,200}>/gi;
const TAG_OF_LINK = /<a\b[^<>]{0,100}\btel:([+\d\s().-]{3,30})[^<>]{0,100}>/gi;

/** A link of a web page around a number: the number as it is shown, or else where the link leads. */
function withoutTags(text: string): string {
  const shown = text.replace(TAG, ' ');
  return /\d{3}/.test(shown) ? shown : text.replace(TAG_OF_LINK, ' $1 ').replace(TAG, ' ');
}

const plain = (text: string): string =>
  withoutTags(text.slice(0, MOST_CHARACTERS))
    .normalize('NFKC')
    // Marks of direction that address books copy along.
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[^\S\n]/g, ' ')
    .trim()
    // A number that a spreadsheet has kept as a figure.
    .replace(/^(\d{9,13})\.0+$/, '$1')
    .replace(/^tel:(?=[+\d])/i, '')
    // 'Dial 18001 then 0300 …': one number of Relay UK.
    .replace(/\b(1800[12])\s{0,2}(?:(?:and )?then|followed by|before|plus|[+,-])\s{0,2}(?=\(?0\d)/gi, '$1 ');

/** Hours ('10.30-12.30') and days ('01-12-2026') have as many digits. */
const seemsNumber = (run: string): boolean =>
  run.replace(/\D/g, '').length >= 6 && /^[+0]|\d{5}/.test(run) && !/^\d{1,2}[.-]\d{1,2}[.-]\d{2,4}\b/.test(run);

/** The digits that look like a number and belong to none. */
function unreadIn(text: string, found: readonly Found[]): string | null {
  const holes = [...found.map(({ start }) => start), text.length].map((end, index) =>
    text.slice(index === 0 ? 0 : found[index - 1]!.end, end),
  );
  for (const hole of holes)
    for (const [run] of hole.matchAll(/\+?\d[\d\s().-]*/g)) if (seemsNumber(run)) return run.trim();
  return found.length === 0 && /\d/.test(text) ? text.slice(0, 60) : null;
}

interface Said {
  type?: PhoneType | undefined;
  description?: string | undefined;
}

/** One number with what is said of it. */
function phoneOf({ number, extension, dialled }: Found, before: string, after: string, said: Said): Phone {
  const words = [beyondType(before), beyondType(after), beyondType(said.description ?? '')].filter(
    (part, index, parts) => part !== '' && parts.indexOf(part) === index,
  );
  const type = kindOf(dialled, before, after, said);
  const description = words.join('; ').slice(0, 200).trim();
  return {
    number,
    ...(extension !== undefined && { extension }),
    ...(type !== undefined && type !== 'voice' && { type }),
    ...(description !== '' && { description }),
  };
}

/** The words beside the number say more than a field that is mostly left at 'voice'. */
function kindOf(
  { text, dial }: Dialled,
  before: string,
  after: string,
  { type, description = '' }: Said,
): PhoneType | undefined {
  if (text) return 'text';
  if (dial.startsWith('tel:18001')) return 'textphone';
  const beside = typeIn(before, true) ?? typeIn(after, false);
  return beside ?? (type === undefined || type === 'voice' ? typeIn(description, false) : type) ?? type;
}

/**
 * Reads telephone numbers.
 * @param said what is known of all of them already, from other fields of a record
 */
export function readPhones(given: string, said: Said & { extension?: string | undefined } = {}): PhonesRead {
  const text = plain(given);
  if (SCIENTIFIC.test(text)) return { phones: [], repairs: [], unread: text };
  const isText = (before: string) => said.type === 'text' || typeIn(before, true) === 'text';
  const found = numbersIn(text, isText).slice(0, MOST_PHONES);
  const befores: string[] = [];
  const afters: string[] = [];
  for (const [index, { start }] of found.entries()) {
    const between = text.slice(index === 0 ? 0 : found[index - 1]!.end, start);
    const [after, before] = index === 0 ? ['', between] : parted(between, trimmed(befores[0] ?? '') !== '');
    befores.push(before);
    if (index > 0) afters.push(after);
  }
  afters.push(text.slice(found.at(-1)?.end ?? text.length));
  const phones = new Map<string, Phone>();
  for (const [index, number] of found.entries()) {
    const phone = phoneOf(number, befores[index] ?? '', afters[index] ?? '', said);
    if (found.length === 1 && said.extension !== undefined) phone.extension ??= said.extension;
    const key = `${number.dialled.dial};${phone.extension ?? ''};${phone.type ?? ''}`;
    if (!phones.has(key)) phones.set(key, phone);
  }
  return {
    phones: inOrderOfUse([...phones.values()]),
    repairs: found.some(({ dialled }) => dialled.restored)
      ? ['The 0 that a spreadsheet took from the telephone number was put back.']
      : [],
    unread: unreadIn(text, found),
  };
}
