import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { TEAM_ROLES, type TeamRole } from '../domain/team.ts';
import { queueMail } from '../notify/mail.ts';
import { addDeed } from '../store/deeds.ts';
import { endSessions } from '../store/moderators.ts';
import { findPerson, personOf, plainAddress } from '../store/people.ts';
import { type Invited, invitedTeam, putInTeam, roleOf, takeOutOfTeam } from '../store/team.ts';

/**
 * The people who look after the directory. Those whom the server's setting MODERATORS names are owners, and stay so whatever
 * is done here: nobody can be locked out of their own server by a page.
 */

/** Somebody of the team, as owners see them. */
export interface Member extends Omit<Invited, 'since'> {
  /** When they were invited; null for those whom the setting names. */
  since: string | null;
}

/** Everybody of the team: those whom the setting names, then those who were invited. */
export function membersOf({ db }: Pick<Directory, 'db'>, named: readonly string[]): Member[] {
  const byName = named.map((email) => ({
    person: findPerson(db, email) ?? 0,
    email,
    role: 'owner' as const,
    since: null,
  }));
  return [...byName, ...invitedTeam(db).filter(({ email }) => !named.includes(email))];
}

/** Who does it, and whom the setting names. */
interface By {
  /** The number of the owner. */
  person: number;
  named: readonly string[];
}

/** The role of that name; null for no role. */
export const teamRole = (name: string): TeamRole | null => TEAM_ROLES.find((role) => role === name) ?? null;

/** The name of each role, within a sentence. */
const ROLE_NAMES = { owner: 'an owner', moderator: 'a moderator', reader: 'a reader' } satisfies Record<
  TeamRole,
  string
>;

/**
 * Invites somebody, and mails them where to sign in. Nothing in the mail is secret: they sign in by a link to their address.
 * @returns a sentence on what to do where nothing was done; null where they are invited
 */
export function invite(directory: Directory, email: string, role: TeamRole, { person: by, named }: By): string | null {
  const { db, now } = directory;
  const address = plainAddress(email);
  if (!z.email().max(254).safeParse(address).success) return 'Write an e-mail address such as name@example.org.';
  if (roleOf(db, address, named) !== null) return 'That address is in the team already. Change its role in the list.';
  directory.change(() => {
    const person = personOf(db, address, now());
    putInTeam(db, person, role, now());
    const deed = addDeed(db, { person: by, what: 'invited', whom: person, words: `As ${ROLE_NAMES[role]}` }, now());
    const values = { role: ROLE_NAMES[role], link: '/moderate' };
    queueMail(db, { key: `team ${deed}`, to: address, template: 'team', values }, now());
  });
  return null;
}

/**
 * Gives somebody who was invited another role, or takes them out (`null`), which ends their sessions at once.
 * @returns a sentence where it cannot be done; null where it is
 */
export function changeMember(
  directory: Directory,
  person: number,
  role: TeamRole | null,
  { person: by, named }: By,
): string | null {
  const { db, now } = directory;
  const member = invitedTeam(db).find((it) => it.person === person);
  if (!member) return 'Nobody of the team has that number any more. Here is the team as it is now.';
  if (named.includes(member.email))
    return 'That address is named on the server, in MODERATORS. Whoever runs the server changes it there.';
  if (person === by) return 'Another owner changes your own role, so that one owner is always left.';
  if (member.role === role) return null;
  directory.change(() => {
    if (role === null) {
      takeOutOfTeam(db, person);
      endSessions(db, person);
      addDeed(db, { person: by, what: 'removed', whom: person, words: null }, now());
    } else {
      putInTeam(db, person, role, now());
      addDeed(db, { person: by, what: 'role', whom: person, words: `Now ${ROLE_NAMES[role]}` }, now());
    }
  });
  return null;
}
