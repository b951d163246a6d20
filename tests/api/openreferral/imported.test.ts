import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory } from '../../../api/directory/directory.ts';
import { Location, Organization, Service } from '../../../api/domain/service.ts';
import { importedRecords } from '../../../api/store/imported.ts';
import { findListing } from '../../../api/store/listings.ts';
import { currentId } from '../../../api/store/renewed-ids.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { allJudges, emptyIn } from './official.ts';
import { ask, linesOf } from './world.ts';

/** What came from another directory goes out as it came, with every field that Signpost knows nothing of. */

const ID = {
  service: 'b0000000-0000-4000-8000-000000000001',
  organization: 'b0000000-0000-4000-8000-000000000002',
  location: 'b0000000-0000-4000-8000-000000000003',
  place: 'b0000000-0000-4000-8000-000000000004',
  schedule: 'b0000000-0000-4000-8000-000000000005',
  address: 'b0000000-0000-4000-8000-000000000006',
  attribute: 'b0000000-0000-4000-8000-000000000007',
  term: 'b0000000-0000-4000-8000-000000000008',
  contact: 'b0000000-0000-4000-8000-000000000009',
};

/** As a council's feed might have it: extensions at every depth, and fields of the standard that Signpost has no use for. */
const RECORD = {
  id: ID.service,
  organization_id: ID.organization,
  name: 'Dominoes and dinner',
  description: 'A hot meal, then a game.',
  status: 'active',
  accreditations: 'Food hygiene 5',
  pc_metadata: { date_created: '2019-03-04', tags: ['a', { deep: 1 }], flag: false, count: 0 },
  assured_date: '2026-09-01',
  last_modified: '2024-01-01T00:00:00Z',
  funding: [{ id: 'b0000000-0000-4000-8000-00000000000a', source: 'The lottery' }],
  organization: {
    id: ID.organization,
    name: 'Railton Lunch Club',
    description: 'Lunch for anybody.',
    logo: 'https://lunch.example.org/logo.png',
    pc_ref: 'R-17',
  },
  contacts: [{ id: ID.contact, name: 'Ada', title: 'Cook', pc_hours: 'mornings' }],
  schedules: [
    {
      id: ID.schedule,
      service_id: ID.service,
      freq: 'WEEKLY',
      interval: 1,
      byday: 'WE',
      opens_at: '12:00',
      closes_at: '14:00',
      schedule_link: 'https://lunch.example.org/when',
      pc_season: 'all year',
    },
  ],
  service_at_locations: [
    {
      id: ID.place,
      service_id: ID.service,
      location_id: ID.location,
      pc_room: 'B',
      location: {
        id: ID.location,
        location_type: 'physical',
        name: 'Railton Hall',
        latitude: 51.46,
        longitude: -0.105,
        external_identifier: '100023',
        external_identifier_type: 'UPRN',
        addresses: [
          {
            id: ID.address,
            location_id: ID.location,
            address_1: '5 Railton Road',
            city: 'London',
            state_province: 'Greater London',
            postal_code: 'SE24 0JN',
            country: 'GB',
            address_type: 'physical',
            pc_uprn: 7,
          },
        ],
      },
    },
  ],
  attributes: [
    {
      id: ID.attribute,
      link_id: ID.service,
      link_type: 'service',
      taxonomy_term_id: ID.term,
      taxonomy_term: { id: ID.term, name: 'Lunch clubs', description: 'Clubs for lunch', taxonomy: 'A council’s own' },
    },
  ],
};

/** What such a record comes to here; summary, category and kind are made up for want of them. */
const organization = Organization.parse({
  id: ID.organization,
  name: 'Railton Lunch Club',
  description: 'Lunch for anybody.',
});
const location = Location.parse({
  id: ID.location,
  name: 'Railton Hall',
  latitude: 51.46,
  longitude: -0.105,
  address: { address_1: '5 Railton Road', city: 'London', state_province: 'Greater London', postal_code: 'SE24 0JN' },
});
const service = Service.parse({
  id: ID.service,
  organization_id: ID.organization,
  name: 'Dominoes and dinner',
  summary: 'A hot meal, then a game.',
  description: 'A hot meal, then a game.',
  kind: 'social',
  taxonomy_terms: ['food'],
  attending_types: ['in_person'],
  contact_title: 'Cook',
  location_ids: [ID.location],
  schedules: [{ freq: 'WEEKLY', byday: 'WE', opens_at: '12:00', closes_at: '14:00' }],
  source: { name: 'A council', licence: 'OGL 3.0' },
  assured_date: '2026-09-01',
  assured_by: 'source',
});

