import type { Directory, Save } from '../directory/directory.ts';
import { afterEdit } from '../directory/reinstate.ts';
import { singleAnswer } from '../domain/answers.ts';
import { today } from '../domain/london.ts';
import type { Listing } from '../domain/service.ts';
import { queueMail } from '../notify/mail.ts';
import { undoPage } from '../notify/page-links.ts';
import { historyOf } from '../store/changes.ts';
import { findListing } from '../store/listings.ts';
import { emailOf } from '../store/people.ts';
import { changeSubmission, type Submission } from '../store/submissions.ts';
import { changedGroups, listingOfSubmission } from './batch.ts';
import { changesBetween, type FieldChange } from './compare.ts';
import type { FieldGroup } from './listing-draft.ts';
import { ALL_PLACES, sessionPlaces } from './session-places.ts';

/** A change by somebody who looks after a listing: small changes are public at once, risky ones wait. */

/** What came of sending. */
export type SendOutcome =
  | { outcome: 'incomplete' | 'gone' }
  /** A mail was sent to confirm the address. */
  | { outcome: 'unconfirmed' }
  /** A moderator looks at it: all of it, or what is risky; the rest is public. */
  | { outcome: 'waiting'; published: FieldChange[]; risky: FieldChange[] }
  | { outcome: 'published'; published: FieldChange[] }
  | { outcome: 'unchanged' };

/**
 * The groups of answers in which something risky shows, and the others. A venue that others share belongs to them too.
 */
function partedByRisk(
  submission: Submission,
  current: Listing,
  changes: readonly FieldChange[],
): { risky: FieldGroup[]; small: FieldGroup[] } {
  const risky = new Set(changes.filter((change) => change.risky).map(({ field }) => field));
  const shared = singleAnswer(submission.base ?? {}, 'venue_shared') === 'yes';
  // What is at a place that nobody has looked at waits with it.
  const known = ['', ALL_PLACES, ...current.locations.map(({ id }) => id)];
  const isElsewhere = sessionPlaces(submission.answers).some((place) => !known.includes(place));
  const isRisky = ({ shows }: FieldGroup) =>
    shows.some(
      (field) =>
        risky.has(field) ||
        (shared && /^(transportation|accessibility)/.test(field)) ||
        (field === 'sessions' && isElsewhere),
    );
  const groups = changedGroups(submission);
  return { risky: groups.filter(isRisky), small: groups.filter((group) => !isRisky(group)) };
}

/** Publishes what is small, and leaves what is risky to wait. */
export function sendEdit(directory: Directory, save: Save, submission: Submission, current: Listing): SendOutcome {
  const { db, now } = directory;
  const moment = now();
  const { id, person, version } = submission;
  const all = changesBetween(current, listingOfSubmission(submission, current));
  if (all.length === 0) {
    changeSubmission(
      db,
      id,
      version,
      { state: 'withdrawn', sent_at: submission.sent_at, decided_at: moment.toISOString() },
      moment,
    );
    return { outcome: 'unchanged' };
  }
  const { risky, small } = partedByRisk(submission, current, all);
  const smallOnly = listingOfSubmission(submission, current, { groups: small });
  const published = changesBetween(current, smallOnly);
  if (published.length > 0) {
    const reason = published.map(({ label }) => label).join(', ');
    save(
      {
        organizations: [smallOnly.organization],
        locations: smallOnly.locations,
        services: [afterEdit(db, current, smallOnly.service, today(moment))],
      },
      { action: 'edited', role: 'organization', person, reason },
    );
    receipt(directory, submission, published, current);
  }
  const after = findListing(db, submission.service_id) ?? smallOnly;
  const waiting = changesBetween(after, listingOfSubmission(submission, after));
  if (waiting.length === 0) {
    changeSubmission(
      db,
      id,
      version,
      {
        state: 'published',
        sent_at: submission.sent_at,
        decided_at: moment.toISOString(),
        decision: { person: null, words: '' },
      },
      moment,
    );
    return { outcome: 'published', published };
  }
  // What is public is no change any more: only the rest is put in when a moderator agrees.
  const settled = small
    .flatMap(({ fields }) => fields)
    .map((name): [string, string | readonly string[]] => [name, submission.answers[name] ?? '']);
  const base = { ...submission.base, ...Object.fromEntries(settled) };
  changeSubmission(db, id, version, { state: 'waiting', base, sent_at: submission.sent_at, decision: null }, moment);
  return { outcome: 'waiting', published, risky: risky.length > 0 ? waiting : [] };
}

/** Tells who changed it, and whoever else looks after it would ask, what people see now. */
function receipt(
  { db, now }: Directory,
  { id, person, version, service_id }: Submission,
  changes: readonly FieldChange[],
  current: Listing,
): void {
  const to = person === null ? null : emailOf(db, person);
  if (to === null) return;
  const ids = [service_id, ...current.locations.map((location) => location.id), current.organization.id];
  const [line] = historyOf(db, ids);
  if (!line) return;
  const undo = undoPage(db, line.seq, person, now());
  const flat = (text: string) => text.replaceAll('\n', '; ') || 'nothing';
  const words = changes.map(({ label, before, after }) => `${label}: ${flat(after)} (before: ${flat(before)})`);
  queueMail(
    db,
    {
      key: `changed ${id} ${version}`,
      to,
      template: 'changed-receipt',
      values: {
        name: current.service.name,
        changes: words.join('\n'),
        page: `/services/${service_id}`,
        undo,
      },
    },
    now(),
  );
}
