import { checkedByPersonOn } from '../../domain/checked.ts';
import { areasOfReach } from '../../domain/reach.ts';
import type { Listing } from '../../domain/service.ts';
import { agesOf, FACET_NAMES, facetOf } from '../facets.ts';
import type { AreaSets } from '../geo/area-sets.ts';
import { earthPoint } from '../geo/distance.ts';
import type { WordVectors } from '../meaning/word-vectors.ts';
import { audiencesOf } from '../packed/audiences.ts';
import { FALLBACKS, fallbackOf, type PublicPoint, publicPoints } from '../packed/fallback.ts';
import { IdsColumn } from '../packed/ids.ts';
import {
  ACCESS_SHIFT,
  accessBits,
  DAY_SHIFT,
  dayNumber,
  FALLBACK_SHIFT,
  type FacetLayout,
  FIRST_CODES,
  MAIN,
  MORE,
  packSpans,
  packStanding,
  TIME_SHIFT,
  UNCONFIRMED,
} from '../packed/row.ts';
import { sessionBits, timesOfDay, weekdays } from '../packed/sessions.ts';
import { TextsColumn } from '../packed/texts.ts';
import type { Timetables } from '../packed/timetables.ts';
import type { BoundPhrases } from '../text/bound-phrases.ts';
import type { Lexicon } from '../text/lexicon.ts';
import { ListingMeaning } from '../text/listing-meaning.ts';
import { fold } from '../text/tokens.ts';
import { WordExtractor } from '../text/word-extractor.ts';

/** A typed array that grows, so that an index is built without an object for each listing. */
class GrowingArray<T extends Int32Array | Uint32Array | Uint8Array | Uint16Array | Int8Array> {
  #items: T;
  #length = 0;
  readonly #make: new (
    length: number,
  ) => T;

  constructor(make: new (length: number) => T) {
    this.#make = make;
    this.#items = new make(256);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new this.#make(this.#length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = value;
  }

  /** Adds so many zeros, and returns all items; the view is only good until the next push. */
  extend(count: number): T {
    while (this.#items.length < this.#length + count) {
      const larger = new this.#make(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#length += count;
    return this.#items;
  }

  /** What was pushed. The view is only good until the next push. */
  get items(): T {
    return this.#items.subarray(0, this.#length) as T;
  }
}

/** Tables that all segments of an index share, so that a number means the same in each. They only grow. */
export interface SharedTables {
  layout: FacetLayout;
  areas: AreaSets;
  lexicon: Lexicon;
  boundPhrases: BoundPhrases;
  timetables: Timetables;
  organizations: NameTable;
  cities: NameTable;
  /** Null where there is no table of word vectors. */
  vectors: WordVectors | null;
}

/** Names by number. A number stays with its id; the newest name is shown. */
export class NameTable {
  readonly ids: string[] = [];
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** By number: the name when it was last folded, and what that came to. */
  readonly #folded: { name: string; folded: string }[] = [];

  /** A name as names are sorted by. */
  folded(number: number): string {
    const name = this.names[number]!;
    const known = this.#folded[number];
    if (known?.name === name) return known.folded;
    const folded = fold(name);
    this.#folded[number] = { name, folded };
    return folded;
  }

  numberOf(id: string, name: string): number {
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.ids.length;
      this.#numbers.set(id, number);
      this.ids.push(id);
    }
    this.names[number] = name;
    return number;
  }
}

/** The facets that a listing says its values of. */
const BY_LISTING = FACET_NAMES.flatMap((name) => {
  const { codes, of } = facetOf(name);
  return of ? [{ name, codes, of }] : [];
});

/**
 * Collects listings for a segment, in columns, in the order in which they come. Everything that a search needs of a
 * listing is read here, once.
 */
