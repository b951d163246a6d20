import { type Grid, runsOf } from '../geo/grid.ts';
import type { SearchCircle } from '../geo/search-circle.ts';
import { FITS } from '../segment/filters.ts';
import { seek } from '../text/postings.ts';
import { NO_REACH, VENUE } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';
import type { TextMatches } from './text-matches.ts';
import { fillCircleMembers, reachOfGroup } from './within.ts';

/**
 * Finds the listings of a segment that have any of the words and are reached: in a circle, or, where no place is named,
 * at all. What is reached from anywhere besides is not looked for here: it is read from lists by sets of areas
 * (text/ranked-list.ts) when it is counted or shown.
 */

/**
 * How well the best of what serves the place fits the words, and whether it has enough of them; 0 where nothing has any.
 * @param chord the circle in which something counts that serves its surroundings alone; null without a place
 * @param serves which listings count, from within that circle or from anywhere
 */
export function bestFit(
  query: SegmentQuery,
  matches: TextMatches,
  chord: number | null,
  serves: ServesWithin,
): BestFit {
  const { listings, ranks, fits, enough, byRank } = matches.list;
  const { deleted } = query.segment;
  let best: BestFit = { fit: 0, isEnough: false };
  for (let k = 0; k < byRank.length; k++) {
    const place = byRank[k]!;
    const listing = listings[place]!;
    const fit = fits[ranks[place]!]!;
    if (fit < best.fit) break;
    if (deleted[listing] !== 0) continue;
    const counts = chord === null ? query.reachOf(listing, 0) !== NO_REACH : serves(query, listing, chord);
    if (counts) best = { fit, isEnough: best.isEnough || enough[place] === 1 };
    // Of those that fit equally well any may have enough.
    if (best.isEnough) break;
  }
  return best;
}

export type ServesWithin = (query: SegmentQuery, listing: number, chord: number) => boolean;

export interface BestFit {
  fit: number;
  isEnough: boolean;
}

/** Fills the matches with everything that has any of the words, where no place is named. */
export function findWithoutPlace(query: SegmentQuery, matches: TextMatches): void {
  const { listings, ranks } = matches.list;
  const { deleted } = query.segment;
  matches.count = 0;
  for (let at = 0; at < listings.length; at++) {
    if (ranks[at]! >= matches.endRank || deleted[listings[at]!] !== 0) continue;
    const reach = query.reachOf(listings[at]!, 0);
    if (reach !== NO_REACH) matches.add(listings[at]!, ranks[at]!, reach);
  }
}

/** Fills the matches with what has any of the words in a circle. */
export function findInCircle(query: SegmentQuery, matches: TextMatches, circle: SearchCircle): void {
  matches.count = 0;
  let at = 0;
  for (const group of query.groupsIn(circle))
    at = walkGrid(query, matches, circle, group.grid, reachOfGroup(query, group), at);
  at = walkGrid(query, matches, circle, query.segment.mixedGrid, NO_REACH, at);
  findSeveral(query, matches, circle, at);
}

/**
 * Walks the list along the runs of a grid.
 * @param reach of all listings of the grid; NO_REACH where each must be asked
 * @param start the place in the list to begin at
 * @returns the place behind the last listing of the grid
 */
function walkGrid(
  query: SegmentQuery,
  matches: TextMatches,
  circle: SearchCircle,
  grid: Grid,
  reach: number,
  start: number,
): number {
  const written = runsOf(grid, circle.onGrid);
  const { runs } = grid;
  const { listings, ranks } = matches.list;
  const { deleted, deletedCount } = query.segment;
  const { endRank } = matches;
  const { length } = listings;
  let at = start;
  for (let run = 0; run < written && at < length; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const to = runs[run + 3]!;
    for (at = seek(listings, at, runs[run]!); at < length; at++) {
      const listing = listings[at]!;
      if (listing >= to) break;
      if (ranks[at]! >= endRank || (deletedCount > 0 && deleted[listing] !== 0)) continue;
      if ((listing < innerFrom || listing >= innerTo) && query.chordTo(listing) > circle.chord) continue;
      const its = reach === NO_REACH ? query.reachInside(listing) : reach;
      if (its !== NO_REACH) matches.add(listing, ranks[at]!, its);
    }
  }
  return at;
}

/** The listings with several points in the circle that are in the list, 32 of the circle at a time. */
function findSeveral(query: SegmentQuery, matches: TextMatches, circle: SearchCircle, start: number): void {
  const { listings } = matches.list;
  const { circleMembers, parts } = query.segment;
  fillCircleMembers(query, circle);
  const from = seek(listings, start, parts.several);
  let at = from;
  for (let k = 0; k < circleMembers.count; k++) {
    const first = circleMembers.words[k]! << 5;
    at = seek(listings, circleMembers.inOrder ? at : from, Math.max(first, parts.several));
    for (; at < listings.length && listings[at]! < first + 32; at++)
      if (circleMembers.has(listings[at]!)) addSeveral(query, matches, at);
  }
}

function addSeveral(query: SegmentQuery, matches: TextMatches, at: number): void {
  const listing = matches.list.listings[at]!;
  const rank = matches.list.ranks[at]!;
  const reach = query.reachInside(listing);
  if (rank < matches.endRank && query.segment.deleted[listing] === 0 && reach !== NO_REACH)
    matches.add(listing, rank, reach);
}

/** How many venues fit the filters, and how many of these match the words (text-matches.ts), counted up to `enough` of both. */
export function countVenuesWithWords(query: SegmentQuery, matches: TextMatches, enough: VenueCount): VenueCount {
  let listed = 0;
  let matched = 0;
  for (let k = 0; k < matches.count && (listed < enough.listed || matched < enough.matched); k++) {
    if (matches.reaches[k] !== VENUE || query.failing(matches.listings[k]!) !== FITS) continue;
    listed++;
    if (matches.isNearBest(k)) matched++;
  }
  return { listed, matched };
}

export interface VenueCount {
  listed: number;
  matched: number;
}
