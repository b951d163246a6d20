import { shortenText } from '../../domain/shorten.ts';
import { phoneLink } from '../../domain/telephone/link.ts';
import { inOrderOfUse, type Phone, type PhoneType } from '../../domain/telephone/phone.ts';
import { MOST_PHONES, readPhones } from '../../domain/telephone/reader.ts';
import type { Note } from '../incoming.ts';
import { objectsIn, textUnder } from './cut.ts';
import { isPlaceholder } from './values.ts';
import type { JsonRecord } from './walk.ts';

/** The telephone numbers of a record, wherever the standard lets them hang. */

export interface FeedPhones {
  phones: Phone[];
  /** What is no number that can be dialled, in the words of the source. */
  words: string[];
}

/** The kinds of HSDS, and what feeds write in their stead; a kind that is not among them is part of the words. */
const TYPES: Readonly<Record<string, PhoneType>> = {
  voice: 'voice',
  cell: 'voice',
  mobile: 'voice',
  landline: 'voice',
  phone: 'voice',
  telephone: 'voice',
  tel: 'voice',
  text: 'text',
  sms: 'text',
  textphone: 'textphone',
  tty: 'textphone',
  tdd: 'textphone',
  minicom: 'textphone',
  fax: 'fax',
  facsimile: 'fax',
};
/** Kinds of HSDS that nobody talks over. */
const NOT_RUNG = new Set(['pager', 'video']);

/** The numbers of a list of phones in the standard's form. */
export function phonesIn(given: readonly JsonRecord[]): FeedPhones {
  const phones = new Map<string, Phone>();
  const words: string[] = [];
  for (const it of given) {
    const number = String(it['number'] ?? '').trim();
    if (number === '' || isPlaceholder(number)) continue;
    const kind = (textUnder(it, 'type') ?? '').toLowerCase();
    const type = TYPES[kind];
    const about = textUnder(it, 'description');
    const description = type === undefined && kind !== '' ? [kind, about].filter(Boolean).join('; ') : about;
    const written = [number, description && `(${shortenText(description, 200)})`].filter(Boolean).join(' ');
    if (NOT_RUNG.has(kind)) {
      words.push(written);
      continue;
    }
    const behind = String(it['extension'] ?? '').trim();
    const extension = /^\d{1,8}$/.exec(behind)?.[0];
    // 'Option 3': not what is dialled, and worth knowing.
    const beside = extension !== undefined || behind === '' || isPlaceholder(behind) ? undefined : behind;
    const read = readPhones(number, {
      type,
      description: [beside, description].filter(Boolean).join('; ') || undefined,
      extension,
    });
    for (const phone of read.phones) {
      const key = phoneLink(phone) ?? `${phone.type} ${phone.number}`;
      if (!phones.has(key)) phones.set(key, phone);
    }
    if (read.unread !== null || read.phones.length === 0) words.push(written);
  }
  const all = inOrderOfUse([...phones.values()]);
  return {
    phones: all.slice(0, MOST_PHONES),
    words: [...words, ...all.slice(MOST_PHONES).map(({ number }) => number)],
  };
}

/** The numbers of a service: its own first, then those of whom to ask, and of where it is. */
export function phonesOf(record: JsonRecord): FeedPhones {
  const places = objectsIn(record['service_at_locations']);
  const locations = places.flatMap((place) => objectsIn(place['location']));
  const holders = [record, ...places, ...locations];
  const contacts = holders.flatMap((it) => objectsIn(it['contacts']));
  return phonesIn(
    [record, ...objectsIn(record['contacts']), ...places, ...locations, ...contacts].flatMap((it) =>
      objectsIn(it['phones']),
    ),
  );
}

/** Puts the numbers of a record right where a spreadsheet has made figures of them, in place. */
export function mendPhones(record: JsonRecord, notes: Note[]): void {
  const organization = objectsIn(record['organization']).map((it) => ({ it, at: 'organization.' }));
  const contacts = objectsIn(record['contacts']).map((it, index) => ({ it, at: `contacts[${index}].` }));
  for (const { it, at } of [{ it: record, at: '' }, ...contacts, ...organization])
    for (const [index, phone] of objectsIn(it['phones']).entries()) {
      const given = phone['number'];
      if (given === undefined) continue;
      const { phones, repairs } = readPhones(String(given));
      if (repairs.length > 0) phone['number'] = phones[0]!.number;
      else if (typeof given !== 'string') phone['number'] = String(given);
      for (const words of repairs) notes.push({ field: `${at}phones[${index}].number`, words });
    }
}
