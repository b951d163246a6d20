import { readPostcode } from '../../domain/postcode.ts';
import type { Note } from '../incoming.ts';
import { checkPoint, meantPostcode, type PointChecker } from '../point-check.ts';
import { mendNumber } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** Where a service is, as feeds say it: addresses and points put right, in place. */

const LOCATION_TYPES = ['physical', 'postal', 'virtual'];

/** Puts the locations of a record right, in place. */
export function mendPlaces(record: JsonRecord, points: PointChecker, notes: Note[]): void {
  // HSDS lists locations beside, where the profile nests them.
  if (record['service_at_locations'] === undefined && Array.isArray(record['locations'])) {
    record['service_at_locations'] = record['locations'].filter(isObject).map((location) => ({ location }));
    delete record['locations'];
  }
  const list = record['service_at_locations'];
  if (list === undefined) return;
  const places = (Array.isArray(list) ? list : [list]).filter(isObject);
  record['service_at_locations'] = places;
  for (const [index, place] of places.entries()) {
    const { location } = place;
    if (!isObject(location)) continue;
    const at = `service_at_locations[${index}].location`;
    mendLocation(location, points, (field, words) => notes.push({ field: `${at}.${field}`, words }));
  }
}

type Say = (field: string, words: string) => void;

function mendLocation(location: JsonRecord, points: PointChecker, say: Say): void {
  const { location_type: type } = location;
  if (typeof type !== 'string' || !LOCATION_TYPES.includes(type)) {
    if (type !== undefined) say('location_type', `'${String(type).slice(0, 40)}' is none; it was taken as physical.`);
    location['location_type'] = 'physical';
  }
  const addresses = location['addresses'] ?? location['physical_addresses'];
  delete location['physical_addresses'];
  const kept = (Array.isArray(addresses) ? addresses : [addresses]).filter(isObject);
  const given = { latitude: mendNumber(location['latitude']), longitude: mendNumber(location['longitude']) };
  for (const [index, address] of kept.entries()) {
    const sayOf: Say = (field, words) => say(`addresses[${index}].${field}`, words);
    mendPostcode(address, (typed) => meantPostcode(typed, given, points), sayOf);
    mendAddress(address, location, points, sayOf);
  }
  if (kept.length > 0) location['addresses'] = kept;
  else delete location['addresses'];

  const point = checkPoint(
    {
      ...given,
      postcode: kept.map((address) => address['postal_code']).find((code) => typeof code === 'string') ?? null,
    },
    points,
  );
  delete location['latitude'];
  delete location['longitude'];
  if (point.point) Object.assign(location, point.point);
  for (const { field, words } of point.notes) say(field === 'latitude' ? field : 'addresses[0].postal_code', words);
}

const IN_TEXT = /\b([a-z]{1,2}\d[a-z\d]?)[\s-]*(\d[abd-hjlnp-uw-z]{2})\b/gi;

/** The one postcode that a text names, or null. */
export function postcodeIn(text: string): string | null {
  const found = new Set<string>();
  for (const [whole] of text.slice(0, 1000).matchAll(IN_TEXT)) {
    const typed = readPostcode(whole);
    if (typed.kind === 'unit') found.add(typed.postcode);
  }
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

const ADDRESS_LINES = ['attention', 'address_1', 'address_2', 'city', 'region', 'state_province'];

function mendAddress(address: JsonRecord, location: JsonRecord, points: PointChecker, say: Say): void {
  const country = String(address['country'] ?? '');
  if (country !== 'GB') {
    if (
      country !== '' &&
      !/^(uk|gbr|united kingdom|great britain|england|scotland|wales|northern ireland)$/i.test(country)
    )
      say('country', `'${country.slice(0, 40)}' was taken as GB.`);
    address['country'] = 'GB';
  }
  const kind = address['address_type'];
  if (typeof kind !== 'string' || !LOCATION_TYPES.includes(kind)) address['address_type'] = location['location_type'];
  if (address['address_1'] === undefined) {
    const line = ['address_2', 'attention', 'city'].find((name) => typeof address[name] === 'string');
    const words = line === undefined ? location['name'] : address[line];
    if (typeof words === 'string') {
      address['address_1'] = words;
      say('address_1', `There was none; ${line ?? 'the name of the place'} stands in its stead.`);
    }
  }
  const { postal_code: code } = address;
  const district = typeof code === 'string' ? points.district(code) : null;
  const town = address['city'] ?? address['region'] ?? address['state_province'];
  if (town === undefined && district !== null) say('city', `There was none; its postcode is in ${district}.`);
  address['city'] ??= town ?? district ?? undefined;
  address['state_province'] ??= address['city'];
  for (const name of ['city', 'state_province']) if (address[name] === undefined) delete address[name];
}

/** @param meant what a postcode that is none may have been meant to be */
function mendPostcode(address: JsonRecord, meant: (typed: string) => string | null, say: Say): void {
  const given = address['postal_code'];
  const typed = readPostcode(String(given ?? ''));
  if (typed.kind === 'unit') {
    if (typed.postcode !== given) say('postal_code', `It was written as ${typed.postcode}.`);
    address['postal_code'] = typed.postcode;
    return;
  }
  const found = postcodeIn([given, ...ADDRESS_LINES.map((line) => address[line])].filter(Boolean).join(', '));
  if (found !== null) {
    address['postal_code'] = found;
    say('postal_code', `${found} was found in the text of the address.`);
    return;
  }
  if (given === undefined) return;
  const slip = meant(String(given).slice(0, 20));
  if (slip !== null) {
    address['postal_code'] = slip;
    say('postal_code', `'${given}' was read as ${slip}.`);
    return;
  }
  delete address['postal_code'];
  say('postal_code', `'${String(given).slice(0, 40)}' is no postcode, and was left out.`);
}
