import type { Location } from './service.ts';

/**
 * Where words give away an address that is kept private: its postcode, its street, or, where nobody has said its street, any
 * number and street.
 */

/** What is looked for of one place. */
export interface PrivateAddress {
  postcode: string;
  /** '14 Evelyn Walk', 'Rose House, 14 Evelyn Walk', or a name of a building; '' where it was left out. */
  street: string;
}

const STREETS =
  'road|street|lane|avenue|walk|close|drive|way|place|court|terrace|gardens?|square|crescent|grove|hill|row|mews|rise|parade|yard|view|green|park|heol|stryd|ffordd';
const SHORT: Readonly<Record<string, string>> = {
  rd: 'road',
  st: 'street',
  str: 'street',
  ln: 'lane',
  ave: 'avenue',
  av: 'avenue',
  dr: 'drive',
  cl: 'close',
  ct: 'court',
  gdns: 'gardens',
  sq: 'square',
  cres: 'crescent',
  gr: 'grove',
  pl: 'place',
  pk: 'park',
  tce: 'terrace',
  terr: 'terrace',
  wk: 'walk',
};
/** What a number counts: '10 minutes walk' is no address. */
const UNITS = '(?:minutes?|mins?|miles?|hours?|weeks?|days?|steps?|years?|metres?|people|women|men|children)(?!\\p{L})';
/** A number, one to three names and what streets are called. */
const NUMBERED_STREET = new RegExp(
  `(?<![\\p{L}\\p{N}])\\d{1,4}[a-z]?,?\\s{1,3}(?!${UNITS})(?:[\\p{L}'’-]{2,20}\\s{1,3}){1,3}(?:${STREETS}|${Object.keys(SHORT).join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** A whole postcode, where an address stands in words alone. */
const WHOLE_POSTCODE = /(?<![\p{L}\p{N}])[a-z]{1,2}\d[a-z\d]? {0,2}\d[a-z]{2}(?![\p{L}\p{N}])/giu;
/** Stands for an address that nobody wrote (see the form). */
const PLACEHOLDER = /^private address$/i;
const STREET = new RegExp(`^(?:${STREETS}|${Object.keys(SHORT).join('|')})$`, 'i');
const BUILDING_PART = /^(?:flat|unit|floor|suite|room|apartment|no)$/i;
const HOUSE_NUMBER = /^\d{1,4}[a-z]?$/i;

/** What may stand between the parts of an address: also in the address of a page or of a mailbox, and nothing at all. */
const BETWEEN = String.raw`(?:%20|[\s.,'’_*·+/&-]){0,3}`;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A word of a street in the ways in which people write it: 'St Ann's', 'Saint Anns'. */
const written = (word: string): string =>
  /^(?:st|saint)$/i.test(word)
    ? '(?:st|saint)'
    : escaped(word.replaceAll(/['’‘`]/g, '')).replace(/(?<=\p{L})s$/iu, "['’‘`]?s");

/** A postcode however it is parted: 'N1 7PH', 'n17ph', 'N1-7PH'. A nought and an O are typed for each other. */
const postcodePattern = (postcode: string): string =>
  [...postcode.replaceAll(/[^a-z\d]/gi, '')]
    .map((sign) => (/[0o]/i.test(sign) ? '[0oO]' : /[1il]/i.test(sign) ? '[1iIlL]' : sign))
    .join(BETWEEN);

/** The words of a line that name the street, and its number: '14 Evelyn Walk Hackney' → 14, Evelyn Walk. */
function streetIn(part: string): { words: string[]; number: string | null } {
  const all = part.split(/[\s.]+/).filter(Boolean);
  const last = all.findLastIndex((word, at) => at > 0 && STREET.test(word));
  const upTo = last < 0 ? all : all.slice(0, last + 1);
  const at = upTo.findLastIndex((word) => HOUSE_NUMBER.test(word));
  const after = upTo.slice(at + 1).filter((word) => /\p{L}{2}/u.test(word) && !BUILDING_PART.test(word));
  return { words: after, number: at < 0 ? null : (upTo[at] ?? null) };
}

/** The names of streets in lines of an address, as patterns: 'Flat 2, 14 Evelyn Walk, Hackney' → 'Evelyn Walk'. */
function streetPatterns(street: string): string[] {
  const parts = street
    .split(/[,;\n]+/)
    .map(streetIn)
    .filter(({ words }) => words.length > 0);
  const streets = parts.filter(({ words }) => words.length > 1 && STREET.test(words.at(-1) ?? ''));
  // Where no part is called a street, the first may be the name of one all the same: 'Cheapside', 'The Strand'.
  return (streets.length > 0 ? streets : parts.slice(0, 1)).flatMap(({ words, number }) => {
    const kind = words.at(-1)?.toLowerCase() ?? '';
    const full = SHORT[kind] ?? kind;
    const spellings = [full, ...Object.keys(SHORT).filter((short) => SHORT[short] === full)];
    const name = [...words.slice(0, -1).map(written), `(?:${spellings.map(written).join('|')})`].join(BETWEEN);
    // One common word, as 'Street' or 'House', is in too many sentences to be an address by itself.
    if (words.length > 1) return [name];
    return number === null ? [] : [`${number}${BETWEEN}${name}`];
  });
}

const isUnknown = (street: string): boolean => street === '' || PLACEHOLDER.test(street);
const whole = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu');

/** What is written down of an address, and nothing else. */
function namedIn({ postcode, street }: PrivateAddress): RegExp[] {
  const streets = isUnknown(street) ? [] : streetPatterns(street);
  return [
    ...(postcode.length < 5 ? [] : [whole(postcodePattern(postcode))]),
    ...streets.map((name) => whole(`(?:\\d{1,4}[a-z]?(?:,?\\s{1,3}|[-_+]|%20)?)?${name}`)),
  ];
}

/** Patterns for an address of a page or a mailbox, where nothing stands between words, or other words do. */
function namedInLinks({ postcode, street }: PrivateAddress): RegExp[] {
  const streets = isUnknown(street) ? [] : streetPatterns(street);
  return [
    ...(postcode.length < 5 ? [] : [whole(postcodePattern(postcode))]),
    ...streets.map((name) => (lettersIn(street) < PLAIN_ALONE ? whole(name) : new RegExp(name, 'giu'))),
  ];
}

/** Letters of a street that is no part of other words by chance: 'Evelyn Walk', and not 'Elm St'. */
const PLAIN_ALONE = 9;
const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Characters that nobody sees, and by which a word would not be known. */
const UNSEEN = /[\u00AD\u200B\u2060\uFEFF]/g;
const asRead = (text: string): string => text.normalize('NFKC').replaceAll(UNSEEN, '');

function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}

/** Whether a text is the address of a page or a mailbox, and nothing else. */
const isLink = (text: string): boolean => !/\s/.test(text) && /[.@]./.test(text);

/** What gives some addresses away. */
export interface Giveaways {
  words: readonly RegExp[];
  links: readonly RegExp[];
}

/**
 * @param anyStreet whether, where nobody has said the street, any number and street is one
 */
export const giveawaysOf = (addresses: readonly PrivateAddress[], anyStreet: boolean): Giveaways => ({
  words: addresses.flatMap((address) => [
    ...namedIn(address),
    ...(anyStreet && isUnknown(address.street) ? [NUMBERED_STREET] : []),
  ]),
  links: addresses.flatMap(namedInLinks),
});

/** Whether an address of a page or a mailbox gives one of them away. */
const linkTells = (link: string, { links }: Giveaways): boolean => {
  const text = decoded(asRead(link));
  return links.some((pattern) => text.search(pattern) >= 0);
};

/** What is put in the place of words that give an address away. */
export const WITHHELD = '(private)';

/** A text without them; the very text where it gives none away. */
export function withoutGiveaways(text: string, giveaways: Giveaways): string {
  const plain = asRead(text);
  const rest = giveaways.words.reduce((words, pattern) => words.replace(pattern, WITHHELD), plain);
  const tells = (word: string) => isLink(word) && linkTells(word, giveaways);
  // Most texts are looked through once, and not word by word.
  const mayTell = rest.includes('%') || giveaways.links.some((pattern) => rest.search(pattern) >= 0);
  const clean = mayTell
    ? rest
        .split(/(\s)/)
        .map((word) => (tells(word) ? WITHHELD : word))
        .join('')
    : rest;
  return clean === plain ? text : clean;
}

/** The first words of a text that give one of the addresses away, as they stand there; null where none do. */
export function addressIn(text: string, addresses: readonly PrivateAddress[]): string | null {
  const giveaways = giveawaysOf(addresses, true);
  for (const pattern of giveaways.words) {
    const [found] = asRead(text).match(pattern) ?? [];
    if (found !== undefined) return found.trim();
  }
  return text.split(/\s/).find((word) => isLink(word) && linkTells(word, giveaways)) ?? null;
}

/**
 * The addresses that are written down of a place; where its source gave none that is whole, what the words beside it say. One
 * without a street stands for a street that nobody has said.
 */
export function addressesOf({ address, name, transportation = '' }: Location): PrivateAddress[] {
  if (address) {
    const { postal_code: postcode, address_1: first, address_2: second = '' } = address;
    // The form writes the name of the building where the street was left out.
    const isSaid = first !== name;
    const lines = [isSaid || hasStreet(first) ? first : '', hasStreet(second) ? second : ''].filter(Boolean);
    return [{ postcode, street: lines.join(', ') }, ...(isSaid || lines.length === 0 ? [] : [UNSAID])];
  }
  const words = `${name}\n${transportation}`;
  const codes = words.match(WHOLE_POSTCODE) ?? [];
  const streets = words.match(NUMBERED_STREET) ?? [];
  return [
    UNSAID,
    ...codes.map((postcode) => ({ postcode, street: '' })),
    ...streets.map((street) => ({ postcode: '', street })),
  ];
}

const UNSAID: PrivateAddress = { postcode: '', street: '' };
const hasStreet = (line: string): boolean =>
  line.split(',').some((part) => streetIn(part).words.some((word, at) => at > 0 && STREET.test(word)));
