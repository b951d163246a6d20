import { ACCESS, type Location, Organization } from '../../domain/service.ts';
import { shortenText } from '../../domain/shorten.ts';
import { writtenPhone } from '../../domain/telephone/written.ts';
import { ACCESS_LABELS } from '../../domain/words/labels.ts';
import { importedId } from '../hash.ts';
import type { Note } from '../incoming.ts';
import { ownPart } from './costs.ts';
import { joinLines, objectsIn, textField, textUnder } from './cut.ts';
import { phonesIn } from './phones.ts';
import { termsOfAttributes } from './terms.ts';
import { emailsIn } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** The organization and the locations of a mended record under our own schema. */

/** @param feed that the record is of */
export function organizationOf(record: JsonRecord, feed: { id: string; name: string }, notes: Note[]): Organization {
  const given = isObject(record['organization']) ? record['organization'] : null;
  if (given === null) {
    notes.push({ field: 'organization', words: 'It does not say who runs it; the listing says so.' });
    const id = textUnder(record, 'organization_id') ?? importedId(feed.id, 'organization', 'not stated');
    return { id, name: shortenText(`Not stated (listed by ${feed.name})`, 160), example: false };
  }
  const name = joinLines(String(given['name']));
  const description = textUnder(given, 'description');
  const number = phonesIn(objectsIn(given['phones'])).phones[0];
  return {
    id: String(given['id']),
    name: shortenText(name, 160),
    ...textField(given, 'alternate_name', 160),
    ...(description !== undefined && description !== name && { description: shortenText(description, 4000) }),
    ...textField(given, 'website', 500, 'url'),
    ...textField(given, 'email', 200),
    ...(number !== undefined && { phone: writtenPhone(number).slice(0, 80) }),
    ...textField(given, 'legal_status', 80),
    ...numbers(given),
    example: ownPart(given)['example'] === true,
  };
}

function numbers(given: JsonRecord): { charity_number?: string; company_number?: string } {
  const found: { charity_number?: string; company_number?: string } = {};
  for (const it of objectsIn(given['organization_identifiers'])) {
    const kind = `${it['identifier_scheme'] ?? ''} ${it['identifier_type'] ?? ''}`;
    const number = String(it['identifier'] ?? '')
      .toUpperCase()
      .replace(/\s/g, '');
    if (/GB-(CHC|SC|NIC)\b|charit/i.test(kind) && Organization.shape.charity_number.safeParse(number).success)
      found.charity_number = number;
    const padded = /^\d+$/.test(number) ? number.padStart(8, '0') : number;
    if (/GB-COH\b|compan/i.test(kind) && Organization.shape.company_number.safeParse(padded).success)
      found.company_number = padded;
  }
  return found;
}

/** The locations, in their order, each once; and which of them each service_at_location stands for. */
export function locationsOf(
  record: JsonRecord,
  notes: Note[],
): { locations: Location[]; byPlace: Map<string, string> } {
  const locations = new Map<string, Location>();
  const byPlace = new Map<string, string>();
  for (const [index, place] of objectsIn(record['service_at_locations']).entries()) {
    if (!isObject(place['location'])) continue;
    const it = locationOf(place['location'], record, (field, words) =>
      notes.push({ field: `service_at_locations[${index}].location.${field}`, words }),
    );
    if (!locations.has(it.id)) locations.set(it.id, it);
    byPlace.set(String(place['id']), it.id);
  }
  return { locations: [...locations.values()].slice(0, 500), byPlace };
}

function locationOf(given: JsonRecord, record: JsonRecord, say: (field: string, words: string) => void): Location {
  const [address] = objectsIn(given['addresses']);
  const placed = address ? addressOf(address, say) : {};
  const name = textUnder(given, 'name') ?? (address && textUnder(address, 'address_1')) ?? String(record['name']);
  const { latitude, longitude } = given;
  const answers = termsOfAttributes(given).answers('accessibility');
  const notes = accessNotes(given);
  const way = [textUnder(given, 'transportation'), placed.words].filter(Boolean).join('. ');
  return {
    id: String(given['id']),
    name: shortenText(joinLines(name), 160),
    location_type: given['location_type'] as Location['location_type'],
    ...(placed.address && { address: placed.address }),
    ...(typeof latitude === 'number' && typeof longitude === 'number' && { latitude, longitude }),
    ...(way !== '' && { transportation: shortenText(way, 600) }),
    accessibility: Object.fromEntries(
      ACCESS.map((feature) => [feature, answers[feature] ?? 'unknown']),
    ) as Location['accessibility'],
    ...(notes !== undefined && { accessibility_notes: shortenText(notes, 600) }),
    confidential: false,
    example: ownPart(given)['example'] === true,
  };
}

/** The address where it is whole; else its words. */
function addressOf(
  given: JsonRecord,
  say: (field: string, words: string) => void,
): { address?: NonNullable<Location['address']>; words?: string } {
  const [first, second, city, county, code] = ['address_1', 'address_2', 'city', 'state_province', 'postal_code'].map(
    (name) => (textUnder(given, name) === undefined ? undefined : joinLines(String(given[name]))),
  );
  if (first === undefined || city === undefined || code === undefined) {
    const missing = code === undefined ? 'postal_code' : first === undefined ? 'address_1' : 'city';
    say(`addresses[0].${missing}`, 'It is missing, so that the address is kept as words.');
    const words = [...new Set([first, second, city, county, code].filter(Boolean))].join(', ');
    return words === '' ? {} : { words: `Address: ${words}` };
  }
  const long = (
    [
      ['address_1', first, 120],
      ['city', city, 80],
    ] as const
  ).filter(([, text, most]) => text.length > most);
  for (const [name, , most] of long)
    say(`addresses[0].${name}`, `It is longer than ${most} characters, and shown shortened.`);
  return {
    address: {
      address_1: shortenText(first, 120),
      ...(second !== undefined && { address_2: shortenText(second, 120) }),
      city: shortenText(city, 80),
      ...(county !== undefined && county !== city && { state_province: shortenText(county, 80) }),
      postal_code: code,
      country: 'GB',
    },
  };
}

const LABELS = new Set(
  ACCESS.flatMap((feature) => [`${ACCESS_LABELS[feature]}: yes`, `${ACCESS_LABELS[feature]}: no`]),
);

/** What is said of access beyond the answers. */
function accessNotes(given: JsonRecord): string | undefined {
  const lines = objectsIn(given['accessibility']).flatMap((it) => {
    const description = textUnder(it, 'description') ?? textUnder(it, 'accessibility');
    if (description !== undefined && LABELS.has(description)) return [];
    if (description === 'More about access') return textUnder(it, 'details') ?? [];
    const parts = [description, textUnder(it, 'details')].filter((part) => part !== undefined);
    return [...new Set(parts)].join('. ') || [];
  });
  return lines.length === 0 ? undefined : [...new Set(lines)].join('\n');
}

/** E-mail addresses of a service, the one to use first. */
export const emailsOf = (record: JsonRecord): string[] => [
  ...new Set(
    [record, ...objectsIn(record['contacts'])].flatMap((it) => [
      ...emailsIn(textUnder(it, 'email') ?? ''),
      ...(Array.isArray(it['email_others']) ? it['email_others'].filter((each) => typeof each === 'string') : []),
    ]),
  ),
];
