import { z } from '@hono/zod-openapi';
import { availabilityOn } from '../domain/availability.ts';
import { CAUTIONS } from '../domain/cautions.ts';
import { checkedOn } from '../domain/checked.ts';
import { guessesIn } from '../domain/guesses.ts';
import { isVisited } from '../domain/journey.ts';
import { dayOf, weekdayOf } from '../domain/london.ts';
import { nationsOf } from '../domain/nation.ts';
import { reviewDue } from '../domain/review.ts';
import { nextSessions, type Session, today } from '../domain/schedule.ts';
import { Address, type Listing, Location, Organization, type Schedule, Service, WEEKDAYS } from '../domain/service.ts';
import { phoneLink, understood } from '../domain/telephone/link.ts';
import { Phone } from '../domain/telephone/phone.ts';
import { phoneLabel, phoneWords } from '../domain/telephone/written.ts';
import { describeCautions, describeCheck, describeSchedule, describeSession } from '../domain/words.ts';

/** What the public sees of a listing. Of a confidential location they see only that there is one. */

const location = Location.shape;
export const PublicLocation = z
  .object({
    id: z.string().nullable().openapi({
      description: 'Null where the location is confidential: two listings at one place would be known by it.',
    }),
    name: z.string().nullable().openapi({ description: 'Null where the location is confidential.' }),
    location_type: location.location_type,
    address: Address.optional(),
    latitude: location.latitude,
    longitude: location.longitude,
    transportation: location.transportation,
    accessibility: location.accessibility,
    accessibility_notes: location.accessibility_notes,
    confidential: z.boolean(),
    example: z.boolean(),
  })
  .openapi('Location');
export type PublicLocation = z.infer<typeof PublicLocation>;

const UNKNOWN_ACCESS = location.accessibility.parse({});

/**
 * A location as it may be published. Written field by field, so that a new field is not published until somebody has
 * thought about it.
 */
export const publicLocation = (it: Location): PublicLocation =>
  it.confidential
    ? {
        id: null,
        name: null,
        location_type: 'physical',
        accessibility: UNKNOWN_ACCESS,
        confidential: true,
        example: it.example,
      }
    : {
        id: it.id,
        name: it.name,
        location_type: it.location_type,
        address: it.address,
        latitude: it.latitude,
        longitude: it.longitude,
        transportation: it.transportation,
        accessibility: it.accessibility,
        accessibility_notes: it.accessibility_notes,
        confidential: false,
        example: it.example,
      };

// Made again here: a schema that was made before zod knew OpenAPI cannot have a name in the document.
export const PublicOrganization = z.object(Organization.shape).openapi('Organization');

export const SessionView = z
  .object({
    date: z.string().openapi({ example: '2026-11-24' }),
    opens_at: z.string().nullable(),
    closes_at: z.string().nullable(),
    starts: z.string().openapi({ description: 'ISO 8601 with its offset, or the date where no time is known.' }),
    ends: z.string().nullable(),
    check_first: z.boolean().openapi({
      description: 'Check the date before going: it runs in school terms only, or the day is a bank holiday.',
    }),
    bank_holiday: z.string().nullable().openapi({
      description: 'The bank holiday that it falls on, where the listing does not say whether it runs then.',
      example: 'Christmas Day',
    }),
    check_words: z.string().nullable().openapi({ example: 'Christmas Day: check first' }),
    location_id: z.string().nullable(),
    words: z.string().openapi({ example: 'Tuesday 24 November, 10:30am to 12 noon' }),
  })
  .openapi('Session');
export type SessionView = z.infer<typeof SessionView>;

/** The ids of the private places of a listing, which are never published. */
const privatePlaces = ({ locations }: Listing): ReadonlySet<string> =>
  new Set(locations.flatMap(({ id, confidential }) => (confidential ? [id] : [])));

/** A schedule, without its location where that is private. */
function withoutPrivatePlace(it: Schedule, hidden: ReadonlySet<string>): Schedule {
  const { location_id, ...rest } = it;
  return location_id !== undefined && hidden.has(location_id) ? rest : it;
}

