import type { Grid } from '../geo/grid.ts';
import type { Bitsets } from '../packed/bitsets.ts';
import { FALLBACKS, type Fallback } from '../packed/fallback.ts';
import type { Ids, IdTable } from '../packed/ids.ts';
import { FALLBACK_SHIFT } from '../packed/row.ts';
import type { Texts } from '../packed/texts.ts';
import type { Postings } from '../text/postings.ts';
import type { PrefixSums } from './prefix-sums.ts';

/**
 * What a segment is made of, as plain columns: all that is known of its listings. Everything else is derived from these
 * (segmentOf in build.ts), so they alone are merged (merge.ts) and kept in the file (kept.ts).
 *
 * A part of the index that never changes but for listings that die. Listings are numbered by where they lie:
 *
 *   0          with one point, to which people go; in groups (see `Group`), what is open to everybody first
 *   mixed      … with one point, and something else besides: online too, or comes to people
 *   several    … with more than one point: counted once, by the nearest
 *   manifold   … with more than one point, and something else besides
 *   pointless  … found by area, online or by phone alone
 *
 * Each group, and the part after them, is in the order of the grid, so a circle is a run of listings in each row of each. The
 * part with more than one point is in the order of the sets of areas.
 * What has something else besides may be found from anywhere; of the other parts only what lies in the circle matters.
 */
export interface Columns {
  size: number;
  /** Where the parts begin, each where the one before it ends. */
  parts: { mixed: number; several: number; severalMixed: number; withoutPoint: number };
  /** Where the groups before the mixed part begin and end; in a segment each has its grid too. */
  groups: readonly Omit<AreaGroup, 'grid'>[];
  /** Integers per row, and the rows (row.ts). */
  width: number;
  rows: Int32Array;
  /** Points of listing i are pointStart[i] to pointStart[i + 1]; three coordinates each in xyz. */
  pointStart: Uint32Array;
  xyz: Int32Array;
  latitudes: Int32Array;
  longitudes: Int32Array;
  /** The features of each point (row.ts). */
  access: Uint16Array;
  cities: Int32Array;
  locationIds: Ids;
  ids: Ids;
  names: Texts;
  /** The order of listings by folded name, then id: within the segment, without ties. */
  nameRank: Uint32Array;
  organizations: Int32Array;
  /** The words that its listings hold, rising, and their postings one list after the other (text/postings.ts). */
  words: Uint32Array;
  wordStarts: Uint32Array;
  wordPostings: Uint32Array;
}

/** A segment ready to be searched. It never changes but for listings that die. */
export interface Segment extends Columns {
  groups: readonly AreaGroup[];
  /** The grid of the part after the groups; the numbers of its records, as of theirs, are listing numbers. */
  mixedGrid: Grid;
  /** The grid of the points of listings with several: the listing of record k, and three coordinates for each. */
  severalGrid: Grid;
  severalRecords: Uint32Array;
  severalXyz: Int32Array;
  /** Of each row what decides how its listing stands to a place (row.ts). */
  reachKeys: Int32Array;
  /** The rows of what has any point by bit (bitsets.ts). */
  bitsets: Bitsets;
  /** The listing of a point. */
  listingOfPoint: Uint32Array;
  /** Listings that stand by area, and by remote, for each set of areas: confirmed first, then by name. */
  anywhere: Record<Exclude<Fallback, 'none'>, Map<number, AnywhereList>>;
  postings: Postings;
  idTable: IdTable;
  /** 1 for a listing that was replaced or taken out since. */
  deleted: Uint8Array;
  deletedCount: number;
  /** The same by number, rising. */
  deletedListings: number[];
  /** Counts of the groups (sums.ts), brought up to date by freshen.ts. */
  sums: PrefixSums;
}

/**
 * Listings with one point that serve the same areas: all of them are venues for a place that these areas hold, and none
 * for any other, so that they are counted without each being asked (sums.ts).
 */
export interface AreaGroup {
  /** Number of the set of areas (areas.ts); MANY_SETS for those of which there are few, which are asked one by one. */
  set: number;
  from: number;
  to: number;
  grid: Grid;
}

export const MANY_SETS = -1;

/** Listings that stand in the same way for the same areas. */
export interface AnywhereList {
  /** Different for each list of a segment. */
  number: number;
  listings: Uint32Array;
  /** How many of them are dead. */
  deletedCount: number;
  /** Counts of the others, where they are many. */
  sums: Int32Array | null;
}

/** The fallback (standing.ts) that is packed in MORE of a row. */
export const fallbackOfMore = (more: number): Fallback => FALLBACKS[(more >>> FALLBACK_SHIFT) & 3]!;
