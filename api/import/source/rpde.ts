import { type FeedClient, FeedError } from '../fetch/client.ts';
import type { RawPiece } from '../oruk/read.ts';
import { isObject, type JsonRecord } from '../oruk/walk.ts';
import { OpenActiveItems } from './openactive.ts';

/**
 * Feeds of OpenActive, paged as Realtime Paged Data Exchange 1.0 has it: each page names the next, which begins after the
 * last item (`afterTimestamp` and `afterId`, or `afterChangeNumber`); one without items that names itself is the last.
 */

/** Pages of one feed; more is a feed that has no end. */
const MOST_PAGES = 20_000;

/** Whether a page is one of RPDE. */
export const isRpde = (body: unknown): body is JsonRecord =>
  isObject(body) && Array.isArray(body['items']) && typeof body['next'] === 'string';

/**
 * Reads a feed from its beginning to its end.
 * @param today 'YYYY-MM-DD' in Europe/London: what ended before is let go
 * @throws FeedError where a page cannot be had, or does not say which is next
 */
export async function* readRpde(
  url: string,
  first: JsonRecord,
  client: FeedClient,
  today: string,
): AsyncGenerator<RawPiece> {
  const items = new OpenActiveItems(today);
  const seen = new Set([url]);
  let page = first;
  let at = url;
  for (let number = 1; ; number++) {
    const list = page['items'] as unknown[];
    for (const item of list) items.take(item);
    const next = addressAfter(at, page['next'] as string);
    if (list.length === 0) {
      // The last page names itself; how it writes its parameters is its own affair.
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