const sessionView = (session: Session, hidden: ReadonlySet<string>): SessionView => ({
  ...session,
  location_id: session.location_id !== null && hidden.has(session.location_id) ? null : session.location_id,
  check_words: describeCheck(session),
  words: describeSession(session),
});

const Cautions = z
  .array(z.object({ kind: z.enum(CAUTIONS), words: z.string() }))
  .optional()
  .openapi({ description: 'Of a clinical service: what to know before relying on it. Absent where there is nothing.' });

/** What to know before relying on a listing; nothing for most of them. */
const cautionsOf = (it: Service, now: Date) => {
  const cautions = describeCautions(it, today(now));
  return cautions.length > 0 ? { cautions } : {};
};

/** A number as it is shown, and what tapping it does. */
const PublicPhone = Phone.extend({
  label: z.string().openapi({ example: 'Text' }),
  words: z.string().openapi({ description: 'The number with its extension.', example: '020 7946 0018 ext. 5' }),
  link: z.string().nullable().openapi({
    description: 'What rings it, or writes a text to it; null for a fax, and for what cannot be dialled.',
    example: 'tel:+442079460018;ext=5',
  }),
}).openapi('Phone');

const publicPhone = (phone: Phone): z.infer<typeof PublicPhone> => ({
  ...understood(phone),
  label: phoneLabel(phone),
  words: phoneWords(phone),
  link: phoneLink(phone),
});

const CheckedOn = z.string().nullable().openapi({
  description: 'The day on which somebody last checked it; null where its source says of no day that anybody did.',
  example: '2026-11-03',
});

const service = Service.shape;
export const ServiceCard = z
  .object({
    id: z.string(),
    name: z.string(),
    alternate_name: service.alternate_name,
    written_in: z.string(),
    guessed: z.array(z.string()).optional().openapi({
      description: 'What an import put by the words of the record alone, until a person checks the listing.',
    }),
    organization: z.object({ id: z.string(), name: z.string() }),
    kind: service.kind,
    summary: z.string(),
    taxonomy_terms: z.array(z.string()),
    cost_options: service.cost_options,
    attending_types: service.attending_types,
    join: service.join,
    languages: service.languages,
    eligibility: service.eligibility,
    availability: service.availability,
    accessibility: location.accessibility.nullable().openapi({ description: 'Of the location shown.' }),
    pain_friendly: service.pain_friendly,
    assured_date: CheckedOn,
    assured_by: service.assured_by,
    source_name: z.string().openapi({ description: 'Whose words they are, where nobody has checked them.' }),
    state: z.enum(['published', 'due', 'unconfirmed']),
    example: z.boolean(),
    address_line: z.string().nullable().openapi({
      description: 'Where people go; null where they go nowhere, or the place is private.',
      example: 'St Mary’s Hall, E8 3AB',
    }),
    schedule_words: z.array(z.string()),
    phones: z.array(PublicPhone).openapi({ description: 'Those first that people can ring.' }),
    cautions: Cautions,
  })
  .openapi('ServiceCard');
export type ServiceCard = z.infer<typeof ServiceCard>;

/** When it meets, in words: each recurrence, then what the listing says beside them. */
const scheduleWords = ({ schedules, schedule_description }: Service): string[] => [
  ...schedules.map((schedule: Schedule) => describeSchedule(schedule)),
  ...(schedule_description === undefined ? [] : [schedule_description]),
];

/** 'St Mary’s Hall, E8 3AB': the venue as one line, null where there is none that may be shown, or nobody goes to it. */
const addressLine = (it: Service, shown: PublicLocation | null): string | null =>
  shown?.name && isVisited(it) ? [shown.name, shown.address?.postal_code].filter(Boolean).join(', ') : null;

/** Listings reach the public in these states alone; the store hands out no others. */
const publicState = (listing: Listing): ServiceCard['state'] => listing.state as ServiceCard['state'];

/**
 * What a card says.
 * @param shown the location that the card speaks of, or null
 * @param now what 'full until' is counted from
 */
