import type { RecordState } from '../domain/service.ts';
import type { Db } from './open.ts';

/** What the public says is wrong with listings. Times are ISO 8601, UTC. */

export const REPORT_KINDS = ['closed', 'wrong', 'unsafe'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export const REPORT_OUTCOMES = ['mended', 'nothing_wrong', 'taken_out'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

export interface Report {
  id: number;
  service_id: string;
  kind: ReportKind;
  words: string;
  /** Who wants an answer; null where nobody does, and once it was sent. */
  person: number | null;
  at: string;
  /** Whether it took the listing out until somebody has looked. */
  suspended: 0 | 1;
  state: 'open' | 'done';
  /** Goes up with each change, so that two who decide at once do not overwrite each other. */
  version: number;
  decided_by: number | null;
  decided_at: string | null;
  outcome: ReportOutcome | null;
  note: string | null;
}

/** A report as the queue shows it, with what it is about. */
export interface ReportInQueue extends Report {
  name: string;
  service_state: RecordState;
}

/** Writes a report down. @returns its number */
export const addReport = (
  db: Db,
  report: Pick<Report, 'service_id' | 'kind' | 'words' | 'person' | 'at' | 'suspended'>,
): number =>
  Number(
    db
      .prepare(
        `INSERT INTO report (service_id, kind, words, person, at, suspended)
         VALUES (:service_id, :kind, :words, :person, :at, :suspended)`,
      )
      .run(report).lastInsertRowid,
  );

const IN_QUEUE = `SELECT report.*, service.name, service.state AS service_state
  FROM report JOIN service ON service.id = report.service_id`;

/** The reports that nobody has decided, the newest first. */
export const openReports = (db: Db): ReportInQueue[] =>
  db
    .prepare(`${IN_QUEUE} WHERE report.state = 'open' ORDER BY report.at DESC, report.id DESC`)
    .all() as ReportInQueue[];

/** One report, or null. */
export const findReport = (db: Db, id: number): ReportInQueue | null =>
  (db.prepare(`${IN_QUEUE} WHERE report.id = ?`).get(id) as ReportInQueue | undefined) ?? null;

/** All reports of a listing, the newest first. */
export const reportsOf = (db: Db, serviceId: string): Report[] =>
  db.prepare('SELECT * FROM report WHERE service_id = ? ORDER BY at DESC, id DESC').all(serviceId) as Report[];

/** How many listings reports have taken out since then. */
export const suspensionsSince = (db: Db, since: string): number =>
  db.prepare('SELECT count(*) FROM report WHERE suspended = 1 AND at > ?').pluck().get(since) as number;

/**
 * Notes what was decided; who wanted an answer is let go of.
 * @param version that of the report when it was looked at
 * @returns false where somebody was quicker; nothing is written then
 */
export const decideReport = (
  db: Db,
  decision: { id: number; version: number; person: number; at: string; outcome: ReportOutcome; note: string },
): boolean =>
  db
    .prepare(
      `UPDATE report SET state = 'done', version = version + 1, person = NULL, decided_by = :person, decided_at = :at,
         outcome = :outcome, note = :note
       WHERE id = :id AND version = :version AND state = 'open'`,
    )
    .run(decision).changes === 1;
