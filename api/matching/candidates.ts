import type { Directory } from '../directory.ts';
import type { Listing } from '../domain/service.ts';
import { countWaitingPairs, decidePair, waitingPairs } from '../store/match-pairs.ts';
import type { Db } from '../store/open.ts';
import { listingsOf } from './alike.ts';
import type { Reason } from './compare.ts';

/** The moderators' list of listings that may be one. */

export interface JoinCandidate {
  one: Listing;
  other: Listing;
  /** How sure it is that they are one, 0 to 1. */
  score: number;
  /** What weighs most comes first. */
  reasons: Reason[];
  /** ISO 8601, UTC. */
  found_at: string;
}

/** Pairs that nobody has decided about, the surest first, a page at a time (from 1), with how many there are. */
export function joinCandidates(db: Db, page = 1, perPage = 20): { candidates: JoinCandidate[]; total: number } {
  const pairs = waitingPairs(db, perPage, (page - 1) * perPage);
  const listings = new Map(
    listingsOf(db, [...new Set(pairs.flatMap(({ one_id, other_id }) => [one_id, other_id]))]).map((listing) => [
      listing.service.id,
      listing,
    ]),
  );
  return {
    total: countWaitingPairs(db),
    candidates: pairs.flatMap(({ one_id, other_id, score, reasons, found_at }) => {
      const [one, other] = [listings.get(one_id), listings.get(other_id)];
      return one && other ? [{ one, other, score, reasons: reasons as Reason[], found_at }] : [];
    }),
  };
}

/** 'Not the same': remembered, so that the two are never asked about nor joined by themselves again. */
export function notTheSame({ db, now }: Pick<Directory, 'db' | 'now'>, oneId: string, otherId: string): void {
  decidePair(db, oneId, otherId, 'different', now().toISOString());
}
