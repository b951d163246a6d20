import { singleAnswer } from '#api/domain/answers.ts';
import { lookUp } from '#api/domain/look-up.ts';
import { nationsOf } from '#api/domain/nation.ts';
import { nextSessions } from '#api/domain/schedule.ts';
import type { Organization } from '#api/domain/service.ts';
import { describeSession } from '#api/domain/words.ts';
import { directory } from '#api/instance.ts';
import { type Alike, findAlike } from '#api/matching/alike.ts';
import { askSender, type Decided, publishSubmission, refuseSubmission } from '#api/moderate/decide.ts';
import { openModeratorsForm } from '#api/moderate/edit.ts';
import { beginMending } from '#api/moderate/mend.ts';
import { readQueue, type SubmissionInQueue, sentOf } from '#api/moderate/queue.ts';
import { type OrganizationRow, organizationRow, organizationsOfNumber } from '#api/store/organizations.ts';
import { emailOf } from '#api/store/people.ts';
import { findSubmission } from '#api/store/submissions.ts';
import { takeBackSubmission } from '#api/submit/send.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

/** What somebody sent in, as a moderator sees it. */
export interface SubmissionView {
  sent: SubmissionInQueue;
  alike: Alike[];
  /** Addresses of who sent it and of who decided it last, where they are known. */
  sender: string | null;
  decider: string | null;
  /** Who vouches for a group without a number, where somebody does. */
  sponsor: { name: string; role: string; contact: string } | null;
  errors: Record<string, string>;
  /** When it meets next, in words; at most four. */
  dates: string[];
  /** Why nothing was done of what the form asked for. */
  conflict: Decided | null;
  /** What was typed, so that it stands there again. */
  words: string;
  /** Its organization as it is here already, for a new listing; null where it is new. */
  known: OrganizationRow | null;
  /** Organizations of another name that have its registered number. */
  ofItsNumber: Organization[];
  /** Whether who looks at it has sent it in themselves, and may change it before anybody decides. */
  own: boolean;
}

const DECISIONS = { publish: publishSubmission, ask: askSender, refuse: refuseSubmission } as const;
const WORDS_MISSING: Readonly<Record<string, string>> = {
  ask: 'Write what you want to know.',
  refuse: 'Write why it is left out: the sender gets it.',
};

/**
 * The page of one submission at /moderate/submissions/ID, after what its form asked for has been done.
 * @returns where to go on to; null where there is no such submission
 */
export function submissionPage(
  context: PageContext & { params: { id?: string | undefined } },
): Response | SubmissionView | null {
  const { db } = directory;
  const id = context.params.id ?? '';
  const form = formOf(context);
  const words = form ? field(form, 'words').slice(0, 4000) : '';
  const errors: Record<string, string> = {};
  let conflict: Decided | null = null;
  if (form && findSubmission(db, id)) {
    const action = field(form, 'action');
    const decide = lookUp(DECISIONS, action);
    if (action === 'change' && takeBackOwn(id, moderatorOf(context).person)) return seeOther(`/moderate/forms/${id}`);
    const copy = action === 'mend' ? beginMending(directory, id, moderatorOf(context).person) : null;
    if (copy) return seeOther(`/moderate/forms/${copy}`);
    const missing = words === '' ? lookUp(WORDS_MISSING, action) : undefined;
    if (missing) errors['words'] = missing;
    else if (decide) {
      const next = nextInQueue(id);
      const wish = { id, version: Number(field(form, 'version')), person: moderatorOf(context).person, words };
      conflict = decide(directory, wish);
      if (conflict === 'done') return seeOther(`${next}?done=${action}.${id}`);
    }
  }
  const submission = findSubmission(db, id);
  const sent = submission && sentOf(directory, submission);
  if (!sent) return null;
  const { answers, person, decision, service_id } = sent.submission;
  const name = singleAnswer(answers, 'sponsor_name');
  return {
    sent,
    alike: findAlike(directory, sent.after, 5, true).filter(({ listing }) => listing.service.id !== service_id),
    sender: addressOf(person),
    decider: addressOf(decision?.person),
    sponsor: name
      ? { name, role: singleAnswer(answers, 'sponsor_role'), contact: singleAnswer(answers, 'sponsor_contact') }
      : null,
    dates: nextSessions(sent.after.service.schedules, directory.now(), 4, undefined, nationsOf(sent.after)).map(
      (session) => describeSession(session),
    ),
    known: sent.current === null ? organizationRow(db, sent.after.organization.id) : null,
    ofItsNumber: othersOfNumber(sent.after.organization),
    errors,
    conflict,
    words,
    own: openModeratorsForm(directory, id, moderatorOf(context).person) !== null,
  };
}

/** Others with the registered number of an organization. */
const othersOfNumber = ({ id, charity_number, company_number }: Organization): Organization[] =>
  organizationsOfNumber(directory.db, { charity: charity_number ?? null, company: company_number ?? null }).filter(
    (it) => it.id !== id && !it.example,
  );

/** Takes back what a moderator sent in themselves, to change it before anybody decides. */
function takeBackOwn(id: string, person: number): boolean {
  const form = openModeratorsForm(directory, id, person);
  return form !== null && takeBackSubmission(directory, form, false);
}

const addressOf = (person: number | null | undefined): string | null =>
  person == null ? null : emailOf(directory.db, person);

/** Where a moderator goes on to: the next submission that waits, or the queue. */
function nextInQueue(after: string): string {
  for (const item of readQueue(directory).items)
    if (item.kind === 'submission' && item.sent.submission.id !== after)
      return `/moderate/submissions/${item.sent.submission.id}`;
  return '/moderate';
}
