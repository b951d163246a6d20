import type { Location, RecordState, Service } from '../domain/service.ts';
import { completeService, readLocation } from './documents.ts';
import type { Db } from './open.ts';

/** Changes of many listings at once, kept so that each can be undone as one. */

/** A listing as it was and as it became. */
interface BulkPart {
  id: string;
  before: Service;
  after: Service;
  /** Where the change was of the state too: what it was and what it became. */
  states?: { before: RecordState; after: RecordState };
}

export interface BulkEdit {
  id: number;
  /** ISO 8601, UTC. */
  at: string;
  person: number;
  /** What was done, in words. */
  words: string;
  services: BulkPart[];
  undone_at: string | null;
}

/** Writes one down. @returns its number */
export const addBulkEdit = (db: Db, edit: Omit<BulkEdit, 'id' | 'undone_at'>): number =>
  Number(
    db
      .prepare('INSERT INTO bulk_edit (at, person, words, services) VALUES (:at, :person, :words, :services)')
      .run({ ...edit, services: JSON.stringify(edit.services) }).lastInsertRowid,
  );

/** One of them, or null. */
export function findBulkEdit(db: Db, id: number): BulkEdit | null {
  const row = db.prepare('SELECT * FROM bulk_edit WHERE id = ?').get(id) as
    | (Omit<BulkEdit, 'services'> & { services: string })
    | undefined;
  if (!row) return null;
  const services = (JSON.parse(row.services) as BulkPart[]).map(
    ({ before, after, ...part }): BulkPart => ({
      ...part,
      before: completeService(before),
      after: completeService(after),
    }),
  );
  return { ...row, services };
}

/** Notes that it was undone. @returns false where it was already */
export const markUndone = (db: Db, id: number, at: string): boolean =>
  db.prepare('UPDATE bulk_edit SET undone_at = ? WHERE id = ? AND undone_at IS NULL').run(at, id).changes === 1;

/** The last ones, without what each changed. */
export const recentBulkEdits = (db: Db, count: number): (Omit<BulkEdit, 'services'> & { listings: number })[] =>
  db
    .prepare(
      `SELECT id, at, person, words, undone_at, json_array_length(services) AS listings FROM bulk_edit
       ORDER BY id DESC LIMIT ?`,
    )
    .all(count) as (Omit<BulkEdit, 'services'> & { listings: number })[];

/** Public venues whose name holds these words, or that have this postcode; few, by name. */
export const venuesNamed = (db: Db, text: string, limit: number): Location[] =>
  db
    .prepare(
      `SELECT document FROM location
       WHERE (name LIKE :like ESCAPE '\\' OR document ->> '$.address.postal_code' = :postcode) AND confidential = 0
       ORDER BY name, id LIMIT :limit`,
    )
    .pluck()
    .all({ like: `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`, postcode: text.toUpperCase(), limit })
    .map((document) => readLocation(document as string));
