import { beforeAll, describe, expect, test } from 'vitest';
import { UNSORTED } from '../../api/domain/guesses.ts';
import { REACH_KINDS } from '../../api/domain/reach.ts';
import { previewBulk } from '../../api/moderate/bulk.ts';
import { findListing } from '../../api/store/listings.ts';
import { group, harvested, type Taken } from './cases/front-door.ts';
import { query } from './search/listings.ts';

/** What an import had to guess is said to be a guess, and what nobody has said is said by nobody. */

const HACKNEY = { service_areas: [{ name: 'Hackney' }] };
const NOWHERE = { service_at_locations: [], contacts: [{ phones: [{ number: '020 7946 0001' }] }] };

const SAID = 'Kettle club';
const GUESSED = 'Widow’s evening';
const NO_WAY = 'Zebra befriending';
const UNSAID = 'Room four';
const NO_WAY_ANYWHERE = 'Yak befriending';

let taken: Taken;
beforeAll(async () => {
  taken = await harvested([
    group(SAID, HACKNEY),
    group(GUESSED, {
      ...HACKNEY,
      attributes: [],
      description: 'An evening for people whose husband or wife has died. Tea and listening.',
    }),
    group(UNSAID, { ...HACKNEY, attributes: [], description: 'Ring, or see the notice on the door.' }),
    group(NO_WAY, { ...NOWHERE, ...HACKNEY }),
    group(NO_WAY_ANYWHERE, { ...NOWHERE, service_areas: [{ name: 'England' }, { name: 'Wales' }] }),
  ]);
});

interface Found {
  service: { name: string; guessed?: string[]; attending_types: string[] };
  reach: { kind: string; why: string };
}
const found = async (query: string, name: string): Promise<Found | undefined> => {
  const answer = await taken.signpost.api.request(`/api/v1/search?postcode=E8%201&per_page=100&${query}`);
  return ((await answer.json()) as { results: Found[] }).results.find(({ service }) => service.name === name);
};

describe('what an import guessed', () => {
  test('is marked, in the listing and in what a search shows of it', async () => {
    const { service } = await taken.answer(GUESSED);
    expect(service.taxonomy_terms).toEqual(['bereavement']);
    expect(service.guessed).toEqual(expect.arrayContaining(['taxonomy_terms', 'kind']));
    expect((await found('', GUESSED))?.service.guessed).toEqual(service.guessed);
    expect((await taken.answer(SAID)).service.guessed ?? []).not.toContain('taxonomy_terms');
  });

  test('helps to browse, and no filter by kind takes it for a fact', async () => {
    const { service } = await taken.answer(GUESSED);
    expect(await found('category=bereavement', GUESSED)).toBeDefined();
    expect(await found(`kind=${service.kind}`, GUESSED)).toBeUndefined();
    const said = (await taken.answer(SAID)).service;
    expect(await found(`kind=${said.kind}`, SAID)).toBeDefined();
  });

  test('is nothing where nothing says what it is: it is not sorted yet', async () => {
    const { service } = await taken.answer(UNSAID);
    expect([service.taxonomy_terms, service.guessed]).toEqual([[], ['kind', 'written_in']]);
    expect(await found('q=room%20four', UNSAID)).toBeDefined();
    expect(await found(`kind=${service.kind}`, UNSAID)).toBeUndefined();
    expect(await found('category=hobbies,advice', UNSAID)).toBeUndefined();
    const { index } = taken.signpost;
    const unsorted = { ...query({ place: null, filters: { category: [UNSORTED] } }), reach: [...REACH_KINDS] };
    expect(index.search(unsorted).hits.map(({ id }) => id)).toEqual([service.id]);
    const [line] = previewBulk(taken.signpost, [service.id], { what: 'category', mode: 'only', code: 'arts' });
    expect(line?.becomes?.service.taxonomy_terms).toEqual(['arts']);
  });

  test('is a guess in the downloads', async () => {
    const { service } = await taken.answer(GUESSED);
    const of = async (path: string): Promise<string> =>
      (await taken.signpost.api.request(`/api/v1/services.${path}`)).text();
    const row = (await of('csv')).split('\r\n').find((line) => line.includes(service.id));
    expect(row).toContain(',categories; kind; written in,');
    const { features } = JSON.parse(await of('geojson')) as { features: { properties: Record<string, unknown> }[] };
    const { properties } = features.find((it) => it.properties['service_id'] === service.id) ?? {};
    expect(properties?.['guessed']).toEqual(service.guessed);
    const said = features.find((it) => it.properties['name'] === SAID);
    expect(said?.properties['guessed'] ?? []).not.toContain('kind');
  });

  test('is a guess in Open Referral UK too', async () => {
    const { service } = await taken.answer(GUESSED);
    const answer = await taken.signpost.api.request(`/api/openreferral/v3/services/${service.id}`);
    expect(((await answer.json()) as { signpost: { guessed: string[] } }).signpost.guessed).toContain('kind');
  });
});

test('once a person has looked at a listing nothing in it is a guess', async () => {
  const { service } = await taken.answer(GUESSED);
  const { db, directory } = taken.signpost;
  directory.change((save) => {
    const listing = findListing(db, service.id);
    if (!listing) throw new Error('It is gone.');
    save(
      { services: [{ service: { ...listing.service, assured_by: 'moderator' }, state: 'published' }] },
      { action: 'confirmed', role: 'moderator' },
    );
  });
  expect((await taken.answer(GUESSED)).service.guessed).toBeUndefined();
  expect((await found(`kind=${service.kind}`, GUESSED))?.service.guessed).toBeUndefined();
  expect(await found(`kind=${service.kind}`, GUESSED)).toBeDefined();
});

describe('how people take part, where nobody has said it', () => {
  test('is not known: neither online nor by phone nor at a venue, whatever there is to ring', async () => {
    const { service } = await taken.answer(NO_WAY);
    expect(service.attending_types).toEqual([]);
    expect(taken.notes(NO_WAY).join()).toContain('says to ask how to take part');
    expect((await found('', NO_WAY))?.reach).toMatchObject({
      kind: 'area',
      why: expect.stringMatching(/^Covers Hackney.*It does not say how to take part: ask$/),
    });
    for (const mode of ['in_person', 'online', 'phone', 'at_home'])
      expect(await found(`mode=${mode}`, NO_WAY)).toBeUndefined();
  });

  test('is never ‘from anywhere’', async () => {
    const why = (await found('', NO_WAY_ANYWHERE))?.reach.why;
    expect(why).toMatch(/It does not say how to take part: ask$/);
    expect(why).not.toContain('from anywhere');
  });

  test('comes back so from a spreadsheet', async () => {
    const { service } = await taken.answer(NO_WAY);
    const csv = await (await taken.signpost.api.request('/api/v1/services.csv')).text();
    expect(csv.split('\r\n').find((row) => row.includes(service.id))).toContain(',Not known,');
  });
});
