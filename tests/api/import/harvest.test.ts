import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withholdEverywhere } from '../../../api/directory/withhold.ts';
import { setFeedLimit } from '../../../api/import/feeds.ts';
import { createHarvester, feedsToHarvest } from '../../../api/import/schedule.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { type Feed, findFeed, harvestsOf, notesOfHarvest } from '../../../api/store/feeds.ts';
import { ImportAtWorkError, takeImportLease } from '../../../api/store/import-lease.ts';
import { importedFrom } from '../../../api/store/imported.ts';
import { findListing, saveBatch } from '../../../api/store/listings.ts';
import { currentId } from '../../../api/store/renewed-ids.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { FEED } from '../../fixtures/feed.ts';
import { createSignpost, harvest, pageOf, register, type Signpost, sendJson, serveFeed } from './world.ts';

/** Feeds that are harvested again and again, as councils' are. */

type Json = Record<string, unknown>;

const made = (number: number, more: Json = {}): Json =>
  JSON.parse(
    JSON.stringify({ ...FEED.plain, name: `Room ${number}`, ...more }).replaceAll(
      /c0000000-0000-4000-8000-0000000([0-9a-f]{5})/g,
      (_, end) => `d${String(number).padStart(7, '0')}-0000-4000-8000-0000000${end}`,
    ),
  );
const idOf = (number: number): string => String(made(number)['id']);
const summaryOf = ({ id, name, status, last_modified }: Json): Json => ({ id, name, status, last_modified });

/** A feed whose lists have summaries alone, which honours what it is told to. */
class Council {
  records: Json[] = [];
  honoursModifiedAfter = false;
  /** Answers 500 to this page. */
  broken = 0;
  onAsked: (path: string) => void = () => {};
  server!: Awaited<ReturnType<typeof serveFeed>>;

  async start(): Promise<string> {
    this.server = await serveFeed((_, response, url) => {
      this.onAsked(`${url.pathname}${url.search}`);
      const [, id] = /\/services\/(.+)$/.exec(url.pathname) ?? [];
      if (id !== undefined) {
        const record = this.records.find((it) => it['id'] === id);
        return record ? sendJson(response, record) : sendJson(response, {}, 404);
      }
      if (!url.pathname.endsWith('/services'))
        return sendJson(response, { version: 'HSDS-UK-3.0', profile: 'x', openapi_url: 'x' });
      if (url.searchParams.get('page') === String(this.broken)) return sendJson(response, {}, 500);
      const since = this.honoursModifiedAfter ? (url.searchParams.get('modified_after') ?? '') : '';
      return sendJson(
        response,
        pageOf(this.records.filter((it) => String(it['last_modified']) >= since).map(summaryOf), url),
      );
    });
    return this.server.url;
  }
  details = () => this.server.asked.filter((path) => /\/services\/./.test(path)).length;
}

let signpost: Signpost;
let council: Council;
let feed: Feed;
beforeEach(async () => {
  signpost = createSignpost();
  council = new Council();
  council.records = [1, 2, 3, 4, 5].map((number) => made(number));
  feed = register(signpost, await council.start());
});
afterEach(() => council.server.close());

const again = (options = {}) => harvest(signpost, findFeed(signpost.db, feed.id) as Feed, options);
const listing = (number: number) => findListing(signpost.db, idOf(number));
const days = (count: number) => {
  signpost.clock.at = new Date(signpost.clock.at.getTime() + count * 86_400_000);
};

