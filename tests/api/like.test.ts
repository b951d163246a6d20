import { describe, expect, it } from 'vitest';
import { createApi } from '../../api/app.ts';
import type { Listing } from '../../api/domain/service.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { WordVectors } from '../../api/search/meaning/word-vectors.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import { createWorld, E8_1, get } from '../fixtures/world.ts';
import { listing, UK, venue } from './search/listings.ts';

/** 'Like this one': what is living, of the same category, most alike by what it means, and a choice. */

/** Songs and paint have nothing in common. */
const vectors = new WordVectors({
  dimensions: 2,
  words: ['paint', 'singing'],
  scales: Float32Array.of(1, 1),
  numbers: Int8Array.of(127, 0, 0, 127),
  mean: new Float32Array(2),
  covariance: new Float32Array(4),
});

/** The names of what is like the first of some listings. */
async function like(listings: Listing[], from = '') {
  const world = createWorld(
    {},
    {
      organizations: listings.map(({ organization }) => organization),
      locations: listings.flatMap(({ locations }) => locations),
      services: listings.map(({ service, state }) => ({ service, state })),
    },
  );
  const index = createSearchIndex(listings, { ...readVocabulary(''), vectors });
  // Without a postcode nothing is known of a point but where it is.
  const placeOf: typeof world.geocoder.placeOf = (key) =>
    key.kind === 'point' ? { ...E8_1, latitude: key.latitude, longitude: key.longitude } : null;
  const api = createApi({ ...world.parts, geocoder: { ...world.geocoder, placeOf }, index });
  const { body, status } = await get(api, `/services/${listings[0]!.service.id}/like${from}`);
  expect(status).toBe(200);
  return body.results.map((it: { service: { name: string } }) => it.service.name);
}
const at = (
  name: string,
  latitude: number,
  service: Partial<Listing['service']> = {},
  state: Listing['state'] = 'published',
) => listing({ name, summary: name, ...service }, { locations: [venue(latitude, -0.0554)], state });

describe('like this one', () => {
  it('names three, the most alike first, wherever the reader came from', async () => {
    const all = [
      at('Singing', 51.5465),
      at('Paint near', 51.5466),
      at('Singing far', 51.56),
      at('Paint far', 51.561),
      at('Paint farthest', 51.562),
    ];
    expect(await like(all)).toEqual(['Singing far', 'Paint near', 'Paint far']);
    expect(await like(all, '?postcode=E8%201EA')).toEqual(['Singing far', 'Paint near', 'Paint far']);
  });

  it('names nothing of another category, dead, full, unconfirmed, for others, or for who wants to give', async () => {
    const all = [
      at('Singing', 51.5465),
      at('Singing elsewhere', 53.5),
      at('Singing full', 51.5465, { availability: { state: 'full' } }),
      at('Singing no more', 51.5465, { status: 'inactive' }),
      at('Singing long ago', 51.5465, {}, 'unconfirmed'),
      at('Singing debts', 51.5465, { taxonomy_terms: ['money-debt'] }),
      at('Singing, give', 51.5465, { kind: 'volunteering' }),
      at('Singing in Leeds', 51.5465, { service_areas: [{ type: 'district', code: 'E08000035', name: 'Leeds' }] }),
    ];
    expect(await like(all)).toEqual([]);
    expect(await like([...all, at('Paint', 51.547)])).toEqual(['Paint']);
  });

  it('is never of the same organisation alone, and has no two of one', async () => {
    const one = at('Singing', 51.5465);
    const ours = (name: string): Listing => {
      const other = at(name, 51.5466, { organization_id: one.organization.id });
      return { ...other, organization: one.organization };
    };
    expect(await like([one, ours('Singing too'), ours('Singing again')])).toEqual([]);
    expect(await like([one, ours('Singing too'), ours('Singing again'), at('Paint', 51.5466)])).toEqual([
      'Singing too',
      'Paint',
    ]);
  });

  it('of what is had from anywhere is had from anywhere too', async () => {
    const online = (name: string) =>
      listing({ name, summary: name, attending_types: ['online'], service_areas: [UK] }, { locations: [] });
    expect(await like([online('Singing'), online('Paint'), at('Singing here', 51.5465)])).toEqual(['Paint']);
  });
});
