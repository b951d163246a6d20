import { setTimeout } from 'node:timers/promises';
import { deriveInSteps } from '../directory/derive-in-steps.ts';
import type { Directory } from '../directory/directory.ts';
import { type Listing, PUBLIC_STATES } from '../domain/service.ts';
import { joinOf } from '../store/joined.ts';
import { findInAnyState } from '../store/listings.ts';
import { saveKeys, servicesWithKeys, unreadServices } from '../store/match-keys.ts';
import { decisionOn } from '../store/match-pairs.ts';
import type { Db } from '../store/open.ts';
import { type Comparison, compare } from './compare.ts';
import { keysToLookFor, matchKeysOf } from './keys.ts';
import { type Profile, profileOf } from './profile.ts';

/** Finds listings that may be the same thing as another. */

/** A listing that is, or may be, the same thing: the verdict is 'same' or 'maybe'. */
export interface Alike extends Comparison {
  listing: Listing;
}

/** A key that more listings than this have in common says nothing about any two of them. */
const CROWD = 400;
/** So many are compared at most: those that have most in common with the candidate. */
const COMPARED = 80;
/** How many listings are read at once when the keys are brought up to date. */
const SLICE = 500;
/** So many are brought up to date by a single question: a large import does it itself, at its end. */
const MOST_BEHIND = 2_000;

/**
 * Reads the keys of what was saved since the last time.
 * @param most how many listings at most
 * @returns whether all of them are read
 */
function readKeys(db: Db, most = Number.POSITIVE_INFINITY): boolean {
  for (let read = 0; read < most; ) {
    const unread = unreadServices(db, Math.min(SLICE, most - read));
    const last = unread.at(-1);
    if (last === undefined) return true;
    const ids = unread.map(({ id }) => id);
    saveKeys(
      db,
      findInAnyState(db, ids).map((listing) => ({ id: listing.service.id, keys: matchKeysOf(profileOf(listing)) })),
      last,
    );
    read += unread.length;
  }
  return unreadServices(db, 1).length === 0;
}

/** Milliseconds until it is tried again where another process is writing. */
const PAUSE_MS = 50;

/** Reads all that is unread, beside everything else. */
export async function readKeysInSteps(db: Db): Promise<void> {
  while (!(await deriveInSteps(db, (some) => readKeys(db, some)))) await setTimeout(PAUSE_MS);
}

/** The ids of listings that have enough in common with one to be compared, without its own. */
export const worthComparing = (db: Db, profile: Profile): string[] =>
  servicesWithKeys(db, keysToLookFor(profile), CROWD, COMPARED).filter((id) => id !== profile.id);

/**
 * The listings that are, or may be, the same thing as a candidate, the surest first. It looks at eighty listings
 * at most, however many there are.
 * @param candidate need not be saved; confidential venues say nothing
 * @param limit how many at most
 * @param everyState also those that the public does not see: for moderators alone
 */
export function findAlike(
  { db }: Pick<Directory, 'db' | 'index'>,
  candidate: Listing,
  limit: number,
  everyState = false,
): Alike[] {
  readKeys(db, MOST_BEHIND);
  const profile = profileOf(candidate);
  return findInAnyState(db, worthComparing(db, profile))
    .filter(({ state }) => everyState || PUBLIC_STATES.includes(state))
    .map((listing) => ({ listing, ...compare(profile, profileOf(listing)) }))
    .filter(
      ({ listing, verdict }) =>
        verdict !== 'different' &&
        // What has been joined or decided need not be asked again.
        joinOf(db, listing.service.id) === null &&
        decisionOn(db, profile.id, listing.service.id) !== 'different',
    )
    .sort((a, b) => b.score - a.score || (a.listing.service.id < b.listing.service.id ? -1 : 1))
    .slice(0, limit);
}