describe('a feed with summaries and details', () => {
  test('the details are fetched, the venue and the extensions with them', async () => {
    const report = await again();
    expect(report).toMatchObject({ outcome: 'complete', added: 5, refused: 0 });
    expect(council.details()).toBe(5);
    expect(listing(3)?.locations[0]).toMatchObject({ name: 'Plain Room hall', address: { postal_code: 'E8 1EA' } });
    expect(listing(3)?.service.source).toMatchObject({ name: 'Elsewhere', licence: 'CC BY 4.0' });
    expect(importedFrom(signpost.db, idOf(3))).toMatchObject({
      name: 'Elsewhere',
      record_id: idOf(3),
      at: '2026-11-21T09:00:00.000Z',
    });
  });

  test('every record is told about: added, changed with its field, unchanged, refused', async () => {
    await again();
    council.records[1] = made(2, { name: 'Room 2, upstairs' });
    council.records[2] = made(3, { name: '', organization: '' });
    council.records.push(made(6));
    const report = await again();
    expect(report).toMatchObject({ added: 1, changed: 1, refused: 1, unchanged: 3 });
    expect(notesOfHarvest(signpost.db, report.id, 'changed', 0, 10).notes).toEqual([
      expect.objectContaining({ about: idOf(2), field: 'name' }),
    ]);
    expect(notesOfHarvest(signpost.db, report.id, 'refused', 0, 10).notes).toEqual([
      expect.objectContaining({ about: idOf(3), field: 'name', words: expect.stringMatching(/has no name/) }),
    ]);
    expect(listing(2)?.service.name).toBe('Room 2, upstairs');
    expect(listing(3)?.service.name).toBe('Room 3');
  });

  test('a change of what Signpost has no field for moves its date once, so that others harvest it', async () => {
    await again();
    days(1);
    council.records[0] = made(1, { pc_floor: 'upstairs' });
    expect(await again()).toMatchObject({ changed: 1, unchanged: 4 });
    expect(listing(1)?.last_modified).toBe('2026-11-22T09:00:00.000Z');
    expect(listing(2)?.last_modified).toBe('2026-11-21T09:00:00.000Z');
    const answer = await signpost.api.request(`/api/openreferral/v3/services/${idOf(1)}`);
    expect(await answer.json()).toMatchObject({ pc_floor: 'upstairs' });
  });
});

test('another Signpost whose check has lapsed has not changed when its date alone moves', async () => {
  const lapsed = (last_modified: string) =>
    made(1, { assured_date: undefined, signpost: { assured_date: '2026-07-11' }, last_modified });
  council.records = [lapsed('2026-11-01T09:00:00Z')];
  expect(await again()).toMatchObject({ added: 1 });
  expect(listing(1)?.service.assured_date).toBe('2026-07-11');
  council.records = [lapsed('2026-11-20T09:00:00Z')];
  expect(await again()).toMatchObject({ changed: 0, unchanged: 1 });
});

test('whoever looks on in the middle sees the figures that belong to the lines written so far', async () => {
  const seen: unknown[] = [];
  await again({
    batch: 2,
    onReport: () => {
      const [latest] = harvestsOf(signpost.db, feed.id, 1);
      if (latest)
        seen.push([latest.outcome, latest.added, notesOfHarvest(signpost.db, latest.id, 'added', 0, 9).total]);
    },
  });
  expect(seen).toEqual([
    ['running', 2, 2],
    ['running', 4, 4],
    ['running', 5, 5],
  ]);
});

describe('what is gone', () => {
  test('it is not confirmed after three complete runs without it, and is back when it is', async () => {
    await again();
    const [gone] = council.records.splice(0, 1);
    const states: (string | undefined)[] = [];
    for (let run = 0; run < 4; run++) {
      days(1);
      await again();
      states.push(listing(1)?.state);
    }
    expect(states).toEqual(['published', 'published', 'unconfirmed', 'unconfirmed']);
    expect(importedFrom(signpost.db, idOf(1))?.gone).toBe(true);
    expect(signpost.index.size).toBe(5);
    council.records.push(gone as Json);
    expect(await again()).toMatchObject({ changed: 1, unchanged: 4 });
    expect(listing(1)?.state).toBe('published');
  });

  test('the upkeep neither confirms what is gone, nor takes out what a feed still lists', async () => {
    await again();
    council.records.splice(0, 1);
    for (let run = 0; run < 3; run++) await again();
    await upkeepPass(signpost.directory);
    expect(listing(1)?.state).toBe('unconfirmed');
    // A year later, with a pass every week: nobody has confirmed any of them, and the council still lists four.
    for (let week = 0; week < 60; week++) {
      days(7);
      await upkeepPass(signpost.directory);
    }
    expect([1, 2, 3, 4, 5].map((number) => listing(number)?.state)).toEqual([
      'archived',
      ...Array(4).fill('unconfirmed'),
    ]);
  });

  test('runs that fail, and runs that are not whole, do not count', async () => {
    await again();
    council.records.splice(0, 1);
    council.broken = 1;
    for (let run = 0; run < 4; run++) expect((await again()).outcome).not.toBe('complete');
    expect(listing(1)?.state).toBe('published');
    expect(signpost.index.size).toBe(5);
  });

  test('a feed that has lost half of its listings at once is not believed', async () => {
    council.records = Array.from({ length: 30 }, (_, index) => made(index + 1));
    await again();
    council.records.length = 10;
    for (let run = 0; run < 4; run++) {
      const report = await again();
      expect(report.outcome).toBe('incomplete');
      expect(report.words).toMatch(/Only 10 of the 30/);
    }
    expect(listing(30)?.state).toBe('published');
  });
});

