import { NOT_SERVED } from './areas.ts';
import type { Around } from './around.ts';
import { type Ask, NOT_SERVING, NOWHERE, VENUE } from './ask.ts';
import { bitsWithin, lowest, ones } from './bitsets.ts';
import { FAR_OFF, FITS } from './filters.ts';
import { runsOf } from './grid.ts';
import { ACCESS_BITS, ACCESS_SHIFT, AREAS, FALLBACK_SHIFT, IN_PERSON, MAIN, MORE } from './row.ts';
import type { Segment } from './segment.ts';
import { Sieve } from './sieve.ts';

/** Up to so many listings are looked up one by one among the postings of a word; beyond, the whole part is walked. */
const MOST_SINGLE_RANGES = 48;

/** The grids of a segment by number: the three parts with one point each, and the points of those with several. */
export const PLAIN = 0;
export const RESTRICTED = 1;
export const MIXED = 2;

/**
 * One query over one segment: what lies in the circle, what holds the words, how each stands to the place. Made for a
 * query and thrown away with it; the arrays that it fills belong to the segment and are used again.
 */
export class Survey {
  readonly segment: Segment;
  readonly ask: Ask;
  /** With words: the living listings that hold them and stand to the place, and how; NOWHERE where filters fail. */
  readonly candidates: number[] = [];
  readonly ways: number[] = [];
  #sieve: Sieve | null = null;
  readonly #runs: number[] = [];

  constructor(segment: Segment, ask: Ask) {
    this.segment = segment;
    this.ask = ask;
  }

  /** Made when it is first asked for: searches with words do without. */
  get sieve(): Sieve {
    this.#sieve ??= new Sieve(this.segment, this.ask.filter, this.ask.masks);
    return this.#sieve;
  }

