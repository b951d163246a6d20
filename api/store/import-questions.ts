import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** What moderators are asked about the records of feeds, and what they have answered (migration 0022). */

/** A question among those of its feed. */
export interface QuestionKey {
  kind: string;
  said: string;
}

export interface FeedQuestion extends QuestionKey {
  choices: string[];
  /** In words that are understood; '' where it is to stay in words; null while nobody has answered. */
  answer: string | null;
  answered_at: string | null;
  /** How many listings of today ask it. */
  count: number;
  /** Some of them. */
  examples: { id: string; name: string }[];
}

/** Listings that are named with a question. */
const EXAMPLES = 3;

/** Records that are still in their feed, each with one of its questions. */
const ASKED = `FROM asked_record JOIN imported USING (feed, record_id) JOIN service ON service.id = imported.service_id,
  json_each(asked_record.questions) AS pair WHERE asked_record.feed = :feed AND imported.gone = 0`;

/** Keeps what a record asks; where that is nothing, nothing of it is kept. Call it in the change that writes the record. */
export function keepAsked(
  db: Db,
  feed: string,
  recordId: string,
  questions: readonly (QuestionKey & { choices: readonly string[] })[],
  raw: unknown,
): void {
  if (questions.length === 0) {
    prepared(db, 'DELETE FROM asked_record WHERE feed = ? AND record_id = ?').run(feed, recordId);
    return;
  }
  for (const { kind, said, choices } of questions)
    prepared(
      db,
      `INSERT INTO import_question (feed, kind, said, choices) VALUES (:feed, :kind, :said, :choices)
       ON CONFLICT DO UPDATE SET choices = :choices WHERE choices <> :choices`,
    ).run({ feed, kind, said, choices: JSON.stringify(choices) });
  prepared(
    db,
    `INSERT INTO asked_record (feed, record_id, questions, raw) VALUES (:feed, :record_id, :questions, :raw)
     ON CONFLICT DO UPDATE SET questions = :questions, raw = :raw WHERE questions <> :questions OR raw <> :raw`,
  ).run({
    feed,
    record_id: recordId,
    questions: JSON.stringify(questions.map(({ kind, said }) => [kind, said])),
    raw: deflateRawSync(JSON.stringify(raw)),
  });
}

/** What was said of words of a feed, and on which day (UTC), to be asked again and again; null where nothing was. */
export function toldOf(db: Db, feed: string): (kind: string, said: string) => { words: string; on: string } | null {
  const find = db.prepare(
    `SELECT answer AS words, substr(answered_at, 1, 10) AS "on" FROM import_question
     WHERE feed = ? AND kind = ? AND said = ? AND answer IS NOT NULL`,
  );
  return (kind, said) => (find.get(feed, kind, said) as { words: string; on: string } | undefined) ?? null;
}

/** The questions of a feed that some listing asks, or that were answered: those of the most listings first. */
export function questionsOfFeed(db: Db, feed: string): FeedQuestion[] {
  const rows = db
    .prepare(
      `WITH asked AS (
         SELECT pair.value ->> 0 AS kind, pair.value ->> 1 AS said, service.id, service.name,
           row_number() OVER (PARTITION BY pair.value ->> 0, lower(pair.value ->> 1) ORDER BY service.name, service.id) AS place
         ${ASKED})
       SELECT question.kind, question.said, choices, answer, answered_at, count(asked.id) AS count,
         coalesce(json_group_array(json_object('id', asked.id, 'name', asked.name)) FILTER (WHERE place <= ${EXAMPLES}), '[]')
           AS examples
       FROM import_question AS question
       LEFT JOIN asked ON asked.kind = question.kind AND question.said = asked.said
       WHERE question.feed = :feed
       GROUP BY question.kind, question.said HAVING count > 0 OR answer IS NOT NULL
       ORDER BY count DESC, question.kind, question.said`,
    )
    .all({ feed }) as (Omit<FeedQuestion, 'choices' | 'examples'> & { choices: string; examples: string })[];
  return rows.map((row) => ({ ...row, choices: JSON.parse(row.choices), examples: JSON.parse(row.examples) }));
}

/** One question of a feed, or null. */
export function findQuestion(db: Db, feed: string, { kind, said }: QuestionKey): { answer: string | null } | null {
  const row = db
    .prepare('SELECT answer FROM import_question WHERE feed = ? AND kind = ? AND said = ?')
    .get(feed, kind, said) as { answer: string | null } | undefined;
  return row ?? null;
}

/** Feeds with questions that nobody has answered, and how many: by name. */
export const feedsAsking = (db: Db): { id: string; name: string; questions: number; listings: number }[] =>
  db
    .prepare(
      `SELECT feed.id, feed.name, count(DISTINCT question.kind || ' ' || lower(question.said)) AS questions,
         count(DISTINCT asked_record.record_id) AS listings
       FROM feed CROSS JOIN asked_record ON asked_record.feed = feed.id
       CROSS JOIN imported ON imported.feed = feed.id AND imported.record_id = asked_record.record_id
       CROSS JOIN json_each(asked_record.questions) AS pair
       CROSS JOIN import_question AS question
         ON question.feed = feed.id AND question.kind = pair.value ->> 0 AND question.said = pair.value ->> 1
       WHERE question.answer IS NULL AND imported.gone = 0
       GROUP BY feed.id ORDER BY feed.name`,
    )
    .all() as { id: string; name: string; questions: number; listings: number }[];

/** Keeps an answer, or forgets it where it is null. */
export function setAnswer(
  db: Db,
  feed: string,
  { kind, said }: QuestionKey,
  answer: string | null,
  person: number,
  at: string,
): void {
  db.prepare(
    `UPDATE import_question SET answer = :answer, answered_at = iif(:answer IS NULL, NULL, :at),
       person = iif(:answer IS NULL, NULL, :person) WHERE feed = :feed AND kind = :kind AND said = :said`,
  ).run({ feed, kind, said, answer, person, at });
}

/** The ids of the records that ask a question, and are still in their feed. */
export const recordsAsking = (db: Db, feed: string, { kind, said }: QuestionKey): string[] =>
  db
    .prepare(
      `SELECT asked_record.record_id ${ASKED} AND pair.value ->> 0 = :kind AND (pair.value ->> 1) = :said COLLATE NOCASE
       ORDER BY asked_record.record_id`,
    )
    .pluck()
    .all({ feed, kind, said }) as string[];

/** A record as it came; null where it asks nothing any more. */
export function rawAsked(db: Db, feed: string, recordId: string): unknown {
  const bytes = prepared(db, 'SELECT raw FROM asked_record WHERE feed = ? AND record_id = ?')
    .pluck()
    .get(feed, recordId) as Buffer | undefined;
  return bytes ? JSON.parse(inflateRawSync(bytes).toString()) : null;
}