describe('who wins', () => {
  test('what the organization has changed stays; the rest follows the source', async () => {
    await again();
    const before = listing(1);
    if (!before) throw new Error('It was harvested.');
    signpost.directory.change((save) =>
      save(
        { services: [{ service: { ...before.service, summary: 'In our own words.' }, state: 'published' }] },
        { action: 'edited', role: 'organization' },
      ),
    );
    council.records[0] = made(1, { description: 'Now with cake.', name: 'Room 1, renamed' });
    await again();
    expect(listing(1)?.service).toMatchObject({
      summary: 'In our own words.',
      name: 'Room 1, renamed',
      description: 'Now with cake.',
    });
  });

  test('a listing that a moderator has suspended stays suspended', async () => {
    await again();
    const before = listing(2);
    if (!before) throw new Error('It was harvested.');
    signpost.directory.change((save) =>
      save({ services: [{ service: before.service, state: 'suspended' }] }, { action: 'suspended', role: 'moderator' }),
    );
    council.records[1] = made(2, { description: 'New words.' });
    await again();
    expect(listing(2)).toMatchObject({ state: 'suspended', service: { description: 'New words.' } });
  });

  test('a listing that was entered here is not changed by a feed that has its id', async () => {
    const other = createSignpost();
    const elsewhere = register(other, council.server.url);
    await harvest(other, elsewhere);
    const ours = findListing(other.db, idOf(1));
    if (!ours) throw new Error('It was harvested.');
    signpost.directory.change((save) =>
      save(
        {
          organizations: [ours.organization],
          locations: ours.locations,
          services: [{ service: { ...ours.service, name: 'Our own' }, state: 'published' }],
        },
        { action: 'published', role: 'moderator' },
      ),
    );
    const report = await again();
    expect(report).toMatchObject({ added: 4, refused: 1 });
    expect(report.notes.find(({ kind }) => kind === 'refused')).toMatchObject({ field: 'id', about: idOf(1) });
    expect(listing(1)?.service.name).toBe('Our own');
  });

  test('two feeds with one id for two things keep both', async () => {
    const second = await serveFeed((_, response) =>
      sendJson(response, [made(1, { name: 'Something else entirely', description: 'Pottery.' })]),
    );
    await again();
    const report = await harvest(signpost, register(signpost, second.url, 'Another'));
    await second.close();
    expect(report).toMatchObject({ added: 1, refused: 0 });
    expect(report.notes).toContainEqual(expect.objectContaining({ kind: 'repaired', field: 'id' }));
    expect(listing(1)?.service.name).toBe('Room 1');
    const names = signpost.db.prepare('SELECT name FROM service').pluck().all();
    expect(names).toContain('Something else entirely');
  });

  test('a place that is kept private here stays so, whatever the source says of it', async () => {
    await again();
    const [hall] = listing(3)?.locations ?? [];
    signpost.directory.change((save) =>
      save({ locations: [{ ...hall!, confidential: true }] }, { action: 'edited', role: 'moderator' }),
    );
    const now = currentId(signpost.db, idOf(3));
    expect(now).not.toBe(idOf(3));
    const everything = async () => {
      const asked = [
        '/api/v1/search?per_page=100',
        `/api/v1/services/${now}`,
        `/api/openreferral/v3/services/${now}`,
        '/api/openreferral/v3/services?full=true&per_page=100',
        '/fhir/R4/Location?_count=100',
        '/api/v1/services.csv',
      ];
      return (await Promise.all(asked.map(async (path) => (await signpost.api.request(path)).text()))).join('\n');
    };
    // The other rooms of the feed have halls of their own, in the open.
    const street = `${hall?.address?.address_1}`;
    const open = council.records.filter((it) => it['id'] !== idOf(3));
    const moved = (number: number, text: string, more: Json = {}) =>
      JSON.parse(
        JSON.stringify(made(number, { description: text, last_modified: '2026-11-20T10:00:00Z', ...more })).replaceAll(
          'E8 1EA',
          'E9 6RN',
        ),
      ) as Json;
    expect(await everything()).not.toMatch(/E9 6RN/);
    for (const [day, record] of [
      moved(3, `Come to ${street}.`),
      moved(3, 'Come to E9 6RN.'),
      // The same place under another id.
      JSON.parse(
        JSON.stringify(moved(3, `We are at ${street}, e96rn.`)).replaceAll(String(hall?.id), `e${hall?.id.slice(1)}`),
      ) as Json,
    ].entries()) {
      days(1);
      record['last_modified'] = `2026-11-2${day + 2}T10:00:00Z`;
      council.records = [...open, record];
      await again();
      expect(findListing(signpost.db, now)?.service.description).toContain('(private)');
      expect(await everything()).not.toMatch(/e9 ?6rn/i);
      expect(findListing(signpost.db, now)?.locations.map(({ confidential }) => confidential)).toEqual([true]);
    }
    expect(findListing(signpost.db, idOf(3))).toBeNull();
  });
});

