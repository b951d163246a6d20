import { availabilityOn } from './availability.ts';
import { nationsOf } from './nation.ts';
import { nextSessions, today } from './schedule.ts';
import type { Listing, Location, Schedule, Service } from './service.ts';
import { contactPhones, phoneLink } from './telephone/link.ts';
import { phoneWords } from './telephone/written.ts';

/**
 * What a handout keeps of a listing, and what has changed since. It keeps what was on the paper and is public anyway;
 * nothing of the person it was made for, nor of the place that was searched from.
 */

interface Venue {
  name: string;
  postal_code: string | null;
  /** Degrees, WGS84; null where the venue has no point. */
  latitude: number | null;
  longitude: number | null;
}

/** A listing as the paper showed it. */
export interface ListingOnPaper {
  id: string;
  name: string;
  /** BCP 47 tag of the language that the name is written in. */
  written_in: string;
  /** Code of its first category: what the nearest one like it must share. */
  category: string;
  attending_types: Service['attending_types'];
  /** Codes of the areas that it serves; empty where it is open to everybody. */
  areas: string[];
  /** Its public venues, the main one first. */
  venues: Venue[];
  /** Without breaks, which come and go and are no new time. */
  schedules: Omit<Schedule, 'exceptions'>[];
  schedule_description: string | null;
  cost_options: Service['cost_options'];
  phones: string[];
  email: string | null;
  url: string | null;
  availability: Service['availability']['state'];
  unconfirmed: boolean;
  /** Whether a session was still to come. */
  sessions: boolean;
}

/** In the order in which they matter to somebody who is about to go. */
export const HANDOUT_CHANGES = [
  'closed',
  'closed_for_now',
  'over',
  'moved',
  'new_time',
  'full',
  'unconfirmed',
  'new_contact',
  'new_cost',
] as const;
export type HandoutChange = (typeof HANDOUT_CHANGES)[number];

/** With these there is nothing to go to any more. */
export const CHANGES_THAT_END: readonly HandoutChange[] = ['closed', 'closed_for_now', 'over'];

const venueOf = ({ name, address, latitude, longitude }: Location): Venue => ({
  name,
  postal_code: address?.postal_code ?? null,
  latitude: latitude ?? null,
  longitude: longitude ?? null,
});

const withoutBreaks = ({ exceptions: _, ...schedule }: Schedule): Omit<Schedule, 'exceptions'> => schedule;

/**
 * What a handout keeps of a listing. Of a confidential location nothing is kept.
 * @param now when the handout is made
 */
export function shownOf({ service, organization, locations, state }: Listing, now: Date): ListingOnPaper {
  return {
    id: service.id,
    name: service.name,
    written_in: service.written_in,
    category: service.taxonomy_terms[0] ?? '',
    attending_types: service.attending_types,
    areas: service.service_areas.map(({ code }) => code),
    venues: locations.filter(({ confidential }) => !confidential).map(venueOf),
    schedules: service.schedules.map(withoutBreaks),
    schedule_description: service.schedule_description ?? null,
    cost_options: service.cost_options,
    phones: contactPhones(service, organization).map(phoneWords),
    email: service.email ?? null,
    url: service.url ?? null,
    availability: availabilityOn(service.availability, today(now)).state,
    unconfirmed: state === 'unconfirmed',
    sessions: nextSessions(service.schedules, now, 1, undefined, nationsOf({ service, locations })).length > 0,
  };
}

/** What is dialled, however the number was written on either day. */
const plainPhone = (number: string): string => phoneLink({ number }) ?? number.replace(/\D/g, '');
const venueKey = ({ name, postal_code }: Venue): string => `${name}|${postal_code ?? ''}`.toLowerCase();
const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** JSON with the names of every object in order, so that the order in which fields were written does not count. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Only what was possible before and is no more, or is worse, is a change: an added phone number sends nobody astray. */
const CHECKS: Record<
  Exclude<HandoutChange, 'closed' | 'closed_for_now'>,
  (then: ListingOnPaper, now: ListingOnPaper) => boolean
> = {
  over: (then, now) => then.sessions && !now.sessions && now.schedules.length > 0,
  moved: (then, now) => {
    const places = new Set(now.venues.map(venueKey));
    return then.venues.some((venue) => !places.has(venueKey(venue)));
  },
  new_time: (then, now) =>
    !same(then.schedules, now.schedules) || then.schedule_description !== now.schedule_description,
  full: (then, now) => then.availability === 'open' && now.availability !== 'open',
  unconfirmed: (then, now) => !then.unconfirmed && now.unconfirmed,
  new_contact: (then, now) => {
    const numbers = new Set(now.phones.map(plainPhone));
    const lost = (was: string | null, is: string | null) => was !== null && was !== is;
    return (
      then.phones.some((number) => !numbers.has(plainPhone(number))) ||
      lost(then.email, now.email) ||
      lost(then.url, now.url)
    );
  },
  new_cost: (then, now) => !same(then.cost_options, now.cost_options),
};

/**
 * What has changed of a listing since it was shown.
 * @param listing as it is, where the public still sees it; else null
 * @returns the changes in the order in which they matter; what is gone is only that
 */
export function changesSince(then: ListingOnPaper, listing: Listing | null, now: Date): HandoutChange[] {
  if (!listing || listing.service.status === 'defunct') return ['closed'];
  if (listing.service.status !== 'active') return ['closed_for_now'];
  const is = shownOf(listing, now);
  if (CHECKS.over(then, is)) return ['over'];
  return HANDOUT_CHANGES.filter(
    (change) => change !== 'closed' && change !== 'closed_for_now' && CHECKS[change](then, is),
  );
}
