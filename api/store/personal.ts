import type { Db } from './open.ts';
import { findPerson, plainAddress } from './people.ts';
import { eraseSender, submissionsOf } from './submissions.ts';
import { dropWatchesOf } from './watches.ts';

/** Everything that is kept of one person, to be handed to them or let go of (docs/personal-data.md). */

/** A listing or an organization whose public contact is an address. */
export interface PublicContact {
  record: 'service' | 'organization';
  id: string;
  name: string;
}

/** What is kept under an address, as plain data; null where nothing is. */
export function personalData(db: Db, email: string): Record<string, unknown> | null {
  const person = findPerson(db, email);
  const contacts = publicContacts(db, email);
  const mails = db
    .prepare('SELECT template, state, queued_at, ended_at FROM mail WHERE recipient = ? ORDER BY id')
    .all(plainAddress(email));
  const named = db
    .prepare('SELECT service_id, since FROM named_keeper WHERE email = ? ORDER BY service_id')
    .all(plainAddress(email));
  const watches = db
    .prepare(
      `SELECT service_id, asked_at, confirmed FROM watch JOIN watched ON watched.watch = watch.id
       WHERE email = ? ORDER BY asked_at, service_id`,
    )
    .all(plainAddress(email));
  if (person === null && [contacts, mails, named, watches].every(({ length }) => length === 0)) return null;
  const of = (sql: string) => (person === null ? [] : db.prepare(sql).all(person));
  return {
    address: plainAddress(email),
    number: person,
    known_since: of('SELECT since FROM person WHERE id = ?'),
    looks_after: of(
      'SELECT service.id, service.name, keeper.since FROM keeper JOIN service ON service.id = keeper.service_id WHERE keeper.person = ?',
    ),
    named_as_keeper_of: named,
    told_of_changes_of: watches,
    sent_in: person === null ? [] : submissionsOf(db, person),
    reports: of('SELECT id, service_id, kind, words, at, state FROM report WHERE person = ?'),
    keys: of('SELECT purpose, subject, issued_at, expires_at, used_at FROM token WHERE person = ?'),
    mails,
    history: of('SELECT at, record, record_id, action, role, reason FROM history WHERE person = ? ORDER BY seq'),
    moderates: of('SELECT role, since FROM moderator WHERE person = ?'),
    told_of_arrivals: of('SELECT rhythm FROM moderator_mail WHERE person = ?'),
    team_and_settings: of('SELECT at, what, words FROM deed WHERE ? IN (person, whom) ORDER BY id'),
    sessions: of('SELECT browser, began, seen FROM moderator_session WHERE person = ?'),
    public_contact_of: contacts,
  };
}

/** Where an address is shown to everybody, as the contact of a listing or an organization. */
export const publicContacts = (db: Db, email: string): PublicContact[] =>
  db
    .prepare(
      `SELECT 'service' AS record, id, name FROM service WHERE lower(document ->> '$.email') = :email
       UNION ALL SELECT 'organization', id, name FROM organization WHERE lower(document ->> '$.email') = :email`,
    )
    .all({ email: plainAddress(email) }) as PublicContact[];

/**
 * Lets go of a person: their address, what they look after, their keys, sessions and mails, and who sent what in. Their
 * number stays where the history has it, and leads nowhere. Call it inside a transaction.
 * @returns whether anything was there
 */
export function erasePerson(db: Db, email: string): boolean {
  const address = plainAddress(email);
  const person = findPerson(db, email);
  const watched = dropWatchesOf(db, email);
  const waiting = db.prepare("DELETE FROM mail WHERE recipient = ? AND state IN ('waiting', 'sending')").run(address);
  const ended = db
    .prepare('UPDATE mail SET recipient = NULL, given = NULL, trouble = NULL WHERE recipient = ?')
    .run(address);
  const named = db.prepare('DELETE FROM named_keeper WHERE email = ?').run(address);
  if (person === null) return watched || waiting.changes + ended.changes + named.changes > 0;
  eraseSender(db, person);
  for (const table of ['keeper', 'token', 'moderator_session', 'moderator', 'moderator_mail'])
    db.prepare(`DELETE FROM ${table} WHERE person = ?`).run(person);
  db.prepare('UPDATE report SET person = NULL WHERE person = ?').run(person);
  db.prepare('UPDATE person SET email = NULL WHERE id = ?').run(person);
  return true;
}

/**
 * Takes an address out of what records were before, where somebody had given it as a public contact. This is the one
 * exception to a history that only grows: the law gives people a right to it (UK GDPR, article 17), so it is done by a
 * command and never by a page. The triggers that forbid it are put back in the same transaction, as they were.
 * @returns lines that were changed
 */
export function eraseFromHistory(db: Db, email: string): number {
  const address = plainAddress(email);
  const triggers = db
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'history'")
    .all() as { name: string; sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  const { changes } = db
    .prepare("UPDATE history SET before = json_remove(before, '$.email') WHERE lower(before ->> '$.email') = :address")
    .run({ address });
  for (const { sql } of triggers) db.exec(sql);
  return changes;
}

/** Takes an address out of what forms say, and of listings as they were before and after a change of many. */
export function eraseFromForms(db: Db, email: string): void {
  const address = plainAddress(email);
  for (const column of ['answers', 'base'])
    db.prepare(
      `UPDATE submission SET ${column} = json_remove(${column}, '$.public_email')
       WHERE lower(trim(${column} ->> '$.public_email')) = ?`,
    ).run(address);
  db.prepare(
    `UPDATE bulk_edit SET services = (
       SELECT json_group_array(json(iif(:address IN (lower(value ->> '$.before.email'), lower(value ->> '$.after.email')),
         json_remove(value, '$.before.email', '$.after.email'), value))) FROM json_each(bulk_edit.services))
     WHERE EXISTS (SELECT 1 FROM json_each(bulk_edit.services)
       WHERE :address IN (lower(value ->> '$.before.email'), lower(value ->> '$.after.email')))`,
  ).run({ address });
}
