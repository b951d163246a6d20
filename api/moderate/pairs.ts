import type { Directory } from '../directory/directory.ts';
import { JoinError, joinListings, takeApart } from '../matching/join.ts';
import { findListing } from '../store/listings.ts';
import { decidePair } from '../store/match-pairs.ts';
import { lastSeq } from './history.ts';

/** What moderators decide about two listings that look alike. */

/** A hash of two listings as a page showed them: it differs once either has changed. */
export const pairMark = (directory: Directory, one: string, other: string): string =>
  [one, other]
    .map((id) => findListing(directory.db, id))
    .map((listing) => (listing ? `${lastSeq(directory, listing)} ${listing.state}` : 'gone'))
    .join(', ');

/** Two of a kind, of which one is to be joined into the other. */
export interface Pair {
  /** The one that stays. */
  keep: string;
  other: string;
  /** What both are like now, and as it was when the page was drawn, in the same order. */
  mark: string;
  seen: string;
  person: number;
}

/** What came of it; a sentence where it cannot be done. */
export type PairDecided = 'done' | 'changed' | { trouble: string };

/** Joins one listing into another, whose address it leads to from then on. */
export function joinPair(directory: Directory, { keep, other, mark, seen, person }: Pair): PairDecided {
  if (mark !== seen) return 'changed';
  return told(() => joinListings(directory, keep, other, { role: 'moderator', person }));
}

/** Remembers that two listings are different: they come to no list again. */
export function keepApart(directory: Directory, one: string, other: string): void {
  directory.change(() => decidePair(directory.db, one, other, 'different', directory.now().toISOString()));
}

/** Undoes a join: both are listed by themselves again. */
export const undoJoining = (directory: Directory, from: string, person: number): PairDecided =>
  told(() => takeApart(directory, from, { role: 'moderator', person }));

/** Does it, and says what came of it. */
export function told(work: () => void): PairDecided {
  try {
    work();
    return 'done';
  } catch (error) {
    if (error instanceof JoinError) return { trouble: error.message };
    throw error;
  }
}
