import type { Directory } from '../directory/directory.ts';
import { today } from '../domain/schedule.ts';
import { type Listing, PUBLIC_STATES } from '../domain/service.ts';
import { describeDate } from '../domain/words.ts';
import { queueMail } from '../notify/mail.ts';
import { createHourlyLimiter } from '../runtime/limits.ts';
import { historyOf } from '../store/changes.ts';
import { keepersOf } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { emailOf, personOf } from '../store/people.ts';
import {
  addReport,
  decideReport,
  findReport,
  openReports,
  type ReportKind,
  type ReportOutcome,
  suspensionsSince,
} from '../store/reports.ts';
import { decidersOf } from '../store/team.ts';
import { restore, suspendListing } from './state.ts';
import { standingVerdict } from './verdict.ts';

/**
 * What the public says is wrong. 'Unsafe' takes a listing out at once, until a moderator has looked. So that nobody can
 * empty the directory with it, there are two bounds: three listings an hour from one connection, and twenty an hour in
 * all. What goes beyond them reaches the queue, at its top, and the moderators by mail; the listing stays until they look.
 * So it does while their verdict on it stands (verdict.ts): nobody can keep one listing hidden by saying the same again.
 */

const REPORTS_AN_HOUR = 10;
const SUSPENSIONS_AN_HOUR = 3;
const SUSPENSIONS_IN_ALL = 20;
const HOUR_MS = 3_600_000;

/** Longest report, characters. */
export const MOST_REPORT_CHARACTERS = 2000;

interface NewReport {
  service: string;
  kind: ReportKind;
  words: string;
  /** The e-mail address for an answer; '' where none is wanted. */
  email: string;
  /** The network address of who reports, which is not kept. */
  client: string;
}

/** Takes reports in; one for each process, since it remembers for an hour how much came from whom. */
export class ReportDesk {
  readonly #reports = createHourlyLimiter(REPORTS_AN_HOUR);
  readonly #suspensions = createHourlyLimiter(SUSPENSIONS_AN_HOUR);
  readonly #directory: Directory;
  readonly #named: readonly string[];

  /** @param named the addresses of the setting MODERATORS */
  constructor(directory: Directory, named: readonly string[]) {
    this.#directory = directory;
    this.#named = named;
  }

  /**
   * Takes a report in.
   * @returns whether it took the listing out; 'too_many' where this connection has reported enough for now, 'gone' where
   *   there is no such listing to report; nothing is kept then
   */
  take({ service: id, kind, words, email, client }: NewReport): 'suspended' | 'noted' | 'too_many' | 'gone' {
    const { db, now } = this.#directory;
    const listing = findListing(db, id);
    if (!listing || (!PUBLIC_STATES.includes(listing.state) && listing.state !== 'suspended')) return 'gone';
    if (this.#reports.take(client) > 0) return 'too_many';
    const moment = now();
    const unsafe = kind === 'unsafe';
    const verdict = unsafe ? standingVerdict(db, listing, moment) : null;
    const mayTakeOut =
      unsafe && listing.state !== 'suspended' && verdict === null && this.#suspensions.take(client) === 0;
    const at = moment.toISOString();
    return this.#directory.change((save) => {
      const hourAgo = new Date(moment.getTime() - HOUR_MS).toISOString();
      const takesOut = mayTakeOut && suspensionsSince(db, hourAgo) < SUSPENSIONS_IN_ALL;
      const person = email === '' ? null : personOf(db, email, moment);
      const suspended = takesOut ? 1 : 0;
      const report = addReport(db, { service_id: id, kind, words, person, at, suspended });
      if (takesOut) {
        save(
          { services: [{ service: listing.service, state: 'suspended' }] },
          { action: 'suspended', role: 'public', reason: 'Reported as unsafe' },
        );
        this.#tellKeepers(listing, report);
      }
      if (unsafe) this.#tell(report, listing, takesOut || listing.state === 'suspended', verdict);
      return takesOut ? 'suspended' : 'noted';
    });
  }

  /** Says nothing of what was reported: whoever reports may be wrong, or mean harm. */
  #tellKeepers({ service: { id, name } }: Listing, report: number): void {
    const { db, now } = this.#directory;
    for (const { person, email } of keepersOf(db, id))
      queueMail(
        db,
        { key: `hidden ${id} ${report} ${person}`, to: email, template: 'hidden', values: { name } },
        now(),
      );
  }

  /** At most once a day for each listing and each verdict on it, however many reports come. */
  #tell(report: number, { service: { id, name } }: Listing, hidden: boolean, verdict: string | null): void {
    const { db, now } = this.#directory;
    const link = `/moderate/reports/${report}`;
    const standing = hidden
      ? 'It is hidden from the public until one of you has looked.'
      : verdict !== null
        ? `It is still shown: one of you found it right on ${describeDate(today(new Date(verdict)))}, and nobody has changed it since. See whether this says something new.`
        : 'It is still shown: there were more such reports than take listings out by themselves, so look soon.';
    for (const to of decidersOf(db, this.#named)) {
      const person = personOf(db, to, now());
      const key = `unsafe ${id} ${today(now())}${verdict === null ? '' : ` after ${verdict}`} ${person}`;
      queueMail(db, { key, to, template: 'report-unsafe', values: { name, standing, link } }, now());
    }
  }
}

/** What a moderator makes of a report. */
export interface ReportDecision {
  id: number;
  /** The version of the report that they looked at. */
  version: number;
  outcome: ReportOutcome;
  /** In words, for whoever reported it and for the history. */
  note: string;
}

/** Whether a report took the listing out. What a moderator suspended for a reason of their own stays so. */
const hiddenByReport = (db: Directory['db'], service: string): boolean =>
  historyOf(db, [service]).find(({ action }) => action === 'suspended')?.role === 'public';

/**
 * Decides a report: the listing is shown again, or taken out, and whoever asked for an answer gets it, all in one.
 * A listing that other reports call unsafe stays hidden until the last of them is decided.
 * @returns false where somebody else was quicker; nothing is done then
 */
export function answerReport(
  directory: Directory,
  person: number,
  { id, version, outcome, note }: ReportDecision,
): boolean {
  const { db, now } = directory;
  return directory.change((save) => {
    const report = findReport(db, id);
    const at = now().toISOString();
    if (!report || !decideReport(db, { id, version, person, at, outcome, note })) return false;
    const { service_id, service_state, name } = report;
    const stillUnsafe = openReports(db).some((other) => other.service_id === service_id && other.kind === 'unsafe');
    const reason = note || REASONS[outcome];
    if (outcome === 'taken_out') suspendListing(directory, save, service_id, 'archived', { person, reason });
    else if (service_state === 'suspended' && !stillUnsafe && hiddenByReport(db, service_id))
      restore(directory, save, service_id, { person, reason });
    const to = report.person === null ? null : emailOf(db, report.person);
    if (to !== null)
      queueMail(
        db,
        {
          key: `report ${id}`,
          to,
          template: 'report-answered',
          values: { name, answer: ANSWERS[outcome], note },
        },
        now(),
      );
    return true;
  });
}

const REASONS = {
  mended: 'Mended after a report',
  nothing_wrong: 'Looked at after a report; nothing was wrong',
  taken_out: 'Taken out after a report',
} satisfies Record<ReportOutcome, string>;

const ANSWERS = {
  mended: 'You were right, and we have put it right.',
  nothing_wrong: 'We looked into it and found it as it should be.',
  taken_out: 'You were right, and it is no longer listed.',
} satisfies Record<ReportOutcome, string>;
