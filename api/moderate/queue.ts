import type { Directory } from '../directory/directory.ts';
import type { Listing } from '../domain/service.ts';
import { findListing } from '../store/listings.ts';
import { searchRegister } from '../store/register.ts';
import { openReports, type ReportInQueue } from '../store/reports.ts';
import { askedSubmissions, type Submission, waitingSubmissions } from '../store/submissions.ts';
import { listingOfSubmission } from '../submit/batch.ts';
import { changesBetween, type FieldChange } from '../submit/compare.ts';
import { existingOf } from '../submit/existing.ts';

/** What waits for a moderator: the greatest risk first, and of equal risk what has waited longest. */

/** Something sent in, beside what is there. */
export interface SubmissionInQueue {
  submission: Submission;
  /** What it changes; null for what is new, and where the listing is gone. */
  current: Listing | null;
  /** What it would make. */
  after: Listing;
  changes: FieldChange[];
}

type QueueItem =
  | { kind: 'submission'; risk: number; at: string; sent: SubmissionInQueue }
  | { kind: 'report'; risk: number; at: string; report: ReportInQueue };

export interface Queue {
  /** To be decided. */
  items: QueueItem[];
  /** Asked about, and not answered yet. */
  asked: SubmissionInQueue[];
  /** Suspended, with nobody's report left open: so that none is forgotten. */
  suspended: { id: string; name: string; organization: string; last_modified: string }[];
}

const RISK = { unsafe: 3, risky: 2, plain: 1 } as const;

/** A submission beside what is there. */
export function sentOf({ db }: Pick<Directory, 'db'>, submission: Submission): SubmissionInQueue {
  const current = findListing(db, submission.service_id);
  const after = listingOfSubmission(submission, current, {
    existing: current ? null : existingOf(db, submission),
  });
  return { submission, current, after, changes: changesBetween(current, after) };
}

/**
 * A new listing is of ordinary risk, since a moderator reads all of it anyway. A change that may lead people elsewhere
 * comes first.
 */
const riskOf = ({ current, changes }: SubmissionInQueue): number =>
  current !== null && changes.some(({ risky }) => risky) ? RISK.risky : RISK.plain;

/** All that waits. */
export function readQueue(directory: Pick<Directory, 'db'>): Queue {
  const { db } = directory;
  const reports = openReports(db);
  const items: QueueItem[] = [
    ...waitingSubmissions(db).map((submission): QueueItem => {
      const sent = sentOf(directory, submission);
      return { kind: 'submission', risk: riskOf(sent), at: submission.sent_at ?? submission.updated_at, sent };
    }),
    ...reports.map((report): QueueItem => {
      return { kind: 'report', risk: report.kind === 'unsafe' ? RISK.unsafe : RISK.plain, at: report.at, report };
    }),
  ];
  items.sort((a, b) => b.risk - a.risk || (a.at < b.at ? -1 : 1));
  const reported = new Set(reports.map(({ service_id }) => service_id));
  const { rows } = searchRegister(db, {
    q: '',
    state: 'suspended',
    among: null,
    sort: 'changed',
    page: 1,
    per_page: 100,
  });
  return {
    items,
    asked: askedSubmissions(db).map((submission) => sentOf(directory, submission)),
    suspended: rows.filter(({ id }) => !reported.has(id)),
  };
}