export function serviceCard(listing: Listing, shown: PublicLocation | null, now: Date): ServiceCard {
  const { service: it, organization } = listing;
  return {
    id: it.id,
    name: it.name,
    alternate_name: it.alternate_name,
    written_in: it.written_in,
    ...(guessesIn(it).length > 0 && { guessed: [...guessesIn(it)] }),
    organization: { id: organization.id, name: organization.name },
    kind: it.kind,
    summary: it.summary,
    taxonomy_terms: it.taxonomy_terms,
    cost_options: it.cost_options,
    attending_types: it.attending_types,
    join: it.join,
    languages: it.languages,
    eligibility: it.eligibility,
    availability: availabilityOn(it.availability, today(now)),
    accessibility: shown && !shown.confidential && isVisited(it) ? shown.accessibility : null,
    pain_friendly: it.pain_friendly,
    assured_date: checkedOn(it),
    assured_by: it.assured_by,
    source_name: it.source.name,
    state: publicState(listing),
    example: it.example,
    address_line: addressLine(it, shown),
    schedule_words: scheduleWords(it),
    phones: it.phones.map(publicPhone),
    ...cautionsOf(it, now),
  };
}

/** The location on a card where no search chose one: the first that may be shown. */
export const mainLocation = (listing: Listing): PublicLocation | null => {
  const main = listing.locations.find((candidate) => !candidate.confidential);
  return main ? publicLocation(main) : null;
};

export const ServiceView = z
  .object({
    service: z
      .object({ ...service, assured_date: CheckedOn, phones: z.array(PublicPhone) })
      .omit({ location_ids: true })
      .openapi('Service'),
    organization: PublicOrganization,
    locations: z.array(PublicLocation),
    state: z.enum(['published', 'due', 'unconfirmed']),
    last_modified: z.string(),
    next_sessions: z.array(SessionView).openapi({ description: 'The next four.' }),
    schedule_words: z.array(z.string()),
    review_due: z.string().openapi({ description: 'The day by which it should be checked again.' }),
    cautions: Cautions,
  })
  .openapi('ServiceDetail');

/** Everything that the public sees of one listing. */
export function serviceView(listing: Listing, now: Date): z.infer<typeof ServiceView> {
  const { location_ids: _, guessed: _kept, ...it } = listing.service;
  const guessed = guessesIn(listing.service);
  const hidden = privatePlaces(listing);
  const sessions = it.status === 'active' ? nextSessions(it.schedules, now, 4, undefined, nationsOf(listing)) : [];
  return {
    service: {
      ...it,
      assured_date: checkedOn(it),
      ...(guessed.length > 0 && { guessed: [...guessed] }),
      schedules: it.schedules.map((schedule) => withoutPrivatePlace(schedule, hidden)),
      phones: it.phones.map(publicPhone),
      availability: availabilityOn(it.availability, today(now)),
    },
    organization: listing.organization,
    locations: listing.locations.map(publicLocation),
    state: publicState(listing),
    last_modified: listing.last_modified,
    next_sessions: sessions.map((session) => sessionView(session, hidden)),
    schedule_words: scheduleWords(listing.service),
    review_due: reviewDue(listing.service),
    ...cautionsOf(listing.service, now),
  };
}

/** Sessions looked at: enough to reach every weekday of a group that meets twice a day. */
const LOOKED_AT = 16;

/**
 * The next meeting, at one location where it is given; null where none is known.
 * @param days the weekdays asked for, empty for any: who asks for Wednesdays is told the next Wednesday, where there is one
 */
export function nextSession(
  listing: Listing,
  now: Date,
  locationId: string | undefined,
  days: readonly (typeof WEEKDAYS)[number][] = [],
): SessionView | null {
  const count = days.length > 0 ? LOOKED_AT : 1;
  const sessions = nextSessions(listing.service.schedules, now, count, locationId, nationsOf(listing));
  const fits = ({ date }: Session) => days.includes(WEEKDAYS[weekdayOf(dayOf(date))] as (typeof WEEKDAYS)[number]);
  const session = sessions.find(fits) ?? sessions[0];
  return session ? sessionView(session, privatePlaces(listing)) : null;
}
