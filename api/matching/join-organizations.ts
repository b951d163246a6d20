import type { Directory } from '../directory/directory.ts';
import type { Organization } from '../domain/service.ts';
import {
  addOrganizationJoin,
  type Gained,
  organizationJoin,
  undoOrganizationJoin,
} from '../store/joined-organizations.ts';
import { findInAnyState } from '../store/listings.ts';
import { servicesOf } from '../store/organizations.ts';
import { findOrganizationRecord } from '../store/records.ts';
import { JoinError } from './join.ts';
import { nameWordsOf } from './words.ts';

/** Joins two organizations that are one, and takes them apart again. Who looks after which listing stays as it is. */

const TAKEN = ['description', 'url', 'email', 'phone', 'legal_status', 'charity_number', 'company_number'] as const;

const sameName = (a: string, b: string): boolean => nameWordsOf(a).words.join(' ') === nameWordsOf(b).words.join(' ');

/** What an organization takes over from one that is joined into it: what it does not say itself, and how that was called. */
export function gainedBy(into: Organization, from: Organization): Gained {
  const gained: Gained = {};
  for (const field of TAKEN) if (into[field] === undefined && from[field] !== undefined) gained[field] = from[field];
  const otherName = [from.name, from.alternate_name].find((name) => name !== undefined && !sameName(name, into.name));
  if (into.alternate_name === undefined && otherName !== undefined) gained.alternate_name = otherName;
  return gained;
}

function both({ db }: Directory, intoId: string, fromId: string): [into: Organization, from: Organization] {
  if (intoId === fromId) throw new JoinError('An organisation cannot be joined with itself: choose another.');
  const [into, from] = [findOrganizationRecord(db, intoId), findOrganizationRecord(db, fromId)];
  if (!into || !from) throw new JoinError('One of the two organisations is no longer there. Look them up again.');
  for (const { id, name } of [into, from])
    if (organizationJoin(db, id))
      throw new JoinError(`‘${name}’ has been joined into another organisation already. Look at that one instead.`);
  if (into.example !== from.example)
    throw new JoinError('One of the two is an example, which was made up. It cannot be joined with a real one.');
  return [into, from];
}

/**
 * Joins one organization into another, which gets its listings and what it did not say itself. The address of the one
 * leads to the other, and so does what its source says of it from now on.
 * @param intoId the one that remains
 * @param fromId the one that goes
 * @param person the number of who joins them
 * @returns what each of the two is called
 * @throws JoinError where they cannot be joined; nothing has changed then
 */
export function joinOrganizations(
  directory: Directory,
  intoId: string,
  fromId: string,
  person: number,
): { into: string; from: string } {
  const { db } = directory;
  return directory.change((save) => {
    const [into, from] = both(directory, intoId, fromId);
    const services = findInAnyState(db, servicesOf(db, fromId));
    const gained = gainedBy(into, from);
    addOrganizationJoin(db, { from_id: fromId, into_id: intoId, at: directory.now().toISOString(), person, gained });
    // Each is written as it is: that its organization is another one now is known where it is written.
    save(
      { organizations: [{ ...into, ...gained }], services },
      { action: 'merged', role: 'moderator', reason: `The organisations ‘${from.name}’ and ‘${into.name}’ are one.` },
    );
    return { into: into.name, from: from.name };
  });
}

/**
 * Takes a joined organization apart: it has the listings again that went along with it, and the other lacks what it took
 * over, where that has not been changed since.
 * @param fromId the one that was joined into another
 * @returns what each of the two is called
 * @throws JoinError where it is not joined
 */
export function takeOrganizationsApart(directory: Directory, fromId: string): { into: string; from: string } {
  const { db } = directory;
  return directory.change((save) => {
    const join = organizationJoin(db, fromId);
    const [into, from] = join
      ? [findOrganizationRecord(db, join.into_id), findOrganizationRecord(db, fromId)]
      : [null, null];
    if (!join || !into || !from)
      throw new JoinError('This organisation is not joined with another: there is nothing to take apart.');
    const ids = undoOrganizationJoin(db, join, directory.now().toISOString());
    const services = findInAnyState(db, ids).map(({ service, state }) => ({
      service: { ...service, organization_id: fromId },
      state,
    }));
    const left = Object.entries(into).filter(([field, value]) => join.gained[field as keyof Gained] !== value);
    save(
      { organizations: [Object.fromEntries(left) as Organization], services },
      {
        action: 'taken_apart',
        role: 'moderator',
        reason: `The organisations ‘${from.name}’ and ‘${into.name}’ are two.`,
      },
    );
    return { into: into.name, from: from.name };
  });
}
