import { lastLine } from './changes.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/**
 * What people did that is no change of one record: to the team, to the settings, to two organizations. What changes a record
 * stands in the history.
 */

/** What was done. */
export type DeedKind = 'invited' | 'removed' | 'role' | 'settings' | 'organizations_joined' | 'organizations_apart';

/** A thing done, to be kept. */
export interface NewDeed {
  /** The number of who did it. */
  person: number;
  what: DeedKind;
  /** The number of the person that it was done to; null for nobody. */
  whom: number | null;
  /** In words; never an address. */
  words: string | null;
}

/** Keeps it: call it inside the transaction of what was done. @returns its number */
export const addDeed = (db: Db, { person, what, whom, words }: NewDeed, now: Date): number =>
  Number(
    prepared(db, 'INSERT INTO deed (at, after_seq, person, what, whom, words) VALUES (?, ?, ?, ?, ?, ?)').run(
      now.toISOString(),
      lastLine(db),
      person,
      what,
      whom,
      words,
    ).lastInsertRowid,
  );

/** A thing done, as it is told. */
export interface Done {
  /** Its number, and the last line of the history before it. */
  id: number;
  after_seq: number;
  at: string;
  what: DeedKind;
  words: string | null;
  /** Who did it, and to whom; null once erased, or where it was done to nobody. */
  email: string | null;
  whom: string | null;
}

/**
 * Things done, the newest first.
 * @param q words in an address or in what is said of it; '' for all
 * @param before those before this one alone; null for the newest
 * @param most so many at most
 */
export const thingsDone = (
  db: Db,
  { q, before }: { q: string; before: { seq: number; deed: number } | null },
  most: number,
): Done[] =>
  prepared(
    db,
    `SELECT deed.id, deed.after_seq, deed.at, deed.what, deed.words, person.email, other.email AS whom
     FROM deed LEFT JOIN person ON person.id = deed.person LEFT JOIN person AS other ON other.id = deed.whom
     WHERE (:seq IS NULL OR (deed.after_seq, deed.id) < (:seq, :deed))
       AND (:q = '' OR instr(lower(coalesce(person.email, '')), :q) > 0 OR instr(lower(coalesce(other.email, '')), :q) > 0
         OR instr(lower(coalesce(deed.words, '')), :q) > 0)
     ORDER BY deed.after_seq DESC, deed.id DESC LIMIT :most`,
  ).all({ q: q.trim().toLowerCase(), seq: before?.seq ?? null, deed: before?.deed ?? null, most }) as Done[];
