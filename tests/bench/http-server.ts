import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createApi } from '../../api/app.ts';
import type { Listing } from '../../api/domain/service.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/vocabulary.ts';
import { readSettings } from '../../api/settings.ts';
import { publicListings, saveBatch } from '../../api/store/listings.ts';
import { openStore } from '../../api/store/open.ts';
import { generateListings } from './directory.ts';
import { readGround } from './ground.ts';
import { SECRET } from './http.ts';

/**
 * The server that http.ts measures, a process of its own: the API over a generated directory, and on a second port bare
 * Hono with the same body each time. Says its figures and ports to the parent.
 */
const size = Number(process.argv[2]);
const ground = readGround();
const db = openStore(':memory:');
const vocabulary = readVocabulary(
  readFileSync(join(import.meta.dirname, '../../data/vocabulary/synonyms.txt'), 'utf8'),
);
const index = createSearchIndex([], vocabulary);

let importing = 0;
let batch: Listing[] = [];
const flush = () => {
  const start = performance.now();
  saveBatch(
    db,
    {
      organizations: batch.map((listing) => listing.organization),
      locations: batch.flatMap((listing) => listing.locations),
      services: batch.map(({ service, state }) => ({ service, state })),
    },
    '2026-11-21T00:00:00Z',
  );
  index.put(batch);
  batch = [];
  importing += performance.now() - start;
};
for (const listing of generateListings(ground, size)) {
  batch.push(listing);
  if (batch.length === 1000) flush();
}
flush();
const imported = importing / 1000;

const starting = performance.now();
const fresh = createSearchIndex(publicListings(db), vocabulary);
const started = (performance.now() - starting) / 1000;

const api = createApi({
  db,
  index: fresh,
  geocoder: createGeocoder({ db, postcodesIoUrl: null, towns: () => fresh.towns() }),
  secret: SECRET,
  settings: readSettings({}),
  now: () => new Date('2026-11-21T12:00:00Z'),
});
const sample = await (await api.request('/api/v1/search?lat=51.5465&lng=-0.0554&radius=5')).text();
const bare = new Hono().get('/', (c) => c.body(sample, 200, { 'content-type': 'application/json' }));

const listen = (fetch: (request: Request) => Response | Promise<Response>): Promise<number> =>
  new Promise((resolve) => {
    serve({ fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }, ({ port }) => resolve(port));
  });
const ports = { api: await listen(api.fetch), bare: await listen(bare.fetch) };
process.send?.({
  ...ports,
  imported,
  started,
  bytes: Buffer.byteLength(sample),
  memory: process.memoryUsage().rss / 1e6,
});
