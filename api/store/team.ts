import type { MailRhythm, TeamRole } from '../domain/team.ts';
import type { Db } from './open.ts';
import { findPerson } from './people.ts';

/** Who looks after the directory, in which role, and how often they are told what arrives. Times are ISO 8601, UTC. */

/** Somebody of the team who was invited on the page. */
export interface Invited {
  person: number;
  email: string;
  role: TeamRole;
  since: string;
}

/** Those who were invited, in the order of their addresses. */
export const invitedTeam = (db: Db): Invited[] =>
  db
    .prepare(
      `SELECT moderator.person, person.email, moderator.role, moderator.since
       FROM moderator JOIN person ON person.id = moderator.person WHERE person.email IS NOT NULL ORDER BY person.email`,
    )
    .all() as Invited[];

/**
 * What an address may do; null for whoever is not of the team.
 * @param named the addresses of the setting MODERATORS, which are owners whatever the page says
 */
export function roleOf(db: Db, email: string, named: readonly string[]): TeamRole | null {
  if (named.includes(email)) return 'owner';
  const person = findPerson(db, email);
  if (person === null) return null;
  const role = db.prepare('SELECT role FROM moderator WHERE person = ?').pluck().get(person);
  return (role as TeamRole | undefined) ?? null;
}

/** The addresses of those who decide, and so are told of what waits: all but readers. */
export const decidersOf = (db: Db, named: readonly string[]): string[] => [
  ...new Set([...named, ...invitedTeam(db).flatMap(({ email, role }) => (role === 'reader' ? [] : [email]))]),
];

/** Gives a person a role, or another one. */
export function putInTeam(db: Db, person: number, role: TeamRole, now: Date): void {
  db.prepare(
    'INSERT INTO moderator (person, role, since) VALUES (?, ?, ?) ON CONFLICT (person) DO UPDATE SET role = excluded.role',
  ).run(person, role, now.toISOString());
}

/** Takes a person out of the team. */
export function takeOutOfTeam(db: Db, person: number): void {
  db.prepare('DELETE FROM moderator WHERE person = ?').run(person);
}

/** How often a person is told, and until when they have been; null where they have said nothing. */
export const mailWishOf = (db: Db, person: number): { rhythm: MailRhythm; told_at: string } | null =>
  (db.prepare('SELECT rhythm, told_at FROM moderator_mail WHERE person = ?').get(person) as
    | { rhythm: MailRhythm; told_at: string }
    | undefined) ?? null;

/** Keeps how often a person is told. `told` is until when they have been. */
export function keepMailWish(db: Db, person: number, rhythm: MailRhythm, told: string): void {
  db.prepare(
    `INSERT INTO moderator_mail (person, rhythm, told_at) VALUES (?, ?, ?)
     ON CONFLICT (person) DO UPDATE SET rhythm = excluded.rhythm, told_at = excluded.told_at`,
  ).run(person, rhythm, told);
}
