import { today } from '#api/domain/london.ts';
import type { TableReport } from '#api/import/csv/report.ts';
import { type AskedSource, findAskedSource } from '#api/import/questions/asked-source.ts';
import { keptInWords, type ReportLine, understoodOf } from '#api/import/questions/record-report.ts';
import { directory } from '#api/instance.ts';
import { harvestsOf } from '#api/store/feeds.ts';
import { findInAnyState } from '#api/store/listings.ts';
import { countRecordsOf, notesOfRecords, recordsOf, type SourceRecord } from '#api/store/source-records.ts';
import { uploadOfRow } from '#api/store/table-rows.ts';
import { findUpload } from '#api/store/uploads.ts';
import { numberIn } from '../page-number.ts';
import type { PageContext } from './session.ts';

const PER_PAGE = 20;

/** The records of one feed, or the rows of the tables with the same headings, each with what was made of it. */
export interface RecordsView {
  source: AskedSource;
  /** Whether those are left out that ask nothing. */
  asking: boolean;
  records: (SourceRecord & {
    understood: ReportLine[];
    kept: ReportLine[];
    /** What the last harvest or import put right, or could not use. */
    repaired: { field: string; words: string }[];
  })[];
  page: { number: number; per_page: number; total: number; pages: number };
}

/**
 * The page at /moderate/questions/SOURCE/records.
 * @returns null where there is no such source
 */
export function recordsPage({
  url,
  params,
}: PageContext & { params: { source?: string | undefined } }): RecordsView | null {
  const { db, now } = directory;
  const source = findAskedSource(db, params.source ?? '');
  if (!source) return null;
  const asking = url.searchParams.get('show') !== 'all';
  const wanted = numberIn(url.searchParams.get('page'));
  const total = countRecordsOf(db, source.id, asking);
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const number = Math.min(wanted, pages);
  const records = recordsOf(db, source.id, asking, (number - 1) * PER_PAGE, PER_PAGE);
  const notes = repairsOf(
    source,
    records.map(({ record_id }) => record_id),
  );
  const listings = new Map(
    findInAnyState(
      db,
      records.map(({ service_id }) => service_id),
    ).map((listing) => [listing.service.id, listing]),
  );
  const day = today(now());
  return {
    source,
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

type Repairs = Map<string, { field: string; words: string }[]>;

/** What was put right in records when they last came, by record. */
function repairsOf({ id, kind }: AskedSource, records: readonly string[]): Repairs {
  const { db, now } = directory;
  if (kind === 'feed') {
    const [last] = harvestsOf(db, id, 1);
    return last ? notesOfRecords(db, last.id, records) : new Map();
  }
  const repairs: Repairs = new Map();
  for (const [upload, some] of Map.groupBy(records, (record) => uploadOfRow(db, id, record))) {
    const file = upload === null ? null : findUpload(db, upload, now().toISOString());
    const report = file && (JSON.parse(file.report) as TableReport | null);
    for (const row of report?.rows ?? [])
      if (row.id !== null && some.includes(row.id))
        repairs.set(
          row.id,
          row.repairs.map(({ column, words }) => ({ field: column, words })),
        );
  }
  return repairs;
}