let world: World;
/** Takes the record in, as an import does. */
function takeIn(record: Record<string, unknown>, listing = { service, organization, locations: [location] }) {
  directory().change((save) => {
    save(
      {
        organizations: [listing.organization],
        locations: listing.locations,
        services: [{ service: listing.service, state: 'published' }],
      },
      { action: 'imported', role: 'source' },
    );
    world.db
      .prepare(`INSERT INTO feed (id, name, state, every_hours, created_at) VALUES ('council', 'A council', 'by_hand', 24, '')
        ON CONFLICT DO NOTHING`)
      .run();
    importedRecords(world.db, 'council').write({
      service_id: listing.service.id,
      record_id: listing.service.id,
      licence: null,
      at: '2026-11-21T09:00:00.000Z',
      hash: 'x',
      record,
      listing: { ...listing, state: 'published' },
      shared: {},
      seen: 1,
    });
  });
}
const directory = () => createDirectory(world.parts);
const edit = (over: Partial<Service>) =>
  directory().change((save) => {
    const now = findListing(world.db, ID.service);
    save(
      { services: [{ service: { ...(now?.service ?? service), ...over }, state: 'published' }] },
      { action: 'edited', role: 'moderator' },
    );
  });
const published = async () => (await ask(world, `/services/${ID.service}`)).body;

/** What of a record is not in another: by its path. Lists are compared in their order, but for those that may grow. */
function lost(from: unknown, within: unknown, at = ''): string[] {
  if (Array.isArray(from))
    return from.flatMap((item, index) => lost(item, (within as unknown[])?.[index], `${at}[${index}]`));
  if (from !== null && typeof from === 'object')
    return Object.entries(from).flatMap(([key, value]) =>
      lost(value, (within as Record<string, unknown>)?.[key], `${at}.${key}`),
    );
  return from === within ? [] : [`${at}: ${JSON.stringify(from)} became ${JSON.stringify(within)}`];
}

beforeEach(() => {
  world = createWorld();
});

describe('what nobody has changed here', () => {
  test('goes out with every field that it came with, at every depth', async () => {
    takeIn(RECORD);
    const record = await published();
    expect(lost(RECORD, record)).toEqual(['.last_modified: "2024-01-01T00:00:00Z" became "2026-11-21T12:00:00.000Z"']);
    const judge = await allJudges(world);
    expect(judge('/services/{id}', record)).toEqual([]);
    expect(record.signpost).toEqual({
      source: { name: 'A council', licence: 'OGL 3.0' },
      assured_date: '2026-09-01',
      assured_by: 'source',
    });
    // Nothing that was made up here is said: neither a summary nor what the source has no words for.
    expect(Object.keys(record).sort()).toEqual([...Object.keys(RECORD), 'signpost'].sort());
  });

  test('in every form: stream, list, by place, by organization', async () => {
    takeIn(RECORD);
    const record = await published();
    const lines = await linesOf<{ id: string }>(world, '/services?format=ndjson&full=true');
    expect(lines.find(({ id }) => id === ID.service)).toEqual(record);
    const listed = (await ask(world, '/services?per_page=500')).body.contents.find(
      (it: { id: string }) => it.id === ID.service,
    );
    expect(listed).toMatchObject({ accreditations: 'Food hygiene 5', organization: { pc_ref: 'R-17' } });
    const place = (await ask(world, `/service_at_locations/${ID.place}`)).body;
    expect(place).toMatchObject({
      id: ID.place,
      location: { external_identifier: '100023' },
      service: { name: RECORD.name },
    });
    const places = (await ask(world, '/service_at_locations?per_page=500')).body.contents;
    expect(places.some(({ id }: { id: string }) => id === ID.place)).toBe(true);
    const theirs = (await ask(world, `/organizations/${ID.organization}`)).body;
    expect(theirs).toMatchObject(RECORD.organization);
  });

  test('its terms can be looked up and asked for, beside ours', async () => {
    takeIn(RECORD);
    expect((await ask(world, `/taxonomy_terms/${ID.term}`)).body).toEqual(RECORD.attributes[0]?.taxonomy_term);
    expect((await ask(world, `/services?taxonomy_term_id=${ID.term}`)).body.total_items).toBe(1);
    const taxonomy = (await ask(world, '/taxonomies?search=council')).body.contents[0];
    expect((await ask(world, `/taxonomy_terms?taxonomy_id=${taxonomy.id}`)).body.total_items).toBe(1);
    expect((await ask(world, `/services?taxonomy_id=${taxonomy.id}`)).body.total_items).toBe(1);
    const ours = (await published()).attributes.map(
      (it: { taxonomy_term: { code?: string } }) => it.taxonomy_term.code,
    );
    expect(ours).toEqual([undefined, 'food', 'social', 'in_person']);
    world.db.prepare("UPDATE service SET state = 'archived' WHERE id = ?").run(ID.service);
    expect((await ask(world, `/taxonomy_terms/${ID.term}`)).status).toBe(404);
  });

  test('under the ids that it has here, where its own were taken', async () => {
    const other = 'b0000000-0000-4000-8000-0000000000ff';
    takeIn(RECORD, {
      service: { ...service, id: other, location_ids: [IDS_LOCATION] },
      organization,
      locations: [{ ...location, id: IDS_LOCATION }],
    });
    const { body } = await ask(world, `/services/${other}`);
    expect(body).toMatchObject({
      id: other,
      pc_metadata: RECORD.pc_metadata,
      schedules: [{ service_id: other, pc_season: 'all year' }],
      service_at_locations: [{ service_id: other, location_id: IDS_LOCATION, location: { id: IDS_LOCATION } }],
      attributes: [{ link_id: other, taxonomy_term_id: ID.term }, {}, {}, {}],
    });
  });
});
const IDS_LOCATION = 'b0000000-0000-4000-8000-0000000000fe';