  /**
   * The squared chord to the nearest point of a listing that has the access asked for, and which point that is; -1 where
   * there is none.
   */
  nearest(listing: number): { chord: number; point: number } {
    const { pointStart, access } = this.segment;
    const needed = this.ask.filter.access;
    let chord = Number.POSITIVE_INFINITY;
    let nearest = -1;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++) {
      if ((access[point]! & needed) !== needed) continue;
      const squared = this.#chordTo(point);
      if (squared < chord) {
        chord = squared;
        nearest = point;
      }
    }
    return { chord, point: nearest };
  }

  nearestChord(listing: number): number {
    const { pointStart, access } = this.segment;
    const needed = this.ask.filter.access;
    const end = pointStart[listing + 1]!;
    let chord = Number.POSITIVE_INFINITY;
    for (let point = pointStart[listing]!; point < end; point++) {
      if ((access[point]! & needed) !== needed) continue;
      const squared = this.#chordTo(point);
      if (squared < chord) chord = squared;
    }
    return chord;
  }

  #chordTo(point: number): number {
    const { origin } = this.ask;
    if (origin === null) return 0;
    const { xyz } = this.segment;
    const x = xyz[point * 3]! - origin.x;
    const y = xyz[point * 3 + 1]! - origin.y;
    const z = xyz[point * 3 + 2]! - origin.z;
    return x * x + y * y + z * z;
  }

  /** How a listing stands to the place, its filters and words aside: the number of the way, or NOWHERE. */
  way(listing: number, chord: number): number {
    const { rows, width, pointStart } = this.segment;
    const base = listing * width;
    const visited = (rows[base + MAIN]! & IN_PERSON) !== 0;
    if (this.ask.origin === null)
      return visited && pointStart[listing + 1]! > pointStart[listing]! ? VENUE : this.#fallbackOrNowhere(listing);
    const served = this.ask.serving.answers[rows[base + AREAS]!] !== NOT_SERVED;
    // The distance is asked for only where it decides something.
    if (!served) return this.#isWithin(listing, chord) ? NOT_SERVING : NOWHERE;
    if (visited && this.#isWithin(listing, chord)) return VENUE;
    return this.#fallbackOrNowhere(listing);
  }

  /** The way in which a listing stands from anywhere; 0 where it stands only by where it is. */
  fallback(listing: number): number {
    const { rows, width } = this.segment;
    return (rows[listing * width + MORE]! >>> FALLBACK_SHIFT) & 3;
  }

  #fallbackOrNowhere(listing: number): number {
    const fallback = this.fallback(listing);
    return fallback === 0 ? NOWHERE : fallback;
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

  /**
   * The features that a row has of points which do not count, as bits of MAIN: of a listing with several, those that lack
   * the access asked for, and where it is looked at inside the circle, those beyond it.
   */
  lacking(listing: number, inside: boolean): number {
    const { segment } = this;
    const needed = this.ask.filter.access;
    if (!this.hasSeveral(listing) || (!inside && needed === 0)) return 0;
    let features = 0;
    if (inside) features = segment.seenAccess[listing]!;
    else
      for (let point = segment.pointStart[listing]!; point < segment.pointStart[listing + 1]!; point++)
        if ((segment.access[point]! & needed) === needed) features |= segment.access[point]!;
    return segment.rows[listing * segment.width + MAIN]! & ACCESS_BITS & ~(features << ACCESS_SHIFT);
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

  /**
   * Whether a point of a listing with the access asked for lies in the circle. For those with several points that was
   * marked when they were gathered; what has one point fits as a whole or not at all.
   */
  #isWithin(listing: number, chord: number): boolean {
    const { parts, seen, stamp } = this.segment;
    if (listing < parts.several) return this.#chordTo(listing) <= chord;
    return this.hasSeveral(listing) && seen[listing] === stamp;
  }

  fits(listing: number): boolean {
    return this.segment.dead[listing] === 0 && this.failing(listing) === FITS;
  }

  /**
   * Finds what has any of the words within reach: near the place, and everywhere for what may stand without being near.
   * @returns how well the best of those that serve the place fits; 0 where none has any
   */
  findWords(around: Around | null): number {
    const { segment, ask } = this;
    const { dead, deaths, matcher } = segment;
    const ranges: number[] = [];
    if (around === null) {
      ranges.push(0, segment.size);
    } else {
      this.#pushRanges(PLAIN, around, ranges);
      this.#pushRanges(RESTRICTED, around, ranges);
      ranges.push(segment.parts.mixed, segment.parts.several);
      this.#pushSeveral(around, ranges);
      ranges.push(segment.parts.manifold, segment.size);
    }
    const found = matcher.find(ask.plan.any, ranges);
    const chord = around?.chord ?? 0;
    let best = 0;
    for (let k = 0; k < found.length; k++) {
      const listing = found[k]!;
      if (deaths > 0 && dead[listing] !== 0) continue;
      const way = this.way(listing, chord);
      if (way === NOWHERE) continue;
      this.candidates.push(listing);
      this.ways.push(way);
      const fit = this.fitOf(listing);
      if (fit > best && way !== NOT_SERVING) best = fit;
    }
    return best;
  }

  /** How well a candidate fits the words: its score, and less than that where it has only some of them. */
  fitOf(listing: number): number {
    const { matcher } = this.segment;
    const share = matcher.heldBy(listing) / this.ask.plan.all.needed;
    return matcher.scoreOf(listing) * share * share;
  }

  /** Drops the candidates that fit less well than that. */
  keepFitting(least: number): void {
    const { candidates, ways } = this;
    let kept = 0;
    for (let k = 0; k < candidates.length; k++) {
      if (this.fitOf(candidates[k]!) < least) continue;
      candidates[kept] = candidates[k]!;
      ways[kept++] = ways[k]!;
    }
    candidates.length = kept;
    ways.length = kept;
  }

  #pushRanges(grid: 0 | 1 | 2, around: Around, ranges: number[]): void {
    const written = runsOf(this.segment.grids[grid], around.circle, this.#runs);
    for (let k = 0; k < written; k += 4) ranges.push(this.#runs[k]!, this.#runs[k + 3]!);
  }

  /** Gathers those with several points (see `way`), and adds where to look for those that stand nowhere else. */
  #pushSeveral(around: Around, ranges: number[]): void {
    const { inside, parts } = this.segment;
    const gathered = this.#gatherSeveral(around, 0);
    if (gathered > MOST_SINGLE_RANGES) {
      ranges.push(parts.several, parts.manifold);
      return;
    }
    for (const listing of inside.subarray(0, gathered).sort())
      if (listing < parts.manifold) ranges.push(listing, listing + 1);
  }

  /**
   * Gathers the living listings with a point in the circle into `segment.inside`, each once.
   * @param first the grid to begin with: PLAIN for all, MIXED to leave out the two parts that are sifted
   * @returns how many
   */
  gather(around: Around, first: 0 | 2): number {
    let count = 0;
    for (let grid = first; grid <= MIXED; grid++) count = this.#gatherSingle(grid as 0 | 1 | 2, around, count);
    return this.#gatherSeveral(around, count);
  }

  #gatherSingle(grid: 0 | 1 | 2, { circle, chord }: Around, already: number): number {
    const { grids, dead, inside } = this.segment;
    const runs = this.#runs;
    const written = runsOf(grids[grid], circle, runs);
    let count = already;
    for (let run = 0; run < written; run += 4) {
      const innerFrom = runs[run + 1]!;
      const innerTo = runs[run + 2]!;
      const end = runs[run + 3]!;
      // What lies in the inner part need not be measured. A listing of these parts has the number of its point.
      for (let listing = runs[run]!; listing < innerFrom; listing++)
        if (this.#chordTo(listing) <= chord && dead[listing] === 0) inside[count++] = listing;
      for (let listing = innerFrom; listing < innerTo; listing++) if (dead[listing] === 0) inside[count++] = listing;
      for (let listing = innerTo; listing < end; listing++)
        if (this.#chordTo(listing) <= chord && dead[listing] === 0) inside[count++] = listing;
    }
    return count;
  }

  /**
   * Marks the listings with several points of which one with the access asked for is in the circle, with the features of
   * those; gathers the listings that live.
   */
  #gatherSeveral({ circle, chord }: Around, already: number): number {
    const { segment } = this;
    const { origin } = this.ask;
    if (origin === null) return already;
    const { severalGrid, severalOwner, severalXyz, severalAccess, dead, inside, seen, seenAccess } = segment;
    const needed = this.ask.filter.access;
    const stamp = ++segment.stamp;
    const runs = this.#runs;
    const written = runsOf(severalGrid, circle, runs);
    let count = already;
    for (let run = 0; run < written; run += 4) {
      const innerFrom = runs[run + 1]!;
      const innerTo = runs[run + 2]!;
      for (let record = runs[run]!; record < runs[run + 3]!; record++) {
        const listing = severalOwner[record]!;
        const access = severalAccess[record]!;
        if ((access & needed) !== needed) continue;
        const known = seen[listing] === stamp;
        if (known && (access & ~seenAccess[listing]!) === 0) continue;
        if (record < innerFrom || record >= innerTo) {
          const x = severalXyz[record * 3]! - origin.x;
          const y = severalXyz[record * 3 + 1]! - origin.y;
          const z = severalXyz[record * 3 + 2]! - origin.z;
          if (x * x + y * y + z * z > chord) continue;
        }
        if (known) {
          seenAccess[listing]! |= access;
          continue;
        }
        seen[listing] = stamp;
        seenAccess[listing] = access;
        if (dead[listing] === 0) inside[count++] = listing;
      }
    }
    return count;
  }

  /** The runs of the plain part, for tally.ts: see `runsOf`. */
  plainRuns(around: Around): { runs: readonly number[]; written: number } {
    return { runs: this.#runs, written: runsOf(this.segment.grids[PLAIN], around.circle, this.#runs) };
  }

  /**
   * Goes through one of the first two parts within the circle, 32 listings at a time: whoever visits finds in `sieve` how
   * those do that `venues` (it is open to the place) and `others` (it is not) have a bit for. All of them are places to go
   * to. Ends when `visit` says true.
   */
  sift(grid: 0 | 1, around: Around, visit: (word: number, venues: number, others: number) => boolean): void {
    const { segment, sieve } = this;
    const { dead, deaths, rows, width } = segment;
    const { answers } = this.ask.serving;
    const runs = this.#runs;
    const written = runsOf(segment.grids[grid], around.circle, runs);
    for (let run = 0; run < written; run += 4) {
      const from = runs[run]!;
      const innerFrom = runs[run + 1]!;
      const innerTo = runs[run + 2]!;
      const to = runs[run + 3]!;
      for (let word = from >>> 5; word << 5 < to; word++) {
        const among = sieve.sift(word, bitsWithin(word, from, to));
        if (among === 0) continue;
        const first = word << 5;
        const whole = grid === PLAIN && deaths === 0 && first >= innerFrom && first + 32 <= innerTo;
        let venues = whole ? among : 0;
        let others = 0;
        for (let rest = whole ? 0 : among; rest !== 0; rest &= rest - 1) {
          const listing = first + lowest(rest);
          if ((listing < innerFrom || listing >= innerTo) && this.#chordTo(listing) > around.chord) continue;
          if (dead[listing] !== 0) continue;
          if (answers[rows[listing * width + AREAS]!] === NOT_SERVED) others |= rest & -rest;
          else venues |= rest & -rest;
        }
        if ((venues | others) !== 0 && visit(word, venues, others)) return;
      }
    }
  }

  isInside(listing: number, chord: number): boolean {
    return this.#chordTo(listing) <= chord;
  }

  /** How many venues there are in the circle after filters and words, counted up to `enough`. */
  venues(around: Around, enough: number): number {
    const { segment, ask } = this;
    let count = 0;
    if (ask.plan.hasWords) {
      const ranges: number[] = [];
      for (const grid of [PLAIN, RESTRICTED, MIXED] as const) this.#pushRanges(grid, around, ranges);
      this.#pushSeveral(around, ranges);
      ranges.push(segment.parts.manifold, segment.parts.pointless);
      for (const listing of segment.matcher.find(ask.plan.all, ranges))
        if (this.fits(listing) && this.way(listing, around.chord) === VENUE && ++count === enough) break;
      return count;
    }
    const gathered = this.gather(around, MIXED);
    for (let k = 0; k < gathered; k++) {
      const listing = segment.inside[k]!;
      if (this.#standsInside(listing) === VENUE && this.fits(listing) && ++count === enough) return count;
    }
    for (const grid of [PLAIN, RESTRICTED] as const) {
      if (count >= enough) break;
      this.sift(grid, around, (_, venues) => {
        count += ones(venues & this.sieve.fit);
        return count >= enough;
      });
    }
    return Math.min(count, enough);
  }

  /** How a listing in the circle stands, as far as being in the circle decides it. */
  #standsInside(listing: number): number {
    const { rows, width } = this.segment;
    const base = listing * width;
    if (this.ask.serving.answers[rows[base + AREAS]!] === NOT_SERVED) return NOT_SERVING;
    return (rows[base + MAIN]! & IN_PERSON) !== 0 ? VENUE : NOWHERE;
  }

  /** Visits the living listings that stand in one way and fit, in no order. */
  forEachHit(way: number, around: Around | null, visit: (listing: number) => void): void {
    const { segment, ask } = this;
    if (ask.plan.hasWords) {
      for (let k = 0; k < this.candidates.length; k++) if (this.ways[k] === way) visit(this.candidates[k]!);
      return;
    }
    const chord = around?.chord ?? 0;
    if (around !== null && (way === VENUE || way === NOT_SERVING)) {
      const gathered = this.gather(around, PLAIN);
      for (let k = 0; k < gathered; k++) {
        const listing = segment.inside[k]!;
        if (this.#standsInside(listing) === way && this.fits(listing)) visit(listing);
      }
    } else if (around === null) {
      for (let listing = 0; listing < segment.size; listing++)
        if (this.way(listing, chord) === way && this.fits(listing)) visit(listing);
    } else {
      const lists = way === 1 ? segment.lists.area : segment.lists.remote;
      for (const set of ask.serving.sets) {
        const list = lists.get(set)?.listings;
        if (list === undefined) continue;
        for (let k = 0; k < list.length; k++)
          if (this.fits(list[k]!) && this.way(list[k]!, chord) === way) visit(list[k]!);
      }
    }
  }
}
