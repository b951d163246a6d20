import { NOT_SERVED, UNKNOWN } from '../geo/area-sets.ts';
import { mayReach } from '../geo/grid.ts';
import type { SearchCircle } from '../geo/search-circle.ts';
import { areaSetOf, fallbackOfKey, isVisitedByKey, MAIN, withFeatures } from '../packed/row.ts';
import { FilterScan } from '../segment/filter-scan.ts';
import { FAR_OFF, FITS } from '../segment/filters.ts';
import type { AreaGroup } from '../segment/segment.ts';
import type { OpenSegment } from './open-segment.ts';
import { NO_REACH, NOT_SERVING, type PreparedQuery, reachOfAnswer, VENUE } from './prepared-query.ts';
import type { TextMatches } from './text-matches.ts';

/** Where there are more venues than this, those of a page are found sooner by small circles (ranking.ts). */
const MOST_NOTED = 200;

/**
 * One query over one segment, asked about one listing at a time: how it is reached, whether it fits the filters, which
 * of its points counts. within.ts finds what lies in the circle, find-matches.ts what has the words.
 */
export class SegmentQuery {
  readonly segment: OpenSegment;
  readonly prepared: PreparedQuery;
  /** What has the words; null where the query has none. */
  readonly matches: TextMatches | null;
  /** The circle whose listings are in `segment.circleMembers` (within.ts). */
  filledFor: SearchCircle | null = null;
  /** The first venues that were counted, and how many more there were (count/count.ts). */
  readonly venues: number[] = [];
  uncountedVenues = 0;
  #filterScan: FilterScan | null = null;
  #groups: readonly AreaGroup[] = [];
  #groupsOf: SearchCircle | null = null;

  constructor(segment: OpenSegment, prepared: PreparedQuery) {
    this.segment = segment;
    this.prepared = prepared;
    this.matches = prepared.plan.hasWords ? segment.textMatches : null;
  }

  noteVenue(listing: number): void {
    if (this.venues.length < MOST_NOTED) this.venues.push(listing);
    else this.uncountedVenues++;
  }

  /**
   * The filters for 32 listings at a time. They are prepared when they are first needed, and kept for the next query.
   */
  get filterScan(): FilterScan {
    if (this.#filterScan !== null) return this.#filterScan;
    const { filterScans } = this.segment;
    const { filter } = this.prepared;
    let filterScan = filterScans.get(filter);
    if (filterScan === undefined) {
      filterScan = new FilterScan(this.segment, filter);
      filterScans.set(filter, filterScan);
    }
    this.#filterScan = filterScan;
    return filterScan;
  }

  /** The groups that a circle may touch: a large directory has a thousand, and a town lies in a few. */
  groupsIn(circle: SearchCircle): readonly AreaGroup[] {
    if (this.#groupsOf !== circle) {
      this.#groupsOf = circle;
      this.#groups = this.segment.groups.filter(({ grid }) => mayReach(circle.onGrid, grid));
    }
    return this.#groups;
  }

  /** The squared chord from the place to a point (distance.ts); 0 without a place. */
  chordTo(point: number): number {
    const { origin } = this.prepared;
    if (origin === null) return 0;
    const { xyz } = this.segment;
    const x = xyz[point * 3]! - origin.x;
    const y = xyz[point * 3 + 1]! - origin.y;
    const z = xyz[point * 3 + 2]! - origin.z;
    return x * x + y * y + z * z;
  }

  /** The squared chord to the nearest point of a listing that has the access asked for; Infinity where no point has. */
  nearestChord(listing: number): number {
    // Up to there a listing has one point, with the same number.
    if (listing < this.segment.parts.several) return this.chordTo(listing);
    const point = this.nearestPoint(listing);
    return point < 0 ? Number.POSITIVE_INFINITY : this.chordTo(point);
  }

  /** The nearest point of a listing that has the access asked for; -1 where no point has. */
  nearestPoint(listing: number): number {
    const { pointStart, access, parts } = this.segment;
    const needed = this.prepared.filter.access;
    if (listing < parts.several) return needed === 0 || (access[listing]! & needed) === needed ? listing : -1;
    let chord = Number.POSITIVE_INFINITY;
    let nearest = -1;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++) {
      if ((access[point]! & needed) !== needed) continue;
      const squared = this.chordTo(point);
      if (squared < chord) {
        chord = squared;
        nearest = point;
      }
    }
    return nearest;
  }

