import type { Listing, Location, Organization, Service } from './service.ts';

/**
 * Where words of a listing give away an address that is kept private: its postcode, its street, or, where nobody has said
 * its street, any number and street.
 */

/** What is looked for of one place. */
export interface PrivateAddress {
  postcode: string;
  /** '14 Evelyn Walk', or a name of a building; '' where it was left out. */
  street: string;
}

const STREETS =
  'road|street|lane|avenue|walk|close|drive|way|place|court|terrace|gardens?|square|crescent|grove|hill|row|mews|rise|parade|yard|view|green|park|heol|stryd|ffordd';
const SHORT: Readonly<Record<string, string>> = {
  rd: 'road',
  st: 'street',
  ln: 'lane',
  ave: 'avenue',
  av: 'avenue',
  dr: 'drive',
  cl: 'close',
  ct: 'court',
  gdns: 'gardens',
  sq: 'square',
  cres: 'crescent',
  pl: 'place',
};
/** What a number counts: '10 minutes walk' is no address. */
const UNITS = '(?:minutes?|mins?|miles?|hours?|weeks?|days?|steps?|years?|metres?|people|women|men|children)(?!\\p{L})';
/** A number, one to three names and what streets are called. */
const NUMBERED_STREET = new RegExp(
  `(?<![\\p{L}\\p{N}])\\d{1,4}[a-z]?,?\\s{1,3}(?!${UNITS})(?:[\\p{L}'’-]{2,20}\\s{1,3}){1,3}(?:${STREETS}|${Object.keys(SHORT).join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** Stands for an address that nobody wrote (see the form). */
const PLACEHOLDER = /^private address$/i;
const MARKS = String.raw`[\s.,'’_*·-]{0,3}`;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A postcode however it is parted: 'N1 7PH', 'n17ph', 'N1-7PH'. A nought and an O are typed for each other. */
const postcodePattern = (postcode: string): string =>
  [...postcode.replaceAll(/[^a-z\d]/gi, '')]
    .map((sign) => (/[0o]/i.test(sign) ? '[0oO]' : /[1il]/i.test(sign) ? '[1iIlL]' : sign))
    .join(MARKS);

/** The name of a street without its number: '14 Evelyn Walk', 'Flat 2, 14 Evelyn Walk' → 'Evelyn Walk'. */
function streetPattern(street: string): string | null {
  const words = street
    .split(/[\s,.]+/)
    .filter((word) => /\p{L}{2}/u.test(word) && !/^(flat|unit|floor|suite|room|apartment|no)$/i.test(word));
  const kind = words.at(-1)?.toLowerCase() ?? '';
  const full = SHORT[kind] ?? kind;
  // One common word, as 'Street' or 'House', is in too many sentences to be an address.
  if (words.length < 2) return null;
  const spellings = [full, ...Object.keys(SHORT).filter((short) => SHORT[short] === full)];
  return [...words.slice(0, -1).map(escaped), `(?:${spellings.map(escaped).join('|')})`].join(String.raw`[\s,.-]{1,3}`);
}

const isUnknown = (street: string): boolean => street === '' || PLACEHOLDER.test(street);

/** What is written down of an address, and nothing else. */
function namedIn({ postcode, street }: PrivateAddress): RegExp[] {
  const named = isUnknown(street) ? null : streetPattern(street);
  const whole = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu');
  return [
    ...(postcode.length < 5 ? [] : [whole(postcodePattern(postcode))]),
    ...(named === null ? [] : [whole(`(?:\\d{1,4}[a-z]?,?\\s{1,3})?${named}`)]),
  ];
}

const patternsOf = (address: PrivateAddress): RegExp[] => [
  ...namedIn(address),
  ...(isUnknown(address.street) ? [NUMBERED_STREET] : []),
];

/** The first words of a text that give one of the addresses away, as they stand there; null where none do. */
export function addressIn(text: string, addresses: readonly PrivateAddress[]): string | null {
  for (const pattern of addresses.flatMap(patternsOf)) {
    const [found] = text.normalize('NFKC').match(pattern) ?? [];
    if (found !== undefined) return found.trim();
  }
  return null;
}

const ofPlace = ({ address, name }: Location): PrivateAddress => {
  const street = address?.address_1 ?? '';
  // The form writes the name of the building where the street was left out.
  return { postcode: address?.postal_code ?? '', street: street === name ? '' : street };
};

/**
 * The patterns for what a listing says.
 * @param others places kept private of other listings of its organization: what its own open addresses say may be said
 */
function patternsFor(places: readonly Location[], others: readonly Location[]): RegExp[] {
  const open = places
    .filter(({ confidential }) => !confidential)
    .map(({ name, address = null }) => [name, ...Object.values(address ?? {})].join('\n'))
    .join('\n');
  return [
    ...places.filter(({ confidential }) => confidential).flatMap((place) => patternsOf(ofPlace(place))),
    ...others.flatMap((place) => namedIn(ofPlace(place))).filter((pattern) => open.search(pattern) < 0),
  ];
}

/** Whether a record, as JSON, may name one of those places. */
export const mayName = (document: string, places: readonly Location[]): boolean => {
  const text = document.replaceAll(/\\[nrt]/g, ' ').normalize('NFKC');
  return places.some((place) => namedIn(ofPlace(place)).some((pattern) => text.search(pattern) >= 0));
};

/** What is put in the place of words that give an address away. */
const WITHHELD = '(private)';

/** Characters that each of these fields takes. */
const LEAST_ROOM = 80;

/**
 * What a source says, wherever in a record it stands but in the address of a page, without addresses that are kept private.
 * @param places of the listing
 * @param others places kept private of other listings of its organization
 */
export function withoutAddresses<T>(record: T, places: readonly Location[], others: readonly Location[]): T {
  const patterns = patternsFor(places, others);
  const without = (node: unknown): unknown => {
    if (typeof node === 'string')
      return URL.canParse(node)
        ? node
        : patterns.reduce((words, pattern) => words.replace(pattern, WITHHELD), node.normalize('NFKC'));
    if (Array.isArray(node)) return node.map(without);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, without(value)]));
  };
  return patterns.length === 0 ? record : (without(record) as T);
}

