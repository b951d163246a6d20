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

/** Records that are still in their feed: of one that asks nothing there is no line in asked_record. */
const recordsFrom = (asking: boolean): string =>
  `FROM imported ${asking ? '' : 'LEFT '}JOIN asked_record USING (feed, record_id)`;
const STILL_THERE = 'WHERE imported.feed = :feed AND imported.gone = 0';

/**
 * How many records are still in their feed.
 * @param asking only those that ask something, answered or not
 */
export const countRecordsOfFeed = (db: Db, feed: string, asking: boolean): number =>
  db
    .prepare(`SELECT count(*) ${recordsFrom(asking)} ${STILL_THERE}`)
    .pluck()
    .get({ feed }) as number;

/**
 * The same records by name: `count` of them, from `from` on.
 * @param asking as in {@link countRecordsOfFeed}
 */
export function recordsOfFeed(db: Db, feed: string, asking: boolean, from: number, count: number): FeedRecord[] {
  const rows = db
    .prepare(
      `SELECT record_id, service.id AS service_id, service.name,
         (SELECT json_group_array(json_object('kind', question.kind, 'said', question.said, 'answer', question.answer))
          FROM json_each(questions) AS pair
          JOIN import_question AS question ON question.feed = :feed AND question.kind = pair.value ->> 0
            AND question.said = pair.value ->> 1) AS questions
       ${recordsFrom(asking)} JOIN service ON service.id = imported.service_id ${STILL_THERE}
       ORDER BY service.name, service.id LIMIT :count OFFSET :from`,
    )
    .all({ feed, from, count }) as (Omit<FeedRecord, 'questions'> & { questions: string })[];
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