  /** The first point of a listing that has the access asked for; -1 where no point has. */
  mainPoint(listing: number): number {
    const { pointStart, access } = this.segment;
    const needed = this.prepared.filter.access;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++)
      if ((access[point]! & needed) === needed) return point;
    return -1;
  }

  hasSeveral(listing: number): boolean {
    const { parts } = this.segment;
    return listing >= parts.several && listing < parts.withoutPoint;
  }

  /** How a listing is reached, whatever the filters and words: the number of the reach, or NO_REACH. */
  reachOf(listing: number, chord: number): number {
    const { reachKeys, pointStart } = this.segment;
    const reachKey = reachKeys[listing]!;
    if (this.prepared.origin === null)
      return isVisitedByKey(reachKey) && pointStart[listing + 1]! > pointStart[listing]!
        ? VENUE
        : fallbackOrNone(reachKey);
    const answer = this.prepared.serving.answers[areaSetOf(reachKey)];
    // The distance is measured only where it decides.
    if (answer === NOT_SERVED) return this.#isWithin(listing, chord) ? NOT_SERVING : NO_REACH;
    if (isVisitedByKey(reachKey) && this.#isWithin(listing, chord)) return reachOfAnswer(answer, VENUE);
    const reach = fallbackOrNone(reachKey);
    return reach === NO_REACH ? NO_REACH : reachOfAnswer(answer, reach);
  }

  /** Whether a listing serves the place from within a circle or from anywhere, whatever the filters. */
  serves(listing: number, chord: number): boolean {
    const answer = this.prepared.serving.answers[areaSetOf(this.segment.reachKeys[listing]!)];
    return answer !== NOT_SERVED && answer !== UNKNOWN && this.#reaches(listing, chord);
  }

  /** Whether nobody knows if it serves the place; and it is within a circle, or reached from anywhere. */
  mayServe(listing: number, chord: number): boolean {
    const answer = this.prepared.serving.answers[areaSetOf(this.segment.reachKeys[listing]!)];
    return answer === UNKNOWN && this.#reaches(listing, chord);
  }

  #reaches(listing: number, chord: number): boolean {
    const { reachKeys, pointStart } = this.segment;
    const reachKey = reachKeys[listing]!;
    if (fallbackOfKey(reachKey) !== 0) return true;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++)
      if (this.chordTo(point) <= chord) return true;
    return false;
  }

  /** How a listing in the circle is reached there; NO_REACH where nobody goes to it. */
  reachInside(listing: number): number {
    const reachKey = this.segment.reachKeys[listing]!;
    const answer = this.prepared.serving.answers[areaSetOf(reachKey)];
    if (answer === NOT_SERVED) return NOT_SERVING;
    return isVisitedByKey(reachKey) ? reachOfAnswer(answer, VENUE) : NO_REACH;
  }

  /** Whether people go to a listing, and the nearest point with the access asked for lies in a circle. */
  isVisitedWithin(listing: number, circle: SearchCircle | null): boolean {
    const isVisited = isVisitedByKey(this.segment.reachKeys[listing]!);
    return circle !== null && isVisited && this.nearestChord(listing) <= circle.chord;
  }

  /**
   * Whether a point of a listing with the access asked for lies in the circle. Listings in groups are measured; the
   * others have been looked up (within.ts).
   */
  #isWithin(listing: number, chord: number): boolean {
    const { parts, circleMembers } = this.segment;
    return listing < parts.mixed ? this.chordTo(listing) <= chord : circleMembers.has(listing);
  }

  /** How a listing that is not deleted does with the filters (Filter.failing), wherever its points lie. */
  failing(listing: number): number {
    const { rows, width } = this.segment;
    const { filter } = this.prepared;
    if (!filter.any) return FITS;
    // Each feature may be at some point, and all of them at none.
    if (filter.access !== 0 && this.hasSeveral(listing) && this.mainPoint(listing) < 0) return FAR_OFF;
    return filter.failing(rows, listing * width, width);
  }

  fits(listing: number): boolean {
    return this.segment.deleted[listing] === 0 && this.failing(listing) === FITS;
  }

  /** MAIN of a listing's row, with the features of those points only that have the access asked for. */
  main(listing: number): number {
    const { rows, width, pointStart, access } = this.segment;
    const main = rows[listing * width + MAIN]!;
    const needed = this.prepared.filter.access;
    if (needed === 0 || !this.hasSeveral(listing)) return main;
    let features = 0;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++)
      if ((access[point]! & needed) === needed) features |= access[point]!;
    return withFeatures(main, features);
  }
}

function fallbackOrNone(reachKey: number): number {
  const fallback = fallbackOfKey(reachKey);
  return fallback === 0 ? NO_REACH : fallback;
}
