import { STEP } from '../../runtime/slices.ts';
import { OPEN, UNSAID } from '../geo/area-sets.ts';
import { gridOrder } from '../geo/grid.ts';
import { rowOf } from '../geo/grid-circle.ts';
import { type Columns, fallbackOfMore, MANY_SETS } from './segment.ts';

/**
 * A set of areas with so many listings, and with so many in each row of the grid that has any, gets a group of its own.
 * For fewer, finding the runs costs more than asking each listing.
 */
const WORTH_GROUPING = 128;
const WORTH_A_RUN = 64;

/** The parts of a segment after the groups, by number (segment.ts). */
const MIXED = 0;
const SEVERAL = 1;
const MANIFOLD = 2;
const POINTLESS = 3;

/** Which part a listing belongs to; -1 for the groups. */
function partOf(points: number, more: number): number {
  if (points === 0) return POINTLESS;
  const alone = fallbackOfMore(more) === 'none';
  if (points > 1) return alone ? SEVERAL : MANIFOLD;
  return alone ? -1 : MIXED;
}

/** Listings by their set of areas; first those that are open to everybody. */
function bySetOf(members: Iterable<number>, setOf: (i: number) => number): Map<number, number[]> {
  const bySet = new Map<number, number[]>([[OPEN, []]]);
  for (const i of members) {
    const set = setOf(i);
    const list = bySet.get(set);
    if (list) list.push(i);
    else bySet.set(set, [i]);
  }
  return bySet;
}

/**
 * Splits listings into groups by their set of areas: those open to everybody, those of which nobody knows, each set with
 * many listings, and all the rest together.
 */
function groupsOf(
  members: readonly number[],
  setOf: (i: number) => number,
  rowOfListing: (i: number) => number,
): { set: number; members: number[] }[] {
  const groups: { set: number; members: number[] }[] = [];
  const rest: number[] = [];
  for (const [set, list] of bySetOf(members, setOf)) {
    const isMany = () => list.length >= WORTH_A_RUN * new Set(list.map(rowOfListing)).size;
    if (set === OPEN || set === UNSAID || (list.length >= WORTH_GROUPING && isMany()))
      groups.push({ set, members: list });
    else for (const i of list) rest.push(i);
  }
  return [...groups, { set: MANY_SETS, members: rest }];
}

/** What the order of a segment depends on, by listing and by point. */
export interface Unordered {
  /** AREAS and MORE of the rows (row.ts). */
  areas: Int32Array;
  more: Int32Array;
  /** Points of listing i are pointStart[i] to pointStart[i + 1]. */
  pointStart: Uint32Array;
  latitudes: Int32Array;
  longitudes: Int32Array;
}

interface Arranged extends Pick<Columns, 'groups' | 'parts'> {
  /** The old numbers of the listings, in their new order. */
  order: Uint32Array;
}

/** The order of the listings in a segment, and where its groups and parts begin. In slices. */
export function* arrange(listings: Unordered): Generator<void, Arranged> {
  const { areas, more, pointStart, latitudes, longitudes } = listings;
  const alone: number[] = [];
  const parts: number[][] = [[], [], [], []];
  for (let i = 0; i < areas.length; i++) {
    const part = partOf(pointStart[i + 1]! - pointStart[i]!, more[i]!);
    (part < 0 ? alone : parts[part]!).push(i);
    if (i % STEP === 0) yield;
  }
  const order = new Uint32Array(areas.length);
  let at = 0;
  function* place(members: readonly number[], inGridOrder: boolean): Generator<void, number> {
    const from = at;
    yield;
    if (!inGridOrder) {
      for (const i of members) order[at++] = i;
      return from;
    }
    const sorted = yield* gridOrder(
      Int32Array.from(members, (i) => latitudes[pointStart[i]!]!),
      Int32Array.from(members, (i) => longitudes[pointStart[i]!]!),
    );
    for (let k = 0; k < sorted.length; k++) order[at++] = members[sorted[k]!]!;
    return from;
  }
  const groups: { set: number; from: number; to: number }[] = [];
  const inGroups = groupsOf(
    alone,
    (i) => areas[i]!,
    (i) => rowOf(latitudes[pointStart[i]!]!),
  );
  for (const { set, members } of inGroups) {
    const from = yield* place(members, true);
    groups.push({ set, from, to: at });
  }
  const starts: number[] = [];
  for (const [part, members] of parts.entries()) {
    let from = yield* place(members, part !== POINTLESS);
    starts.push(from);
    if (part !== SEVERAL) continue;
    // What serves the same areas stands together: 32 listings that do not serve a place are then passed over at once.
    for (const its of bySetOf(order.slice(from, at), (i) => areas[i]!).values()) for (const i of its) order[from++] = i;
  }
  const [mixed = 0, several = 0, manifold = 0, pointless = 0] = starts;
  return { order, groups, parts: { mixed, several, severalMixed: manifold, withoutPoint: pointless } };
}

/**
 * The points of listings that are put into another order: where the points of each listing begin, and the old number of
 * each point.
 */
export function orderPoints(order: Uint32Array, pointStart: Uint32Array): { starts: Uint32Array; points: Uint32Array } {
  const starts = new Uint32Array(order.length + 1);
  const points: number[] = [];
  for (let to = 0; to < order.length; to++) {
    starts[to] = points.length;
    const from = order[to]!;
    for (let point = pointStart[from]!; point < pointStart[from + 1]!; point++) points.push(point);
  }
  starts[order.length] = points.length;
  return { starts, points: Uint32Array.from(points) };
}
