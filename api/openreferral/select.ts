import type { Place } from '../domain/place.ts';
import { today } from '../domain/schedule.ts';
import type { ApiContext } from '../http/resource.ts';
import { chordOfMetres, chordSquared, earthPoint, metresOfChord } from '../search/geo/distance.ts';
import type { Filters } from '../search/types.ts';
import { lastRevision } from '../store/changes.ts';
import { servicesWithTerms } from '../store/imported-terms.ts';
import type { Db } from '../store/open.ts';
import { placesWithin, type ServiceConditions, wantedOf } from '../store/published.ts';
import { type Condition, scanClosedDocuments, scanDocuments } from '../store/scan-documents.ts';
import { agesWithin, carries, carriesAny, filterOf, meetsIn, type Window } from './conditions.ts';
import { knownTerms } from './publish/terms.ts';
import { TAXONOMIES, type Term, termOf } from './vocabulary.ts';

/** Which services are in a list, and in which order. */

/** What is asked of a list; all that is given must hold. */
export interface ListQuery extends ServiceConditions {
  search?: string | undefined;
  /** Any of these terms, ours or another directory's. */
  term_ids?: readonly string[] | undefined;
  /** Any term of this taxonomy. */
  taxonomy_id?: string | undefined;
  windows?: readonly Window[] | undefined;
  minimum_age?: number | undefined;
  maximum_age?: number | undefined;
  place?: Place | undefined;
  /** Metres around `place`. Without it: what serves the place. */
  proximity_m?: number | undefined;
}

/**
 * The services of a list: all that meet the conditions, in the order of their ids; or these, in the order of ids or
 * another.
 */
export type Selection =
  | { whole: true; wanted: ServiceConditions }
  | { whole: false; ids: readonly string[]; byId: boolean /** Tells it from other lists. */; name: string };

/** More than all of Great Britain across, metres. */
const EVERYWHERE_M = 2_000_000;
/** Metres in a degree of latitude. */
const DEGREE_M = 111_195;
/** Lists that are kept for their next pages. Each may have every id of the directory. */
const KEPT = 12;

/** Makes selections, and keeps the last few until something changes in the directory. */
export class Selector {
  readonly #parts: ApiContext;
  readonly #kept = new Map<string, Promise<readonly string[]>>();
  #revision = 0;

  constructor(parts: ApiContext) {
    this.#parts = parts;
  }

