import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/**
 * What moderators are asked about the records of feeds and the rows of tables, and what they have answered (migrations
 * 0022 and 0029). A source is a feed by its id, or all tables with the same headings by their hash.
 */

/** A question among those of its source. */
export interface QuestionKey {
  kind: string;
  said: string;
}

export interface ImportQuestion extends QuestionKey {
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

/** Records that are still in their source, each with one of its questions. */
const ASKED = `FROM asked_record
  LEFT JOIN imported ON imported.feed = asked_record.source AND imported.record_id = asked_record.record_id
  LEFT JOIN table_row ON table_row.headings = asked_record.source AND table_row.service_id = asked_record.record_id
  JOIN service ON service.id = coalesce(imported.service_id, table_row.service_id),
  json_each(asked_record.questions) AS pair WHERE coalesce(imported.gone, 0) = 0`;
const ASKED_OF = `${ASKED} AND asked_record.source = :source`;

/** Keeps what a record asks; where that is nothing, nothing of it is kept. Call it in the change that writes the record. */
export function keepAsked(
  db: Db,
  source: string,
  recordId: string,
  questions: readonly (QuestionKey & { choices: readonly string[] })[],
  raw: unknown,
): void {
  if (questions.length === 0) {
    forgetAsked(db, source, recordId);
    return;
  }
  for (const { kind, said, choices } of questions)
    prepared(
      db,
      `INSERT INTO import_question (source, kind, said, choices) VALUES (:source, :kind, :said, :choices)
       ON CONFLICT DO UPDATE SET choices = :choices WHERE choices <> :choices`,
    ).run({ source, kind, said, choices: JSON.stringify(choices) });
  prepared(
    db,
    `INSERT INTO asked_record (source, record_id, questions, raw) VALUES (:source, :record_id, :questions, :raw)
     ON CONFLICT DO UPDATE SET questions = :questions, raw = :raw WHERE questions <> :questions OR raw <> :raw`,
  ).run({
    source,
    record_id: recordId,
    questions: JSON.stringify(questions.map(({ kind, said }) => [kind, said])),
    raw: deflateRawSync(JSON.stringify(raw)),
  });
}

const forgetAsked = (db: Db, source: string, recordId: string): void => {
  prepared(db, 'DELETE FROM asked_record WHERE source = ? AND record_id = ?').run(source, recordId);
};

/** What was said of words of a source, and on which day (UTC), to be asked again and again; null where nothing was. */
export function toldOf(db: Db, source: string): (kind: string, said: string) => { words: string; on: string } | null {
  const find = db.prepare(
    `SELECT answer AS words, substr(answered_at, 1, 10) AS "on" FROM import_question
     WHERE source = ? AND kind = ? AND said = ? AND answer IS NOT NULL`,
  );
  return (kind, said) => (find.get(source, kind, said) as { words: string; on: string } | undefined) ?? null;
}

/** The questions of a source that some listing asks, or that were answered: those of the most listings first. */
export function questionsOf(db: Db, source: string): ImportQuestion[] {
  const rows = db
    .prepare(
      `WITH asked AS (
         SELECT pair.value ->> 0 AS kind, pair.value ->> 1 AS said, service.id, service.name,
           row_number() OVER (PARTITION BY pair.value ->> 0, lower(pair.value ->> 1) ORDER BY service.name, service.id) AS place
         ${ASKED_OF})
       SELECT question.kind, question.said, choices, answer, answered_at, count(asked.id) AS count,
         coalesce(json_group_array(json_object('id', asked.id, 'name', asked.name)) FILTER (WHERE place <= ${EXAMPLES}), '[]')
           AS examples
       FROM import_question AS question
       LEFT JOIN asked ON asked.kind = question.kind AND question.said = asked.said
       WHERE question.source = :source
       GROUP BY question.kind, question.said HAVING count > 0 OR answer IS NOT NULL
       ORDER BY count DESC, question.kind, question.said`,
    )
    .all({ source }) as (Omit<ImportQuestion, 'choices' | 'examples'> & { choices: string; examples: string })[];
  return rows.map((row) => ({ ...row, choices: JSON.parse(row.choices), examples: JSON.parse(row.examples) }));
}

/** One question of a source, or null. */
export function findQuestion(db: Db, source: string, { kind, said }: QuestionKey): { answer: string | null } | null {
  const row = db
    .prepare('SELECT answer FROM import_question WHERE source = ? AND kind = ? AND said = ?')
    .get(source, kind, said) as { answer: string | null } | undefined;
  return row ?? null;
}

/** Sources with questions that nobody has answered, and how many: by name. */
export const sourcesAsking = (db: Db): { id: string; name: string; questions: number; listings: number }[] =>
  db
    .prepare(
      `WITH asked AS (
         SELECT asked_record.source, asked_record.record_id, pair.value ->> 0 AS kind, pair.value ->> 1 AS said ${ASKED})
       SELECT asked.source AS id, coalesce(feed.name, table_layout.name) AS name,
         count(DISTINCT asked.kind || ' ' || lower(asked.said)) AS questions, count(DISTINCT record_id) AS listings
       FROM asked
       CROSS JOIN import_question AS question
         ON question.source = asked.source AND question.kind = asked.kind AND question.said = asked.said
       LEFT JOIN feed ON feed.id = asked.source
       LEFT JOIN table_layout ON table_layout.headings = asked.source
       WHERE question.answer IS NULL
       GROUP BY asked.source ORDER BY name`,
    )
    .all() as { id: string; name: string; questions: number; listings: number }[];

/** Keeps an answer, or forgets it where it is null. */
export function setAnswer(
  db: Db,
  source: string,
  { kind, said }: QuestionKey,
  answer: string | null,
  person: number,
  at: string,
): void {
  db.prepare(
    `UPDATE import_question SET answer = :answer, answered_at = iif(:answer IS NULL, NULL, :at),
       person = iif(:answer IS NULL, NULL, :person) WHERE source = :source AND kind = :kind AND said = :said`,
  ).run({ source, kind, said, answer, person, at });
}

/** The ids of the records that ask a question, and are still in their source. */
export const recordsAsking = (db: Db, source: string, { kind, said }: QuestionKey): string[] =>
  db
    .prepare(
      `SELECT asked_record.record_id ${ASKED_OF} AND pair.value ->> 0 = :kind AND (pair.value ->> 1) = :said COLLATE NOCASE
       ORDER BY asked_record.record_id`,
    )
    .pluck()
    .all({ source, kind, said }) as string[];

/** A record as it came; null where it asks nothing any more. */
export function rawAsked(db: Db, source: string, recordId: string): unknown {
  const bytes = prepared(db, 'SELECT raw FROM asked_record WHERE source = ? AND record_id = ?')
    .pluck()
    .get(source, recordId) as Buffer | undefined;
  return bytes ? JSON.parse(inflateRawSync(bytes).toString()) : null;
}
