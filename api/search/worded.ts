import type { Around } from './around.ts';
import { NOT_SERVING, NOWHERE, VENUE } from './ask.ts';
import { FITS } from './filters.ts';
import type { Survey } from './survey.ts';
import { gatherSeveral, pushRanges } from './within.ts';

/** Up to so many listings are looked up one by one among the postings of a word; beyond, the whole part is walked. */
const MOST_SINGLE_RANGES = 48;

/**
 * What has any of the words, in one segment: the living listings that stand to the place, in which way, and how well each
 * fits. Belongs to a segment and is filled anew for each query, so that a search allocates nothing here.
 *
 * What may be found from anywhere is looked for once; what stands only where it is, once for each circle that is tried.
 */
export class Worded {
  listings = new Uint32Array(256);
  fits = new Float64Array(256);
  /** NOWHERE for what does not stand to the place, or fails the filters (tally.ts). */
  ways = new Int8Array(256);
  count = 0;
  /** How many of them may be found from anywhere: these come first. */
  #far = 0;
  readonly #ranges: number[] = [];

  #add(listing: number, fit: number, way: number): void {
    if (this.count === this.listings.length) this.#grow();
    this.listings[this.count] = listing;
    this.fits[this.count] = fit;
    this.ways[this.count++] = way;
  }

  #grow(): void {
    const { listings, fits, ways } = this;
    this.listings = new Uint32Array(listings.length * 2);
    this.listings.set(listings);
    this.fits = new Float64Array(fits.length * 2);
    this.fits.set(fits);
    this.ways = new Int8Array(ways.length * 2);
    this.ways.set(ways);
  }

  /** Begins a query without a place: everything with any of the words, wherever it is. */
  findEverywhere(survey: Survey): number {
    const { segment, ask } = survey;
    this.count = 0;
    this.#far = 0;
    let best = 0;
    segment.matcher.find(ask.plan.slots, ask.plan.total, [0, segment.size], (listing, fit) => {
      if (segment.dead[listing] !== 0) return;
      const way = survey.way(listing, 0);
      if (way === NOWHERE) return;
      this.#add(listing, fit, way);
      if (fit > best && way !== NOT_SERVING) best = fit;
    });
    return best;
  }

  /** Begins a query with a place: what may be found from anywhere. */
  findFar(survey: Survey): void {
    const { segment, ask } = survey;
    const { mixed, several, manifold, pointless } = segment.parts;
    this.count = 0;
    const ranges = [mixed, several, manifold, segment.size];
    segment.matcher.find(ask.plan.slots, ask.plan.total, ranges, (listing, fit) => {
      if (segment.dead[listing] !== 0 || !isFar(survey, listing)) return;
      // Where the others stand depends on the circle.
      const way = listing < pointless ? NOWHERE : survey.way(listing, 0);
      if (listing < pointless || way !== NOWHERE) this.#add(listing, fit, way);
    });
    this.#far = this.count;
  }

  /**
   * Finds what has any of the words in a circle, beside what was found far off.
   * @returns how well the best of those that serve the place fits; 0 where none has any
   */
  findNear(survey: Survey, around: Around): number {
    const { segment, ask } = survey;
    const { dead, parts } = segment;
    const ranges = this.#ranges;
    ranges.length = 0;
    pushRanges(survey, around, ranges);
    pushSeveral(survey, around, ranges);
    this.count = this.#far;
    let best = 0;
    for (let k = 0; k < this.#far; k++) {
      const listing = this.listings[k]!;
      if (listing < parts.pointless) this.ways[k] = survey.way(listing, around.chord);
      if (this.fits[k]! > best && this.ways[k] !== NOWHERE && this.ways[k] !== NOT_SERVING) best = this.fits[k]!;
    }
    segment.matcher.find(ask.plan.slots, ask.plan.total, ranges, (listing, fit) => {
      if (dead[listing] !== 0 || isFar(survey, listing)) return;
      const way = survey.way(listing, around.chord);
      if (way === NOWHERE) return;
      this.#add(listing, fit, way);
      if (fit > best && way !== NOT_SERVING) best = fit;
    });
    return best;
  }

  /** How many venues among them fit the filters, and the words no worse than that, counted up to `enough`. */
  venues(survey: Survey, least: number, enough: number): number {
    let count = 0;
    for (let k = 0; k < this.count && count < enough; k++)
      if (this.ways[k] === VENUE && this.fits[k]! >= least && survey.failing(this.listings[k]!) === FITS) count++;
    return count;
  }

  /** Drops what stands nowhere, and what fits the words less well than that. */
  keepFitting(least: number): void {
    const { listings, fits, ways } = this;
    let kept = 0;
    for (let k = 0; k < this.count; k++) {
      if (ways[k] === NOWHERE || fits[k]! < least) continue;
      listings[kept] = listings[k]!;
      fits[kept] = fits[k]!;
      ways[kept++] = ways[k]!;
    }
    this.count = kept;
    this.#far = 0;
  }
}

/** Whether a listing is of a part that may be found from anywhere (segment.ts). */
function isFar({ segment: { parts } }: Survey, listing: number): boolean {
  return listing >= parts.mixed && (listing < parts.several || listing >= parts.manifold);
}

/** Marks those with several points that are in the circle, and adds where to look for those that stand nowhere else. */
function pushSeveral(survey: Survey, around: Around, ranges: number[]): void {
  const { inside, parts } = survey.segment;
  const gathered = gatherSeveral(survey, around, 0);
  if (gathered > MOST_SINGLE_RANGES) {
    ranges.push(parts.several, parts.manifold);
    return;
  }
  for (const listing of inside.subarray(0, gathered).sort())
    if (listing < parts.manifold) ranges.push(listing, listing + 1);
}
