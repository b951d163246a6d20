import { NOT_SERVED } from './areas.ts';
import { type Ask, NOT_SERVING, NOWHERE, VENUE } from './ask.ts';
import type { Counter } from './facets.ts';
import { FAR_OFF, FITS } from './filters.ts';
import { type Circle, runsOf } from './grid.ts';
import { AREAS, FALLBACK_SHIFT, IN_PERSON, MAIN, MORE } from './row.ts';
import type { Segment } from './segment.ts';

/** A circle around the place: where its runs lie, and the squared chord (distance.ts) that decides. */
export interface Around {
  circle: Circle;
  chord: number;
}

/**
 * One query over one segment: what is in the circle, what serves the place, what holds the words, what fits the filters.
 * Made for a query and thrown away with it.
 */
export class Survey {
  readonly segment: Segment;
  readonly ask: Ask;
  /** With words: the living listings that hold them, wherever they lie. */
  #candidates: number[] = [];

  constructor(segment: Segment, ask: Ask) {
    this.segment = segment;
    this.ask = ask;
  }

  /** The squared chord to the nearest point of a listing, and which point that is; -1 where it has none. */
  nearest(listing: number): { chord: number; point: number } {
    const { pointStart } = this.segment;
    let chord = Number.POSITIVE_INFINITY;
    let nearest = -1;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++) {
      const squared = this.#chordTo(point);
      if (squared < chord) {
        chord = squared;
        nearest = point;
      }
    }
    return { chord, point: nearest };
  }

  nearestChord(listing: number): number {
    const { pointStart } = this.segment;
    let chord = Number.POSITIVE_INFINITY;
    for (let point = pointStart[listing]!; point < pointStart[listing + 1]!; point++)
      chord = Math.min(chord, this.#chordTo(point));
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
    const fallback = (rows[base + MORE]! >>> FALLBACK_SHIFT) & 3;
    if (this.ask.origin === null) return visited && pointStart[listing + 1]! > pointStart[listing]! ? VENUE : fallback;
    const served = this.ask.serving.answers[rows[base + AREAS]!] !== NOT_SERVED;
    // The distance is asked for only where it decides something.
    if (!served) return this.nearestChord(listing) <= chord ? NOT_SERVING : NOWHERE;
    if (visited && this.nearestChord(listing) <= chord) return VENUE;
    return fallback === 0 ? NOWHERE : fallback;
  }

  fits(listing: number): boolean {
    const { rows, width, dead } = this.segment;
    return dead[listing] === 0 && this.ask.filter.failing(rows, listing * width, width) === FITS;
  }

  /**
   * Finds the words within reach: near the place, and everywhere for what may stand without being near.
   * @returns whether any living listing holds them there
   */
  findWords(around: Around | null): boolean {
    const { segment, ask } = this;
    const ranges: number[] = [];
    if (around === null) {
      ranges.push(0, segment.size);
    } else {
      this.#pushRanges(0, around, ranges);
      this.#pushRanges(1, around, ranges);
      ranges.push(segment.parts.mixed, segment.size);
    }
    this.#candidates = this.#living(segment.matcher.find(ask.slots, ranges));
    return this.#candidates.length > 0;
  }

  #living(found: number[]): number[] {
    const { dead, deaths } = this.segment;
    return deaths === 0 ? found : found.filter((listing) => dead[listing] === 0);
  }

  #pushRanges(grid: 0 | 1 | 2, around: Around, ranges: number[]): void {
    const runs: number[] = [];
    const written = runsOf(this.segment.grids[grid], around.circle, runs);
    for (let k = 0; k < written; k += 4) ranges.push(runs[k]!, runs[k + 3]!);
  }

  /** Adds the listings of every way to `totals`, and those of the ways asked for to the counts of facets. */
  tally(around: Around | null, totals: Int32Array, counter: Counter): void {
    if (this.ask.slots.length > 0) {
      for (const listing of this.#candidates)
        this.#count(listing, this.way(listing, around?.chord ?? 0), totals, counter);
    } else if (around === null) {
      const { size, dead } = this.segment;
      for (let listing = 0; listing < size; listing++)
        if (dead[listing] === 0) this.#count(listing, this.way(listing, 0), totals, counter);
    } else {
      this.#tallyLists(totals, counter);
      this.forEachInside(around, (listing) => this.#tallyInside(listing, totals, counter));
    }
  }

  #count(listing: number, way: number, totals: Int32Array, counter: Counter): void {
    if (way === NOWHERE) return;
    const { filter, asked, masks } = this.ask;
    const { rows, width } = this.segment;
    const base = listing * width;
    const failing = filter.failing(rows, base, width);
    if (failing === FAR_OFF) return;
    if (failing === FITS) totals[way]! += 1;
    if (!asked[way]) return;
    if (failing === FITS) counter.add(rows, base, width, 1, filter);
    else counter.addMasked(rows, base, width, 1, filter, masks[failing]!);
  }

  /** Listings that serve the place from anywhere. Those that turn out to be venues nearby are taken off afterwards. */
  #tallyLists(totals: Int32Array, counter: Counter): void {
    const { lists, dead } = this.segment;
    for (const set of this.ask.serving.sets) {
      for (const [way, list] of [lists.area.get(set), lists.remote.get(set)].entries()) {
        if (list === undefined) continue;
        for (let k = 0; k < list.length; k++) if (dead[list[k]!] === 0) this.#count(list[k]!, way + 1, totals, counter);
      }
    }
  }

  /** A listing in the circle: a venue, or one that does not serve the place, or of no account here. */
  #tallyInside(listing: number, totals: Int32Array, counter: Counter): void {
    const { rows, width } = this.segment;
    const { filter, asked, masks } = this.ask;
    const base = listing * width;
    const served = this.ask.serving.answers[rows[base + AREAS]!] !== NOT_SERVED;
    if (served && (rows[base + MAIN]! & IN_PERSON) === 0) return;
    const failing = filter.failing(rows, base, width);
    if (failing === FAR_OFF) return;
    const way = served ? VENUE : NOT_SERVING;
    let times = asked[way] ? 1 : 0;
    if (failing === FITS) totals[way]! += 1;
    const fallback = (rows[base + MORE]! >>> FALLBACK_SHIFT) & 3;
    if (served && fallback !== 0) {
      // It was counted by area or as remote, and is a venue instead: one listing stands in one way.
      if (failing === FITS) totals[fallback]! -= 1;
      if (asked[fallback]) times -= 1;
    }
    if (times === 0) return;
    if (failing === FITS) counter.add(rows, base, width, times, filter);
    else counter.addMasked(rows, base, width, times, filter, masks[failing]!);
  }

  /** Visits every living listing with a point in the circle once, until `visit` says stop by returning true. */
  forEachInside(around: Around, visit: (listing: number) => unknown): void {
    const { segment } = this;
    const { dead } = segment;
    const { chord, circle } = around;
    const runs: number[] = [];
    for (const grid of segment.grids) {
      const written = runsOf(grid, circle, runs);
      for (let run = 0; run < written; run += 4) {
        const innerFrom = runs[run + 1]!;
        const innerTo = runs[run + 2]!;
        for (let listing = runs[run]!; listing < runs[run + 3]!; listing++) {
          const sure = listing >= innerFrom && listing < innerTo;
          if ((sure || this.#chordTo(listing) <= chord) && dead[listing] === 0 && visit(listing) === true) return;
        }
      }
    }
    const written = runsOf(segment.severalGrid, circle, runs);
    const seen = new Set<number>();
    for (let run = 0; run < written; run += 4) {
      for (let record = runs[run]!; record < runs[run + 3]!; record++) {
        const point = segment.severalPoints[record]!;
        const listing = segment.owner[point]!;
        if (seen.has(listing) || dead[listing] !== 0 || this.#chordTo(point) > chord) continue;
        seen.add(listing);
        if (visit(listing) === true) return;
      }
    }
  }

  /** How many venues there are in the circle after filters and words, counted up to `enough`. */
  venues(around: Around, enough: number): number {
    const { segment, ask } = this;
    let count = 0;
    const isVenue = (listing: number) => this.way(listing, around.chord) === VENUE && this.fits(listing);
    if (ask.slots.length === 0) {
      this.forEachInside(around, (listing) => isVenue(listing) && ++count === enough);
      return count;
    }
    const ranges: number[] = [];
    for (const grid of [0, 1, 2] as const) this.#pushRanges(grid, around, ranges);
    ranges.push(segment.parts.several, segment.parts.pointless);
    for (const listing of segment.matcher.find(ask.slots, ranges)) if (isVenue(listing) && ++count === enough) break;
    return count;
  }

  /** Visits the living listings that stand in one way and fit, in no order. */
  forEachHit(way: number, around: Around | null, visit: (listing: number) => void): void {
    const { segment, ask } = this;
    const chord = around?.chord ?? 0;
    const consider = (listing: number) => {
      if (this.way(listing, chord) === way && this.fits(listing)) visit(listing);
    };
    if (ask.slots.length > 0) {
      for (const listing of this.#candidates) consider(listing);
    } else if (around === null) {
      for (let listing = 0; listing < segment.size; listing++) consider(listing);
    } else if (way === VENUE || way === NOT_SERVING) {
      this.forEachInside(around, consider);
    } else {
      const lists = way === 1 ? segment.lists.area : segment.lists.remote;
      for (const set of ask.serving.sets) lists.get(set)?.forEach(consider);
    }
  }
}
