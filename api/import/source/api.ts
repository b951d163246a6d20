import { withoutEnd } from '../../domain/trim.ts';
import { type FeedClient, FeedError, type Page } from '../fetch/client.ts';
import type { RawPiece } from '../oruk/read.ts';
import { isObject, type JsonRecord } from '../oruk/walk.ts';
import { isCalendarAddress, readCalendar } from './calendar.ts';
import { recordsIn } from './file.ts';
import { jsonLinesOf, type Piece } from './lines.ts';
import { isRpde, pageAtEnd, type RpdeEnd, type RpdeStart, readRpde } from './rpde.ts';

/**
 * The services of an Open Referral UK API, of 3.0 or of 1.0, or of one file on the web. What an API honours is tried and
 * looked at, never believed.
 */

/** Pages of one list; a list with more than these has no end. */
const MOST_PAGES = 20_000;
/** Records of one run. */
const MOST_RECORDS = 2_000_000;
const PER_PAGE = 100;
/** Details asked for at once. */
const AT_ONCE = 4;
/** Records one after the other whose details could not be read. */
const MOST_FAILED = 20;
/** Pages one after the other that could not be read. */
const MOST_LOST = 5;

export interface ApiOptions {
  client: FeedClient;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
  /** Asks another Signpost what it has withdrawn since then: 'YYYY-MM-DD'. */
  withdrawnSince?: string;
  /** Told the share that has been read, where the feed says how much there is. */
  onRead: (share: number) => void;
  /** Only what was changed since: 'YYYY-MM-DD'. */
  modifiedAfter?: string;
  /** The page to begin with, after a stop. */
  fromPage?: number;
  /** Of the last answer that was the whole feed. */
  conditions?: { address: string; etag?: string; last_modified?: string };
  /** Of a feed that is paged by what has changed: where the last harvest ended. */
  rpde?: RpdeStart;
}

/** What a reading of an API came to, beside its records. */
export interface ApiFindings {
  /** Nothing has changed since the last time. */
  unchanged?: boolean;
  /** Of an answer that was the whole feed. */
  conditions?: NonNullable<ApiOptions['conditions']>;
  /** Whether it is another Signpost, which says what it has withdrawn. */
  withdrawals?: boolean;
  /** Whether `modified_after` leaves out what is older; absent where it was not tried. */
  modified_after?: boolean;
  /** Of a feed that is paged by what has changed: where this harvest has ended. */
  rpde?: RpdeEnd;
}

/** Addresses to try for the list, the likeliest first. */
function listAddresses(url: string): string[] {
  const { origin, pathname, search } = new URL(url);
  const path = withoutEnd(pathname, '/');
  const given = `${origin}${path}${search}`;
  return /\/services$/.test(path) ? [given] : [given, `${origin}${path}/services${search}`];
}

const withParameters = (address: string, parameters: Record<string, string>): string => {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};

const lost = (about: string, error: unknown, loses = true): Piece => ({
  kind: 'fault',
  about,
  words: error instanceof Error ? error.message : String(error),
  loses,
});

/**
 * Reads a feed at an address.
 * Also what such an address may be instead: a feed of OpenActive, or a calendar.
 * @throws FeedError where nothing can be read at all; what is lost on the way is told among the pieces
 */
export async function* readApi(url: string, options: ApiOptions, findings: ApiFindings): AsyncGenerator<RawPiece> {
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(new URL(url).pathname)) {
    yield* readStream(url, options, findings, true);
    return;
  }
  if (isCalendarAddress(url)) {
    yield* readCalendar(url, options.client, options.today);
    return;
  }
  const noteEnd = (end: RpdeEnd) => {
    findings.rpde = end;
  };
  const further = options.rpde && (await pageAtEnd(options.rpde, options.client));
  if (options.rpde && further) {
    yield* readRpde(options.rpde.next, further, options.rpde, options, noteEnd);
    return;
  }
  const { address, first, whole } = await findList(url, options);
  if (first && isRpde(first.body)) {
    yield* readRpde(address, first.body, null, options, noteEnd);
    return;
  }
  yield* notingOwn(readList(address, first, whole, options, findings), findings);
  if (options.withdrawnSince !== undefined) yield* withdrawalsOf(address, options.withdrawnSince, options.client);
}

/** Passes pieces on, and notes whether they come from another Signpost. */
async function* notingOwn(pieces: AsyncIterable<RawPiece>, findings: ApiFindings): AsyncGenerator<RawPiece> {
  for await (const piece of pieces) {
    if (piece.kind === 'record' && isObject(piece.raw) && 'signpost' in piece.raw) findings.withdrawals = true;
    yield piece;
  }
}

async function* readList(
  address: string,
  first: Page | null,
  whole: unknown[] | null,
  options: ApiOptions,
  findings: ApiFindings,
): AsyncGenerator<RawPiece> {
  if (whole) {
    for (const raw of whole) yield { kind: 'record', raw };
    return;
  }
  if (options.modifiedAfter === undefined && (options.fromPage ?? 1) === 1) {
    const streamed = yield* tryStream(address, options, findings);
    if (streamed) return;
  }
  yield* readPages(address, first, options);
  findings.modified_after = await honoursModifiedAfter(address, options.client);
}

