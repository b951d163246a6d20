import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadClinical } from '../../../api/store/clinical-seed.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing, publicListings } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { loadExamples } from '../../../api/store/seed.ts';
import { createSignpost, harvest, register, type Signpost, serveFeed } from './world.ts';

/** A second Signpost, started empty, harvests the first through its Open Referral API, and answers as it does. */

let first: Signpost;
let second: Signpost;
let served: Awaited<ReturnType<typeof serveFeed>>;

beforeAll(async () => {
  first = createSignpost();
  loadExamples(first.db, first.clock.at);
  loadClinical(first.db, first.clock.at);
  first.index.put([...publicListings(first.db)]);
  second = createSignpost();
  served = await serveFeed(async (request, response) => {
    const answer = await first.api.request(request.url ?? '/', { headers: request.headers as Record<string, string> });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
});
afterAll(() => served.close());

const WORDS = [
  'chair yoga',
  'fibromyalgia',
  'osteoarthritis',
  'low mood',
  'volunterring',
  'walking group',
  'choir',
  'bereavement',
  'food bank',
  'turkish',
  'carers',
  'debt advice',
  'warm space',
  'gardening',
  'crisis',
  'befriending',
  'swimming',
  'dementia café',
  'persistent pain',
  'men',
  'young people',
  'benefits',
  'library',
  'art',
];
const QUERIES = [
  ...WORDS.map((words) => `q=${encodeURIComponent(words)}`),
  ...WORDS.slice(0, 12).map((words) => `q=${encodeURIComponent(words)}&postcode=E8%201EA`),
  '',
  'postcode=E8%201EA',
  'postcode=N16%208EL',
  'postcode=E8',
  'postcode=SE1%207EH',
  'postcode=Hackney',
  'postcode=E8%201EA&kind=clinical',
  'postcode=E8%201EA&kind=volunteering',
  'postcode=E8%201EA&category=movement',
  'postcode=E8%201EA&category=support',
  'cost=free',
  'postcode=E8%201EA&day=TU',
  'access=step_free',
  'language=tr',
  'pain_friendly=seated_option',
  'postcode=E8%201EA&join=drop_in',
  'age=16',
  'mode=online',
  'kind=peer_support',
  'postcode=E8%201EA&radius=1',
];

/**
 * Everything of an answer but when the records were last written, the licence under which they were taken, and what seals
 * the place. That a check is due each directory works out by itself, from the same date.
 */
const told = (body: unknown): unknown =>
  JSON.parse(
    JSON.stringify(body, (key, value) =>
      ['last_modified', 'licence', 'near'].includes(key)
        ? undefined
        : key === 'state' && value === 'due'
          ? 'published'
          : value,
    ),
  );

describe('the same answers', () => {
  test('it harvests every listing of the first, and none twice', async () => {
    const feed = register(second, `${served.url}/api/openreferral/v3`, 'First');
    const report = await harvest(second, feed, { client: {} });
    expect(report).toMatchObject({ outcome: 'complete', refused: 0, changed: 0, added: first.index.size });
    expect(second.index.size).toBe(first.index.size);
    // A single stream, and not a request for each listing.
    expect(served.asked.length).toBeLessThan(6);
  });

  test.each(QUERIES)('of %s', async (query) => {
    const [one, other] = await Promise.all(
      [first, second].map(async ({ api }) => {
        const answer = await api.request(`/api/v1/search?per_page=50&${query}`);
        return { status: answer.status, body: told(await answer.json()) };
      }),
    );
    expect(one?.status).toBe(200);
    expect(other).toEqual(one);
  });

  test('a second harvest changes nothing', async () => {
    const modified = () => second.db.prepare('SELECT id, last_modified, revision FROM service ORDER BY id').all();
    const before = modified();
    const feed = register(second, `${served.url}/api/openreferral/v3`, 'First');
    const report = await harvest(second, feed, { client: {} });
    expect(report).toMatchObject({
      outcome: 'complete',
      added: 0,
      changed: 0,
      refused: 0,
      unchanged: first.index.size,
    });
    expect(modified()).toEqual(before);
  });
});

describe('what the first withdraws', () => {
  const archive = (at: number): string => {
    const { service } = [...publicListings(first.db)][at]!;
    first.directory.change((save) =>
      save({ services: [{ service, state: 'archived' }] }, { action: 'archived', role: 'moderator' }),
    );
    return service.id;
  };

  test('is taken away here too, but for what somebody here looks after, and comes back when it is back', async () => {
    first.clock.at = new Date('2026-11-22T09:00:00Z');
    second.clock.at = new Date('2026-11-23T09:00:00Z');
    const [gone, kept] = [archive(0), archive(1)];
    addKeeper(second.db, kept, personOf(second.db, 'keeper@example.org', second.clock.at), second.clock.at);
    const feed = register(second, `${served.url}/api/openreferral/v3`, 'First');
    const report = await harvest(second, feed, { client: {} });
    expect(report).toMatchObject({ outcome: 'complete', added: 0, refused: 0 });
    expect(report.notes.flatMap(({ field, words }) => (field === 'state' ? [words] : []))).toEqual([
      'Its source has withdrawn it.',
      'Its source has withdrawn it.',
    ]);
    expect(findListing(second.db, gone)?.state).toBe('archived');
    expect((await second.api.request(`/api/openreferral/v3/services/${gone}`)).status).toBe(410);
    expect(findListing(second.db, kept)?.state).toBe('unconfirmed');
    // Said again at the next harvest, it is not done again.
    expect(await harvest(second, feed, { client: {} })).toMatchObject({ outcome: 'complete', changed: 0 });

    const { service } = findListing(first.db, gone)!;
    first.directory.change((save) =>
      save({ services: [{ service, state: 'published' }] }, { action: 'restored', role: 'moderator' }),
    );
    await harvest(second, feed, { client: {} });
    expect(findListing(second.db, gone)?.state).toBe('published');
  });
});
