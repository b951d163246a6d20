import type { Listing } from '#api/domain/service.ts';
import { directory } from '#api/instance.ts';
import { answerReport } from '#api/moderate/reports.ts';
import { findListing } from '#api/store/listings.ts';
import { emailOf } from '#api/store/people.ts';
import { findReport, REPORT_OUTCOMES, type Report, type ReportInQueue, reportsOf } from '#api/store/reports.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

/** A report of a problem as a moderator sees it. */
export interface ReportView {
  report: ReportInQueue;
  listing: Listing;
  /** What else was reported of the same listing. */
  others: Report[];
  /** Who decided it: an address, or 'Somebody' where it is no longer known. */
  decider: string;
  errors: Record<string, string>;
  /** Whether somebody else decided it before this form came. */
  late: boolean;
  /** What was typed, so that it stands there again. */
  note: string;
}

/**
 * The page of one report at /moderate/reports/ID, after what its form asked for has been done.
 * @returns where to go on to; null where there is no such report
 */
export function reportPage(
  context: PageContext & { params: { id?: string | undefined } },
): Response | ReportView | null {
  const { db } = directory;
  const id = Number(context.params.id);
  if (!Number.isInteger(id)) return null;
  const form = formOf(context);
  const note = form ? field(form, 'note').slice(0, 2000) : '';
  const errors: Record<string, string> = {};
  let late = false;
  if (form) {
    const outcome = REPORT_OUTCOMES.find((known) => known === field(form, 'outcome'));
    const version = Number(field(form, 'version'));
    if (!outcome) errors['note'] = 'Choose one of the three.';
    else if (answerReport(directory, moderatorOf(context).person, { id, version, outcome, note }))
      return seeOther(`/moderate?done=report.${id}`);
    else late = true;
  }
  const report = findReport(db, id);
  const listing = report && findListing(db, report.service_id);
  if (!report || !listing) return null;
  return {
    report,
    listing,
    others: reportsOf(db, report.service_id).filter((other) => other.id !== id),
    decider: (report.decided_by == null ? null : emailOf(db, report.decided_by)) ?? 'Somebody',
    errors,
    late,
    note,
  };
}