/** What another Signpost has withdrawn; where it does not say, nothing. */
async function* withdrawalsOf(address: string, since: string, client: FeedClient): AsyncGenerator<RawPiece> {
  const list = new URL('withdrawals', address).href;
  for (let number = 1; number <= MOST_PAGES; number++) {
    let page: Page;
    try {
      const parameters = { modified_after: since, page: String(number), per_page: String(PER_PAGE) };
      page = await client.json(withParameters(list, parameters));
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      yield lost('withdrawals', error, false);
      return;
    }
    const records = recordsIn(page.body) ?? [];
    for (const record of records) {
      const id = idOf(record);
      if (id !== null) yield { kind: 'gone', record_id: id, words: 'Its source has withdrawn it.' };
    }
    if (isLast(page, number, records.length)) return;
  }
}

interface Found {
  address: string;
  first: Page | null;
  /** Where the address was a plain list of everything. */
  whole: unknown[] | null;
}

async function findList(url: string, { client }: ApiOptions): Promise<Found> {
  let problem: unknown;
  for (const address of listAddresses(url)) {
    try {
      const page = await client.json(address);
      if (Array.isArray(page.body)) return { address, first: null, whole: page.body };
      if (recordsIn(page.body) !== null && isObject(page.body) && !('openapi_url' in page.body))
        return { address, first: page, whole: null };
      problem = new FeedError(`${address} answers, and holds no services.`);
    } catch (error) {
      // The list may work even where the root of the API fails.
      problem ??= error;
      if (/is not asked/.test((error as Error).message)) throw error;
    }
  }
  throw problem;
}

/** Everything in one stream, where the feed does that. @returns whether it did */
async function* tryStream(
  address: string,
  options: ApiOptions,
  findings: ApiFindings,
): AsyncGenerator<RawPiece, boolean> {
  const asked = withParameters(address, { format: 'ndjson', full: 'true' });
  try {
    return yield* readStream(asked, options, findings, false);
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return false;
  }
}

async function* readStream(
  address: string,
  { client, conditions }: ApiOptions,
  findings: ApiFindings,
  mustBe: boolean,
): AsyncGenerator<RawPiece, boolean> {
  const known = conditions?.address === address ? conditions : undefined;
  const answer = await client.open(address, {
    accept: 'application/x-ndjson, application/json;q=0.5',
    ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
    ...(known?.last_modified !== undefined && { 'if-modified-since': known.last_modified }),
  });
  if (answer.status === 304) {
    findings.unchanged = true;
    return true;
  }
  const type = answer.headers.get('content-type') ?? '';
  if ((!mustBe && !/ndjson|jsonl|json-seq/i.test(type)) || answer.body === null) {
    await answer.body?.cancel();
    return false;
  }
  const { pathname } = new URL(address);
  const bytes = /\.gz$/i.test(pathname)
    ? answer.body.pipeThrough(
        new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>,
      )
    : answer.body;
  const headers: NonNullable<ApiOptions['conditions']> = { address };
  const etag = answer.headers.get('etag');
  const modified = answer.headers.get('last-modified');
  if (etag !== null) headers.etag = etag;
  if (modified !== null) headers.last_modified = modified;
  let count = 0;
  try {
    for await (const piece of jsonLinesOf(counted(bytes, client), pathname)) {
      if (piece.kind === 'record' && ++count > MOST_RECORDS) throw new FeedError('The stream has no end.');
      // A line of it may be a summary: only what nests its places is whole.
      if (count === 1 && !mustBe && piece.kind === 'record' && !isDetailed(piece.raw)) return false;
      yield piece;
    }
  } catch (error) {
    yield lost(pathname, new FeedError(`The stream broke off after ${count} records (${(error as Error).message}).`));
    // A file has no pages to go on with.
    return mustBe;
  }
  findings.conditions = headers;
  return true;
}

async function* counted(bytes: AsyncIterable<Uint8Array>, { onBytes }: FeedClient): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/**
 * Whether a record of a list is as full as one asked for by itself: it says where it is, when, or under which terms.
 */
const isDetailed = (raw: unknown): boolean =>
  isObject(raw) &&
  ['service_at_locations', 'schedules', 'attributes', 'contacts', 'regular_schedules', 'service_taxonomys'].some(
    (name) => {
      const value = raw[name];
      return Array.isArray(value) && value.length > 0;
    },
  );

