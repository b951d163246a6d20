import type { Grid } from '../geo/grid.ts';
import type { Bitsets } from '../packed/bitsets.ts';
import { FALLBACKS, type Fallback } from '../packed/fallback.ts';
import type { Ids, IdTable } from '../packed/ids.ts';
import { FALLBACK_SHIFT } from '../packed/row.ts';
import type { Texts } from '../packed/texts.ts';
import type { Postings } from '../text/postings.ts';
import type { PrefixSums } from './prefix-sums.ts';

/**
 * A segment is a part of the index that never changes, except that listings in it are deleted. These are its columns:
 * all that is known of its listings. Everything else is derived from them (derive.ts), so columns alone are merged
 * (merge.ts) and kept in the file (snapshot.ts).
 *
 * The number of a listing is its place in the segment. These parts follow each other:
 *
 * - from 0: with one point, and reached there alone; in groups (`AreaGroup`), of which the first is open to everybody
 * - from `mixed`: with one point, and reached from anywhere too, since it is online or comes to people as well
 * - from `several`: with several points, of which the nearest counts
 * - from `severalMixed`: with several points, and reached from anywhere too
 * - from `withoutPoint`: reached by area, online or by phone alone
 *
 * Each group, and the mixed part, is in the order of the grid, so that a circle is a run of listings in each row of the
 * grid. The parts with several points are in the order of the sets of areas.
 */
export interface Columns {
  size: number;
  /** Where the parts begin. */
  parts: { mixed: number; several: number; severalMixed: number; withoutPoint: number };
  /** Where the groups begin and end; a derived segment adds their grids. */
  groups: readonly Omit<AreaGroup, 'grid'>[];
  /** How many integers a row has, and all rows one after the other (packed/row.ts). */
  width: number;
  rows: Int32Array;
  /** Listing i has the points from pointStart[i] to pointStart[i + 1]. Each point has three coordinates in xyz. */
  pointStart: Uint32Array;
  xyz: Int32Array;
  latitudes: Int32Array;
  longitudes: Int32Array;
  /** The features of each point (packed/row.ts). */
  access: Uint16Array;
  cities: Int32Array;
  locationIds: Ids;
  ids: Ids;
  names: Texts;
  /** The place of each listing in the order of folded names, then ids. */
  nameRank: Uint32Array;
  organizations: Int32Array;
  /** What each listing means (text/listing-meaning.ts), packed; empty without a table of word vectors. */
  meanings: Int8Array;
  /** The numbers of the words that its listings have, rising, and the postings of each (text/postings.ts). */
  words: Uint32Array;
  wordStarts: Uint32Array;
  wordPostings: Uint32Array;
}

/** A segment that can be searched. */
export interface Segment extends Columns {
  groups: readonly AreaGroup[];
  /** The grid of the mixed part. A grid's numbers are listing numbers, here as in the groups. */
  mixedGrid: Grid;
  /**
   * The grid of the points of listings with several. Record k is one point: its listing with its features, and three
   * coordinates.
   */
  severalGrid: Grid;
  severalRecords: Uint32Array;
  severalXyz: Int32Array;
  /** For each listing what decides how it is reached, apart from the place (packed/row.ts). */
  reachKeys: Int32Array;
  /** The rows of all listings with points, turned into bitsets. */
  bitsets: Bitsets;
  /** The listing of a point. */
  listingOfPoint: Uint32Array;
  /**
   * The listings that are reached from anywhere, by area or remotely, in a list for each set of areas: confirmed ones
   * first, then by name.
   */
  anywhere: Record<Exclude<Fallback, 'none'>, Map<number, AnywhereList>>;
  postings: Postings;
  idTable: IdTable;
  /** 1 for a listing that has been replaced or taken out. */
  deleted: Uint8Array;
  deletedCount: number;
  /** The numbers of the deleted listings, rising. */
  deletedListings: number[];
  /** Facet counts of the groups, for the moment that query/refresh.ts was last asked about. */
  sums: PrefixSums;
}

/**
 * Listings with one point that serve the same areas. For a place in these areas all of them are venues, and for any
 * other place none is, so that they can be counted without asking each.
 */
export interface AreaGroup {
  /**
   * The number of the set of areas (geo/area-sets.ts); MANY_SETS for the group of all sets with few listings, each of
   * which is asked.
   */
  set: number;
  from: number;
  to: number;
  grid: Grid;
}

export const MANY_SETS = -1;

/** Listings with the same areas and the same fallback. */
export interface AnywhereList {
  /** No two lists of a segment have the same. */
  number: number;
  listings: Uint32Array;
  /** How many of the listings are deleted. */
  deletedCount: number;
  /** Facet counts of those that are not deleted; null where the list is short. */
  sums: Int32Array | null;
}

/** The fallback (packed/fallback.ts) in the integer MORE of a row. */
export const fallbackOfMore = (more: number): Fallback => FALLBACKS[(more >>> FALLBACK_SHIFT) & 3]!;
