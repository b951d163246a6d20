import { OPEN } from './areas.ts';
import { makeBitsets } from './bitsets.ts';
import type { Draft } from './draft.ts';
import { type Grid, gridOrder, makeGrid } from './grid.ts';
import { IdTable } from './id-table.ts';
import { AREAS, CODES, MAIN, MORE, UNCONFIRMED } from './row.ts';
import { fallbackOfRow, type Group, type List, MANY_SETS, placeOf, type Segment } from './segment.ts';
import type { Fallback } from './standing.ts';
import { Matcher } from './text/match.ts';
import { Postings, packPosting } from './text/postings.ts';
import { Worded } from './worded.ts';

/** So many listings of one set of areas make a group of their own: looking for a group's runs costs as much as asking some. */
const WORTH_GROUPING = 128;

/** The parts of a segment by number; before them come the groups. */
const MIXED = 0;
const SEVERAL = 1;
const MANIFOLD = 2;
const POINTLESS = 3;

/** Which part a listing belongs to; -1 for those in groups. */
function partOf(points: number, more: number): number {
  if (points === 0) return POINTLESS;
  const alone = fallbackOfRow(more) === 'none';
  if (points > 1) return alone ? SEVERAL : MANIFOLD;
  return alone ? -1 : MIXED;
}

/** Splits listings by their set of areas: what is open to everybody, each set with many, and the rest together. */
function groupsOf(members: readonly number[], setOf: (i: number) => number): { set: number; members: number[] }[] {
  const bySet = new Map<number, number[]>([[OPEN, []]]);
  for (const i of members) {
    const set = setOf(i);
    const list = bySet.get(set);
    if (list) list.push(i);
    else bySet.set(set, [i]);
  }
  const isGroup = (set: number, list: number[]) => set === OPEN || list.length >= WORTH_GROUPING;
  const sets = [...bySet].map(([set, list]) => ({ set, members: list }));
  const rest = sets.filter((it) => !isGroup(it.set, it.members)).flatMap((it) => it.members);
  return [...sets.filter((it) => isGroup(it.set, it.members)), { set: MANY_SETS, members: rest }];
}

interface Arranged {
  /** The numbers of the draft in the order in which the segment wants them. */
  order: Uint32Array;
  groups: Omit<Group, 'grid'>[];
  /** Where the parts after the groups begin. */
  starts: number[];
}

function arrange(draft: Draft): Arranged {
  const count = draft.length;
  const fixed = draft.fixed.items;
  const pointStart = draft.pointStart.items;
  const latitudes = draft.latitudes.items;
  const longitudes = draft.longitudes.items;
  const alone: number[] = [];
  const parts: number[][] = [[], [], [], []];
  for (let i = 0; i < count; i++) {
    const points = (pointStart[i + 1] ?? latitudes.length) - pointStart[i]!;
    const part = partOf(points, fixed[i * CODES + MORE]!);
    (part < 0 ? alone : parts[part]!).push(i);
  }
  const order = new Uint32Array(count);
  let at = 0;
  const place = (members: readonly number[], inGridOrder: boolean): number => {
    const from = at;
    if (inGridOrder) {
      const points = members.map((i) => pointStart[i]!);
      const sorted = gridOrder(
        Int32Array.from(points, (point) => latitudes[point]!),
        Int32Array.from(points, (point) => longitudes[point]!),
      );
      for (let k = 0; k < sorted.length; k++) order[at++] = members[sorted[k]!]!;
    } else {
      for (const i of members) order[at++] = i;
    }
    return from;
  };
  const groups = groupsOf(alone, (i) => fixed[i * CODES + AREAS]!).map(({ set, members }) => ({
    set,
    from: place(members, true),
    to: at,
  }));
  const starts = parts.map((members, part) => place(members, part !== POINTLESS));
  return { order, groups, starts };
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
  const { order, groups, starts } = arrange(draft);
  const [mixed = 0, several = 0, manifold = 0, pointless = 0] = starts;
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
  const draftAccess = draft.access.items;
  const access = Uint8Array.from(pointOrder, (point) => draftAccess[point]!);
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
    parts: { mixed, several, manifold, pointless },
    groups: groups.map((group) => ({ ...group, grid: gridOf(group.from, group.to) })),
    mixedGrid: gridOf(mixed, several),
    severalGrid: makeGrid(
      0,
      Int32Array.from(severalPoints, (point) => latitudes[point]!),
      Int32Array.from(severalPoints, (point) => longitudes[point]!),
    ),
    severalOwner: severalPoints.map((point) => owner[point]!),
    severalAccess: Uint8Array.from(severalPoints, (point) => access[point]!),
    severalXyz: Int32Array.from(
      { length: severalPoints.length * 3 },
      (_, k) => xyz[severalPoints[Math.floor(k / 3)]! * 3 + (k % 3)]!,
    ),
    width,
    rows,
    bitsets: makeBitsets(rows, width, mixed),
    pointStart,
    owner,
    xyz,
    latitudes,
    longitudes,
    access,
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
    worded: new Worded(),
    idTable: new IdTable(ids),
    dead: new Uint8Array(size),
    deaths: 0,
    deadListings,
    firstDead: (listing) => placeOf(deadListings, listing),
    sums: { first: 0, bits: 0, before: new Int32Array(0) },
    inside: new Uint32Array(size),
    seen: new Uint32Array(size),
    seenAccess: new Uint8Array(size),
    stamp: 0,
    sieves: new WeakMap(),
    freshOn: '',
  };
}
