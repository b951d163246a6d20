import { type Answers, singleAnswer } from '../domain/answers.ts';
import { type Listing, PUBLIC_STATES } from '../domain/service.ts';
import { keepersOf, keeps } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { namedKeeper } from '../store/named-keepers.ts';
import type { Db } from '../store/open.ts';
import type { Submission } from '../store/submissions.ts';

/**
 * Who may see the listing that a form changes. A key is a link that may be passed on, kept, or found in a browser of years
 * ago, so what it shows is decided anew at every request, by who looks after the listing then and what the public sees of it.
 */

/** Whether the sender says that a listing which is there already is theirs: publishing it puts them in charge of it. */
export const claims = (answers: Answers): boolean => singleAnswer(answers, 'claim') === 'yes';

/** Whether a moderator began it: it is filled in behind their session, and no key opens it. */
export const isModerators = (answers: Answers): boolean => singleAnswer(answers, 'moderating') === 'yes';

/**
 * The address that is asked to look after a listing of which nobody does: whom its table names, else the one that it gives.
 * Undefined where there is none, or somebody looks after it.
 */
export const addressToAsk = (db: Db, { service, organization }: Pick<Listing, 'service' | 'organization'>) =>
  keepersOf(db, service.id).length > 0
    ? undefined
    : (namedKeeper(db, service.id) ?? service.email ?? organization.email);

/** Whether the public sees all that is in a listing, so that whoever is shown it as a form learns nothing. */
export const isWhollyPublic = ({ state, locations }: Listing): boolean =>
  PUBLIC_STATES.includes(state) && !locations.some(({ confidential }) => confidential);

/**
 * The listing that a form changes, for who holds a key to the form.
 * @param proved whether they have shown that they read the mail of the address in the form
 * @returns null where it is not theirs to see, or gone
 */
export function listingForHolder(db: Db, { answers, person, service_id }: Submission, proved: boolean): Listing | null {
  if (isModerators(answers)) return null;
  const isKeeper = proved && keeps(db, person, service_id);
  const listing = isKeeper || claims(answers) ? findListing(db, service_id) : null;
  return listing && (isKeeper || isWhollyPublic(listing)) ? listing : null;
}
