import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { shownOf } from '../../../api/domain/handout.ts';
import { type Listing, Location, Organization, Service } from '../../../api/domain/service.ts';
import { provenanceOf } from '../../../api/matching/provenance.ts';
import { readHistory } from '../../../api/moderate/history.ts';
import { addBulkEdit, findBulkEdit } from '../../../api/store/bulk.ts';
import { readLocation, readOrganization, readService } from '../../../api/store/documents.ts';
import { addFeed } from '../../../api/store/feeds.ts';
import { findHandout, saveHandout } from '../../../api/store/handouts.ts';
import { importedRecords, rawRecordsOf } from '../../../api/store/imported.ts';
import { addJoin, joinsInto } from '../../../api/store/joined.ts';
import { findListing, publicListings, saveBatch } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { FORMER, FORMER_VERSIONS, writeFormerDirectory } from '../../fixtures/former-directory.ts';
import { createWorld, get, type World } from '../../fixtures/world.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** Documents that were written under an earlier schema are read as if today's had written them. */

const folder = temporaryFolder();
afterAll(folder.remove);

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

const uuid = (kind: number, number: number): string =>
  `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Something in every part of a record that can hold parts of its own. */
const SERVICE = {
  id: uuid(1, 0),
  organization_id: uuid(2, 0),
  name: 'A clinic',
  summary: 'A listing for a test.',
  description: 'What happens there.',
  kind: 'clinical',
  taxonomy_terms: ['movement'],
  phones: [{ number: '020 7946 0000' }],
  cost_options: [{ option: 'paid', amount: 3 }],
  attending_types: ['in_person'],
  location_ids: [uuid(3, 0)],
  schedules: [
    { freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', exceptions: [{ from: '2026-12-22', to: '2026-12-29' }] },
  ],
  service_areas: [{ type: 'district', code: 'E09000012', name: 'Hackney' }],
  clinical: {
    catchment: 'Made-up Town',
    eligibility_criteria: [{ text: 'Adults.' }],
    exclusion_criteria: [{ text: 'Nobody.' }],
    referral_routes: [{ name: 'Form', kind: 'form', steps: [{ label: 'Send', value: 'it' }] }],
    tiers: [{ name: 'Community', level: 1 }],
    stages: [{ name: 'First', description: 'A visit.' }],
    triage_point: { name: 'Triage' },
    programmes: [{ name: 'Course', sessions: '6' }],
    links: [{ name: 'Page', kind: 'page' }],
  },
  checked: {},
  source: { name: 'A test' },
  assured_date: '2026-10-01',
};
const ORGANIZATION = { id: uuid(2, 0), name: 'Whole Friends' };
const LOCATION = {
  id: uuid(3, 0),
  name: 'Whole Hall',
  address: { address_1: '1 Made-up Street', city: 'London', postal_code: 'E8 3AB' },
  latitude: 51.5425,
  longitude: -0.06,
};

const SCHEMAS = { service: Service, organization: Organization, location: Location } as const;
type Kind = keyof typeof SCHEMAS;
const WRITTEN: Record<Kind, Json> = { service: SERVICE, organization: ORGANIZATION, location: LOCATION };
const READERS = { service: readService, organization: readOrganization, location: readLocation };

type Node = z.core.JSONSchema.BaseSchema;

/**
 * The keys that a schema fills in, however deep: those that what comes out must have and what goes in need not. Read off
 * what JSON Schema says of both sides.
 */
function defaultedPaths(kind: Kind, whole: unknown): Path[] {
  const sideOf = (io: 'input' | 'output') => z.toJSONSchema(SCHEMAS[kind], { io }) as Node;
  const paths: Path[] = [];
  const walk = (before: Node, after: Node, value: unknown, at: Path): void => {
    if (after.type === 'array') {
      const [item] = value as unknown[];
      if (item !== undefined) walk(before.items as Node, after.items as Node, item, [...at, 0]);
      return;
    }
    for (const [key, within] of Object.entries(after.properties ?? {})) {
      const path = [...at, key];
      if (after.required?.includes(key) && !before.required?.includes(key)) paths.push(path);
      const inner = (value as Json)[key];
      if (inner !== undefined) walk(before.properties?.[key] as Node, within as Node, inner, path);
    }
  };
  walk(sideOf('input'), sideOf('output'), whole, []);
  return paths;
}

/** A record without what stands at a path. */
function without(record: Json, path: Path): Json {
  const copy = structuredClone(record);
  const [last, ...before] = [...path].reverse() as [string, ...Path];
  const parent = before.reverse().reduce<Json>((it, key) => it[key] as Json, copy);
  delete parent[last];
  return copy;
}

const sqlPath = (path: Path): string => path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');

/** Each key that may be missing, with a listing of its own that lacks it. */
const CASES = (Object.keys(SCHEMAS) as Kind[])
  .flatMap((kind) => {
    const whole = SCHEMAS[kind].parse(WRITTEN[kind]) as Json;
    return defaultedPaths(kind, whole).map((path) => ({ kind, path, whole }));
  })
  .map((it, number) => ({ ...it, number, name: `${it.kind}${sqlPath(it.path)}` }));

/** The listing of a case, with an organization and a place of its own; whole, as writing makes it. */
const partsOf = (number: number, { kind, path }: Pick<(typeof CASES)[number], 'kind' | 'path'>) => {
  const of = (which: Kind): Json =>
    which === kind ? without(SCHEMAS[which].parse(WRITTEN[which]) as Json, path) : WRITTEN[which];
  return {
    organization: Organization.parse({ ...of('organization'), id: uuid(2, number) }),
    location: Location.parse({ ...of('location'), id: uuid(3, number) }),
    service: Service.parse({
      ...of('service'),
      id: uuid(1, number),
      organization_id: uuid(2, number),
      ...(sqlPath(path) === '.location_ids' ? {} : { location_ids: [uuid(3, number)] }),
    }),
  };
};

const BATCH = (() => {
  const parts = CASES.map((it) => partsOf(it.number, it));
  return {
    organizations: parts.map(({ organization }) => organization),
    locations: parts.map(({ location }) => location),
    services: parts.map(({ service }) => ({ service, state: 'published' as const })),
  };
})();

/** Everything that is said of a listing to those who read it. */
async function answers(world: World, number: number): Promise<Json> {
  const { api } = world;
  const of = async (path: string) => {
    const response = await api.request(path);
    // A place is sealed anew in each answer.
    const body = JSON.parse((await response.text()).replace(/"near":"[^"]+"/, '"near":"sealed"'));
    return { path, status: response.status, body };
  };
  const id = uuid(1, number);
  return {
    listing: await of(`/api/v1/services/${id}`),
    organization: await of(`/api/v1/organizations/${uuid(2, number)}`),
    reach: await of(`/api/v1/services/${id}/reach?postcode=E8+1EA`),
    openreferral: await of(`/api/openreferral/v3/services/${id}`),
    place: await of(`/api/openreferral/v3/service_at_locations?organization_id=${uuid(2, number)}&full=true`),
  };
}

async function lists({ api }: World): Promise<Json> {
  const paths = [
    '/api/v1/search?per_page=100',
    '/api/v1/services.geojson',
    '/api/v1/search.geojson',
    '/api/openreferral/v3/services?full=true&per_page=500',
  ];
  const bodies = await Promise.all(
    paths.map(async (path) => {
      const response = await api.request(path);
      return [path, [response.status, await response.json()]] as const;
    }),
  );
  const csv = await api.request('/api/v1/services.csv');
  const rows = parse(Buffer.from(await csv.arrayBuffer()), { columns: true, bom: true });
  return { ...Object.fromEntries(bodies), csv: [csv.status, rows] };
}

describe('a stored document that lacks a key which has a default', () => {
  const written = createWorld({}, BATCH);
  const world = createWorld({}, BATCH);
  for (const { kind, path, number } of CASES) {
    const id = uuid({ service: 1, organization: 2, location: 3 }[kind], number);
    world.db
      .prepare(`UPDATE ${kind} SET document = json_remove(document, ?) WHERE id = ?`)
      .run(`$${sqlPath(path)}`, id);
  }
  world.index.put([...publicListings(world.db)]);

  test('there are such keys at every depth', () => {
    const names = CASES.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['service.interpreter', 'service.pain_friendly', 'service.pain_friendly.paced']),
    );
    expect(names).toEqual(
      expect.arrayContaining(['service.schedules[0].term_time', 'service.clinical.tiers[0].offers']),
    );
    expect(names).toEqual(expect.arrayContaining(['location.accessibility.step_free', 'organization.example']));
    expect(names.length).toBeGreaterThan(50);
  });

  test.each(CASES)('$name', async ({ kind, path, number, whole }) => {
    const lacking = JSON.stringify(without(whole, path));
    expect(READERS[kind](lacking)).toEqual(SCHEMAS[kind].parse(JSON.parse(lacking)));
    // In the order of the schema too: what is compared as text stays the same.
    expect(JSON.stringify(READERS[kind](lacking))).toBe(JSON.stringify(SCHEMAS[kind].parse(JSON.parse(lacking))));
    const [found, expected] = [await answers(world, number), await answers(written, number)];
    expect(found).toEqual(expected);
    for (const answer of Object.values(found)) expect(answer).toMatchObject({ status: 200 });
  });

  test('in lists, downloads and searches', async () => {
    const [found, expected] = [await lists(world), await lists(written)];
    expect(found).toEqual(expected);
    for (const answer of Object.values(found)) expect(answer).toMatchObject({ 0: 200 });
  });

  test('saved again as it was read, nothing has changed', () => {
    const before = CASES.map(({ number }) => findListing(world.db, uuid(1, number)));
    const saved = saveBatch(world.db, BATCH, '2026-11-22T09:00:00.000Z');
    expect(saved).toEqual({ services: [], organizations: [], locations: [] });
    expect(CASES.map(({ number }) => findListing(world.db, uuid(1, number)))).toEqual(before);
  });
});

test('a document that lacks nothing is given back as it is, and none shares what it lacked', () => {
  const whole = JSON.stringify(Service.parse(SERVICE));
  expect(JSON.stringify(readService(whole))).toBe(whole);
  const [one, other] = [readService(JSON.stringify(SERVICE)), readService(JSON.stringify(SERVICE))];
  one.join.push('book');
  one.pain_friendly.paced = 'yes';
  expect(other.join).toEqual([]);
  expect(other.pain_friendly.paced).toBe('unknown');
});

test('a key that today’s schema does not know is left where it is', () => {
  expect(readOrganization(JSON.stringify({ ...ORGANIZATION, motto: 'Together' }))).toEqual({
    ...ORGANIZATION,
    example: false,
    motto: 'Together',
  });
});

describe('listings that are kept beside the directory', () => {
  const whole = {
    service: Service.parse(SERVICE),
    organization: Organization.parse(ORGANIZATION),
    locations: [Location.parse(LOCATION)],
    state: 'published' as const,
  };
  /** As a former version wrote it: without a key at the top, and without one deep within. */
  const former = {
    ...whole,
    service: without(without(whole.service, ['interpreter']), ['schedules', 0, 'term_time']) as Service,
    locations: [without(whole.locations[0] as Location, ['accessibility', 'parking']) as Location],
  };
  const { db } = createWorld(
    {},
    {
      organizations: [whole.organization],
      locations: whole.locations,
      services: [whole.service, { ...whole.service, id: uuid(1, 1) }].map((it) => ({
        service: it,
        state: 'published',
      })),
    },
  );
  const { id } = whole.service;
  const now = '2026-11-21T12:00:00.000Z';

  test('with a harvest', () => {
    const feed = addFeed(db, { name: 'Feed', url: null, licence: null, every_hours: 24, state: 'by_hand' }, now);
    const records = importedRecords(db, feed.id);
    const rest = {
      service_id: id,
      record_id: 'r',
      licence: null,
      at: now,
      hash: 'h',
      record: null,
      shared: {},
      seen: 1,
    };
    records.write({ ...rest, listing: former });
    expect(records.find('r')?.imported).toEqual(whole);
    expect(rawRecordsOf(db, [id]).get(id)?.imported).toEqual(whole);
  });

  test('with a join', () => {
    const join = { from_id: uuid(1, 1), into_id: id, at: now, by: 'moderator', reason: null, fields: {} };
    addJoin(db, { ...join, from_state: 'published', into_before: { service: former.service, provenance: {} } });
    expect(joinsInto(db, id)[0]?.into_before.service).toEqual(whole.service);
  });

  test('with a change of many', () => {
    const person = personOf(db, 'somebody@example.org', new Date(now));
    const part = { id, before: former.service, after: former.service };
    const number = addBulkEdit(db, { at: now, person, words: 'Closed', services: [part] });
    expect(findBulkEdit(db, number)?.services).toEqual([{ id, before: whole.service, after: whole.service }]);
  });

  test('with a handout, which shows no change for it', () => {
    const shown = shownOf({ ...whole, last_modified: now }, new Date(now));
    const schedules = shown.schedules.map((it) => without(it, ['term_time']) as typeof it);
    const cost_options = shown.cost_options.map((it) => without({ ...it }, ['concession']) as typeof it);
    const handout = {
      code: 'abcdef',
      listings: [{ ...shown, schedules, cost_options }],
      made: '2026-11-21',
      expires: '2027-11-21',
    };
    saveHandout(db, handout, '2026-11-21');
    expect(findHandout(db, 'abcdef', '2026-11-22')?.listings).toEqual([shown]);
  });

  test('in the history', () => {
    db.prepare(
      `INSERT INTO history (at, record, record_id, action, role, state, before)
       VALUES (?, 'service', ?, 'edited', 'moderator', 'published', ?)`,
    ).run(now, id, JSON.stringify({ ...former.service, name: 'Another name' }));
    const listing = findListing(db, id) as Listing;
    expect(readHistory({ db }, listing)[0]?.changes.map(({ label }) => label)).toEqual(['Name']);
    expect(provenanceOf(db, listing.service).interpreter?.role).toBe('organization');
  });
});

describe.each(FORMER_VERSIONS)('the file of version %s', (version) => {
  const file = folder.file(`${version}.sqlite`);
  const { services, organization, locations } = writeFormerDirectory(file, version);
  const world = createWorld({}, {}, file);

  test('every listing is whole, and says what it said', async () => {
    for (const service of services) {
      const { status, body } = await get(world.api, `/services/${service.id}`);
      expect(status).toBe(200);
      const { location_ids: _, ...shown } = service;
      expect(body.service).toMatchObject(shown);
      const place = locations.find(({ id }) => id === service.location_ids[0]);
      expect(body.locations[0]).toMatchObject({ name: place?.name, accessibility: place?.accessibility });
      expect(Service.parse(findListing(world.db, service.id)?.service)).toEqual(
        findListing(world.db, service.id)?.service,
      );
    }
  });

  test('it is searched, downloaded and published', async () => {
    const found = await get(world.api, '/search?postcode=E8+1EA&access=step_free&pain_friendly=paced');
    expect(found.body.results.map(({ service }: { service: { id: string } }) => service.id).sort()).toEqual([
      FORMER.class,
      FORMER.clinic,
    ]);
    const csv = await world.api.request('/api/v1/services.csv');
    const rows = parse(Buffer.from(await csv.arrayBuffer()), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map(({ name }) => name).sort()).toEqual(services.map(({ name }) => name).sort());
    const published = await world.api.request(`/api/openreferral/v3/services/${FORMER.class}`);
    expect(published.status).toBe(200);
    expect(await published.json()).toMatchObject({ organization: { name: organization.name } });
  });
});
