import { z } from '@hono/zod-openapi';
import { dayAt, instantOf } from '../domain/london.ts';
import { REACH_KINDS } from '../domain/reach.ts';
import type { Listing, WEEKDAYS } from '../domain/service.ts';
import type { Hit, SearchIndex } from '../search/types.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import type { Body } from './body.ts';
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
import { type ReachWords, reachWords, why } from './why.ts';

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
  days: string;
  location: string;
  /** `still` as JSON without its opening brace, encoded. */
  json: Buffer;
  reach: ReachWords;
  /** Milliseconds since 1970: from when and until when it holds. */
  from: number;
  until: number;
}

type Days = readonly (typeof WEEKDAYS)[number][];

/** Bytes of encoded results that are kept: some 25,000. */
const MOST_BYTES = 48e6;

/**
 * Makes hits into results. Reading a listing and saying when it next meets costs far more than finding it, so what was
 * said is kept, encoded, until it is no longer so: the session is over, the day ends, or the listing changes. Nothing of
 * who asked or from where is in it.
 */
export class ResultViews {
  readonly #db: Db;
  readonly #index: SearchIndex;
  /** What was used of late, by id; when it has grown to half of what may be kept, it becomes `#older`, and that is let go. */
  #kept = new Map<string, Kept[]>();
  #older = new Map<string, Kept[]>();
  #bytes = 0;
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
    return this.#listings(hits).map(([hit, listing]) => ({
      service: serviceCard(listing, shownLocation(hit, listing), now),
      reach: { kind: hit.reach, certain: hit.certain, why: why(hit, reachWords(listing), placed) },
      distance_m: metres(hit),
      location: shownLocation(hit, listing),
      next_session: nextSession(listing, now, shownLocation(hit, listing)?.id, days),
    }));
  }

  /** Writes the same as the JSON of an array. */
  write(body: Body, hits: readonly Hit[], placed: boolean, now: Date, days: Days): void {
    this.#forget();
    const moment = now.getTime();
    const wanted = days.join();
    const found = hits.map((hit) => this.#find(hit, wanted, moment));
    const missing = hits.filter((_, at) => found[at] === undefined);
    const read = new Map(
      this.#listings(missing).map(([hit, listing]) => [hit, this.#keep(hit, listing, wanted, days, now)]),
    );
    let first = true;
    body.text('[');
    for (const [at, hit] of hits.entries()) {
      const kept = found[at] ?? read.get(hit);
      if (!kept) continue;
      const words = JSON.stringify(why(hit, kept.reach, placed));
      body.text(
        `${first ? '' : ','}{"reach":{"kind":"${hit.reach}","certain":${hit.certain},"why":${words}},"distance_m":${metres(hit)},`,
      );
      body.bytes(kept.json);
      first = false;
    }
    body.text(']');
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

  /** Lets go of what has changed since, and of the older half when there is too much. */
  #forget(): void {
    const { version } = this.#index;
    if (this.#version !== version) {
      const changed = this.#index.changedSince(this.#version);
      this.#version = version;
      if (changed === null) {
        this.#kept.clear();
        this.#older.clear();
        this.#bytes = 0;
      } else {
        for (const id of changed) {
          this.#kept.delete(id);
          this.#older.delete(id);
        }
      }
    }
    if (this.#bytes > MOST_BYTES / 2) {
      this.#older = this.#kept;
      this.#kept = new Map();
      this.#bytes = 0;
    }
  }

  #find(hit: Hit, days: string, moment: number): Kept | undefined {
    const location = locationKey(hit);
    const holds = (it: Kept) =>
      // A clock that was set back must not keep things for longer.
      it.days === days && it.location === location && it.from <= moment && moment < it.until;
    const young = this.#kept.get(hit.id)?.find(holds);
    if (young) return young;
    const old = this.#older.get(hit.id)?.find(holds);
    if (old) this.#add(hit.id, old);
    return old;
  }

  #keep(hit: Hit, listing: Listing, wanted: string, days: Days, now: Date): Kept {
    const location = shownLocation(hit, listing);
    const still: Still = {
      service: serviceCard(listing, location, now),
      location,
      next_session: nextSession(listing, now, location?.id, days),
    };
    const kept: Kept = {
      days: wanted,
      location: locationKey(hit),
      json: Buffer.from(JSON.stringify(still).slice(1)),
      reach: reachWords(listing),
      from: now.getTime(),
      until: Math.min(overAt(still.next_session), instantOf(dayAt(now.getTime()) + 1, 0)),
    };
    this.#add(hit.id, kept);
    return kept;
  }

  #add(id: string, kept: Kept): void {
    const others = this.#kept.get(id)?.filter((it) => it.days !== kept.days || it.location !== kept.location) ?? [];
    this.#kept.set(id, [...others, kept]);
    this.#bytes += kept.json.length;
  }
}

/** Which location is spoken of: one that the hit names, the main one, or none. */
const locationKey = (hit: Hit): string => hit.location_id ?? (hit.reach === 'venue' ? 'main' : 'none');

/** When a session is no longer the next one (schedule.ts); what has no time of its own lasts all day. */
function overAt(session: SessionView | null): number {
  if (session === null) return Number.POSITIVE_INFINITY;
  if (session.ends !== null) return Date.parse(session.ends);
  return session.opens_at === null ? Number.POSITIVE_INFINITY : Date.parse(session.starts) + 1;
}

const metres = (hit: Hit): number | null => (hit.distance_m === null ? null : Math.round(hit.distance_m));

/** The location that the hit speaks of; where it names none and there is a venue to go to, the main one. */
function shownLocation(hit: Hit, listing: Listing): PublicLocation | null {
  const nearest = listing.locations.find((location) => location.id === hit.location_id);
  if (nearest) return publicLocation(nearest);
  return hit.reach === 'venue' ? mainLocation(listing) : null;
}
