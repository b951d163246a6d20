import { toldOf } from '../../store/import-questions.ts';
import type { FeedSource, ReadContext } from '../format.ts';
import { shortHash } from '../hash.ts';
import type { Incoming, IncomingPiece } from '../incoming.ts';
import { type PointChecker, pointChecker } from '../point-check.ts';
import { Asker, type Told } from '../questions/asker.ts';
import { pricesInForce } from './costs.ts';
import { feedListing } from './listing.ts';
import { fromVersionOne, isVersionOne } from './one.ts';
import { mendRecord } from './record.ts';
import { isObject } from './walk.ts';

/** Raised when records come to something else than before, so that all are looked at again. */
const EDITION = 6;

export interface RecordContext {
  feed: FeedSource;
  points: PointChecker;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
  /** What moderators have said of the words of the feed; absent: nothing. */
  told?: Told;
}

/** Reads one service as a feed has it, of Open Referral UK 3.0 or 1.0. Never throws, whatever it is. */
export function readFeedRecord(raw: unknown, { feed, points, today, told }: RecordContext, line?: number): Incoming {
  const at = line === undefined ? {} : { line };
  const asker = new Asker(told);
  const shaped = isObject(raw) && isVersionOne(raw) ? fromVersionOne(structuredClone(raw)) : raw;
  const { record_id, name, record, reasons, repairs } = mendRecord(shaped, { feed: feed.id, points, today, asker });
  if (record === null) return { record_id, ...at, name, listing: null, reasons, repairs, hash: '' };
  const { listing, notes } = feedListing(record, feed, today, asker);
  const { last_modified, ...rest } = record;
  // Only where nothing else says when it was checked does the day of the last change stand in for it (listing.ts).
  const own = record['signpost'];
  const checked = record['assured_date'] ?? (isObject(own) ? own['assured_date'] : undefined);
  const counted = checked === undefined ? record : rest;
  // Prices begin and end without anybody changing the record.
  const prices = pricesInForce(record, today);
  return {
    record_id,
    ...at,
    name,
    listing,
    reasons,
    repairs: [...repairs, ...notes],
    record,
    hash: shortHash([EDITION, feed.name, feed.licence, homeTold(feed), counted, prices, ...asker.used]),
    asked: { by: 'feed', of: feed.id, questions: asker.questions, raw },
  };
}

/** The home of a feed as somebody told it. What was guessed counts only where a listing needs it (run.ts). */
const homeTold = ({ home }: FeedSource): readonly string[] | null => (home && !home.guessed ? home.districts : null);

/** A record as it came, of a list or a file that may have pages. */
export type RawPiece = { kind: 'record'; raw: unknown; line?: number } | Exclude<IncomingPiece, { kind: 'record' }>;

/** Reads one after the other what a source yields. */
export async function* readRecords(
  pieces: AsyncIterable<RawPiece>,
  { db, feed, today }: ReadContext,
): AsyncGenerator<IncomingPiece> {
  const context = { feed, points: pointChecker(db), today, told: toldOf(db, feed.id) };
  for await (const piece of pieces)
    yield piece.kind === 'record'
      ? { kind: 'record', incoming: readFeedRecord(piece.raw, context, piece.line) }
      : piece;
}