describe('what an organization says of a place that one of its listings keeps private', () => {
  const STREET = '9 Evelyn Walk';
  /** Room 3 and room 4 are of one organization, which tells where room 3 is; so does room 4, which meets elsewhere. */
  const telling = (number: number, more: Json = {}): Json => {
    const record = made(number, more);
    const organization = { ...(made(3)['organization'] as Json), description: `Our house is at ${STREET}.` } as Json;
    return { ...record, organization_id: organization['id'], organization };
  };
  const hide = () => {
    const [hall] = listing(3)?.locations ?? [];
    const address = { ...hall!.address!, address_1: STREET };
    signpost.directory.change((save) =>
      save({ locations: [{ ...hall!, address, confidential: true }] }, { action: 'edited', role: 'moderator' }),
    );
  };
  const everything = async () => {
    const id = currentId(signpost.db, idOf(3));
    const { organization } = findListing(signpost.db, id)!;
    const asked = [
      '/api/v1/search?per_page=100',
      '/api/v1/search?q=evelyn',
      ...[id, idOf(4)].flatMap((each) => [`/api/v1/services/${each}`, `/api/openreferral/v3/services/${each}`]),
      `/api/v1/organizations/${organization.id}`,
      `/api/openreferral/v3/organizations/${organization.id}`,
      '/api/openreferral/v3/services?full=true&per_page=100',
      '/fhir/R4/HealthcareService?_count=100',
      `/fhir/R4/Organization/${organization.id}`,
      '/api/v1/services.csv',
    ];
    const answers = await Promise.all(asked.map(async (path) => signpost.api.request(path)));
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 200));
    return (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
  };
  beforeEach(async () => {
    council.records = [
      made(1),
      telling(3),
      telling(4, { description: `Ask at ${STREET} for the key.`, alert: `Not at ${STREET}.` }),
    ];
    await again();
    expect(await everything()).toContain(STREET);
  });

  test('it says no more from the moment on at which the place is private', async () => {
    hide();
    expect(await everything()).not.toMatch(/Evelyn/);
    expect(listing(4)?.service.description).toBe('Ask at (private) for the key.');
    expect(listing(4)?.service.availability.note).toBe('Not at (private).');
    // What others say of another house is theirs.
    expect(listing(1)?.service.description).toBe(made(1)['description']);
  });

  test('nor when its source says it anew, and what else that says is taken in', async () => {
    hide();
    days(1);
    council.records = [
      telling(3, { last_modified: '2026-11-21T10:00:00Z' }),
      telling(4, { description: `Now at ten. Ring ${STREET.toLowerCase()}.`, last_modified: '2026-11-21T10:00:00Z' }),
    ];
    await again();
    expect(listing(4)?.service.description).toBe('Now at ten. Ring (private).');
    expect(await everything()).not.toMatch(/evelyn walk/i);
  });

  test('a file of a former version is put right at a start', async () => {
    const { db } = signpost;
    const [hall] = listing(3)?.locations ?? [];
    const address = { ...hall!.address!, address_1: STREET };
    const locations = [{ ...hall!, address, confidential: true }];
    saveBatch(db, { locations }, '2026-11-21T09:00:00Z', { action: 'edited', role: 'moderator' });
    expect(await everything()).toContain(STREET);
    withholdEverywhere(signpost.directory);
    expect(await everything()).not.toMatch(/Evelyn/);
  });
});

