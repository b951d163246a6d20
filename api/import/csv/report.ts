import type { Directory } from '../../directory/directory.ts';
import type { Listing } from '../../domain/service.ts';
import { findAlike } from '../../matching/alike.ts';
import { findListing } from '../../store/listings.ts';
import { changesBetween } from '../../submit/compare.ts';
import type { ImportPlan, PlanItem, PlanOutcome } from '../plan.ts';

/** What a spreadsheet would do, row by row, in words for people. */

interface ReportRow {
  line: number;
  name: string;
  action: PlanOutcome;
  /** Of the listing; null where it is refused. */
  id: string | null;
  /** Why it is refused, each with its column. */
  reasons: { column: string; words: string }[];
  /** What was put right. */
  repairs: { column: string; words: string }[];
  /** What would change. */
  changes: { label: string; before: string; after: string }[];
  /** What is listed already and looks the same, for a row that would be added. */
  alike: { id: string; name: string; words: string } | null;
}

export interface TableReport {
  rows: ReportRow[];
  counts: ImportPlan['counts'];
  /** What to know about the file as a whole. */
  notes: string[];
}

/** Rows for which similar listings are looked up: each takes a millisecond. */
const LOOKED_UP = 3_000;
/** At most so many changes of one row are told in words. */
const MOST_CHANGES = 12;
const SHORT = 240;

const short = (words: string): string => (words.length > SHORT ? `${words.slice(0, SHORT - 1)}…` : words);
const notesOf = (notes: PlanItem['reasons']) =>
  notes.map(({ field, column, words }) => ({ column: column ?? field, words }));

/** What is listed already and is certainly, or perhaps, what a new row says. */
function alikeOf(directory: Directory, listing: Listing): ReportRow['alike'] {
  const [best] = findAlike(directory, listing, 1, true);
  if (!best) return null;
  const { service } = best.listing;
  const sure = best.verdict === 'same' && service.source.name !== listing.service.source.name;
  const then = sure ? 'The two will be joined.' : 'A moderator will be asked.';
  return { id: service.id, name: service.name, words: `${best.reasons[0]?.words ?? 'They look alike'}. ${then}` };
}

function changesOf(directory: Directory, { listing, service_id }: PlanItem): ReportRow['changes'] {
  const stored = service_id === null ? null : findListing(directory.db, service_id);
  if (!listing || !stored) return [];
  return changesBetween(stored, listing)
    .slice(0, MOST_CHANGES)
    .map(({ label, before, after }) => ({ label, before: short(before), after: short(after) }));
}

/** Tells a plan row by row. */
export function reportOf(directory: Directory, { items, counts }: ImportPlan, notes: readonly string[]): TableReport {
  let looked = 0;
  return {
    counts,
    notes: [...notes],
    rows: items.map((item) => ({
      line: item.line ?? 0,
      name: item.name,
      action: item.action,
      id: item.service_id,
      reasons: notesOf(item.reasons),
      repairs: notesOf(item.repairs),
      changes: item.action === 'changed' ? changesOf(directory, item) : [],
      alike: item.action === 'added' && item.listing && looked++ < LOOKED_UP ? alikeOf(directory, item.listing) : null,
    })),
  };
}

const CHANGED_MEANWHILE =
  'The listing was changed here while the file was taken in, and was left as it is. Send this row again if it is still right.';

/** The same report, where the rows at some places were not taken in after all. */
export function withLeftOut(report: TableReport, places: ReadonlySet<number>): TableReport {
  const { counts } = report;
  return {
    ...report,
    counts: { ...counts, changed: counts.changed - places.size, refused: counts.refused + places.size },
    rows: report.rows.map((row, place) =>
      places.has(place)
        ? { ...row, action: 'refused', changes: [], reasons: [{ column: 'the row', words: CHANGED_MEANWHILE }] }
        : row,
    ),
  };
}
