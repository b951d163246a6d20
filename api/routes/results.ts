import { z } from '@hono/zod-openapi';
import { REACH_KINDS } from '../domain/reach.ts';
import type { Listing, WEEKDAYS } from '../domain/service.ts';
import type { Hit, SearchIndex } from '../search/types.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { orNull } from './or-null.ts';
import {
  mainLocation,
  nextSession,
  PublicLocation,
  publicLocation,
  ServiceCard,
  SessionView,
  serviceCard,
} from './views.ts';
import { why } from './why.ts';

export const Result = z
  .object({
    service: ServiceCard,
    reach: z.object({
      kind: z.enum(REACH_KINDS),
      certain: z.boolean().openapi({ description: 'False where only part of an approximate place is served.' }),
      why: z.string().openapi({ example: 'Covers Hackney' }),
    }),
    distance_m: z.number().nullable().openapi({ description: 'Metres in a straight line to the nearest location.' }),
    location: orNull(PublicLocation),
    next_session: orNull(SessionView),
  })
  .openapi('Result');
export type Result = z.infer<typeof Result>;

/** What a result says that does not depend on who asks: nearly all of it. */
type Still = Pick<Result, 'service' | 'location' | 'next_session'>;
interface Kept {
  still: Still;
  /** `still` as JSON without its braces, ready to stand in an answer. */
  json: string;
  listing: Listing;
  /** Milliseconds since 1970 until when it holds. */
  until: number;
}

type Days = readonly (typeof WEEKDAYS)[number][];

/** A session that has ended is 'next' for at most this long after. */
const HOLDS_MS = 30_000;
/** Bounds the memory: some 5 kB each. */
const MOST_KEPT = 20_000;

/**
 * Makes hits into results. Reading a listing and saying when it next meets costs far more than finding it, so what was
 * said is kept for half a minute, or until the index changes.
 */
export class ResultViews {
  readonly #db: Db;
  readonly #index: SearchIndex;
  readonly #kept = new Map<string, Kept>();
  #version = -1;

  constructor(db: Db, index: SearchIndex) {
    this.#db = db;
    this.#index = index;
  }

  /**
   * The results, in the order of the hits; one whose listing went away since is left out.
   * @param placed whether the search was from a place
   * @param days the weekdays searched for: the next session told is one of them, where there is one
   */
  of(hits: readonly Hit[], placed: boolean, now: Date, days: Days): Result[] {
    return this.#read(hits, now, days).map(([hit, { still, listing }]) => ({
      service: still.service,
      reach: reachOf(hit, listing, placed),
      distance_m: metres(hit),
      location: still.location,
      next_session: still.next_session,
    }));
  }

  /** The same as the JSON of an array. */
  json(hits: readonly Hit[], placed: boolean, now: Date, days: Days): string {
    const results = this.#read(hits, now, days).map(
      ([hit, { json, listing }]) =>
        `{"reach":${JSON.stringify(reachOf(hit, listing, placed))},"distance_m":${metres(hit)},${json}}`,
    );
    return `[${results.join(',')}]`;
  }

  #read(hits: readonly Hit[], now: Date, days: Days): [Hit, Kept][] {
    if (this.#version !== this.#index.version || this.#kept.size > MOST_KEPT) {
      this.#kept.clear();
      this.#version = this.#index.version;
    }
    const moment = now.getTime();
    const holds = (hit: Hit) => {
      const until = this.#kept.get(keyOf(hit, days))?.until ?? 0;
      // A clock that was set back must not keep things for hours.
      return moment < until && until <= moment + HOLDS_MS;
    };
    const wanted = hits.filter((hit) => !holds(hit));
    if (wanted.length > 0) this.#fetch(wanted, now, days);
    return hits.flatMap((hit): [Hit, Kept][] => {
      const kept = this.#kept.get(keyOf(hit, days));
      return kept ? [[hit, kept]] : [];
    });
  }

  #fetch(hits: readonly Hit[], now: Date, days: Days): void {
    const ids = hits.map((hit) => hit.id);
    const listings = new Map(findListings(this.#db, ids).map((listing) => [listing.service.id, listing]));
    for (const hit of hits) {
      const listing = listings.get(hit.id);
      if (!listing) {
        this.#kept.delete(keyOf(hit, days));
        continue;
      }
      const location = shownLocation(hit, listing);
      const still: Still = {
        service: serviceCard(listing, location, now),
        location,
        next_session: nextSession(listing, now, location?.id, days),
      };
      const json = JSON.stringify(still).slice(1, -1);
      this.#kept.set(keyOf(hit, days), { still, json, listing, until: now.getTime() + HOLDS_MS });
    }
  }
}

const keyOf = (hit: Hit, days: Days): string =>
  `${days.join()} ${hit.id} ${hit.location_id ?? (hit.reach === 'venue' ? 'main' : 'none')}`;

const reachOf = (hit: Hit, listing: Listing, placed: boolean): Result['reach'] => ({
  kind: hit.reach,
  certain: hit.certain,
  why: why(hit, listing, placed),
});

const metres = (hit: Hit): number | null => (hit.distance_m === null ? null : Math.round(hit.distance_m));

/** The location that the hit speaks of; where it names none and there is a venue to go to, the main one. */
function shownLocation(hit: Hit, listing: Listing): PublicLocation | null {
  const nearest = listing.locations.find((location) => location.id === hit.location_id);
  if (nearest) return publicLocation(nearest);
  return hit.reach === 'venue' ? mainLocation(listing) : null;
}
