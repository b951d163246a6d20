import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../api/directory/directory.ts';
import { openIndex } from '../../../api/directory/open-index.ts';
import type { Listing } from '../../../api/domain/service.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import type { SearchIndex } from '../../../api/search/types.ts';
import { type Cause, historyOf, lastRevision } from '../../../api/store/changes.ts';
import { type Batch, countListings, findListing, publicListings } from '../../../api/store/listings.ts';
import { openStore } from '../../../api/store/open.ts';
import { readSeed } from '../../../api/store/seed.ts';
import { NOW } from '../../helpers/clock.ts';
import { randomQuery, VOCABULARY } from '../search/generated.ts';
import { Random } from '../search/random.ts';

/** Writing by the ten thousand, beside everything else. */

const vocabulary = readVocabulary(VOCABULARY);
const now = () => new Date(NOW);
const IMPORT: Cause = { action: 'imported', role: 'source' };
const EDIT: Cause = { action: 'edited', role: 'moderator' };

function setUp() {
  const db = openStore(':memory:');
  const { index, follower } = openIndex(db, vocabulary);
  return { db, index, follower, directory: createDirectory({ db, index, now, follower }) };
}

function expectInStep(index: SearchIndex, listings: Iterable<Listing>): void {
  const anew = createSearchIndex(listings, vocabulary);
  const random = new Random(12);
  expect(index.size).toBe(anew.size);
  for (let n = 0; n < 40; n++) {
    const query = randomQuery(random, { words: n % 2 === 0 });
    expect(index.search(query), JSON.stringify(query)).toEqual(anew.search(query));
  }
}

/** The sample directory several times over, under ids of its own each time. */
function* copies(count: number): Generator<Required<Batch>> {
  const seed = JSON.stringify(readSeed(now()));
  for (let n = 0; n < count; n++)
    yield JSON.parse(
      seed.replace(
        /"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)([0-9a-f]{2})/g,
        (_, head, two) => `"${head}${((Number.parseInt(two, 16) + n) % 256).toString(16).padStart(2, '0')}`,
      ),
    );
}

describe('a bulk', () => {
  it('is in the file, the history and the index when it has ended, and searches run meanwhile', async () => {
    const { db, index, follower, directory } = setUp();
    let done = false;
    const bulk = directory.bulk(copies(11), IMPORT).finally(() => {
      done = true;
    });
    const sizes = new Set<number>();
    while (!done) {
      sizes.add(
        index.search({ ...randomQuery(new Random(1), { words: false }), place: null, filters: {}, q: '' }).total,
      );
      await new Promise((resolve) => setImmediate(resolve));
    }
    const counts = await bulk;
    expect(counts.services).toBe(countListings(db));
    expect(sizes.size).toBeGreaterThan(2);
    expect(follower.seen).toBe(lastRevision(db));
    expectInStep(index, publicListings(db));
    await index.settled();
    expectInStep(index, publicListings(db));
    const [first] = publicListings(db);
    expect(historyOf(db, [first!.service.id])).toMatchObject([{ action: 'imported', before: null }]);
  });

  it('leaves what is as it was alone, and brings what it changes to every listing that shows it', async () => {
    const { db, index, directory } = setUp();
    const [batch] = copies(1);
    await directory.bulk([batch!], IMPORT);
    expect(await directory.bulk([batch!], IMPORT)).toEqual({ services: 0, organizations: 0, locations: 0 });
    const organizations = batch!.organizations.slice(0, 3).map((it) => ({ ...it, name: `${it.name} of Xanadu` }));
    const locations = batch!.locations.slice(0, 5).map((it) => ({ ...it, name: 'The moved hall' }));
    const services = batch!.services.slice(0, 7).map((it) => ({ ...it, state: 'suspended' as const }));
    const counts = await directory.bulk([{ organizations }, { locations }, { services }], IMPORT);
    expect(counts).toEqual({ services: 7, organizations: 3, locations: 5 });
    expectInStep(index, publicListings(db));
  });

  it('never puts back what somebody has changed in between', async () => {
    const { db, index, directory } = setUp();
    const [batch] = copies(1);
    const bulk = directory.bulk([batch!], IMPORT);
    let edited = 0;
    let done = false;
    bulk.finally(() => {
      done = true;
    });
    const random = new Random(3);
    while (!done) {
      const { service } = random.pick(batch!.services);
      const listing = findListing(db, service.id);
      if (listing && listing.state === 'published') {
        directory.change((save) =>
          save({ services: [{ service: { ...service, name: `Edited ${++edited}` }, state: 'published' }] }, EDIT),
        );
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await bulk;
    expect(edited).toBeGreaterThan(0);
    expectInStep(index, publicListings(db));
  });

  it('that breaks off keeps what was written, in the index too', async () => {
    const { db, index, follower, directory } = setUp();
    const [batch] = copies(1);
    const orphan = { ...batch!.services[0]!.service, organization_id: crypto.randomUUID() };
    const broken = { services: [{ service: { ...orphan, id: crypto.randomUUID() }, state: 'published' as const }] };
    await expect(directory.bulk([batch!, broken], IMPORT)).rejects.toThrow(/FOREIGN KEY/);
    for (const _ of follower.catchUp());
    expect(countListings(db)).toBe(batch!.services.length);
    expectInStep(index, publicListings(db));
    expect(follower.isBehind).toBe(false);
  });

  it('takes out what gives a private address away, in the index too', async () => {
    const { db, index, directory } = setUp();
    const [batch] = copies(1);
    const [first] = batch!.services.filter(({ service }) => service.location_ids.length > 0);
    const { address } = batch!.locations.find(({ id }) => id === first!.service.location_ids[0])!;
    const words = `We are at ${address?.postal_code}.`;
    const telling = {
      ...batch!,
      locations: batch!.locations.map((it) =>
        it.id === first!.service.location_ids[0] ? { ...it, confidential: true } : it,
      ),
      services: batch!.services.map((it) =>
        it === first ? { ...it, service: { ...it.service, description: words } } : it,
      ),
    };
    await directory.bulk([telling], IMPORT);
    expect(findListing(db, first!.service.id)?.service.description).toBe('We are at (private).');
    expectInStep(index, publicListings(db));
  });
});
