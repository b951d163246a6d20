import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Listing, Location, Organization, Service, type ServiceArea } from '#api/domain/service.ts';
import { geography } from '#api/geocode/geography.ts';

/** The invented directories of the development set and of the test set, whose heads say what a paragraph holds. */

const AREAS: Record<string, ServiceArea> = {
  Sheffield: { type: 'district', code: 'E08000039', name: 'Sheffield' },
  'South Yorkshire': { type: 'district', code: 'E08000039', name: 'Sheffield' },
  // Its districts have codes each; who asks here lives in Norwich.
  Norwich: { type: 'district', code: 'E07000148', name: 'Norwich' },
  Norfolk: { type: 'district', code: 'E07000148', name: 'Norwich' },
  England: { type: 'nation', code: 'E92000001', name: 'England' },
  'the United Kingdom': { type: 'uk', code: 'K02000001', name: 'the United Kingdom' },
};

const idOf = (kind: number, number: number): string =>
  `4${kind}000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function listingOf(paragraph: string, number: number): Listing {
  const fields = new Map(paragraph.split('\n').map((line) => line.split(/: (.*)/, 2) as [string, string]));
  const field = (key: string): string => fields.get(key) ?? '';
  const sector = geography().sectors.get(field('at'));
  if (field('at') !== '' && !sector?.middle) throw new Error(`There is no sector '${field('at')}'.`);
  const organization = Organization.parse({ id: idOf(1, number), name: field('name') });
  const locations = sector?.middle
    ? [
        Location.parse({
          id: idOf(2, number),
          name: 'A hall',
          latitude: sector.middle.latitude,
          longitude: sector.middle.longitude,
          address: { address_1: '1 High Street', city: 'Sheffield', postal_code: 'S1 2HE' },
        }),
      ]
    : [];
  const [from, to] = field('ages').split('-');
  const service = Service.parse({
    id: idOf(0, number),
    organization_id: organization.id,
    name: field('name'),
    summary: field('summary'),
    description: field('text'),
    kind: 'activity',
    taxonomy_terms: field('category').split('; '),
    attending_types: (field('mode') || 'in_person').split(' '),
    location_ids: locations.map(({ id }) => id),
    service_areas: field('area') === '' ? [] : [AREAS[field('area')]],
    eligibility: {
      ...(from && { minimum_age: Number(from) }),
      ...(to && { maximum_age: Number(to) }),
      restrictions: field('for') === '' ? [] : [field('for')],
    },
    source: { name: 'An example' },
    assured_date: '2026-10-01',
  });
  return { service, organization, locations, state: 'published', last_modified: '2026-11-01T00:00:00Z' };
}

/** @throws Error that names what a paragraph says of a place that there is not */
export function inventedListings(set: 'development' | 'test'): Listing[] {
  const text = readFileSync(join(import.meta.dirname, `${set}-listings.txt`), 'utf8');
  const paragraphs = text.trim().split(/\n\n+/);
  return paragraphs.filter((it) => !it.startsWith('#')).map(listingOf);
}
