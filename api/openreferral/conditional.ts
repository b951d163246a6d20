import { hash } from 'node:crypto';
import type { Context } from 'hono';
import manifest from '../../package.json' with { type: 'json' };
import { today } from '../domain/london.ts';
import { lastRevision } from '../store/changes.ts';
import type { Db } from '../store/open.ts';
import { lastChange } from '../store/withdrawn.ts';

/**
 * Conditional requests (RFC 9110). The tag is made of the state of the directory and of the address, and not of the
 * answer: so it is known that nothing has changed before a list of 200,000 is read.
 */

/** Goes up when the same records are published in another form. */
const FORM = 1;

const KEEP = { 'cache-control': 'public, no-cache' };

/** The tag of an address while nothing changes in the directory: for a day at most, since checks lapse. */
function tagOf(c: Context, db: Db, now: Date): string {
  const state = [
    FORM,
    today(now),
    manifest.version,
    lastRevision(db),
    lastChange(db),
    new URL(c.req.url).search,
    c.req.path,
  ];
  return `W/"${hash('sha1', JSON.stringify(state), 'base64url')}"`;
}

/** A moment as HTTP writes it: whole seconds. */
const httpDate = (iso: string): string => new Date(iso).toUTCString();
const second = (time: number): number => Math.floor(time / 1000);

/**
 * The headers by which a reader can ask again only for what has changed, and whether they have it already.
 * @param modified ISO 8601: when the answer last changed
 * @returns `unchanged`: answer 304 with these headers
 */
export function conditional(
  c: Context,
  db: Db,
  modified: string,
  now: Date,
): { headers: Record<string, string>; unchanged: boolean } {
  const etag = tagOf(c, db, now);
  const changed = Date.parse(modified);
  // What changes twice within a second must not look unchanged, so the date is only given once that second is over.
  const settled = second(changed) < second(now.getTime());
  const headers = { ...KEEP, etag, ...(settled && { 'last-modified': httpDate(modified) }) };
  const tags = c.req.header('if-none-match');
  if (tags !== undefined) {
    const bare = (tag: string) => tag.trim().replace(/^W\//, '');
    const unchanged = tags.trim() === '*' || tags.split(',').some((tag) => bare(tag) === bare(etag));
    return { headers, unchanged };
  }
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  return { headers, unchanged: settled && !Number.isNaN(since) && second(changed) <= second(since) };
}