export class SegmentWriter {
  readonly shared: SharedTables;
  readonly ids = new IdsColumn();
  readonly names = new TextsColumn();
  readonly organizations = new GrowingArray(Int32Array);
  /** For each listing the integers of its row before FIRST_CODES (packed/row.ts). */
  readonly fixed = new GrowingArray(Int32Array);
  readonly codeStart = new GrowingArray(Uint32Array);
  readonly codes = new GrowingArray(Uint16Array);
  readonly pointStart = new GrowingArray(Uint32Array);
  readonly latitudes = new GrowingArray(Int32Array);
  readonly longitudes = new GrowingArray(Int32Array);
  /** Three numbers for each point. */
  readonly xyz = new GrowingArray(Int32Array);
  /** Features of each point (row.ts). */
  readonly access = new GrowingArray(Uint16Array);
  readonly cities = new GrowingArray(Int32Array);
  readonly locationIds = new IdsColumn();
  readonly termStart = new GrowingArray(Uint32Array);
  readonly terms = new GrowingArray(Uint32Array);
  readonly fields = new GrowingArray(Uint8Array);
  /** What each listing means (text/listing-meaning.ts); empty without a table of word vectors. */
  readonly meanings = new GrowingArray(Int8Array);
  readonly #wordExtractor: WordExtractor;
  readonly #listingMeaning: ListingMeaning | null;
  /** The integers of the listing at hand that hold facets. */
  readonly #counted = new Int32Array(FIRST_CODES - MAIN);

  constructor(shared: SharedTables) {
    this.shared = shared;
    this.#wordExtractor = new WordExtractor(shared.lexicon, shared.boundPhrases);
    this.#listingMeaning = shared.vectors && new ListingMeaning(shared.lexicon, shared.vectors);
  }

  get length(): number {
    return this.ids.length;
  }

  add(listing: Listing): void {
    const { service, organization } = listing;
    const { shared } = this;
    this.ids.push(service.id);
    this.names.push(service.name);
    this.organizations.push(shared.organizations.numberOf(organization.id, organization.name));
    const points = publicPoints(listing);
    this.#addFacets(listing, points);
    this.pointStart.push(this.locationIds.length);
    for (const point of points) {
      const { x, y, z } = earthPoint(point.latitude, point.longitude);
      this.latitudes.push(Math.round(point.latitude * 1e6));
      this.longitudes.push(Math.round(point.longitude * 1e6));
      this.xyz.push(x);
      this.xyz.push(y);
      this.xyz.push(z);
      this.access.push(accessBits(point));
      const city = point.address?.city;
      this.cities.push(city === undefined ? -1 : shared.cities.numberOf(fold(city), city));
      this.locationIds.push(point.id);
    }
    this.termStart.push(this.terms.length);
    this.#wordExtractor.words(listing, (word, fields) => {
      this.terms.push(word);
      this.fields.push(fields);
    });
    if (this.#listingMeaning !== null) {
      const { bytes } = this.#listingMeaning;
      const at = this.meanings.length;
      this.#listingMeaning.write(listing, this.meanings.extend(bytes), at);
    }
  }

  #addFacets(listing: Listing, points: readonly PublicPoint[]): void {
    const { service } = listing;
    const { layout } = this.shared;
    const words = this.#counted.fill(0);
    // The features of all its public venues together; where there are several, a search looks at each
    // (query/segment-query.ts).
    for (const point of points) words[0]! |= accessBits(point) << ACCESS_SHIFT;
    const sessions = sessionBits(service.schedules);
    words[MORE - MAIN]! |= (weekdays(sessions) << DAY_SHIFT) | (timesOfDay(sessions) << TIME_SHIFT);
    if (listing.state === 'unconfirmed') words[MORE - MAIN]! |= UNCONFIRMED;
    words[MORE - MAIN]! |= FALLBACKS.indexOf(fallbackOf(listing)) << FALLBACK_SHIFT;
    this.codeStart.push(this.codes.length);
    // A code may come twice: it becomes one bit of the row.
    for (const { name, codes, of } of BY_LISTING)
      for (const value of of(listing))
        if (codes) this.codes.push(layout.bitFor(name, value));
        else {
          const bit = layout.bitOf(name, value);
          if (bit !== undefined) words[bit >>> 5]! |= 1 << (bit & 31);
        }
    const { from, to } = agesOf(listing);
    const checked = checkedByPersonOn(service);
    this.fixed.push(sessions);
    this.fixed.push(packSpans(from, to, checked === null ? 0 : Math.max(0, dayNumber(checked))));
    this.fixed.push(this.shared.areas.numberOf(areasOfReach(service)));
    this.fixed.push(packStanding(service.availability, audiencesOf(listing)));
    this.fixed.push(this.shared.timetables.numberOf(listing));
    // The coming week is that of a search (query/refresh.ts).
    this.fixed.push(0);
    for (const word of words) this.fixed.push(word);
  }
}
