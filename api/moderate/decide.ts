import { ZodError } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { afterEdit } from '../directory/reinstate.ts';
import { type Answers, singleAnswer } from '../domain/answers.ts';
import { today } from '../domain/schedule.ts';
import { queueMail } from '../notify/mail.ts';
import { editPage } from '../notify/page-links.ts';
import { joinedInto } from '../store/joined.ts';
import { addKeeper } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { emailOf } from '../store/people.ts';
import { changeSubmission, findSubmission, type Submission } from '../store/submissions.ts';
import { batchOfSubmission } from '../submit/batch.ts';
import { draftKey } from '../submit/drafts.ts';
import { existingOf } from '../submit/existing.ts';
import { claims, isModerators, listingForHolder } from '../submit/rights.ts';

/**
 * The decisions of moderators about what people send in. Each is one transaction: the listing, who looks after it, the
 * decision and the mail to the sender are written together or not at all. The slower of two moderators changes nothing.
 */

/** What came of it: done; somebody was quicker; it cannot be published as it is; or its sender cannot answer any more. */
export type Decided = 'done' | 'changed' | 'incomplete' | 'unanswerable';

interface Decision {
  id: string;
  /** The version of the submission that the moderator looked at. */
  version: number;
  /** The number of the moderator. */
  person: number;
  /** What the sender is told: the question, the reason, or a note on what was published ('' for none). */
  words: string;
}

/** What the sender calls it. */
export const submittedName = (answers: Answers): string => singleAnswer(answers, 'name') || 'Your listing';

/** Whether there is still something to decide. */
export const isUndecided = ({ state }: Submission): boolean => state === 'waiting' || state === 'asked';

/** Thrown where the listing that it changes is gone: a change alone does not make a listing. */
class NothingToChangeError extends Error {}

/** Publishes it, and lets its sender look after it. */
export function publishSubmission(directory: Directory, decision: Decision): Decided {
  const { db, now } = directory;
  try {
    return directory.change((save) => {
      const submission = claimed(directory, decision, 'published');
      if (!submission) return 'changed';
      const { service_id, person, kind, answers } = submission;
      const current = findListing(db, service_id);
      if (kind === 'edit' && !current) throw new NothingToChangeError();
      const reason = decision.words || publishedAs(submission, current !== null, decision.person);
      const action = current ? 'edited' : 'published';
      const { services = [], ...others } = batchOfSubmission(submission, current, existingOf(db, submission));
      const day = today(now());
      // A listing that was joined into another stays so: the other is the one that people find.
      const mayReturn = current?.state === 'archived' && joinedInto(db, service_id) === null;
      const told = services.map((it) => (mayReturn ? afterEdit(db, current, it.service, day) : it));
      save({ ...others, services: told }, { action, role: 'moderator', person: decision.person, reason });
      const to = person === null ? null : emailOf(db, person);
      // A moderator need not be told of their own change.
      if (person === null || to === null || person === decision.person) return 'done';
      const takesCharge = kind === 'new' || claims(answers);
      if (takesCharge) addKeeper(db, service_id, person, now());
      const name = findListing(db, service_id)?.service.name ?? submittedName(answers);
      const said = { name, page: `/services/${service_id}`, note: decision.words };
      const key = mailKey('published', submission);
      if (takesCharge) {
        const values = { ...said, link: editPage(db, service_id, person, now()) };
        queueMail(db, { key, to, template: 'published', values }, now());
      } else queueMail(db, { key, to, template: 'change-published', values: said }, now());
      return 'done';
    });
  } catch (error) {
    // The organization or venue that was chosen may be gone by now.
    const gone = error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
    if (gone || error instanceof ZodError || error instanceof NothingToChangeError) return 'incomplete';
    throw error;
  }
}

/** Why it is public, where nobody says more. */
function publishedAs({ person, answers }: Submission, isChange: boolean, by: number): string {
  if (isModerators(answers) && person === by) return 'Changed by a moderator';
  return isChange ? 'Sent in, looked at, and published' : 'A first listing, looked at';
}

/** Asks the sender something; they answer in the form, which then comes back. */
export function askSender(directory: Directory, decision: Decision): Decided {
  const { db, now } = directory;
  return directory.change(() => {
    const before = findSubmission(db, decision.id);
    if (!before || !isUndecided(before) || before.version !== decision.version) return 'changed';
    if (!mayAnswer(directory, before)) return 'unanswerable';
    const submission = claimed(directory, decision, 'asked');
    if (!submission) return 'changed';
    const to = submission.person === null ? null : emailOf(db, submission.person);
    if (to === null) return 'done';
    const link = isModerators(submission.answers)
      ? `/moderate/forms/${submission.id}`
      : `/add/${draftKey(db, submission.id, submission.person, now())}`;
    const values = { name: submittedName(submission.answers), question: decision.words, link };
    queueMail(db, { key: mailKey('asked', submission), to, template: 'asked', values }, now());
    return 'done';
  });
}

/** Whether its sender can still open the form: not once they no longer look after the listing. */
const mayAnswer = ({ db }: Directory, submission: Submission): boolean =>
  submission.kind === 'new' ||
  isModerators(submission.answers) ||
  submission.person === null ||
  listingForHolder(db, submission, true) !== null;

/** Leaves it out of the directory, and tells the sender why. */
export function refuseSubmission(directory: Directory, decision: Decision): Decided {
  const { db, now } = directory;
  return directory.change(() => {
    const submission = claimed(directory, decision, 'refused');
    if (!submission) return 'changed';
    const to = submission.person === null ? null : emailOf(db, submission.person);
    const values = { name: submittedName(submission.answers), reason: decision.words };
    const template = submission.kind === 'edit' ? 'change-refused' : 'refused';
    if (to !== null) queueMail(db, { key: mailKey('refused', submission), to, template, values }, now());
    return 'done';
  });
}

/** Notes the decision, if nobody was quicker. */
function claimed(
  { db, now }: Directory,
  { id, version, person, words }: Decision,
  state: 'published' | 'asked' | 'refused',
): Submission | null {
  const submission = findSubmission(db, id);
  if (!submission || !isUndecided(submission)) return null;
  const decided_at = state === 'asked' ? null : now().toISOString();
  const change = { state, decided_at, decision: { person, words } };
  return changeSubmission(db, id, version, change, now()) ? submission : null;
}

/** One mail for each decision about each version, however often a button is pressed. */
const mailKey = (what: string, { id, version }: Submission): string => `${what} ${id} ${version}`;
