import { OPEN } from './areas.ts';
import type { Draft } from './draft.ts';
import { type Grid, gridOrder, makeGrid } from './grid.ts';
import { IdTable } from './id-table.ts';
import { AREAS, CODES, FALLBACK_SHIFT, MAIN, MORE, UNCONFIRMED } from './row.ts';
import { FALLBACKS, type Fallback } from './standing.ts';
import type { Sums } from './sums.ts';
import { Matcher, Postings, packPosting } from './text/match.ts';

/**
 * A part of the index that never changes but for listings that die. Listings are numbered by where they lie:
 *
 *   0          listings with one point, to which people go, open to everybody: counted without being looked at (sums.ts)
 *   restricted … the same, but with service areas: each is asked whether it serves the place
 *   mixed      … with one point, and something else besides: online too, or comes to people
 *   several    … with more than one point: counted once, by the nearest
 *   manifold   … with more than one point, and something else besides
 *   pointless  … found by area, online or by phone alone
 *
 * The first three are in the order of the grid, so a circle is a run of listings in each row of each of the three. What
 * has something else besides may be found from anywhere; of the other parts only what lies in the circle matters.
 */
export interface Segment {
  size: number;
  /** Where the parts begin, each where the one before it ends. */
  parts: { restricted: number; mixed: number; several: number; manifold: number; pointless: number };
  /** The grids of the first three parts, whose records are listings; their numbers are listing numbers. */
  grids: readonly [Grid, Grid, Grid];
  /** The grid of the points of listings with several: the listing of record k, and three coordinates for each. */
  severalGrid: Grid;
  severalOwner: Uint32Array;
  severalXyz: Int32Array;
  /** Integers per row, and the rows (row.ts). */
  width: number;
  rows: Int32Array;
  /** Points of listing i are pointStart[i] to pointStart[i + 1]; three coordinates each in xyz. */
  pointStart: Uint32Array;
  /** The listing of a point. */
  owner: Uint32Array;
  xyz: Int32Array;
  latitudes: Int32Array;
  longitudes: Int32Array;
  cities: Int32Array;
  locationIds: readonly string[];
  ids: readonly string[];
  names: readonly string[];
  /** Names by which listings are sorted; `nameRank` is their order within the segment, without ties. */
  folded: readonly string[];
  nameRank: Uint32Array;
  organizations: Int32Array;
  /** Listings that stand by area, and by remote, for each set of areas: confirmed first, then by name. */
  lists: Record<Exclude<Fallback, 'none'>, Map<number, List>>;
  postings: Postings;
  matcher: Matcher;
  idTable: IdTable;
  /** 1 for a listing that was replaced or taken out since. */
  dead: Uint8Array;
  deaths: number;
  /** The same by number, rising; `firstDead` is the place there of the first from a listing on. */
  deadListings: number[];
  firstDead(listing: number): number;
  /** Counts of the plain part (sums.ts), brought up to date by freshen.ts. */
  sums: Sums;
  /** Room for what lies in a circle, and marks of what was seen: used by one query after the other. */
  inside: Uint32Array;
  seen: Uint32Array;
  stamp: number;
  /** The day to which the `checked` facet is worked out (freshen.ts). */
  freshOn: string;
}

/** Listings that stand in the same way for the same areas. */
export interface List {
  listings: Uint32Array;
  /** Counts of all of them, where they are many. */
  sums: Int32Array | null;
  /** What filters without words came to (tally.ts), by their key; forgotten when a listing dies. */
  remembered: Map<string, { total: number; bits: Int32Array }>;
}

const fallbackOfRow = (more: number): Fallback => FALLBACKS[(more >>> FALLBACK_SHIFT) & 3]!;

