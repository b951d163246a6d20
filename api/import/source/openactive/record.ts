import { isObject, type JsonRecord } from '../../oruk/walk.ts';
import { idOf, labels, lastPart, objects, text } from './fields.ts';
import { local, type Session, schedulesOf } from './times.ts';

/** A series of OpenActive in the shape of Open Referral UK. */

/** The series as a service; null where there is nothing of it to come. */
export function recordOf(
  id: string,
  given: JsonRecord,
  sessions: readonly Session[],
  today: string,
): JsonRecord | null {
  // Where a series leaves something out, what it belongs to may say it.
  const above = isObject(given['superEvent']) ? given['superEvent'] : {};
  const data: JsonRecord = { ...above, ...given };
  if (lastPart(data['eventStatus']) === 'EventCancelled') return null;
  const schedules = schedulesOf(data, sessions, today);
  const end = local(text(data['endDate'])).slice(0, 10);
  const said = sessions.length > 0 || objects(data['eventSchedule']).length > 0;
  if ((end !== '' && end < today) || (said && schedules.length === 0)) return null;
  const organizer = objects(data['organizer'] ?? data['provider'])[0] ?? {};
  const activity = labels(data['activity']);
  const isOnline = lastPart(data['eventAttendanceMode']) === 'OnlineEventAttendanceMode';
  const place = isOnline ? undefined : objects(data['location'])[0];
  const name = text(data['name']) ?? activity[0];
  return {
    id,
    ...(name && { name }),
    description: [
      text(data['description']),
      lines('Access support', labels(data['accessibilitySupport'])),
      text(data['accessibilityInformation']),
      text(data['attendeeInstructions']),
    ]
      .filter(Boolean)
      .join('\n\n'),
    status: 'active',
    ...(text(data['url']) && { url: data['url'] }),
    ...eligibilityOf(data),
    ...(text(organizer['name']) && {
      organization: {
        id: idOf(organizer) ?? `organizer of ${id}`,
        name: organizer['name'],
        ...(text(organizer['url']) && { website: organizer['url'] }),
        ...(text(organizer['email']) && { email: organizer['email'] }),
      },
    }),
    ...contactOf(organizer, place),
    attributes: [...activity, ...labels(data['category']), 'Sport'].map((term, at) => ({
      link_id: id,
      link_type: 'service',
      taxonomy_term: { id: `openactive-${at}`, name: term, taxonomy: 'OpenActive' },
    })),
    cost_options: costsOf(data),
    schedules: schedules.map((schedule) => ({ ...schedule, attending_type: isOnline ? 'online' : 'in_person' })),
    ...(place && { service_at_locations: [{ id: `place of ${id}`, location: locationOf(id, place) }] }),
  };
}

const lines = (label: string, words: readonly string[]): string | undefined =>
  words.length > 0 ? `${label}: ${words.join(', ')}.` : undefined;

const WHO: Readonly<Record<string, string>> = { FemaleOnly: 'Women only', MaleOnly: 'Men only' };

function eligibilityOf(data: JsonRecord): JsonRecord {
  const [range = {}] = objects(data['ageRange']);
  const [least, most] = ['minValue', 'maxValue']
    .map((it) => range[it])
    .map((it) => (typeof it === 'number' && it > 0 ? it : undefined));
  const level = labels(data['level']);
  const only = WHO[lastPart(data['genderRestriction'])];
  return {
    ...(least !== undefined && { minimum_age: least }),
    ...(most !== undefined && { maximum_age: most }),
    ...(level.length > 0 && { eligibility_description: lines('Level', level) }),
    ...(only && { signpost: { restrictions: [only] } }),
  };
}

function contactOf(organizer: JsonRecord, place: JsonRecord | undefined): JsonRecord {
  const number = text(organizer['telephone']) ?? text(place?.['telephone']);
  const email = text(organizer['email']);
  return { ...(number && { phones: [{ number }] }), ...(email && { email }) };
}

function costsOf(data: JsonRecord): JsonRecord[] {
  if (data['isAccessibleForFree'] === true) return [{ amount: 0, amount_description: 'Free' }];
  return objects(data['offers']).flatMap((offer) => {
    const price = Number(offer['price']);
    if (offer['price'] === undefined || Number.isNaN(price) || price < 0) return [];
    const name = text(offer['name']);
    return [{ amount: price, currency: text(offer['priceCurrency']) ?? 'GBP', ...(name && { option: name }) }];
  });
}

function locationOf(id: string, place: JsonRecord): JsonRecord {
  const [address = {}] = objects(place['address']);
  const [geo = {}] = objects(place['geo']);
  const has = objects(place['amenityFeature']).filter(({ value }) => value === true);
  return {
    id: idOf(place) ?? `location of ${id}`,
    ...(text(place['name']) && { name: place['name'] }),
    location_type: 'physical',
    ...(typeof geo['latitude'] === 'number' && { latitude: geo['latitude'] }),
    ...(typeof geo['longitude'] === 'number' && { longitude: geo['longitude'] }),
    addresses: [
      {
        ...(text(address['streetAddress']) && { address_1: address['streetAddress'] }),
        ...(text(address['addressLocality']) && { city: address['addressLocality'] }),
        ...(text(address['addressRegion']) && { state_province: address['addressRegion'] }),
        ...(text(address['postalCode']) && { postal_code: address['postalCode'] }),
        country: 'GB',
        address_type: 'physical',
      },
    ],
    ...(has.length > 0 && {
      accessibility: has.map((it) => ({ description: text(it['name']) ?? lastPart(it['type'] ?? it['@type']) })),
    }),
  };
}