describe('what was changed here', () => {
  test('is ours; all else stays the source’s', async () => {
    takeIn(RECORD);
    edit({ name: 'Dominoes, cards and dinner', schedules: [{ ...service.schedules[0]!, byday: 'TH' }] });
    const record = await published();
    expect(record.name).toBe('Dominoes, cards and dinner');
    expect(record.schedules).toMatchObject([{ byday: 'TH' }]);
    expect(record.schedules[0].pc_season).toBeUndefined();
    expect(
      lost({ ...RECORD, name: record.name, schedules: record.schedules, last_modified: record.last_modified }, record),
    ).toEqual([]);
  });

  test('what was taken out here is out', async () => {
    takeIn(RECORD);
    edit({ contact_title: undefined, location_ids: [] });
    const record = await published();
    expect(record.contacts).toBeUndefined();
    expect(record.service_at_locations).toBeUndefined();
    expect((await ask(world, `/service_at_locations/${ID.place}`)).status).toBe(404);
  });

  test('a location that was mended keeps what its source says of it besides', async () => {
    takeIn(RECORD);
    directory().change((save) =>
      save({ locations: [{ ...location, latitude: 51.47 }] }, { action: 'edited', role: 'moderator' }),
    );
    const [place] = (await published()).service_at_locations;
    expect(place).toMatchObject({
      id: ID.place,
      pc_room: 'B',
      location: { latitude: 51.47, external_identifier: '100023' },
    });
    expect(place.location.addresses).toEqual(RECORD.service_at_locations[0]?.location.addresses);
  });
});

describe('what may not go out', () => {
  test('nothing that a source says of what happens at a confidential location', async () => {
    takeIn({ ...RECORD, pc_where: '5 Railton Road' });
    directory().change((save) =>
      save({ locations: [{ ...location, confidential: true }] }, { action: 'edited', role: 'moderator' }),
    );
    const renewed = currentId(directory().db, ID.service);
    for (const path of [
      `/services/${ID.service}`,
      `/services/${renewed}`,
      '/services?full=true&per_page=500',
      '/services?per_page=500',
      '/service_at_locations?full=true&per_page=500',
      '/organizations?full=true&full_service=true',
      `/organizations/${ID.organization}?full_service=true`,
    ]) {
      const text = JSON.stringify((await ask(world, path)).body);
      expect([path, text.match(/Railton Road|Railton Hall|51\.46|-0\.105|SE24|R-17/)]).toEqual([path, null]);
      expect(text).not.toContain(ID.location);
    }
    expect((await ask(world, `/service_at_locations/${ID.place}`)).status).toBe(404);
    const { status, body } = await ask(world, `/services/${renewed}`);
    expect(status).toBe(200);
    expect(body.signpost.confidential_location).toBe(true);
    expect(JSON.stringify(body)).not.toContain(ID.service);
  });

  test('nothing that would break the standard, whatever a source writes', async () => {
    takeIn({
      ...RECORD,
      accreditations: 5,
      fees: null,
      alert: '',
      logo: [],
      organization: { ...RECORD.organization, logo: 'no address', description: '' },
      contacts: [{ name: 'No id' }, { id: 'not-a-uuid', name: 'Bad id' }, null, {}],
      funding: 'The lottery',
      languages: [{ id: ID.term, name: 7 }],
      cost_options: [{ id: ID.term, amount: 'ten pounds' }],
      attributes: [{ ...RECORD.attributes[0], taxonomy_term: { id: ID.term, name: 'No description' } }],
      service_at_locations: [
        {
          ...RECORD.service_at_locations[0],
          location: {
            ...RECORD.service_at_locations[0]?.location,
            location_type: 'tent',
            accessibility: [{ description: 'Ramp' }],
          },
        },
      ],
      pc_unknown: { kept: null, empty: '', list: [], fine: 'yes' },
    });
    const record = await published();
    const judge = await allJudges(world);
    expect(judge('/services/{id}', record)).toEqual([]);
    expect(emptyIn(record)).toEqual([]);
    expect(record).toMatchObject({
      accreditations: '5',
      pc_unknown: { fine: 'yes' },
      contacts: [{ name: 'No id' }, { name: 'Bad id' }],
      languages: [{ name: '7' }],
      organization: { description: 'Lunch for anybody.', pc_ref: 'R-17' },
    });
    expect(record.funding).toBeUndefined();
    // It is the same whenever it is asked for: what was given an id keeps it.
    expect(await published()).toEqual(record);
  });
});
