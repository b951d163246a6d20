import { z } from 'zod';
import { Clinical } from './clinical.ts';
import { ACCESS, PAIN_FRIENDLY, questionsOf } from './questions.ts';
import { ServiceArea } from './service-area.ts';
import { Phone } from './telephone/phone.ts';

export { ACCESS, PAIN_FRIENDLY, ServiceArea };

/**
 * What a listing holds, under the names of HSDS / Open Referral UK where it has one. `yes`, `no` and `unknown` are three
 * answers: nobody is turned away because nobody asked.
 */

export const KINDS = [
  'activity',
  'peer_support',
  'volunteering',
  'social',
  'advice',
  'event',
  'clinical',
  'information',
] as const;
export const ATTENDING_TYPES = ['in_person', 'online', 'phone', 'at_home'] as const;
export const COSTS = ['free', 'donation', 'paid'] as const;
export const JOINS = ['drop_in', 'book', 'self_refer', 'professional_referral'] as const;
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

export const TriState = z.enum(['yes', 'no', 'unknown']);
export type TriState = z.infer<typeof TriState>;

const tri = TriState.default('unknown');
/** An answer to each of some questions. */
const answersTo = <Key extends string>(questions: readonly Key[]) =>
  Object.fromEntries(questions.map((question) => [question, tri])) as Record<Key, typeof tri>;
/** How much is known of who may come from where. */
export const SERVICE_AREA_STATUSES = ['said', 'unread', 'unsaid'] as const;

const id = z.uuid();
const text = (max: number) => z.string().trim().min(1).max(max);
/** A calendar date, 'YYYY-MM-DD', that exists. */
const date = z.iso.date();
/** A time on the clock, 'HH:MM'. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time looks like 10:30');
const url = z.url({ protocol: /^https?$/ }).max(500);

/**
 * A recurrence. DAILY: every so many days. WEEKLY: `byday` holds weekdays ('TU' or 'TU,TH'). MONTHLY: `byday` holds a
 * weekday with its place in the month ('3TH' the third Thursday, '-1FR' the last Friday), or `bymonthday` a day ('1').
 * Without `freq`: once, on `dtstart`. Times are on the clock of Europe/London, so 10:30 stays 10:30 when the clocks
 * change. A field that came later is optional: documents that were stored before lack it.
 */
export const Schedule = z.strictObject({
  freq: z.enum(['DAILY', 'WEEKLY', 'MONTHLY']).optional(),
  interval: z.int().min(1).max(52).default(1),
  byday: z
    .string()
    .regex(/^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$/)
    .optional(),
  bymonthday: z.int().min(-31).max(31).optional(),
  /** The months in which it runs, 1 to 12, in order; absent: all. */
  bymonth: z.array(z.int().min(1).max(12)).min(1).max(11).optional(),
  /** The day on which weeks begin, which settles what 'every other week' skips; absent: Monday (RFC 5545). */
  wkst: z.enum(WEEKDAYS).optional(),
  dtstart: date.optional(),
  valid_from: date.optional(),
  valid_to: date.optional(),
  opens_at: clock.optional(),
  closes_at: clock.optional(),
  /** Runs in school terms only: a computed date is then one to check first. */
  term_time: z.boolean().default(false),
  /** Whether it runs on bank holidays; absent: nobody says, and a session on one is to be checked first. */
  bank_holidays: z.enum(['open', 'closed']).optional(),
  /** It meets on some of the days of the rule, and nobody says on which: no date is worked out. */
  dates_unknown: z.boolean().optional(),
  /** Breaks: days, both included, when it does not meet. */
  exceptions: z.array(z.strictObject({ from: date, to: date, reason: text(80).optional() })).default([]),
  /** Extra dates beside the rule. */
  additional_dates: z.array(date).default([]),
  /** Which of the listing's locations, where it has several; absent: all of them. */
  location_id: id.optional(),
  description: text(200).optional(),
});
export type Schedule = z.infer<typeof Schedule>;

export const Organization = z.strictObject({
  id,
  name: text(160),
  alternate_name: text(160).optional(),
  description: text(4000).optional(),
  url: url.optional(),
  email: z.email().optional(),
  /** As `writtenPhone` writes it. */
  phone: text(80).optional(),
  legal_status: text(80).optional(),
  charity_number: z
    .string()
    .regex(/^(SC\d{6}|NIC?\d{6}|\d{6,8})$/)
    .optional(),
  company_number: z
    .string()
    .regex(/^([A-Z]{2}\d{6}|\d{8})$/)
    .optional(),
  example: z.boolean().default(false),
});
export type Organization = z.infer<typeof Organization>;

export const Address = z.strictObject({
  address_1: text(120),
  address_2: text(120).optional(),
  city: text(80),
  state_province: text(80).optional(),
  postal_code: text(10),
  country: z.literal('GB').default('GB'),
});
export type Address = z.infer<typeof Address>;

export const Location = z.strictObject({
  id,
  name: text(160),
  location_type: z.enum(['physical', 'postal', 'virtual']).default('physical'),
  address: Address.optional(),
  /** Degrees, WGS84. */
  latitude: z.number().min(49).max(61.5).optional(),
  /** Degrees, WGS84. */
  longitude: z.number().min(-9).max(2.5).optional(),
  /** How to get there, in plain words. */
  transportation: text(600).optional(),
  accessibility: z.strictObject(answersTo(ACCESS)).prefault({}),
  accessibility_notes: text(600).optional(),
  /** Such as a refuge: neither its address nor its point may leave the server; it is found by area alone. */
  confidential: z.boolean().default(false),
  example: z.boolean().default(false),
});
export type Location = z.infer<typeof Location>;

