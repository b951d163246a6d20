import { checkedOn } from '../domain/checked.ts';
import { guessesIn } from '../domain/guesses.ts';
import type { Listing, Location } from '../domain/service.ts';
import { areaLabels } from '../domain/service-area.ts';
import { contactPhones } from '../domain/telephone/link.ts';
import { phoneWords } from '../domain/telephone/written.ts';
import { describeCost, describeSchedule, warningsOf, whoMayCome } from '../domain/words.ts';

/**
 * The directory as points (RFC 7946): a feature for each place of a listing, and one without a point for a listing
 * without a place.
 */

/** The feature collection around its features. */
export const GEOJSON_HEAD = '{"type":"FeatureCollection","features":[';
export const GEOJSON_TAIL = ']}';

/**
 * The features of a listing.
 * @param page address of its page
 */
export function featuresOf(listing: Listing, page: string): object[] {
  const places = listing.locations.filter(({ confidential }) => !confidential);
  if (places.length === 0) return [feature(listing, null, page)];
  return places.map((place) => feature(listing, place, page));
}

function feature(listing: Listing, place: Location | null, page: string): object {
  const { service: it, organization, last_modified } = listing;
  const { latitude, longitude, address } = place ?? {};
  const [phone] = contactPhones(it, {});
  const checked = checkedOn(it);
  const cautions = warningsOf(listing);
  const who = whoMayCome(it);
  const schedules = it.schedules.filter(({ location_id: at }) => at === undefined || at === place?.id);
  return {
    type: 'Feature',
    id: place ? `${it.id}/${place.id}` : it.id,
    geometry:
      latitude === undefined || longitude === undefined ? null : { type: 'Point', coordinates: [longitude, latitude] },
    properties: {
      service_id: it.id,
      name: it.name,
      kind: it.kind,
      summary: it.summary,
      organization: organization.name,
      categories: it.taxonomy_terms,
      ...(guessesIn(it).length > 0 && { guessed: guessesIn(it) }),
      attending_types: it.attending_types,
      ...(place && { location_id: place.id, venue: place.name }),
      ...(address && { address: addressLine(address), postal_code: address.postal_code }),
      ...(schedules.length > 0 && { when: schedules.map((schedule) => describeSchedule(schedule)) }),
      ...(it.schedule_description !== undefined && { times_in_words: it.schedule_description }),
      ...(cautions.length > 0 && { cautions }),
      ...(who.length > 0 && { who }),
      ...(it.cost_options.length > 0 && { cost: describeCost(it.cost_options) }),
      ...(it.service_areas.length > 0 && { areas: areaLabels(it.service_areas) }),
      ...(phone && { phone: phoneWords(phone) }),
      ...(it.email !== undefined && { email: it.email }),
      ...(it.url !== undefined && { url: it.url }),
      status: it.status,
      ...(checked !== null && { assured_date: checked }),
      last_modified,
      source: it.source.name,
      ...(it.source.licence !== undefined && { licence: it.source.licence }),
      ...(it.example && { example: true }),
      page,
    },
  };
}

const addressLine = ({ address_1, address_2, city }: NonNullable<Location['address']>): string =>
  [address_1, address_2, city].filter(Boolean).join(', ');