describe('asking no more than is needed', () => {
  test('only what has changed is asked for, where that works; everything once a week all the same', async () => {
    council.honoursModifiedAfter = true;
    council.records = [1, 2, 3, 4, 5].map((number) => made(number, { last_modified: '2026-11-01T08:00:00Z' }));
    await again();
    expect(council.details()).toBe(5);
    days(2);
    council.records[3] = made(4, { description: 'Changed.', last_modified: '2026-11-22T08:00:00Z' });
    const report = await again();
    expect(report.words).toMatch(/since 2026-11-20/);
    expect(council.server.asked.some((path) => /modified_after=2026-11-20/.test(path))).toBe(true);
    expect(report).toMatchObject({ outcome: 'complete', changed: 1, unchanged: 0 });
    expect(council.details()).toBe(6);
    days(8);
    expect(await again()).toMatchObject({ unchanged: 5 });
  });

  test('where it is ignored, everything is read', async () => {
    await again();
    days(1);
    expect(await again()).toMatchObject({ unchanged: 5, words: null });
    expect(council.server.asked.filter((path) => /modified_after=2026/.test(path))).toEqual([]);
  });

  test('a file that has not changed is not sent again', async () => {
    let sent = 0;
    const file = await serveFeed((request, response) => {
      if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304).end();
      sent++;
      response.writeHead(200, { 'content-type': 'application/x-ndjson', etag: '"one"' });
      response.end(council.records.map((record) => JSON.stringify(record)).join('\n'));
    });
    const other = register(signpost, `${file.url}/feed.ndjson`, 'A file');
    expect(await harvest(signpost, other)).toMatchObject({ outcome: 'complete', added: 5 });
    const before = sent;
    const report = await harvest(signpost, findFeed(signpost.db, other.id) as Feed);
    await file.close();
    expect(report).toMatchObject({
      outcome: 'complete',
      unchanged: 5,
      words: 'Nothing has changed since the last time.',
    });
    expect(sent).toBe(before);
  });
});

