import type { Answers } from '../domain/answers.ts';
import { ACCESS, PAIN_FRIENDLY, QUESTION_KEYS, unanswered } from '../domain/questions.ts';
import type { Db } from './open.ts';

/** Forms on their way: from the first answer until somebody has decided. */

type SubmissionState = 'draft' | 'unconfirmed' | 'waiting' | 'asked' | 'published' | 'refused' | 'withdrawn';

/** What was asked or decided last. */
interface Decision {
  /** Who: a moderator's number; null for the programme, where nothing needed a look. */
  person: number | null;
  /** The question, the reason or the note, for the sender. */
  words: string;
}

export interface Submission {
  id: string;
  kind: 'new' | 'edit';
  /** The listing; of a new one, the id that it will have. */
  service_id: string;
  state: SubmissionState;
  answers: Answers;
  /** For an edit, the answers as the listing filled them in to begin with. */
  base: Answers | null;
  /** Whose address stands in it. */
  person: number | null;
  version: number;
  /** ISO 8601, UTC. */
  created_at: string;
  updated_at: string;
  sent_at: string | null;
  decided_at: string | null;
  decision: Decision | null;
}

type Row = Omit<Submission, 'answers' | 'base' | 'decision'> & {
  answers: string;
  base: string | null;
  decision: string | null;
};

/** What a change begun with an earlier version says to questions that came since: nothing, so it changes none of them. */
const NOT_ASKED: Answers = unanswered([...QUESTION_KEYS, ...ACCESS, ...PAIN_FRIENDLY]);

function fromRow(row: Row): Submission {
  const answers: Answers = JSON.parse(row.answers);
  const base: Answers | null = row.base === null ? null : JSON.parse(row.base);
  return {
    ...row,
    answers: base === null ? answers : { ...NOT_ASKED, ...answers },
    base: base === null ? null : { ...NOT_ASKED, ...base },
    decision: row.decision === null ? null : JSON.parse(row.decision),
  };
}

const orNull = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Begins a form. */
export function addSubmission(
  db: Db,
  begun: Pick<Submission, 'id' | 'kind' | 'service_id' | 'answers' | 'base' | 'person'>,
  now: Date,
): void {
  db.prepare(
    `INSERT INTO submission (id, kind, service_id, state, answers, base, person, created_at, updated_at)
     VALUES (:id, :kind, :service_id, 'draft', :answers, :base, :person, :now, :now)`,
  ).run({
    ...begun,
    answers: JSON.stringify(begun.answers),
    base: orNull(begun.base),
    now: now.toISOString(),
  });
}

/** The submission of that id, or null. */
export function findSubmission(db: Db, id: string): Submission | null {
  const row = db.prepare('SELECT * FROM submission WHERE id = ?').get(id) as Row | undefined;
  return row ? fromRow(row) : null;
}

/** Those that wait for a moderator, the first sent first. */
export const waitingSubmissions = (db: Db): Submission[] =>
  (db.prepare("SELECT * FROM submission WHERE state = 'waiting' ORDER BY sent_at, id").all() as Row[]).map(fromRow);

/** Those whose sender was asked something and has not answered yet, the longest first. */
export const askedSubmissions = (db: Db): Submission[] =>
  (db.prepare("SELECT * FROM submission WHERE state = 'asked' ORDER BY updated_at, id").all() as Row[]).map(fromRow);

/** All that were ever sent about a listing, the newest first. */
export const submissionsAbout = (db: Db, serviceId: string): Submission[] =>
  (
    db
      .prepare('SELECT * FROM submission WHERE service_id = ? AND sent_at IS NOT NULL ORDER BY sent_at DESC, id')
      .all(serviceId) as Row[]
  ).map(fromRow);

/**
 * The edit of a listing that a person has begun and not sent; null where there is none. One that began as a form for
 * something new is none of these: anybody may have begun it and written that person's address into it.
 * @param moderating whether they began it as a moderator, behind their session, or as who looks after the listing
 */
