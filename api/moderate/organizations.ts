import type { Directory } from '../directory/directory.ts';
import { joinOrganizations, takeOrganizationsApart } from '../matching/join-organizations.ts';
import { newestLine } from '../store/changes.ts';
import { addDeed, type DeedKind } from '../store/deeds.ts';
import { livingOrganization } from '../store/joined-organizations.ts';
import { servicesOf } from '../store/organizations.ts';
import { type Pair, type PairDecided, told } from './pairs.ts';

/** What moderators decide about two organizations that look like one. */

/** What two organizations are like: it differs once either has changed, got a listing or lost one, or was joined. */
export const organizationsMark = ({ db }: Directory, one: string, other: string): string =>
  [one, other]
    .map((id) => `${newestLine(db, id)} ${servicesOf(db, id).length} ${livingOrganization(db, id) === id}`)
    .join(', ');

/** Joins one organization into another, whose address it leads to from then on. */
export function joinOrganizationPair(directory: Directory, { keep, other, mark, seen, person }: Pair): PairDecided {
  if (mark !== seen) return 'changed';
  return noted(directory, person, 'organizations_joined', () => {
    const { into, from } = joinOrganizations(directory, keep, other, person);
    return `‘${from}’ into ‘${into}’`;
  });
}

/** Undoes a join: each has its own listings again. */
export const undoOrganizationJoining = (directory: Directory, from: string, person: number): PairDecided =>
  noted(directory, person, 'organizations_apart', () => {
    const two = takeOrganizationsApart(directory, from);
    return `‘${two.from}’ and ‘${two.into}’`;
  });

/** @param work what is done, which returns the words for it */
const noted = ({ db, now, change }: Directory, person: number, what: DeedKind, work: () => string): PairDecided =>
  told(() => change(() => addDeed(db, { person, what, whom: null, words: work() }, now())));
