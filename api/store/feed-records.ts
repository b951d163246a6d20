import type { Db } from './open.ts';

/** The records of a feed, one by one, for moderators: what each leaves open, and what its last harvest said of it. */

export interface FeedRecord {
  /** As its source calls it. */
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

/**
 * Records that are still in their feed, by name.
 * @param asking only those that ask something, answered or not
 * @returns `count` of them from `from` on, and how many there are
 */
export function recordsOfFeed(
  db: Db,
  feed: string,
  asking: boolean,
  from: number,
  count: number,
): { records: FeedRecord[]; total: number } {
  const asked = `${asking ? '' : 'LEFT '}JOIN asked_record USING (feed, record_id)`;
  const which = `FROM imported ${asked} WHERE imported.feed = :feed AND imported.gone = 0`;
  const total = db.prepare(`SELECT count(*) ${which}`).pluck().get({ feed }) as number;
  const rows = db
    .prepare(
      `SELECT record_id, service.id AS service_id, service.name,
         (SELECT json_group_array(json_object('kind', question.kind, 'said', question.said, 'answer', question.answer))
          FROM json_each(questions) AS pair
          JOIN import_question AS question ON question.feed = :feed AND question.kind = pair.value ->> 0
            AND question.said = pair.value ->> 1) AS questions
       ${which.replace(' WHERE', ' JOIN service ON service.id = imported.service_id WHERE')}
       ORDER BY service.name, service.id LIMIT :count OFFSET :from`,
    )
    .all({ feed, from, count }) as (Omit<FeedRecord, 'questions'> & { questions: string })[];
  return { total, records: rows.map((row) => ({ ...row, questions: JSON.parse(row.questions) })) };
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
