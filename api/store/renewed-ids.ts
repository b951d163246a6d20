import { randomUUID } from 'node:crypto';
import { type Cause, historyWriter, nextRevision } from './changes.ts';
import { repackImported } from './imported.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { endFormTokens } from './tokens.ts';

/**
 * New ids for listings whose place becomes confidential. An id that was public while the address was may have been made of
 * it, and stands in copies beside it: whoever kept one would know where the refuge is. So the listing goes on under a
 * random id, and the old one is withdrawn without a word of where it went.
 */

const CAUSE: Cause = {
  action: 'renewed',
  role: 'programme',
  reason: 'Its place is private now, so it has a new address and the old one leads nowhere',
};

/** Columns that hold the id of a listing, and nothing that belongs to it is made anew: table, column. */
const MOVED = [
  ['service_at_location', 'service_id'],
  ['imported', 'service_id'],
  ['table_row', 'service_id'],
  ['imported_term', 'service_id'],
  ['imported_place', 'service_id'],
  ['keeper', 'service_id'],
  ['named_keeper', 'service_id'],
  ['reminder', 'service_id'],
  ['report', 'service_id'],
  ['match_listing', 'service_id'],
  ['joined', 'from_id'],
  ['joined', 'into_id'],
  ['moved_service', 'service_id'],
  ['submission', 'service_id'],
  ['token', 'subject'],
] as const;

/** Columns whose text may name it somewhere inside: what is kept for undoing, and answers that point to a listing. */
const NAMED_IN = [
  ['joined', 'into_before'],
  ['bulk_edit', 'services'],
  ['csv_upload', 'report'],
  ['submission', 'answers'],
  ['submission', 'base'],
  ['mail', 'key'],
  ['mail', 'given'],
] as const;

/**
 * Gives a listing a new, random id. To be called in the transaction that makes its place confidential.
 * @param at ISO 8601, UTC
 * @returns the new id
 */
export function renewId(db: Db, old: string, at: string): string {
  const id = randomUUID();
  const { state } = prepared(db, 'SELECT state FROM service WHERE id = ?').get(old) as { state: never };
  prepared(
    db,
    `INSERT INTO service (id, organization_id, name, kind, time_limited, state, assured_date, example, last_modified, revision,
       document)
     SELECT :id, organization_id, name, kind, time_limited, state, assured_date, example, :at, :revision, json_set(document, '$.id', :id)
     FROM service WHERE id = :old`,
  ).run({ id, old, at, revision: nextRevision(db) });
  // Whoever began a form about it has seen what was public, and is not to see what it becomes.
  endFormTokens(db, old);
  for (const [table, column] of MOVED)
    prepared(db, `UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`).run(id, old);
  dropMailsOfChanges(db, old);
  for (const [table, column] of NAMED_IN)
    prepared(db, `UPDATE ${table} SET ${column} = replace(${column}, :old, :id) WHERE instr(${column}, :old) > 0`).run({
      id,
      old,
    });
  moveAsked(db, old, id);
  repackImported(db, id, old);
  movePairs(db, old, id);
  historyWriter(db, CAUSE, at)('service', id, state, null);
  // A trigger keeps the old id among what was withdrawn.
  prepared(db, 'DELETE FROM service WHERE id = ?').run(old);
  prepared(db, 'UPDATE renewed_id SET new_id = ? WHERE new_id = ?').run(id, old);
  prepared(db, 'INSERT INTO renewed_id (old_id, new_id, at) VALUES (?, ?, ?)').run(old, id, at);
  return id;
}

/** What is told of changes to whoever asked is of the listing that was public: none of it is to lead to the new id. */
const dropMailsOfChanges = (db: Db, old: string): void => {
  prepared(db, "DELETE FROM mail WHERE template = 'watch' AND state <> 'sent' AND instr(given, ?) > 0").run(old);
};

/** What a row of a table leaves open goes by its listing; what a record of a feed does, by the id that it has there. */
function moveAsked(db: Db, old: string, id: string): void {
  prepared(
    db,
    'UPDATE asked_record SET record_id = :id WHERE record_id = :old AND source IN (SELECT headings FROM table_layout)',
  ).run({ id, old });
}

/** Of a pair the lesser id stands first. */
function movePairs(db: Db, old: string, id: string): void {
  prepared(
    db,
    `INSERT INTO match_pair (one_id, other_id, score, reasons, found_at, decision, decided_at)
     SELECT min(it, :id), max(it, :id), score, reasons, found_at, decision, decided_at
     FROM (SELECT *, iif(one_id = :old, other_id, one_id) AS it FROM match_pair WHERE one_id = :old OR other_id = :old)`,
  ).run({ id, old });
  prepared(db, 'DELETE FROM match_pair WHERE one_id = :old OR other_id = :old').run({ old });
}

/** The id under which a listing goes on that once had this one; the same id where it was never renewed. */
export const currentId = (db: Db, id: string): string =>
  (prepared(db, 'SELECT new_id FROM renewed_id WHERE old_id = ?').pluck().get(id) as string | undefined) ?? id;

/** Whether a listing once had this id and goes on under another. */
export const isRenewed = (db: Db, id: string): boolean => currentId(db, id) !== id;

/** The ids that a listing had before. */
export const formerIds = (db: Db, id: string): string[] =>
  prepared(db, 'SELECT old_id FROM renewed_id WHERE new_id = ? ORDER BY at DESC').pluck().all(id) as string[];

/**
 * Renews the ids of listings at confidential places that an earlier version of the program made of their name and postcode:
 * whoever has the list of postcodes can work those back.
 * @returns how many there were
 */
export function renewDerivedIds(db: Db, at: string): number {
  const derived = db
    .prepare(
      // The version of a UUID: 5 is one made of a name.
      `SELECT DISTINCT service_id FROM service_at_location JOIN location ON location.id = location_id
       JOIN service ON service.id = service_id
       WHERE confidential = 1 AND service.example = 0 AND substr(service_id, 15, 1) = '5'`,
    )
    .pluck();
  return db
    .transaction(() => {
      const ids = derived.all() as string[];
      for (const id of ids) renewId(db, id, at);
      return ids.length;
    })
    .immediate();
}
