import { withoutEnd } from '../../../domain/trim.ts';
import { FeedError } from '../../fetch/client.ts';
import { isObject, type JsonRecord } from '../../oruk/walk.ts';
import type { Piece } from '../lines.ts';
import type { ApiOptions } from './options.ts';
import { idOf, lost } from './page.ts';

/** Details asked for at once. */
const AT_ONCE = 4;
/** Records one after the other whose details could not be read. */
const MOST_FAILED = 20;

/**
 * Whether a record of a list is as full as one asked for by itself: it says where it is, when, or under which terms.
 */
export const isDetailed = (raw: unknown): boolean =>
  isObject(raw) &&
  ['service_at_locations', 'schedules', 'attributes', 'contacts', 'regular_schedules', 'service_taxonomys'].some(
    (name) => {
      const value = raw[name];
      return Array.isArray(value) && value.length > 0;
    },
  );

/**
 * Hands on the records of pages whole: where a list has summaries alone, each is asked for. Whether it has is found out by
 * the first few.
 */
export function detailsOf(address: string, { client }: ApiOptions) {
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
