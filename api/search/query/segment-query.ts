import { NOT_SERVED } from '../geo/areas.ts';
import type { Around } from '../geo/around.ts';
import { mayReach } from '../geo/grid.ts';
import { areasOf, fallbackOf, isVisited, MAIN, withFeatures } from '../packed/row.ts';
import { FAR_OFF, FITS } from '../segment/filters.ts';
import type { Group, Segment } from '../segment/segment.ts';
import { Sieve } from '../segment/sieve.ts';
import { type Ask, NOT_SERVING, NOWHERE, VENUE } from './prepared-query.ts';

/** Beyond so many venues those of a page are found sooner by small circles (ranking.ts). */
const MOST_NOTED = 200;

/**
 * One query over one segment, asked of one listing at a time: how it stands to the place, how it does with the filters,
 * which of its points counts. What lies in the circle is found by within.ts, what has the words by worded.ts.
 */
export class Survey {
  readonly segment: Segment;
  readonly ask: Ask;
  /** The circle whose listings stand in `segment.inside` (within.ts). */
  gathered: Around | null = null;
  /** The venues that tally.ts has looked at and counted, up to so many; and how many it has counted besides. */
  readonly venues: number[] = [];
  unseen = 0;
  #sieve: Sieve | null = null;
  #groups: readonly Group[] = [];
  #groupsOf: Around | null = null;

  constructor(segment: Segment, ask: Ask) {
    this.segment = segment;
    this.ask = ask;
  }

  noteVenue(listing: number): void {
    if (this.venues.length < MOST_NOTED) this.venues.push(listing);
    else this.unseen++;
  }

  /** The filters for 32 listings at a time; made when it is first asked for, and kept with the segment for the next query. */
  get sieve(): Sieve {
    if (this.#sieve !== null) return this.#sieve;
    const { sieves } = this.segment;
    const { filter } = this.ask;
    let sieve = sieves.get(filter);
    if (sieve === undefined) {
      sieve = new Sieve(this.segment, filter);
      sieves.set(filter, sieve);
    }
    this.#sieve = sieve;
    return sieve;
  }

  /** The groups that a circle may come to: a large directory has a thousand, and a town lies in a few. */
  groupsIn(around: Around): readonly Group[] {
    if (this.#groupsOf !== around) {
      this.#groupsOf = around;
      this.#groups = this.segment.groups.filter(({ grid }) => mayReach(around.circle, grid));
    }
    return this.#groups;
  }

  /** The squared chord from the place to a point (distance.ts); 0 without a place. */
  chordTo(point: number): number {
    const { origin } = this.ask;
    if (origin === null) return 0;
    const { xyz } = this.segment;
    const x = xyz[point * 3]! - origin.x;
    const y = xyz[point * 3 + 1]! - origin.y;
    const z = xyz[point * 3 + 2]! - origin.z;
    return x * x + y * y + z * z;
  }

  /** The squared chord to the nearest point of a listing that has the access asked for; Infinity where there is none. */
  nearestChord(listing: number): number {
    // A listing of the parts with one point each has the number of its point.
    if (listing < this.segment.parts.several) return this.chordTo(listing);
    const point = this.nearestPoint(listing);
    return point < 0 ? Number.POSITIVE_INFINITY : this.chordTo(point);
  }

  /** That point; -1 where there is none. */
  nearestPoint(listing: number): number {
    const { pointStart, access, parts } = this.segment;
    const needed = this.ask.filter.access;
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

  /** The main point that has the access asked for; -1 where there is none. */
  mainPoint(listing: number): number {
    const { pointStart, access } = this.segment;
    const needed = this.ask.filter.access;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++)
      if ((access[point]! & needed) === needed) return point;
    return -1;
  }

  hasSeveral(listing: number): boolean {
    const { parts } = this.segment;
    return listing >= parts.several && listing < parts.pointless;
  }

  /** How a listing stands to the place, its filters and words aside: the number of the way, or NOWHERE. */
  way(listing: number, chord: number): number {
    const { standings, pointStart } = this.segment;
    const standing = standings[listing]!;
    if (this.ask.origin === null)
      return isVisited(standing) && pointStart[listing + 1]! > pointStart[listing]!
        ? VENUE
        : fallbackOrNowhere(standing);
    const served = this.ask.serving.answers[areasOf(standing)] !== NOT_SERVED;
    // The distance is asked for only where it decides something.
    if (!served) return this.#isWithin(listing, chord) ? NOT_SERVING : NOWHERE;
    if (isVisited(standing) && this.#isWithin(listing, chord)) return VENUE;
    return fallbackOrNowhere(standing);
  }

  /** Whether a listing serves the place from within a circle or from anywhere, whatever the filters. */
  serves(listing: number, chord: number): boolean {
    const { standings, pointStart } = this.segment;
    const standing = standings[listing]!;
    if (this.ask.serving.answers[areasOf(standing)] === NOT_SERVED) return false;
    if (fallbackOf(standing) !== 0) return true;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++)
      if (this.chordTo(point) <= chord) return true;
    return false;
  }

  /** How a listing in the circle stands, as far as being in the circle decides it. */
  wayInside(listing: number): number {
    const standing = this.segment.standings[listing]!;
    if (this.ask.serving.answers[areasOf(standing)] === NOT_SERVED) return NOT_SERVING;
    return isVisited(standing) ? VENUE : NOWHERE;
  }

  /**
   * Whether a point of a listing with the access asked for lies in the circle. Of the groups each is measured; the others
   * have been gathered (within.ts).
   */
  #isWithin(listing: number, chord: number): boolean {
    const { parts, inside } = this.segment;
    return listing < parts.mixed ? this.chordTo(listing) <= chord : inside.has(listing);
  }

  /** How a living listing does with the filters (Filter.failing), wherever its places lie. */
  failing(listing: number): number {
    const { rows, width } = this.segment;
    const { filter } = this.ask;
    if (!filter.any) return FITS;
    // Each feature may be there, but all of them at none of its places.
    if (filter.access !== 0 && this.hasSeveral(listing) && this.mainPoint(listing) < 0) return FAR_OFF;
    return filter.failing(rows, listing * width, width);
  }

  fits(listing: number): boolean {
    return this.segment.dead[listing] === 0 && this.failing(listing) === FITS;
  }

  /** MAIN of a listing's row, with the features of those of its points alone that have the access asked for. */
  main(listing: number): number {
    const { rows, width, pointStart, access } = this.segment;
    const main = rows[listing * width + MAIN]!;
    const needed = this.ask.filter.access;
    if (needed === 0 || !this.hasSeveral(listing)) return main;
    let features = 0;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++)
      if ((access[point]! & needed) === needed) features |= access[point]!;
    return withFeatures(main, features);
  }
}

function fallbackOrNowhere(standing: number): number {
  const fallback = fallbackOf(standing);
  return fallback === 0 ? NOWHERE : fallback;
}