  async select(ask: ListQuery): Promise<Selection> {
    const { organization_id, modified_after, lapsed_from, lapsed_to } = ask;
    const wanted = { organization_id, modified_after, lapsed_from, lapsed_to };
    const sets: Promise<readonly string[]>[] = [];
    const add = (name: string, asked: unknown, make: () => readonly string[] | Promise<readonly string[]>) =>
      sets.push(this.#keep(`${name} ${JSON.stringify(asked)}`, make));
    const { search, term_ids, taxonomy_id, windows, minimum_age: minimum, maximum_age: maximum, place } = ask;
    // The first list gives the order: how well the words fit, else how near.
    if (search !== undefined) add('search', search, () => this.#search({}, search));
    if (place !== undefined) {
      const { latitude, longitude, label } = place;
      const within = ask.proximity_m;
      if (within === undefined) add('serves', [latitude, longitude, label], () => this.#serving(place));
      else add('near', [latitude, longitude, within], () => nearest(this.#parts.db, place, within));
    }
    if (term_ids !== undefined) add('terms', term_ids, () => this.#carryingAny(term_ids));
    const ofTaxonomy = taxonomy_id === undefined ? null : this.#ofTaxonomy(taxonomy_id);
    if (ofTaxonomy) add('taxonomy', taxonomy_id, ofTaxonomy);
    if (windows !== undefined) add('windows', windows, () => scanDocuments(this.#parts.db, meetsIn(windows)));
    if (minimum !== undefined || maximum !== undefined)
      add('ages', [minimum, maximum], () => scanDocuments(this.#parts.db, agesWithin({ minimum, maximum })));

    if (sets.length === 0) return { whole: true, wanted };
    const [first = [], ...rest] = await Promise.all(sets);
    const others = rest.map((ids) => new Set(ids));
    const both = others.length === 0 ? first : first.filter((id) => others.every((set) => set.has(id)));
    const byId = search === undefined && place === undefined;
    const narrowed = organization_id !== undefined || modified_after !== undefined;
    const ids = narrowed ? wantedOf(this.#parts.db, wanted, both) : both;
    return { whole: false, ids, byId, name: JSON.stringify(ask) };
  }

  #keep(key: string, make: () => readonly string[] | Promise<readonly string[]>): Promise<readonly string[]> {
    const revision = lastRevision(this.#parts.db);
    if (revision !== this.#revision) this.#kept.clear();
    this.#revision = revision;
    const kept = this.#kept.get(key) ?? Promise.resolve(make());
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    kept.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return kept;
  }

  /** Every listing that the search finds, in its order. The search only knows those whose status is 'active'. */
  #search(filters: Filters, q = '', place: Place | null = null): string[] {
    const { index, now } = this.#parts;
    return index
      .search({
        place,
        q,
        filters,
        reach: ['venue', 'area', 'remote'],
        radius_m: place ? EVERYWHERE_M : null,
        sort: null,
        page: 1,
        per_page: Math.max(1, index.size),
        today: today(now()),
      })
      .hits.map(({ id }) => id);
  }

  #serving(place: Place): string[] {
    return this.#search({}, '', place);
  }

  async #carryingAny(ids: readonly string[]): Promise<readonly string[]> {
    const ours = ids.flatMap((id) => termOf(id) ?? []);
    const theirs = servicesWithTerms(this.#parts.db, ids);
    return union([theirs, ...(await Promise.all(ours.map((term) => this.#carrying(term))))]);
  }

  /** How to find what carries any term of a taxonomy; null where everything does. */
  #ofTaxonomy(id: string): (() => readonly string[] | Promise<readonly string[]>) | null {
    const { db } = this.#parts;
    const ours = TAXONOMIES.find((taxonomy) => taxonomy.id === id);
    if (!ours) {
      const terms = knownTerms(db).filter(({ taxonomy_id }) => taxonomy_id === id);
      return () =>
        servicesWithTerms(
          db,
          terms.map(({ term }) => term.id),
        );
    }
    const condition = carriesAny(ours.code);
    return condition && (() => scanDocuments(db, condition));
  }

  async #carrying(term: Term): Promise<readonly string[]> {
    const condition: Condition = carries(term);
    const filter = filterOf(term);
    if (filter === null) return scanDocuments(this.#parts.db, condition);
    return union([this.#search(filter), scanClosedDocuments(this.#parts.db, condition)]);
  }
}

/** All of several lists, each once, in the order of ids. */
const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].sort();

/** Services with a place within so many metres, the nearest first. */
function nearest(db: Db, place: Place, metres: number): string[] {
  const north = metres / DEGREE_M;
  const east = north / Math.max(0.01, Math.cos((place.latitude * Math.PI) / 180));
  const { latitude, longitude } = place;
  const found = placesWithin(db, {
    south: latitude - north,
    north: latitude + north,
    west: longitude - east,
    east: longitude + east,
  });
  const centre = earthPoint(latitude, longitude);
  const within = chordOfMetres(metres);
  const best = new Map<string, number>();
  for (const { service_id, latitude, longitude } of found) {
    const chord = chordSquared(centre, earthPoint(latitude, longitude));
    if (chord <= within && chord < (best.get(service_id) ?? Number.POSITIVE_INFINITY)) best.set(service_id, chord);
  }
  return [...best].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([id]) => id);
}

/** Whole metres in a straight line between two points in degrees. */
export const wholeMetresBetween = (
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number =>
  Math.round(metresOfChord(chordSquared(earthPoint(a.latitude, a.longitude), earthPoint(b.latitude, b.longitude))));