async function* readPages(address: string, first: Page | null, options: ApiOptions): AsyncGenerator<RawPiece> {
  const { client, onRead, modifiedAfter, fromPage = 1 } = options;
  const seen = new Set<string>();
  const details = detailsOf(address, options);
  let lostPages = 0;
  let total: number | null = null;
  for (let number = fromPage; number <= MOST_PAGES; number++) {
    const parameters = { page: String(number), per_page: String(PER_PAGE) };
    const asked = withParameters(address, { ...parameters, ...(modifiedAfter && { modified_after: modifiedAfter }) });
    const about = `page ${number}`;
    let page: Page;
    try {
      page = await client.json(asked);
      if (recordsIn(page.body) === null) throw new FeedError(`${new URL(asked).pathname} answers no list.`);
      lostPages = 0;
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      yield lost(about, error);
      lostPages++;
      total ??= first === null ? null : totalPages(first);
      if (total === null || number >= total || lostPages >= MOST_LOST) return;
      continue;
    }
    if (page.note !== null) yield lost(about, page.note, false);
    const records = recordsIn(page.body) ?? [];
    total = totalPages(page) ?? total;
    const ids = records.map((raw) => idOf(raw) ?? JSON.stringify(raw)?.slice(0, 200) ?? '');
    if (records.length > 0 && ids.every((id) => seen.has(id))) {
      const all = totalItems(page);
      const words = 'The list repeats itself: nothing on this page is new. Reading ended there.';
      yield { kind: 'fault', about, words, loses: all === null || seen.size < all };
      return;
    }
    const fresh = records.filter((_, index) => !seen.has(ids[index] as string) || idOf(records[index]) === null);
    for (const id of ids) seen.add(id);
    yield* details(fresh);
    if (total !== null && total > 0) onRead(Math.min(1, number / total));
    yield { kind: 'page', next: number + 1 };
    if (isLast(page, number, records.length) || seen.size > MOST_RECORDS) return;
  }
  yield { kind: 'fault', about: `page ${MOST_PAGES}`, words: 'The list has no end; reading ended there.', loses: true };
}

const idOf = (raw: unknown): string | null => {
  const id = isObject(raw) ? raw['id'] : undefined;
  return (typeof id === 'string' || typeof id === 'number') && id !== '' ? String(id) : null;
};

const numberIn = ({ body }: Page, ...names: string[]): number | null => {
  for (const name of names) {
    const value = isObject(body) ? body[name] : undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  }
  return null;
};
const totalPages = (page: Page): number | null => numberIn(page, 'total_pages', 'totalPages');
const totalItems = (page: Page): number | null => numberIn(page, 'total_items', 'totalElements');

function isLast(page: Page, number: number, count: number): boolean {
  const total = totalPages(page);
  if (count === 0) return true;
  // A feed that says 'last' on every page, and has more, is believed about its number of pages.
  if (total !== null && total > 0) return number >= total;
  const body = page.body as JsonRecord;
  return body['last_page'] === true || body['last'] === true || count < 2;
}

/**
 * Hands on the records of pages whole: where a list has summaries alone, each is asked for. Whether it has is found out by
 * the first few.
 */
function detailsOf(address: string, { client }: ApiOptions) {
  let needed: boolean | null = null;
  let failed = 0;
  const base = new URL(address);
  const detail = async (id: string): Promise<unknown> => {
    const url = new URL(`${withoutEnd(base.pathname, '/')}/${encodeURIComponent(id)}`, base);
    const { body } = await client.json(url.href);
    return isObject(body) && !('name' in body) && isObject(body['contents']) ? body['contents'] : body;
  };

  async function whole(raw: unknown): Promise<Piece> {
    const id = idOf(raw);
    if (id === null || needed === false) return { kind: 'record', raw };
    try {
      const found = await detail(id);
      if (!isObject(found) || idOf(found) !== id) throw new FeedError('What was answered is another record.');
      return { kind: 'record', raw: { ...(raw as JsonRecord), ...found } };
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      return lost(
        `record ${id}`,
        new FeedError(`Its details could not be had, and it was left as it was. ${error.message}`),
      );
    }
  }

  return async function* (records: readonly unknown[]): AsyncGenerator<Piece> {
    if (needed === null && records.length > 0) {
      const [sample] = records;
      const listed = records.some(isDetailed);
      const piece = await whole(sample);
      if (piece.kind === 'record') needed = !listed || (isDetailed(piece.raw) && !isDetailed(sample));
      // Where the details cannot be had and the list is as full, the list is enough. Else the next record is tried too.
      else if (listed) needed = false;
      yield piece.kind === 'fault' && listed ? { kind: 'record', raw: sample } : piece;
      yield* inGroups(records.slice(1));
    } else yield* inGroups(records);
  };

  async function* inGroups(records: readonly unknown[]): AsyncGenerator<Piece> {
    for (let at = 0; at < records.length; at += AT_ONCE) {
      const pieces = await Promise.all(records.slice(at, at + AT_ONCE).map(whole));
      failed = pieces.every(({ kind }) => kind === 'fault') ? failed + pieces.length : 0;
      yield* pieces;
      if (failed >= MOST_FAILED)
        throw new FeedError(`The details of the last ${failed} records could not be had; it is tried again later.`);
    }
  }
}

/** Whether asking for what changed after tomorrow gives nothing, as it must. */
async function honoursModifiedAfter(address: string, client: FeedClient): Promise<boolean> {
  try {
    const page = await client.json(withParameters(address, { modified_after: '2999-01-01', page: '1', per_page: '1' }));
    return recordsIn(page.body)?.length === 0;
  } catch {
    return false;
  }
}
