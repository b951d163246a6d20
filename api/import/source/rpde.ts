import { type FeedClient, FeedError } from '../fetch/client.ts';
import type { RawPiece } from '../oruk/read.ts';
import { isObject, type JsonRecord } from '../oruk/walk.ts';
import { OpenActiveItems } from './openactive/items.ts';

/**
 * Feeds of OpenActive, paged as Realtime Paged Data Exchange 1.0 has it: each page names the next, which begins after the
 * last item (`afterTimestamp` and `afterId`, or `afterChangeNumber`); one without items that names itself is the last.
 */

/** Pages of one feed; more is a feed that has no end. */
const MOST_PAGES = 20_000;

/** Whether a page is one of RPDE. */
export const isRpde = (body: unknown): body is JsonRecord =>
  isObject(body) && Array.isArray(body['items']) && typeof body['next'] === 'string';

/** Where the last harvest ended, and what had been said by then. */
export interface RpdeStart {
  /** The address of the next page. */
  next: string;
  items(): Iterable<readonly [key: string, content: unknown]>;
}

/** Where a harvest has ended. */
export interface RpdeEnd {
  next: string;
  /** What has changed since its start, by key; null for what is no more. */
  changes: ReadonlyMap<string, unknown>;
  /** Whether it has begun at the beginning of the feed. */
  anew: boolean;
}

/**
 * The page at which the last harvest ended.
 * @returns null where the feed does not know it any more, and is to be read from its beginning
 * @throws FeedError where it cannot be had for now
 */
export async function pageAtEnd({ next }: RpdeStart, client: FeedClient): Promise<JsonRecord | null> {
  try {
    const { body } = await client.json(next);
    return isRpde(body) ? body : null;
  } catch (error) {
    if (error instanceof FeedError && (error.status === 404 || error.status === 410)) return null;
    throw error;
  }
}

/**
 * Reads a feed from a page to its end.
 * @param url the address of the first page
 * @param start what was there before that page; null at the beginning of the feed
 * @param today 'YYYY-MM-DD' in Europe/London: what ended before is let go
 * @param onEnd told where it has ended, before the pieces
 * @yields everything that the feed has, whether or not it has changed
 * @throws FeedError where a page cannot be had, or does not say which is next
 */
export async function* readRpde(
  url: string,
  first: JsonRecord,
  start: RpdeStart | null,
  { client, today }: { client: FeedClient; today: string },
  onEnd: (end: RpdeEnd) => void,
): AsyncGenerator<RawPiece> {
  const items = new OpenActiveItems(today, start?.items());
  const seen = new Set([url]);
  let page = first;
  let at = url;
  for (let number = 1; ; number++) {
    const list = page['items'] as unknown[];
    for (const item of list) items.take(item);
    const next = addressAfter(at, page['next'] as string);
    if (list.length === 0) {
      // The last page names itself; how it writes its parameters is its own affair.
      onEnd({ next, changes: items.changes, anew: start === null });
      yield* items.pieces();
      return;
    }
    if (seen.has(next) || number >= MOST_PAGES)
      throw new FeedError(`The feed has no end: page ${number} leads back to ${new URL(next).pathname}.`);
    seen.add(next);
    at = next;
    const { body } = await client.json(next);
    if (!isRpde(body)) throw new FeedError(`${new URL(next).pathname} is no page of the feed.`);
    page = body;
  }
}

/** @throws FeedError */
function addressAfter(at: string, next: string): string {
  if (!URL.canParse(next, at)) throw new FeedError('A page of the feed names no next one that is an address.');
  return new URL(next, at).href;
}
