import type { Db } from './open.ts';

/** The records of a feed or the rows of a table, one by one, for moderators: what each leaves open, and what was said of it. */

export interface SourceRecord {
  /** As its source calls it; of a row of a table: the id of its listing. */
  record_id: string;
  service_id: string;
  name: string;
  questions: {
    kind: string;
    said: string;
    /** In words that are understood; '' where it is to stay in words; null while nobody has answered. */
    answer: string | null;
  }[];
}

/** Records that are still in their source: of one that asks nothing there is no line in asked_record. */
const recordsFrom = (asking: boolean): string =>
  `FROM (SELECT feed AS source, record_id, service_id FROM imported WHERE feed = :source AND gone = 0
         UNION ALL SELECT headings, service_id, service_id FROM table_row WHERE headings = :source) AS record
   ${asking ? '' : 'LEFT '}JOIN asked_record USING (source, record_id)`;

/**
 * How many records of a source are still there.
 * @param source of import-questions.ts
 * @param asking only those that ask something, answered or not
 */
export const countRecordsOf = (db: Db, source: string, asking: boolean): number =>
  db
    .prepare(`SELECT count(*) ${recordsFrom(asking)}`)
    .pluck()
    .get({ source }) as number;

/**
 * The same records by name: `count` of them, from `from` on.
 * @param asking as in {@link countRecordsOf}
 */
export function recordsOf(db: Db, source: string, asking: boolean, from: number, count: number): SourceRecord[] {
  const rows = db
    .prepare(
      `SELECT record_id, service.id AS service_id, service.name,
         (SELECT json_group_array(json_object('kind', question.kind, 'said', question.said, 'answer', question.answer))
          FROM json_each(questions) AS pair
          JOIN import_question AS question ON question.source = :source AND question.kind = pair.value ->> 0
            AND question.said = pair.value ->> 1) AS questions
       ${recordsFrom(asking)} JOIN service ON service.id = record.service_id
       ORDER BY service.name, service.id LIMIT :count OFFSET :from`,
    )
    .all({ source, from, count }) as (Omit<SourceRecord, 'questions'> & { questions: string })[];
  return rows.map((row) => ({ ...row, questions: JSON.parse(row.questions) }));
}

/** What a harvest says was put right in records, or could not be used, by record. */
export function notesOfRecords(
  db: Db,
  harvest: number,
  records: readonly string[],
): Map<string, { field: string; words: string }[]> {
  const rows = db
    .prepare(
      `SELECT about, field, words FROM harvest_note
       WHERE harvest = ? AND kind = 'repaired' AND about IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    )
    .all(harvest, JSON.stringify(records)) as { about: string; field: string; words: string }[];
  return Map.groupBy(rows, ({ about }) => about);
}
