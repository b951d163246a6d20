import type { Listing } from '../../domain/service.ts';
import { TAXONOMY } from '../../domain/taxonomy.ts';
import type { AreaSets } from '../geo/area-sets.ts';
import { earthPoint } from '../geo/distance.ts';
import { FALLBACKS, fallbackOf, type PublicPoint, publicPoints } from '../packed/fallback.ts';
import { GrowingArray } from '../packed/growing-array.ts';
import { IdsColumn } from '../packed/ids.ts';
import {
  ACCESS_SHIFT,
  accessBits,
  DAY_SHIFT,
  dayNumber,
  FALLBACK_SHIFT,
  type Layout,
  packSpans,
  TIME_SHIFT,
  UNCONFIRMED,
} from '../packed/row.ts';
import { sessionBits, timesOfDay, weekdays } from '../packed/sessions.ts';
import { TextsColumn } from '../packed/texts.ts';
import type { Lexicon } from '../text/lexicon.ts';
import { fold } from '../text/tokens.ts';
import { WordExtractor } from '../text/word-extractor.ts';
import { AGE_GROUPS } from '../types.ts';

/** What all segments of an index share, so that numbers mean the same in each: append-only tables. */
export interface SharedTables {
  layout: Layout;
  areas: AreaSets;
  lexicon: Lexicon;
  organizations: NameTable;
  cities: NameTable;
}

/** Names by number; a number once given stays, and the newest name is the one that is shown. */
export class NameTable {
  readonly ids: string[] = [];
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

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

const AGES = Object.entries(AGE_GROUPS);
const groupOf = new Map(TAXONOMY.flatMap((group) => group.terms.map((term) => [term.code, group.code] as const)));

/**
 * Listings on their way into a segment: columns in the order in which listings came. Everything that a search needs is
 * taken from a listing here, once.
 */
export class SegmentWriter {
  readonly shared: SharedTables;
  readonly ids = new IdsColumn();
  readonly names = new TextsColumn();
  readonly organizations = new GrowingArray(Int32Array);
  /** Per listing five numbers: sessions, spans, areas, main and more of row.ts. */
  readonly fixed = new GrowingArray(Int32Array);
  readonly codeStart = new GrowingArray(Uint32Array);
  readonly codes = new GrowingArray(Uint16Array);
  readonly pointStart = new GrowingArray(Uint32Array);
  readonly latitudes = new GrowingArray(Int32Array);
  readonly longitudes = new GrowingArray(Int32Array);
  /** Three numbers for each point. */
  readonly xyz = new GrowingArray(Int32Array);
  /** Features of each point (row.ts). */
  readonly access = new GrowingArray(Uint8Array);
  readonly cities = new GrowingArray(Int32Array);
  readonly locationIds = new IdsColumn();
  readonly termStart = new GrowingArray(Uint32Array);
  readonly terms = new GrowingArray(Uint32Array);
  readonly fields = new GrowingArray(Uint8Array);
  readonly #wordExtractor: WordExtractor;

  constructor(shared: SharedTables) {
    this.shared = shared;
    this.#wordExtractor = new WordExtractor(shared.lexicon);
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
  }

  #addFacets(listing: Listing, points: readonly PublicPoint[]): void {
    const { service } = listing;
    const { layout } = this.shared;
    const bits: number[] = [];
    const mark = (facet: Parameters<Layout['bitFor']>[0], value: string) => {
      const bit = layout.bitOf(facet, value);
      if (bit !== undefined) bits.push(bit);
    };
    mark('kind', service.kind);
    for (const cost of service.cost_options) {
      mark('cost', cost.option);
      if (cost.concession) mark('cost', 'concession');
    }
    for (const join of service.join) mark('join', join);
    for (const mode of service.attending_types) mark('mode', mode);
    for (const [practice, answer] of Object.entries(service.pain_friendly))
      if (answer === 'yes') mark('pain_friendly', practice);
    const lowest = service.eligibility.minimum_age ?? 0;
    const highest = service.eligibility.maximum_age ?? 120;
    for (const [name, group] of AGES) if (lowest <= group.to && highest >= group.from) mark('age', name);
    // What any of its public venues has; where there are several, a search looks at each (survey.ts).
    let main = points.reduce((bits, point) => bits | (accessBits(point) << ACCESS_SHIFT), 0);
    let more = 0;
    for (const bit of bits)
      if (bit < 32) main |= 1 << bit;
      else more |= 1 << (bit - 32);
    const sessions = sessionBits(service.schedules);
    more |= (weekdays(sessions) << DAY_SHIFT) | (timesOfDay(sessions) << TIME_SHIFT);
    if (listing.state === 'unconfirmed') more |= UNCONFIRMED;
    more |= FALLBACKS.indexOf(fallbackOf(listing)) << FALLBACK_SHIFT;
    this.fixed.push(sessions);
    this.fixed.push(packSpans(lowest, highest, Math.max(0, dayNumber(service.assured_date))));
    this.fixed.push(this.shared.areas.numberOf(service.service_areas));
    this.fixed.push(main);
    this.fixed.push(more);
    this.codeStart.push(this.codes.length);
    // A code may be there twice: they become bits of the row.
    for (const code of service.taxonomy_terms) {
      this.codes.push(layout.bitFor('category', code));
      const group = groupOf.get(code);
      if (group !== undefined) this.codes.push(layout.bitFor('category', group));
    }
    for (const language of service.languages) this.codes.push(layout.bitFor('language', language));
  }
}
