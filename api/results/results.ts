import { z } from '@hono/zod-openapi';
import type { Place } from '../domain/place.ts';
import { REACH_KINDS } from '../domain/reach.ts';
import { Recent } from '../domain/recent.ts';
import type { Listing } from '../domain/service.ts';
import type { ResponseBody } from '../http/response-body.ts';
import type { Hit, SearchIndex } from '../search/types.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { findResults, type PreparedResult, resultKey } from '../store/results.ts';
import { locationKey, meetsOn, prepareResult, type SearchedDays, StableParts } from './prepared-result.ts';
import { reachReason } from './reach-reason.ts';
import { isCurrent, ResultCache } from './result-cache.ts';

/** How a listing stands to a place, for the documentation. */
export const ReachView = z.enum(REACH_KINDS).openapi({
  description:
    '`venue`: people go there. `area`: it comes to them, or covers the place. `remote`: online or by phone. `unclear`: its source does not say where people must live, or not so that it can be read; ask. It counts as no answer. `not_serving`: it is for people elsewhere.',
});

/** One result of a search, as the API gives it. */
export const Result = StableParts.extend({
  reach: z.object({
    kind: ReachView,
    certain: z.boolean().openapi({
      description:
        'False where only part of an approximate place is served, where a postcode lies on a border, and for `unclear`.',
    }),
    why: z.string().openapi({ example: 'Covers Hackney' }),
  }),
  match: z.enum(['words', 'kept', 'word_only', 'related']).openapi({
    description:
      '`words`: it matches what was typed, or nothing was typed. `word_only`: it only shares a word with that, and fits much worse than the best. `kept`, on the first page where nothing matches: it matches the words that are left, once those that counted for nothing are set aside (`missing`, `set_aside`). `related`: it has none of the words, and means something alike.',
  }),
  distance_m: z.number().nullable().openapi({ description: 'Metres in a straight line to the nearest location.' }),
}).openapi('Result');
export type Result = z.infer<typeof Result>;

/** Half of the results that are kept as objects, some four kilobytes each. */
const HALF_AS_OBJECTS = 2000;

/**
 * Turns hits into results. Reading a listing and saying when it next meets costs far more than finding it. So a result
 * comes from memory, else from the file, and is made only where neither has it.
 */
export class ResultViews {
  readonly #db: Db;
  readonly #kept: ResultCache;
  readonly #objects = new Recent<PreparedResult, StableParts>(HALF_AS_OBJECTS);

  constructor(db: Db, index: SearchIndex) {
    this.#db = db;
    this.#kept = new ResultCache(index);
  }

  /**
   * The results, in the order of the hits. A hit whose listing has gone in the meantime is left out. What they say whoever asks
   * is the same object for as long as it stays the same: nobody is to change it.
   * @param reason says why each is there
   * @param place that was searched from
   * @param days the weekdays searched for: the next session shown is on one of them, where there is one
   */
  of(hits: readonly Hit[], place: Place | null, now: Date, days: SearchedDays, reason = reachReason): Result[] {
    const found = this.#find(hits, now, days);
    return hits.flatMap((hit) => {
      const said = found.get(hit);
      if (said === undefined) return [];
      const { service, location, next_session } = this.#objects.get(said, () => objectOf(said));
      return [
        {
          service,
          location,
          next_session,
          reach: { kind: hit.reach, certain: hit.certain, why: reason(hit, said, place) },
          match: hit.match,
          distance_m: metres(hit),
        },
      ];
    });
  }

  /** Writes the same, as the JSON of an array. */
  write(body: ResponseBody, hits: readonly Hit[], place: Place | null, now: Date, days: SearchedDays): void {
    const found = this.#find(hits, now, days);
    let before = '[';
    for (const hit of hits) {
      const said = found.get(hit);
      if (said === undefined) continue;
      const words = JSON.stringify(reachReason(hit, said, place));
      body.text(
        `${before}{"reach":{"kind":"${hit.reach}","certain":${hit.certain},"why":${words}},"match":"${hit.match}","distance_m":${metres(hit)},`,
      );
      body.bytes(said.json);
      before = ',';
    }
    body.text(before === '[' ? '[]' : ']');
  }

  /** The result of each hit; none for one whose listing has gone in the meantime. */
  #find(hits: readonly Hit[], now: Date, days: SearchedDays): Map<Hit, PreparedResult> {
    this.#kept.tidy();
    const moment = now.getTime();
    const found = new Map<Hit, PreparedResult>();
    for (const hit of hits) {
      const said = this.#kept.find(hit.id, locationKey(hit), days, moment);
      if (said) found.set(hit, said);
    }
    const missing = () => hits.filter((hit) => !found.has(hit));
    const put = (hit: Hit, said: PreparedResult, saidFor: SearchedDays): void => {
      found.set(hit, said);
      this.#kept.add(hit.id, locationKey(hit), said, saidFor);
    };
    const inFile = missing();
    if (inFile.length === 0) return found;
    const keyOf = (hit: Hit): string => resultKey(hit.id, locationKey(hit));
    const ready = findResults(this.#db, inFile.map(keyOf));
    for (const hit of inFile) {
      const said = ready.get(keyOf(hit));
      if (said && isCurrent(said, moment) && meetsOn(said, days)) put(hit, said, []);
    }
    for (const [hit, listing] of this.#listings(missing())) put(hit, prepareResult(hit, listing, now, days), days);
    return found;
  }

  #listings(hits: readonly Hit[]): [Hit, Listing][] {
    if (hits.length === 0) return [];
    const ids = hits.map(({ id }) => id);
    const byId = new Map(findListings(this.#db, ids).map((listing) => [listing.service.id, listing]));
    return hits.flatMap((hit): [Hit, Listing][] => {
      const listing = byId.get(hit.id);
      return listing ? [[hit, listing]] : [];
    });
  }
}

const objectOf = ({ json }: PreparedResult): StableParts => JSON.parse(`{${json.toString()}`);

const metres = (hit: Hit): number | null => (hit.distance_m === null ? null : Math.round(hit.distance_m));