/** Where in rising numbers the first stands that is not less. */
function placeOf(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Marks a listing of a segment as dead: no search that begins later sees it. */
export function bury(segment: Segment, listing: number): void {
  if (segment.dead[listing] !== 0) return;
  segment.dead[listing] = 1;
  segment.deaths++;
  segment.deadListings.splice(segment.firstDead(listing), 0, listing);
  const fallback = fallbackOfRow(segment.rows[listing * segment.width + MORE]!);
  if (fallback !== 'none')
    segment.lists[fallback].get(segment.rows[listing * segment.width + AREAS]!)?.remembered.clear();
}

/** Which part a listing belongs to. */
function partOf(points: number, areas: number, more: number): number {
  if (points === 0) return 5;
  const alone = fallbackOfRow(more) === 'none';
  if (points > 1) return alone ? 3 : 4;
  if (!alone) return 2;
  return areas === OPEN ? 0 : 1;
}

/** The numbers of the draft in the order in which the segment wants them, and where its parts begin. */
function arrange(draft: Draft): { order: Uint32Array; starts: number[] } {
  const count = draft.length;
  const fixed = draft.fixed.items;
  const pointStart = draft.pointStart.items;
  const latitudes = draft.latitudes.items;
  const longitudes = draft.longitudes.items;
  const parts: number[][] = [[], [], [], [], [], []];
  for (let i = 0; i < count; i++) {
    const points = (pointStart[i + 1] ?? latitudes.length) - pointStart[i]!;
    parts[partOf(points, fixed[i * 5 + AREAS]!, fixed[i * 5 + MORE]!)]!.push(i);
  }
  const order = new Uint32Array(count);
  const starts: number[] = [];
  let at = 0;
  for (const [part, members] of parts.entries()) {
    starts.push(at);
    if (part === 5) {
      order.set(members, at);
    } else {
      const points = members.map((i) => pointStart[i]!);
      const sorted = gridOrder(
        Int32Array.from(points, (point) => latitudes[point]!),
        Int32Array.from(points, (point) => longitudes[point]!),
      );
      for (let k = 0; k < sorted.length; k++) order[at + k] = members[sorted[k]!]!;
    }
    at += members.length;
  }
  return { order, starts };
}

function packRows(draft: Draft, order: Uint32Array, width: number): Int32Array {
  const fixed = draft.fixed.items;
  const codeStart = draft.codeStart.items;
  const codes = draft.codes.items;
  const rows = new Int32Array(order.length * width);
  for (let to = 0; to < order.length; to++) {
    const from = order[to]!;
    const base = to * width;
    for (let k = 0; k < CODES; k++) rows[base + k] = fixed[from * CODES + k]!;
    const end = codeStart[from + 1] ?? codes.length;
    for (let k = codeStart[from]!; k < end; k++) rows[base + MAIN + (codes[k]! >>> 5)]! |= 1 << (codes[k]! & 31);
  }
  return rows;
}

function packPostings(draft: Draft, order: Uint32Array): Postings {
  const termStart = draft.termStart.items;
  const terms = draft.terms.items;
  const fields = draft.fields.items;
  const counts = new Uint32Array(draft.shared.lexicon.size);
  for (let k = 0; k < terms.length; k++) counts[terms[k]!]!++;
  const places = new Map<number, number>();
  const starts: number[] = [0];
  for (let word = 0; word < counts.length; word++) {
    if (counts[word] === 0) continue;
    places.set(word, starts.length - 1);
    starts.push(starts[starts.length - 1]! + counts[word]!);
    counts[word] = starts[starts.length - 2]!;
  }
  const all = new Uint32Array(terms.length);
  for (let to = 0; to < order.length; to++) {
    const from = order[to]!;
    const end = termStart[from + 1] ?? terms.length;
    for (let k = termStart[from]!; k < end; k++) all[counts[terms[k]!]!++] = packPosting(to, fields[k]!);
  }
  return new Postings(places, Uint32Array.from(starts), all);
}

/** The order of listings by folded name, then id. */
function rankNames(folded: readonly string[], ids: readonly string[]): Uint32Array {
  const order = Uint32Array.from(folded, (_, i) => i).sort((a, b) => {
    const x = folded[a]!;
    const y = folded[b]!;
    return x < y ? -1 : x > y ? 1 : ids[a]! < ids[b]! ? -1 : 1;
  });
  const rank = new Uint32Array(folded.length);
  for (let place = 0; place < order.length; place++) rank[order[place]!] = place;
  return rank;
}

/** The listings of one fallback by their set of areas, each list confirmed first and then by name. */
function listBySet(rows: Int32Array, width: number, nameRank: Uint32Array, fallback: Fallback): Map<number, List> {
  const members = new Map<number, number[]>();
  for (let i = 0; i * width < rows.length; i++) {
    if (fallbackOfRow(rows[i * width + MORE]!) !== fallback) continue;
    const set = rows[i * width + AREAS]!;
    const list = members.get(set);
    if (list) list.push(i);
    else members.set(set, [i]);
  }
  const key = (i: number) => (rows[i * width + MORE]! & UNCONFIRMED ? 2 ** 32 : 0) + nameRank[i]!;
  return new Map(
    [...members].map(([set, list]) => [
      set,
      { listings: Uint32Array.from(list).sort((a, b) => key(a) - key(b)), sums: null, remembered: new Map() },
    ]),
  );
}

/** Makes a segment of what a draft has gathered. Takes time in proportion to its listings and words. */
export function makeSegment(draft: Draft): Segment {
  const { order, starts } = arrange(draft);
  const [, restricted = 0, mixed = 0, several = 0, manifold = 0, pointless = 0] = starts;
  const size = order.length;
  const width = draft.shared.layout.width;
  const rows = packRows(draft, order, width);

  const draftStart = draft.pointStart.items;
  const points = draft.locationIds.length;
  const pointStart = new Uint32Array(size + 1);
  const owner = new Uint32Array(points);
  const pointOrder = new Uint32Array(points);
  let at = 0;
  for (let to = 0; to < size; to++) {
    pointStart[to] = at;
    const from = order[to]!;
    const end = draftStart[from + 1] ?? points;
    for (let point = draftStart[from]!; point < end; point++) {
      owner[at] = to;
      pointOrder[at++] = point;
    }
  }
  pointStart[size] = at;
  const pick = (column: Int32Array) => Int32Array.from(pointOrder, (point) => column[point]!);
  const latitudes = pick(draft.latitudes.items);
  const longitudes = pick(draft.longitudes.items);
  const draftXyz = draft.xyz.items;
  const xyz = new Int32Array(points * 3);
  for (let k = 0; k < points; k++) for (let d = 0; d < 3; d++) xyz[k * 3 + d] = draftXyz[pointOrder[k]! * 3 + d]!;

  const gridOf = (from: number, to: number): Grid =>
    makeGrid(from, latitudes.subarray(from, to), longitudes.subarray(from, to));
  const severalPoints = gridOrder(latitudes.subarray(several), longitudes.subarray(several)).map((k) => k + several);
  const ids = Array.from(order, (from) => draft.ids[from]!);
  const folded = Array.from(order, (from) => draft.folded[from]!);
  const nameRank = rankNames(folded, ids);
  const postings = packPostings(draft, order);
  const organizations = draft.organizations.items;
  const deadListings: number[] = [];
  return {
    size,
    parts: { restricted, mixed, several, manifold, pointless },
    grids: [gridOf(0, restricted), gridOf(restricted, mixed), gridOf(mixed, several)],
    severalGrid: makeGrid(
      0,
      Int32Array.from(severalPoints, (point) => latitudes[point]!),
      Int32Array.from(severalPoints, (point) => longitudes[point]!),
    ),
    severalOwner: severalPoints.map((point) => owner[point]!),
    severalXyz: Int32Array.from(
      { length: severalPoints.length * 3 },
      (_, k) => xyz[severalPoints[Math.floor(k / 3)]! * 3 + (k % 3)]!,
    ),
    width,
    rows,
    pointStart,
    owner,
    xyz,
    latitudes,
    longitudes,
    cities: pick(draft.cities.items),
    locationIds: Array.from(pointOrder, (point) => draft.locationIds[point]!),
    ids,
    names: Array.from(order, (from) => draft.names[from]!),
    folded,
    nameRank,
    organizations: Int32Array.from(order, (from) => organizations[from]!),
    lists: {
      area: listBySet(rows, width, nameRank, 'area'),
      remote: listBySet(rows, width, nameRank, 'remote'),
    },
    postings,
    matcher: new Matcher(postings, size),
    idTable: new IdTable(ids),
    dead: new Uint8Array(size),
    deaths: 0,
    deadListings,
    firstDead: (listing) => placeOf(deadListings, listing),
    sums: { first: 0, bits: 0, before: new Int32Array(0) },
    inside: new Uint32Array(size),
    seen: new Uint32Array(size),
    stamp: 0,
    freshOn: '',
  };
}
