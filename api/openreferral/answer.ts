import type { Context } from 'hono';
import type { ApiContext } from '../http/resource.ts';
import { jsonLines, textStream } from '../http/streams.ts';
import { lastChange } from '../store/withdrawn.ts';
import { startOfToday } from './assured.ts';
import { conditional } from './conditional.ts';
import type { Envelope } from './pages.ts';

/** How lists and records are answered: as a page, as lines, or with 'nothing has changed'. */

const NDJSON = 'application/x-ndjson; charset=utf-8';
/** An answer about a place belongs to nobody but the one who asked. */
const PRIVATE = { 'cache-control': 'no-store' };

/** Whether the reader has the answer already, and the headers by which they can ask next time. */
export interface Freshness {
  headers: Record<string, string>;
  unchanged: boolean;
}

/** @param ofPlace whether the answer depends on a place that was asked about */
export function freshnessOf(c: Context, { db, now }: ApiContext, ofPlace = false, modified?: string): Freshness {
  if (ofPlace) return { headers: PRIVATE, unchanged: false };
  const moment = now();
  return conditional(c, db, modified ?? later(lastChange(db), startOfToday(moment)), moment);
}

const later = (a: string, b: string): string => (a > b ? a : b);

/** 304: with the headers that the answer would have had. */
export const notModified = (c: Context, { headers }: Freshness): Response => c.body(null, 304, headers);

/** A page, with links to those around it. */
export function answerPage(c: Context, { headers }: Freshness, page: Envelope<unknown>): Response {
  return c.json(page, 200, headers === PRIVATE ? headers : { ...headers, link: links(c, page) });
}

/** Records, one on each line. */
export const answerLines = (c: Context, { headers }: Freshness, slices: Iterable<readonly unknown[]>): Response =>
  c.body(textStream(jsonLines(slices)), 200, { ...headers, 'content-type': NDJSON });

/** RFC 8288. A page about a place has none: its address holds the postcode. */
function links(c: Context, { page_number, total_pages }: Envelope<unknown>): string {
  const url = new URL(c.req.url);
  const to = (rel: string, page: number) => {
    url.searchParams.set('page', String(page));
    return `<${url.pathname}${url.search}>; rel="${rel}"`;
  };
  return [
    to('first', 1),
    ...(page_number > 1 ? [to('prev', Math.min(page_number - 1, total_pages))] : []),
    ...(page_number < total_pages ? [to('next', page_number + 1)] : []),
    to('last', total_pages),
  ].join(', ');
}
