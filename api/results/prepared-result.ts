import { z } from '@hono/zod-openapi';
import { dayAt, dayOf, instantOf, weekdayOf } from '../domain/london.ts';
import { type Listing, WEEKDAYS } from '../domain/service.ts';
import { orNull } from '../http/resource.ts';
import type { Hit } from '../search/types.ts';
import { type PreparedResult, resultKey } from '../store/results.ts';
import { reachWords } from './reach-reason.ts';
import {
  mainLocation,
  nextSession,
  PublicLocation,
  publicLocation,
  ServiceCard,
  SessionView,
  serviceCard,
} from './views.ts';

/** The parts of a result that do not depend on who searches, or from where: nearly all of it. */
export const StableParts = z.object({
  service: ServiceCard,
  location: orNull(PublicLocation),
  next_session: orNull(SessionView),
});
export type StableParts = z.infer<typeof StableParts>;

/** The weekdays that were searched for; empty for any. */
export type SearchedDays = readonly (typeof WEEKDAYS)[number][];

/** The part of a hit that decides which location is shown. */
type Shown = Pick<Hit, 'location_id' | 'reach'>;

/** A key for the location that is shown: the one that the hit names, the main one, or none. */
export const locationKey = ({ location_id, reach }: Shown): string =>
  location_id ?? (reach === 'venue' ? 'main' : 'none');

/** The location that is shown: the one that the hit names, or the main one where the hit is a venue and names none. */
function shownLocation(hit: Shown, listing: Listing): PublicLocation | null {
  const nearest = listing.locations.find((location) => location.id === hit.location_id);
  if (nearest) return publicLocation(nearest);
  return hit.reach === 'venue' ? mainLocation(listing) : null;
}

/** When a session stops being the next one (domain/schedule.ts). One without a time lasts all day. */
function overAt({ starts, ends, opens_at, date }: SessionView): number {
  if (ends !== null) return Date.parse(ends);
  return opens_at === null ? instantOf(dayOf(date) + 1, 0) : Date.parse(starts) + 1;
}

/** Until when the result holds: to the end of the day where some of it changes with the day. */
function holdsUntil({ service }: Listing, session: SessionView | null, now: number): number {
  const byTheDay =
    service.clinical !== undefined ||
    service.availability.until !== undefined ||
    (session === null && service.schedules.length > 0);
  return Math.min(
    session ? overAt(session) : Number.POSITIVE_INFINITY,
    byTheDay ? instantOf(dayAt(now) + 1, 0) : Number.POSITIVE_INFINITY,
  );
}

/** The parts of a result that are the same for everybody. */
function stablePartsOf(hit: Shown, listing: Listing, now: Date, days: SearchedDays): StableParts {
  const location = shownLocation(hit, listing);
  return {
    service: serviceCard(listing, location, now),
    location,
    next_session: nextSession(listing, now, location?.id ?? undefined, days),
  };
}

/** Prepares what a search for some weekdays shows of a listing. */
export function prepareResult(hit: Shown, listing: Listing, now: Date, days: SearchedDays): PreparedResult {
  const still = stablePartsOf(hit, listing, now, days);
  return {
    weekday: still.next_session && weekdayOf(dayOf(still.next_session.date)),
    json: Buffer.from(JSON.stringify(still).slice(1)),
    ...reachWords(listing),
    since: now.getTime(),
    until: holdsUntil(listing, still.next_session, now.getTime()),
  };
}

/**
 * Prepares everything that a search without weekdays may show of a listing: once for each public location, and once
 * without a location where people can take part elsewhere, or where it has none.
 */
export function* prepareResults(listing: Listing, now: Date): Generator<[key: string, said: PreparedResult]> {
  const { service, locations } = listing;
  const shown = service.attending_types.includes('in_person') ? locations.filter((it) => !it.confidential) : [];
  const hits: Shown[] = shown.map(({ id }) => ({ reach: 'venue', location_id: id }));
  const isMetOtherwise = service.attending_types.some((way) => way !== 'in_person');
  if (hits.length === 0 || isMetOtherwise) hits.push({ reach: 'remote', location_id: null });
  for (const hit of hits) yield [resultKey(service.id, locationKey(hit)), prepareResult(hit, listing, now, [])];
}

/** Whether a result that was prepared for any day is also right for a search for these days. */
export const meetsOn = ({ weekday }: PreparedResult, days: SearchedDays): boolean =>
  days.length === 0 || (weekday !== null && days.includes(WEEKDAYS[weekday]!));
