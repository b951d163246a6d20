import { today } from '#api/domain/london.ts';
import { keptInWords, type ReportLine, understoodOf } from '#api/import/questions/record-report.ts';
import { directory } from '#api/instance.ts';
import { countRecordsOfFeed, type FeedRecord, notesOfRecords, recordsOfFeed } from '#api/store/feed-records.ts';
import { type Feed, findFeed, harvestsOf } from '#api/store/feeds.ts';
import { findInAnyState } from '#api/store/listings.ts';
import { numberIn } from '../page-number.ts';
import type { PageContext } from './session.ts';

const PER_PAGE = 20;

/** The records of one feed, each with what was made of it. */
export interface RecordsView {
  feed: Feed;
  /** Whether those are left out that ask nothing. */
  asking: boolean;
  records: (FeedRecord & {
    understood: ReportLine[];
    kept: ReportLine[];
    /** What the last harvest put right, or could not use. */
    repaired: { field: string; words: string }[];
  })[];
  page: { number: number; per_page: number; total: number; pages: number };
}

/**
 * The page at /moderate/questions/FEED/records.
 * @returns null where there is no such feed
 */
export function recordsPage({
  url,
  params,
}: PageContext & { params: { feed?: string | undefined } }): RecordsView | null {
  const { db, now } = directory;
  const feed = findFeed(db, params.feed ?? '');
  if (!feed) return null;
  const asking = url.searchParams.get('show') !== 'all';
  const wanted = numberIn(url.searchParams.get('page'));
  const total = countRecordsOfFeed(db, feed.id, asking);
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const number = Math.min(wanted, pages);
  const records = recordsOfFeed(db, feed.id, asking, (number - 1) * PER_PAGE, PER_PAGE);
  const [last] = harvestsOf(db, feed.id, 1);
  const notes = last
    ? notesOfRecords(
        db,
        last.id,
        records.map(({ record_id }) => record_id),
      )
    : new Map();
  const listings = new Map(
    findInAnyState(
      db,
      records.map(({ service_id }) => service_id),
    ).map((listing) => [listing.service.id, listing]),
  );
  const day = today(now());
  return {
    feed,
    asking,
    records: records.flatMap((record) => {
      const listing = listings.get(record.service_id);
      if (!listing) return [];
      const repaired = notes.get(record.record_id) ?? [];
      return [{ ...record, understood: understoodOf(listing, day), kept: keptInWords(listing, day), repaired }];
    }),
    page: { number, per_page: PER_PAGE, total, pages },
  };
}