type Texts<T> = { readonly [K in keyof T]: T[K] };

/**
 * A listing whose texts give no private address away.
 * @param others places kept private of other listings of its organization
 * @returns it as it is where none is given away, and the fields in which one was: 'description', 'organization.name'
 */
export function withholdAddresses<T extends Pick<Listing, 'service' | 'organization' | 'locations'>>(
  listing: T,
  others: readonly Location[] = [],
): { listing: T; fields: string[] } {
  const patterns = patternsFor(listing.locations, others);
  if (patterns.length === 0) return { listing, fields: [] };
  const fields: string[] = [];
  const without = <R extends object>(record: Texts<R>, names: readonly (keyof R & string)[], prefix = ''): R => {
    const copy: R = { ...record };
    for (const name of names) {
      const text: unknown = record[name];
      if (typeof text !== 'string') continue;
      const plain = text.normalize('NFKC');
      const rest = patterns.reduce((words, pattern) => words.replace(pattern, WITHHELD), plain);
      if (rest === plain) continue;
      fields.push(`${prefix}${name}`);
      // A text that fills its field to the last letter has no room for more.
      Object.assign(copy, { [name]: rest.slice(0, Math.max(plain.length, LEAST_ROOM)) });
    }
    return copy;
  };
  const service: Service = {
    ...without(listing.service, [
      'name',
      'summary',
      'description',
      'schedule_description',
      'application_process',
      'first_visit',
      'contact_title',
    ]),
    eligibility: without(listing.service.eligibility, ['description'], 'eligibility.'),
  };
  const organization = without<Organization>(listing.organization, ['name', 'description'], 'organization.');
  // The directions to a private place are shown to nobody; those to another place may name it.
  const locations = listing.locations.map((it) =>
    it.confidential ? it : without<Location>(it, ['transportation', 'accessibility_notes'], 'location.'),
  );
  return fields.length === 0
    ? { listing, fields }
    : { listing: { ...listing, service, organization, locations }, fields };
}