describe('stopped, and beside others', () => {
  test('stopped in the middle it goes on where it was, and counts as one run', async () => {
    council.records = Array.from({ length: 250 }, (_, index) => made(index + 1));
    const stopping = new AbortController();
    council.onAsked = (path) => {
      if (path.includes('page=3')) stopping.abort(new Error('Stopped.'));
    };
    expect(await again({ signal: stopping.signal })).toMatchObject({ outcome: 'stopped', added: 200 });
    expect(findFeed(signpost.db, feed.id)?.progress).toMatchObject({ run: 1, page: 3 });
    council.onAsked = () => {};
    council.server.asked.length = 0;
    expect(await again()).toMatchObject({ outcome: 'complete', added: 50 });
    expect(council.server.asked.filter((path) => /page=[12]&/.test(path)).length).toBeLessThanOrEqual(1);
    expect(findFeed(signpost.db, feed.id)).toMatchObject({ runs: 1, progress: null });
    expect(signpost.index.size).toBe(250);
  });

  test('there is one harvest of a feed at a time', async () => {
    const lease = takeImportLease(signpost.db, `harvest ${feed.id}`);
    await expect(again()).rejects.toThrow(ImportAtWorkError);
    lease.release();
    expect((await again()).outcome).toBe('complete');
  });

  test('the running server harvests what is due, each in its time, and writes a line to the log', async () => {
    const lines: string[] = [];
    const harvester = createHarvester(
      signpost.directory,
      { allowPrivate: true, client: { backoff: 1, attempts: 1 } },
      (line) => lines.push(line),
    );
    await harvester.harvest(feedsToHarvest(signpost.directory));
    await harvester.harvest(feedsToHarvest(signpost.directory));
    expect(lines).toEqual([expect.stringMatching(/^Harvest of Elsewhere: complete\. 5 added, 0 changed/)]);
    days(1);
    await harvester.harvest(feedsToHarvest(signpost.directory));
    expect(harvestsOf(signpost.db, feed.id, 10).map(({ unchanged }) => unchanged)).toEqual([5, 0]);
  });

  test('a feed that fails is asked again after an hour, then two, then four', async () => {
    await council.server.close();
    const waits: number[] = [];
    for (let run = 0; run < 3; run++) {
      await again();
      waits.push((Date.parse(findFeed(signpost.db, feed.id)?.next_at ?? '') - signpost.clock.at.getTime()) / 3_600_000);
    }
    expect(waits).toEqual([1, 2, 4]);
  });
});

describe('a feed that is limited to an area', () => {
  const elsewhere = (number: number, more: Json = {}): Json => ({
    ...JSON.parse(JSON.stringify(made(number)).replaceAll('E8 1EA', 'SO14 2AR').replaceAll('Hackney', 'Southampton')),
    ...more,
  });
  const servesOnly = (name: string) => ({ service_areas: [{ id: `area of ${name}`, name }] });
  const shown = () => [1, 2, 3, 4, 5].filter((number) => listing(number)?.state === 'published');
  const limit = (typed: string) => setFeedLimit(signpost.directory, feed.id, typed);
  beforeEach(() => {
    council.records = [
      made(1),
      elsewhere(2),
      elsewhere(3, servesOnly('Hackney')),
      elsewhere(4, servesOnly('England')),
      elsewhere(5, servesOnly('Southampton')),
    ];
  });

  test('brings what is there, or takes people from there, and says how much it left out', async () => {
    expect(limit('Hackney')).toBeNull();
    const report = await again();
    expect(report).toMatchObject({ outcome: 'complete', added: 3 });
    expect(shown()).toEqual([1, 3, 4]);
    expect(report.notes).toContainEqual(
      expect.objectContaining({ kind: 'feed', words: 'Left out: 2 that are not in Hackney.' }),
    );
  });

  test('loses what is here and lies outside at its next harvest, with the reason, and has it again without a limit', async () => {
    council.honoursModifiedAfter = true;
    await again();
    await again();
    expect(shown()).toEqual([1, 2, 3, 4, 5]);
    limit('Hackney');
    expect((await again()).outcome).toBe('complete');
    expect(shown()).toEqual([1, 3, 4]);
    expect(listing(2)?.state).toBe('archived');
    const [last] = historyOf(signpost.db, [idOf(2)]);
    expect(last?.reason).toMatch(/is not in Hackney, to which this feed is limited/);
    limit('');
    await again();
    expect(shown()).toEqual([1, 2, 3, 4, 5]);
  });

  test('may be left with a few of many: that is no mistake of the feed', async () => {
    council.records = Array.from({ length: 30 }, (_, at) => (at < 3 ? made(at + 1) : elsewhere(at + 1)));
    await again();
    limit('Hackney');
    expect(await again()).toMatchObject({ outcome: 'complete', words: null });
    expect(shown()).toEqual([1, 2, 3]);
  });

  test.each([
    ['Atlantis', /no area that is known here/],
    ['England', /Write a council area, a county or a region/],
  ])('%s is no limit, and nothing is changed', (typed, words) => {
    limit('Hackney');
    expect(limit(typed)).toMatch(words);
    expect(findFeed(signpost.db, feed.id)?.within).toMatchObject({ name: 'Hackney', districts: ['E09000012'] });
  });
});