const ServiceFields = z.strictObject({
  id,
  organization_id: id,
  name: text(160),
  alternate_name: text(160).optional(),
  /** One line, for a card. */
  summary: text(180),
  /** What happens there. Paragraphs are separated by a blank line; no markup. */
  description: text(6000),
  /** BCP 47 tag of the language that the words above are written in; 'und' where nobody can tell. */
  written_in: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .default('en'),
  kind: z.enum(KINDS),
  /** Categories: codes of data/seed/taxonomy.json, the most fitting first. None where nothing says what it is: not sorted yet. */
  taxonomy_terms: z.array(text(60)).max(6),
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']).default('active'),
  url: url.optional(),
  email: z.email().optional(),
  /** Those first that people can ring. */
  phones: z.array(Phone).max(5).default([]),
  /** By role, so that a listing outlives the person: 'Class organiser'. */
  contact_title: text(80).optional(),
  eligibility: z
    .strictObject({
      description: text(1000).optional(),
      /** Years. */
      minimum_age: z.int().min(0).max(120).optional(),
      /** Years. */
      maximum_age: z.int().min(0).max(120).optional(),
      /** 'Women only', 'LGBTQ+ people', 'Carers': who it is kept for, a phrase each. */
      restrictions: z.array(text(80)).max(5).default([]),
    })
    .prefault({}),
  cost_options: z
    .array(
      z.strictObject({
        option: z.enum(COSTS),
        /** Pounds. */
        amount: z.number().min(0).max(10000).optional(),
        amount_description: text(120).optional(),
        concession: z.boolean().default(false),
      }),
    )
    .max(6)
    .default([]),
  /** None where nobody has said how people take part. */
  attending_types: z.array(z.enum(ATTENDING_TYPES)),
  /** Ids of the venues; the first is the main one. */
  location_ids: z.array(id).max(500).default([]),
  schedules: z.array(Schedule).max(60).default([]),
  /** 'By arrangement' and the like, where no schedule says it. */
  schedule_description: text(300).optional(),
  service_areas: z.array(ServiceArea).max(400).default([]),
  /**
   * What its source said of where people must live. 'said': `service_areas` is all of it, and none means everybody.
   * 'unread': it said something that nobody here can look up, and the areas are left empty. 'unsaid': it said nothing.
   */
  service_area_status: z.enum(SERVICE_AREA_STATUSES).default('said'),
  /** The words of one that is 'unread'. */
  service_area_words: z.array(text(200)).max(20).default([]),
  /** Of one that is not 'said': where its source is at home, such as 'Derbyshire'. */
  service_area_home: text(120).optional(),
  join: z.array(z.enum(JOINS)).max(4).default([]),
  application_process: text(1000).optional(),
  first_visit: text(1000).optional(),
  /** BCP 47 tags of the languages spoken there; empty is unknown. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .max(30)
    .default([]),
  ...answersTo(questionsOf('for')),
  /** Declared behaviours, never 'suitable for'. */
  pain_friendly: z.strictObject(answersTo(PAIN_FRIENDLY)).prefault({}),
  availability: z
    .strictObject({
      state: z.enum(['open', 'waiting_list', 'full', 'paused']).default('open'),
      /** The last day of that state; the day after, it counts as open again. */
      until: date.optional(),
      note: text(200).optional(),
    })
    .prefault({}),
  ...answersTo(questionsOf('joining')),
  source: z.strictObject({
    name: text(160),
    url: url.optional(),
    licence: text(120).optional(),
    published: date.optional(),
  }),
  /** The day on which somebody last checked the listing; which is not when it was last edited. */
  assured_date: date,
  /** What was checked later than the rest: such a part has a day of its own (checked.ts). */
  checked: z
    .strictObject({ time: date.optional(), place: date.optional(), cost: date.optional(), contact: date.optional() })
    .optional(),
  /** The role of who checked it; 'nobody' where its source does not say that anybody did: the day is that of its coming. */
  assured_by: z.enum(['organization', 'moderator', 'source', 'nobody']).default('organization'),
  /** What an import has put by the words of a record alone; it counts until a person has checked the listing (guesses.ts). */
  guessed: z
    .array(z.enum(['taxonomy_terms', 'kind', 'written_in']))
    .min(1)
    .max(3)
    .optional(),
  /** For the kind 'clinical' alone: what somebody who refers has to know. */
  clinical: Clinical.optional(),
  example: z.boolean().default(false),
});
export const Service = ServiceFields.refine(({ kind, clinical }) => clinical === undefined || kind === 'clinical', {
  path: ['clinical'],
  error: 'belongs to a listing of the kind clinical; change the kind, or leave it out',
});
export type Service = z.infer<typeof Service>;

/** Where a listing is in its life (docs/upkeep.md). */
export const RECORD_STATES = [
  'draft',
  'awaiting_review',
  'published',
  'due',
  'unconfirmed',
  'archived',
  'suspended',
] as const;
export type RecordState = (typeof RECORD_STATES)[number];
/** The states that the public sees. */
export const PUBLIC_STATES: readonly RecordState[] = ['published', 'due', 'unconfirmed'];

/** A service with all that it refers to: what the store hands out and the search index takes in. */
export interface Listing {
  service: Service;
  organization: Organization;
  /** In the order of `service.location_ids`. */
  locations: Location[];
  state: RecordState;
  /** ISO 8601, UTC. */
  last_modified: string;
}