export function openEdit(db: Db, serviceId: string, person: number, moderating = false): Submission | null {
  const row = db
    .prepare(
      `SELECT * FROM submission WHERE service_id = ? AND person = ? AND kind = 'edit' AND state IN ('draft', 'asked')
         AND answers ->> '$.claim' IS NOT 'yes' AND answers ->> '$.mends' IS NULL AND (answers ->> '$.moderating' IS 'yes') = ?
       ORDER BY updated_at DESC LIMIT 1`,
    )
    .get(serviceId, person, Number(moderating)) as Row | undefined;
  return row ? fromRow(row) : null;
}

/** The id of the copy that a person has begun to mend with and not sent, by what it mends; null where there is none. */
export const openMending = (db: Db, mends: string, person: number): string | null =>
  (db
    .prepare(
      `SELECT id FROM submission WHERE person = ? AND state = 'draft' AND answers ->> '$.mends' = ?
       ORDER BY updated_at DESC LIMIT 1`,
    )
    .pluck()
    .get(person, mends) as string | undefined) ?? null;

/** What of a submission may change; what is left out stays. */
export type SubmissionChange = Partial<
  Pick<
    Submission,
    'answers' | 'base' | 'person' | 'kind' | 'service_id' | 'state' | 'sent_at' | 'decided_at' | 'decision'
  >
>;

/**
 * Changes a submission where it still is as it was when it was read.
 * @param version the one that was read
 * @returns false where somebody else was quicker, or it is gone: nothing is changed then
 */
export function changeSubmission(db: Db, id: string, version: number, change: SubmissionChange, now: Date): boolean {
  const values = Object.entries(change).map(([name, value]) => [
    name,
    value === null || typeof value !== 'object' ? value : JSON.stringify(value),
  ]);
  const set = ['version = version + 1', 'updated_at = :now', ...values.map(([name]) => `${name} = :${name}`)];
  return (
    db
      .prepare(`UPDATE submission SET ${set.join(', ')} WHERE id = :id AND version = :version`)
      .run({ ...Object.fromEntries(values), id, version, now: now.toISOString() }).changes === 1
  );
}

/** Takes out what was begun and never sent, or never confirmed, once nobody has touched it for so long. */
export const dropDrafts = (db: Db, untouchedSince: Date): number =>
  db
    .prepare("DELETE FROM submission WHERE state IN ('draft', 'unconfirmed') AND updated_at < ?")
    .run(untouchedSince.toISOString()).changes;

/** The fields that are about the sender and never about the listing. */
const SENDER_FIELDS = ['email', 'sponsor_name', 'sponsor_role', 'sponsor_contact'] as const;

/** Takes the sender's address, and who vouched, out of what was decided before a moment. */
export const forgetSenders = (db: Db, decidedBefore: Date): number =>
  db
    .prepare(
      `UPDATE submission SET person = NULL, answers = json_remove(answers, ${SENDER_FIELDS.map((name) => `'$.${name}'`).join(', ')})
       WHERE state IN ('published', 'refused', 'withdrawn') AND decided_at < ? AND person IS NOT NULL`,
    )
    .run(decidedBefore.toISOString()).changes;

/** Whether a listing other than that one is at a venue too. */
export const isSharedVenue = (db: Db, service: string, venue: string): boolean =>
  db
    .prepare('SELECT 1 FROM service_at_location WHERE location_id = ? AND service_id <> ? LIMIT 1')
    .get(venue, service) !== undefined;

/** What a person has sent or begun, the newest first. */
export const submissionsOf = (db: Db, person: number): Submission[] =>
  (db.prepare('SELECT * FROM submission WHERE person = ? ORDER BY updated_at DESC, id').all(person) as Row[]).map(
    fromRow,
  );

/** Takes a person out of what they sent: what was never sent goes, of the rest only what is about the listing stays. */
export function eraseSender(db: Db, person: number): void {
  db.prepare("DELETE FROM submission WHERE person = ? AND state IN ('draft', 'unconfirmed')").run(person);
  db.prepare(
    `UPDATE submission SET person = NULL, answers = json_remove(answers, ${SENDER_FIELDS.map((name) => `'$.${name}'`).join(', ')}),
       state = iif(state IN ('waiting', 'asked'), 'withdrawn', state) WHERE person = ?`,
  ).run(person);
}
