import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApi } from '../../../api/app.ts';
import { createDirectory } from '../../../api/directory/directory.ts';
import { createGeocoder } from '../../../api/geocode/geocoder.ts';
import { registerFeed } from '../../../api/import/feeds.ts';
import type { ClientOptions } from '../../../api/import/fetch/client.ts';
import { harvestFeed } from '../../../api/import/harvest.ts';
import type { HarvestOptions } from '../../../api/import/harvest-run.ts';
import { readSettings } from '../../../api/runtime/settings.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import type { Feed, ReportNote } from '../../../api/store/feeds.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { openStore } from '../../../api/store/open.ts';
import { openUrgentHelp } from '../../../api/urgent/urgent.ts';

const VOCABULARY = join(import.meta.dirname, '../../../data/vocabulary/synonyms.txt');

/** A whole Signpost over a database in memory, without listings and without a table of postcodes. */
export function createSignpost(start = '2026-11-21T09:00:00Z') {
  const clock = { at: new Date(start) };
  const now = () => clock.at;
  const db = openStore(':memory:');
  const index = createSearchIndex(publicListings(db), readVocabulary(readFileSync(VOCABULARY, 'utf8')));
  const directory = createDirectory({ db, index, now });
  const geocoder = createGeocoder({ db, postcodesIoUrl: null, towns: () => index.towns() });
  const secret = new Uint8Array(32).fill(3);
  const api = createApi({ db, index, geocoder, secret, settings: readSettings({}), now, urgent: openUrgentHelp(null) });
  return { db, index, directory, api, clock };
}
export type Signpost = ReturnType<typeof createSignpost>;

/** One further attempt, at once. */
const BRISK: Partial<ClientOptions> = { backoff: 1, attempts: 1 };
/** Quick to give up where a real feed is given time. */
export const HASTY: Partial<ClientOptions> = { ...BRISK, stall: 500, patience: 500, longest: 2000 };

/** Registers a feed that stands on this computer. */
export function register({ directory }: Signpost, url: string, name = 'Elsewhere', home = '', within = ''): Feed {
  const made = registerFeed(directory, { name, url, licence: 'CC BY 4.0', every_hours: '24', home, within }, true);
  if ('faults' in made) throw new Error(JSON.stringify(made.faults));
  return made.feed;
}

/** Harvests it, and hands out every line of the report. */
export async function harvest({ directory }: Signpost, feed: Feed, options: Partial<HarvestOptions> = {}) {
  const notes: ReportNote[] = [];
  const report = await harvestFeed(directory, feed.id, {
    signal: new AbortController().signal,
    allowPrivate: true,
    client: BRISK,
    onReport: (some) => void notes.push(...some),
    ...options,
  });
  return { ...report, notes };
}

export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** A server on this computer that answers as it is told; `asked` lists what it was asked for. */
export async function serveFeed(handler: Handler) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.push(`${url.pathname}${url.search}`);
    await handler(request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export const sendJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

/** A page of a list as Open Referral UK 3.0 wants it. */
export function pageOf(records: readonly unknown[], url: URL) {
  const per = Number(url.searchParams.get('per_page') ?? 50);
  const page = Number(url.searchParams.get('page') ?? 1);
  const pages = Math.max(1, Math.ceil(records.length / per));
  const contents = records.slice((page - 1) * per, page * per);
  return {
    total_items: records.length,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page === pages,
    empty: contents.length === 0,
    contents,
  };
}
