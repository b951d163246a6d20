import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createApi } from '../../api/app.ts';
import { createDirectory } from '../../api/directory/directory.ts';
import { openIndex } from '../../api/directory/open-index.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import { readSettings } from '../../api/runtime/settings.ts';
import { readVocabularyFolder } from '../../api/search/text/vocabulary-folder.ts';
import type { Cause } from '../../api/store/changes.ts';
import { removeClinical } from '../../api/store/clinical-seed.ts';
import { type Batch, writeBatch } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { removeExamples } from '../../api/store/seed.ts';
import { openUrgentHelp } from '../../api/urgent/urgent.ts';
import { generateListings } from './directory.ts';
import { readGround } from './ground.ts';
import { SECRET } from './paths.ts';

/**
 * Fills a file with generated listings the way an import does, a process of its own that answers searches meanwhile.
 * Arguments: the file, how many listings, how many more to import: first by themselves, then as many while the parent searches.
 */
const [file = '', size = '0', more = '0'] = process.argv.slice(2);
const ground = readGround();
const db = openStore(file);
removeExamples(db);
removeClinical(db);
const vocabulary = readVocabularyFolder(join(import.meta.dirname, '../../data'));
const now = () => new Date('2026-11-21T12:00:00Z');
const IMPORT: Cause = { action: 'imported', role: 'source' };

/** Batches of a thousand. What making them up takes is not counted. */
function* batches(count: number, seed: number): Generator<Batch> {
  let batch: Required<Batch> = { organizations: [], locations: [], services: [] };
  for (const { organization, locations, service, state } of generateListings(ground, count, seed)) {
    batch.organizations.push(organization);
    batch.locations.push(...locations);
    batch.services.push({ service, state });
    if (batch.services.length < 1000) continue;
    yield batch;
    batch = { organizations: [], locations: [], services: [] };
  }
  if (batch.services.length > 0) yield batch;
}

/** Seconds that a bulk took, but for making its batches up. */
async function timed(count: number, seed: number): Promise<number> {
  const started = performance.now();
  let making = 0;
  const made = batches(count, seed);
  const untimed = {
    *[Symbol.iterator](): Generator<Batch> {
      for (;;) {
        const start = performance.now();
        const { value, done } = made.next();
        making += performance.now() - start;
        if (done) return;
        yield value;
      }
    },
  };
  await directory.bulk(untimed, IMPORT);
  return (performance.now() - started - making) / 1000;
}

// Most of them at once and unmeasured, in large transactions that nobody waits for.
db.pragma('synchronous = OFF');
db.pragma('cache_size = -256000');
for (const batch of batches(Number(size), 1))
  db.transaction(() => writeBatch(db, batch, now().toISOString(), IMPORT, true)).immediate();
db.pragma('cache_size = -2000');
db.pragma('synchronous = FULL');
db.pragma('wal_checkpoint(TRUNCATE)');

const opening = performance.now();
const { index, follower, keepNow } = openIndex(db, vocabulary);
const anew = (performance.now() - opening) / 1000;
const started = performance.now();
keepNow();
const kept = (performance.now() - started) / 1000;
const directory = createDirectory({ db, index, now, follower });
const imported = Number(more) / (await timed(Number(more), 2));
await index.settled();

const api = createApi({
  db,
  index,
  geocoder: createGeocoder({ db, postcodesIoUrl: null, towns: () => index.towns() }),
  secret: SECRET,
  settings: readSettings({}),
  now,
  urgent: openUrgentHelp(null),
});
const server = serve({ fetch: api.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }, ({ port }) =>
  process.send?.({ port, imported, anew, kept }),
);
process.on('message', async (message) => {
  if (message === 'import') process.send?.({ again: Number(more) / (await timed(Number(more), 3)) });
  if (message !== 'end') return;
  await index.settled();
  keepNow();
  server.close();
  closeStore(db);
  process.disconnect();
});
