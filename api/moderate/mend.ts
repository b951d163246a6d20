import { randomUUID } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { type Answers, singleAnswer } from '../domain/answers.ts';
import { addSubmission, changeSubmission, findSubmission, openMending } from '../store/submissions.ts';
import { isUndecided, publishSubmission } from './decide.ts';
import { openModeratorsForm } from './edit.ts';

/**
 * Mending what somebody sent in, and publishing it so. The moderator fills in a copy, behind their session; what was sent
 * stays as it is until the copy is sent. Then the sender is told, and looks after the listing, as of any that is published.
 */

/** What the sender and the history are told. */
const NOTE = 'We put something right before we published it.';

/** What a copy mends: the submission, and its version when the copy was made; null for what is no copy. */
export function mendsOf(answers: Answers): { id: string; version: number } | null {
  const [id = '', version = ''] = singleAnswer(answers, 'mends').split(' ');
  return id === '' ? null : { id, version: Number(version) };
}

/**
 * Begins one, or goes on with one begun of the same version.
 * @param person the number of the moderator
 * @returns the id of the form; null where there is nothing to decide any more
 */
export function beginMending({ db, now }: Directory, id: string, person: number): string | null {
  return db
    .transaction(() => {
      const sent = findSubmission(db, id);
      if (!sent || !isUndecided(sent)) return null;
      const mends = `${id} ${sent.version}`;
      const begun = openMending(db, mends, person);
      if (begun) return begun;
      const copy = randomUUID();
      const { kind, service_id, base } = sent;
      const answers = { ...sent.answers, moderating: 'yes', mends };
      addSubmission(db, { id: copy, kind, service_id, answers, base, person }, now());
      return copy;
    })
    .immediate();
}

/**
 * Publishes what was mended, once its copy is sent.
 * @param copy the id of the copy
 * @param person the number of the moderator
 * @returns false where what was sent is no longer as it was when the copy was made; the copy then stays as it is
 */
export function publishMended(directory: Directory, copy: string, person: number): boolean {
  const { db, now } = directory;
  const version = db
    .transaction((): number | null => {
      const form = openModeratorsForm(directory, copy, person);
      const mends = form && mendsOf(form.submission.answers);
      if (!mends || form.submission.state !== 'waiting') return null;
      const { moderating: _, mends: __, ...answers } = form.submission.answers;
      const sent = findSubmission(db, mends.id);
      const isAsItWas = sent !== null && isUndecided(sent) && sent.version === mends.version;
      const settle = isAsItWas
        ? ({ state: 'withdrawn', decided_at: now().toISOString() } as const)
        : { state: 'draft' as const };
      changeSubmission(db, copy, form.submission.version, { ...settle, sent_at: null }, now());
      return isAsItWas && changeSubmission(db, mends.id, mends.version, { answers }, now()) ? mends.version + 1 : null;
    })
    .immediate();
  const mends = mendsOf(findSubmission(db, copy)?.answers ?? {});
  if (version === null || !mends) return false;
  return publishSubmission(directory, { id: mends.id, version, person, words: NOTE }) === 'done';
}
