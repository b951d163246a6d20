import type { Listing } from '#api/domain/service.ts';
import { directory } from '#api/instance.ts';
import { type Alike, findAlike } from '#api/matching/alike.ts';
import { joinPair, keepApart, type PairDecided, pairMark, undoJoining } from '#api/moderate/pairs.ts';
import { type Join, recentJoins } from '#api/store/joined.ts';
import { keepersOf } from '#api/store/keepers.ts';
import { findListing } from '#api/store/listings.ts';
import { countWaitingPairs, type MatchPair, waitingPairs } from '#api/store/match-pairs.ts';
import { numberIn } from '../page-number.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

const PAIRS_PER_PAGE = 30;
const JOINS_SHOWN = 50;

/** Two listings that may be one thing. */
export interface PairView {
  pair: readonly [Listing & { kept: boolean }, Listing & { kept: boolean }];
  /** What both looked like when they were shown: where it differs at the press, nothing is done. */
  mark: string;
  reasons: Alike['reasons'];
  /** Why nothing was done of what the form asked for. */
  conflict: PairDecided | null;
}

/**
 * The page at /moderate/duplicates/pair, after what its form asked for has been done.
 * @returns where to go on to; null where there are no such two
 */
export function pairPage(context: PageContext): Response | PairView | null {
  const { db } = directory;
  const { searchParams } = context.url;
  const ids = [searchParams.get('one') ?? '', searchParams.get('other') ?? ''] as const;
  const [one, other] = ids;
  const form = formOf(context);
  let conflict: PairDecided | null = null;
  if (form) {
    const keep = field(form, 'keep');
    if (keep === 'both') {
      keepApart(directory, one, other);
      return seeOther(`/moderate/duplicates?done=two.${one}`);
    }
    if (ids.includes(keep))
      conflict = joinPair(directory, {
        keep,
        other: keep === one ? other : one,
        mark: pairMark(directory, one, other),
        seen: field(form, 'mark'),
        person: moderatorOf(context).person,
      });
    if (conflict === 'done') return seeOther(`/moderate/duplicates?done=join.${keep}`);
  }
  const first = findListing(db, one);
  const second = findListing(db, other);
  if (!first || !second || one === other) return null;
  const withKeepers = (listing: Listing) => ({ ...listing, kept: keepersOf(db, listing.service.id).length > 0 });
  const alike = findAlike(directory, first, 50, true).find(({ listing }) => listing.service.id === other);
  return {
    pair: [withKeepers(first), withKeepers(second)],
    mark: pairMark(directory, one, other),
    reasons: alike?.reasons ?? [],
    conflict,
  };
}

/** The pairs that wait for a moderator, and what was joined lately. */
export interface PairsView {
  pairs: (MatchPair & { one: Listing; other: Listing })[];
  page: { number: number; per_page: number; total: number; pages: number };
  joins: (Join & { from: string; into: string })[];
  conflict: PairDecided | null;
}

/** The page at /moderate/duplicates, after what its form asked for has been done. @returns where to go on to */
export function pairsPage(context: PageContext): Response | PairsView {
  const { db } = directory;
  const form = formOf(context);
  const from = form ? field(form, 'from') : '';
  const conflict = form ? undoJoining(directory, from, moderatorOf(context).person) : null;
  if (conflict === 'done') return seeOther(`/moderate/duplicates?done=apart.${from}`);
  const total = countWaitingPairs(db);
  const number = numberIn(context.url.searchParams.get('page'));
  const pairs = waitingPairs(db, PAIRS_PER_PAGE, (number - 1) * PAIRS_PER_PAGE).flatMap((pair) => {
    const one = findListing(db, pair.one_id);
    const other = findListing(db, pair.other_id);
    return one && other ? [{ ...pair, one, other }] : [];
  });
  const nameOf = (id: string): string => findListing(db, id)?.service.name ?? 'A listing that is gone';
  return {
    pairs,
    page: { number, per_page: PAIRS_PER_PAGE, total, pages: Math.ceil(total / PAIRS_PER_PAGE) },
    joins: recentJoins(db, JOINS_SHOWN).map((join) => ({
      ...join,
      from: nameOf(join.from_id),
      into: nameOf(join.into_id),
    })),
    conflict,
  };
}
