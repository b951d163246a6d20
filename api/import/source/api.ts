import { withoutEnd } from '../../domain/trim.ts';
import { FeedError, type Page } from '../fetch/client.ts';
import type { RawPiece } from '../oruk/read.ts';
import { isObject } from '../oruk/walk.ts';
import { isCalendarAddress, readCalendar } from './calendar.ts';
import { recordsIn } from './file.ts';
import type { ApiFindings, ApiOptions } from './list/options.ts';
import { honoursModifiedAfter, readPages, withdrawalsOf } from './list/pages.ts';
import { readStream, tryStream } from './list/stream.ts';
import { isRpde, pageAtEnd, type RpdeEnd, readRpde } from './rpde.ts';

/**
 * The services of an Open Referral UK API, of 3.0 or of 1.0, or of one file on the web. What an API honours is tried and
 * looked at, never believed.
 */

/** Addresses to try for the list, the likeliest first. */
function listAddresses(url: string): string[] {
  const { origin, pathname, search } = new URL(url);
  const path = withoutEnd(pathname, '/');
  const given = `${origin}${path}${search}`;
  return /\/services$/.test(path) ? [given] : [given, `${origin}${path}/services${search}`];
}

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
