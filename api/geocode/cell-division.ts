import { type GeoPoint, metresBetween, toMetre } from './metres.ts';

/**
 * How postcodes are divided into the sets that shared addresses stand for. The sets divide the whole table: postcodes that
 * are too few to stand by themselves join the set next to them. A set that grew for one postcode until it held twenty would
 * give away the few that no smaller one holds.
 */

/** Postcodes in use that a set holds at the least, whatever the editions of the table take away. */
export const FEWEST = 20;
/** What a set begins with: so many more that the next editions may withdraw some of them. */
export const AT_FIRST = 22;

/** A postcode that is divided from others. */
export interface Member extends GeoPoint {
  /** That of api/domain/postcode-number.ts. */
  number: number;
  outcode: string;
  sector: string;
  district: string | null;
  ward: string | null;
  /** False: withdrawn since its set was made. It stays where it was, and counts for nothing. */
  isLive: boolean;
}

/** What postcodes are told apart by, the widest first. */
const LEVELS: readonly ((member: Member) => string | null)[] = [
  ({ outcode }) => outcode,
  ({ sector }) => sector,
  ({ district }) => district,
  ({ ward }) => ward,
];

/**
 * Divides postcodes in use into sets of enough that agree in as much as can be: first by outcode, sector, council area and
 * ward, then by where they lie. A group that is too small joins the set next to it. None where all are too few.
 */
export function divide(points: readonly Member[], level = 0): Member[][] {
  const by = LEVELS[level];
  if (points.length < AT_FIRST) return [];
  if (!by) return halved(points);
  const groups = [...Map.groupBy(points, by).values()];
  const sets = groups.filter(({ length }) => length >= AT_FIRST).flatMap((group) => divide(group, level + 1));
  if (sets.length === 0) return halved(points);
  // Where the sets lie is looked at before any of them grows.
  const nearest = nearestOf(sets);
  for (const group of groups) if (group.length < AT_FIRST) nearest(group).push(...group);
  return sets;
}

/** Finds the set whose middle is nearest to that of some postcodes. At least one set. */
function nearestOf(sets: readonly Member[][]): (members: readonly GeoPoint[]) => Member[] {
  const middles = sets.map(middleOf);
  return (members) => {
    const middle = middleOf(members);
    const away = middles.map((other) => metresBetween(middle, other));
    return sets[away.indexOf(Math.min(...away))] as Member[];
  };
}

/** The set that some postcodes join: the nearest of those of their sector, else of their outcode, else of all. */
export function setNextTo(members: readonly Member[], sets: readonly Member[][]): Member[] {
  const [{ sector, outcode }] = members as [Member];
  const inSector = sets.filter((set) => set.some((other) => other.sector === sector));
  const inOutcode = inSector.length > 0 ? inSector : sets.filter((set) => set.some((it) => it.outcode === outcode));
  return nearestOf(inOutcode.length > 0 ? inOutcode : sets)(members);
}

/** The middle of points, to a metre. */
export const middleOf = (members: readonly GeoPoint[]): GeoPoint => ({
  latitude: toMetre(members.reduce((sum, { latitude }) => sum + latitude, 0) / members.length),
  longitude: toMetre(members.reduce((sum, { longitude }) => sum + longitude, 0) / members.length),
});

/** Halves points across the longer side of their box for as long as both halves are enough. */
function halved(points: readonly Member[]): Member[][] {
  if (points.length < 2 * AT_FIRST) return [[...points]];
  const [south, north] = ends(points.map(({ latitude }) => latitude));
  const [west, east] = ends(points.map(({ longitude }) => longitude));
  // A degree of longitude is about 0.6 of one of latitude here.
  const axes = north - south >= 0.6 * (east - west) ? AXES : AXES.toReversed();
  for (const axis of axes) {
    const sorted = points.toSorted((a, b) => a[axis] - b[axis]);
    const at = boundary(sorted.map((point) => point[axis]));
    if (at !== null) return [...halved(sorted.slice(0, at)), ...halved(sorted.slice(at))];
  }
  return [[...points]];
}

const AXES = ['latitude', 'longitude'] as const;

/**
 * Where a sorted list of degrees is cut: where the roundest number lies between two of them, and of those equally round the
 * one nearest to the middle; null for nowhere. A cut goes by the map and not by who lives where, so that two directories whose
 * tables differ by a few postcodes cut at the same lines: of two links of one home, each would else narrow the other.
 * Postcodes of one building have one point, and must come to one set.
 */
function boundary(sorted: readonly number[]): number | null {
  const middle = sorted.length / 2;
  let best: { at: number; round: number } | null = null;
  for (let at = AT_FIRST; at <= sorted.length - AT_FIRST; at++) {
    const round = roundness(sorted[at - 1]!, sorted[at]!);
    const isNearer = best !== null && Math.abs(at - middle) < Math.abs(best.at - middle);
    if (round >= 0 && (best === null || round > best.round || (round === best.round && isNearer))) best = { at, round };
  }
  return best?.at ?? null;
}

/** How often the roundest number of metres above one and up to another can be halved; -1 where both are one. */
function roundness(from: number, to: number): number {
  const [low, high] = [inMetres(from), inMetres(to)];
  return low === high ? -1 : 31 - Math.clz32(low ^ high);
}

/** A whole number, and none below zero: degrees from the south-west of these islands, a hundred thousand to the degree. */
const inMetres = (degrees: number): number => Math.round((degrees + 20) * 100_000);

const ends = (values: readonly number[]): [number, number] => [
  values.reduce((least, value) => Math.min(least, value)),
  values.reduce((most, value) => Math.max(most, value)),
];
