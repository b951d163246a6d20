import { addressLine } from '../domain/address.ts';
import { UNDETERMINED } from '../domain/languages/written.ts';
import { ACCESS, PAIN_FRIENDLY, type QuestionKey, questionsOf } from '../domain/questions.ts';
import { areaPhrases } from '../domain/said-areas.ts';
import type { Listing, Location, Schedule, Service, TriState } from '../domain/service.ts';
import { taxonomyTerm } from '../domain/taxonomy.ts';
import { writtenPhone } from '../domain/telephone/written.ts';
import {
  ACCESS_LABELS,
  ATTENDING_LABELS,
  AVAILABILITY_LABELS,
  describeAges,
  describeBreaks,
  describeCost,
  describeDate,
  describeLanguage,
  describeSchedule,
  JOIN_LABELS,
  KIND_LABELS_ONE,
  LOCATION_TYPE_LABELS,
  PAIN_FRIENDLY_LABELS,
  QUESTION_LABELS,
  STATUS_LABELS,
  TRI_STATE_LABELS,
} from '../domain/words.ts';
import { type Leads, leadsElsewhere, leadsIn } from './leads.ts';
import { risesIn } from './risk.ts';

/** A field that differs between two states of a listing, in words for people. */
export interface FieldChange {
  /** 'phones', 'venue' …: one for each line of the comparison. */
  field: string;
  label: string;
  /** '' where there was nothing. */
  before: string;
  after: string;
  /** Whether a moderator looks at it before it is public (docs/submitting.md lists what is risky). */
  risky: boolean;
}

/** @param day 'YYYY-MM-DD': the same for both, so that words about dates differ only where dates do */
type Words = (listing: Listing, day: string) => string;
/** True: always; a function: where the two states make it so. */
type Risk = boolean | ((before: Listing, after: Listing) => boolean);
interface Line {
  field: string;
  label: string;
  words: Words;
  risky: Risk;
}

const tri = (answer: TriState): string => (answer === 'unknown' ? '' : TRI_STATE_LABELS[answer]);
const lines = (parts: readonly string[]): string => parts.filter(Boolean).join('\n');

const addressOf = (location: Location): string =>
  `${addressLine(location)}${location.confidential ? ' (kept private)' : ''}`;

const pointOf = ({ latitude, longitude }: Location): string =>
  latitude === undefined || longitude === undefined ? '' : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

const answersOf = <K extends string>(
  labels: Readonly<Record<K, string>>,
  keys: readonly K[],
  answers: Readonly<Record<K, TriState>>,
): string =>
  lines(keys.map((key) => (answers[key] === 'unknown' ? '' : `${labels[key]}: ${TRI_STATE_LABELS[answers[key]]}`)));

/** Where a session is, if a listing has several places. */
const placeOf = ({ location_id }: Schedule, locations: readonly Location[]): string[] =>
  locations.length < 2 ? [] : locations.filter(({ id }) => id === location_id).map(({ name }) => `At ${name}`);

const service =
  (words: (service: Service, day: string) => string): Words =>
  (listing, day) =>
    words(listing.service, day);

const venues =
  (words: (location: Location) => string): Words =>
  ({ locations }) =>
    lines(locations.map(words));

function availabilityOf({ availability: { state, until, note } }: Service): string {
  const words =
    until === undefined || state === 'open'
      ? AVAILABILITY_LABELS[state]
      : `${AVAILABILITY_LABELS[state]} until ${describeDate(until)}`;
  return note === undefined ? words : `${words} (${note})`;
}

const text = (words: (service: Service) => string | undefined): Pick<Line, 'words' | 'risky'> => ({
  words: service((it) => words(it) ?? ''),
  risky: false,
});

const questionLine = (key: QuestionKey): Line => ({
  field: key,
  label: QUESTION_LABELS[key],
  words: service((it) => tri(it[key])),
  risky: false,
});

const LINES: readonly Line[] = [
  { field: 'organization', label: 'Organisation', words: ({ organization }) => organization.name, risky: true },
  {
    field: 'charity_number',
    label: 'Charity number',
    words: ({ organization }) => organization.charity_number ?? '',
    risky: true,
  },
  {
    field: 'company_number',
    label: 'Company number',
    words: ({ organization }) => organization.company_number ?? '',
    risky: true,
  },
  {
    field: 'organization_contact',
    label: 'The organisation’s contact',
    words: ({ organization: { phone, email, url } }) => lines([phone ?? '', email ?? '', url ?? '']),
    risky: true,
  },
  {
    field: 'organization_description',
    label: 'About the organisation',
    words: ({ organization }) => organization.description ?? '',
    risky: false,
  },
  { field: 'name', label: 'Name', ...text(({ name }) => name) },
  { field: 'alternate_name', label: 'Also called', ...text(({ alternate_name }) => alternate_name) },
  { field: 'summary', label: 'In one line', ...text(({ summary }) => summary) },
  { field: 'description', label: 'What happens there', ...text(({ description }) => description) },
  { field: 'kind', label: 'Kind', words: service(({ kind }) => KIND_LABELS_ONE[kind]), risky: false },
  {
    field: 'categories',
    label: 'Categories',
    words: service(({ taxonomy_terms }) => taxonomy_terms.map((code) => taxonomyTerm(code)?.name ?? code).join(', ')),
    risky: false,
  },
  { field: 'status', label: 'Running', words: service(({ status }) => STATUS_LABELS[status]), risky: false },
  {
    field: 'sessions',
    label: 'When',
    words: ({ service: { schedules }, locations }, day) =>
      lines(
        schedules.map((schedule) =>
          [describeSchedule(schedule, day), ...describeBreaks(schedule, day), ...placeOf(schedule, locations)].join(
            '. ',
          ),
        ),
      ),
    risky: false,
  },
  { field: 'schedule_note', label: 'More about when', ...text(({ schedule_description }) => schedule_description) },
  {
    field: 'attending',
    label: 'How people attend',
    words: service(({ attending_types }) => attending_types.map((type) => ATTENDING_LABELS[type]).join(', ')),
    risky: false,
  },
  { field: 'venue', label: 'Venue and address', words: venues(addressOf), risky: true },
  {
    field: 'venue_kind',
    label: 'What sort of place',
    words: venues(({ location_type }) => (location_type === 'physical' ? '' : LOCATION_TYPE_LABELS[location_type])),
    risky: true,
  },
  { field: 'point', label: 'Point on the map', words: venues(pointOf), risky: true },
  {
    field: 'transportation',
    label: 'Getting there',
    words: venues(({ transportation }) => transportation ?? ''),
    risky: false,
  },
  {
    field: 'accessibility',
    label: 'Getting in',
    words: venues(({ accessibility }) => answersOf(ACCESS_LABELS, ACCESS, accessibility)),
    risky: false,
  },
  {
    field: 'accessibility_notes',
    label: 'More about getting in',
    words: venues(({ accessibility_notes }) => accessibility_notes ?? ''),
    risky: false,
  },
  { field: 'eligibility', label: 'Who it is for', ...text(({ eligibility }) => eligibility.description) },
  {
    field: 'ages',
    label: 'Ages',
    words: service(({ eligibility }) =>
      eligibility.minimum_age === undefined && eligibility.maximum_age === undefined ? '' : describeAges(eligibility),
    ),
    risky: true,
  },
  {
    field: 'restrictions',
    label: 'Kept for',
    words: service(({ eligibility }) => eligibility.restrictions.join(', ')),
    risky: true,
  },
  {
    field: 'service_areas',
    label: 'Where people must live',
    words: service((it) => areaPhrases(it).join(', ')),
    risky: true,
  },
  {
    field: 'cost',
    label: 'Cost',
    words: service(({ cost_options }) => (cost_options.length === 0 ? '' : describeCost(cost_options))),
    risky: (before, after) => risesIn(before.service.cost_options, after.service.cost_options),
  },
  {
    field: 'languages',
    label: 'Languages',
    words: service(({ languages }) => languages.map((tag) => describeLanguage(tag)).join(', ')),
    risky: false,
  },
  ...questionsOf('for').map(questionLine),
  {
    field: 'join',
    label: 'How to join',
    words: service(({ join }) => join.map((way) => JOIN_LABELS[way]).join(', or ')),
    risky: false,
  },
  {
    field: 'application_process',
    label: 'What to do to join',
    ...text(({ application_process }) => application_process),
  },
  { field: 'first_visit', label: 'The first visit', ...text(({ first_visit }) => first_visit) },
  {
    field: 'phones',
    label: 'Phone',
    words: service(({ phones }) => lines(phones.map(writtenPhone))),
    risky: true,
  },
  { field: 'email', label: 'E-mail', words: service(({ email }) => email ?? ''), risky: true },
  { field: 'url', label: 'Website', words: service(({ url }) => url ?? ''), risky: true },
  {
    field: 'contact_title',
    label: 'Who to ask for',
    words: service(({ contact_title }) => contact_title ?? ''),
    risky: true,
  },
  { field: 'availability', label: 'Whether there is room', words: service(availabilityOf), risky: false },
  ...questionsOf('joining').map(questionLine),
  {
    field: 'pain_friendly',
    label: 'Pain-friendly practice',
    words: service(({ pain_friendly }) => answersOf(PAIN_FRIENDLY_LABELS, PAIN_FRIENDLY, pain_friendly)),
    risky: false,
  },
  {
    field: 'written_in',
    label: 'Written in',
    words: service(({ written_in }) => (['en', UNDETERMINED].includes(written_in) ? '' : describeLanguage(written_in))),
    risky: false,
  },
  {
    field: 'clinical',
    label: 'For clinicians',
    words: service(({ clinical }) => (clinical === undefined ? '' : JSON.stringify(clinical, null, 1))),
    risky: true,
  },
  {
    field: 'source',
    label: 'Source',
    words: service(({ source }) => [source.name, source.url, source.licence].filter(Boolean).join(', ')),
    risky: false,
  },
];

/** The fields that are compared, in the order of a listing. */
export const COMPARED_FIELDS: readonly string[] = LINES.map(({ field }) => field);

/**
 * What is new against what was there, field by field, in the order of a listing.
 * @param before null for a listing that is new: then every field that says something is a change
 */
export function changesBetween(before: Listing | null, after: Listing): FieldChange[] {
  const day = after.service.assured_date;
  let known: Leads | undefined;
  // A link, a number or an address in any text leads people as much as one in its own field.
  const leads = (text: string): boolean => {
    known ??= leadsIn(before ? LINES.map(({ words }) => words(before, day)).join('\n\n') : '');
    return leadsElsewhere(known, text);
  };
  return LINES.flatMap(({ field, label, words, risky }): FieldChange[] => {
    const was = before ? words(before, day) : '';
    const is = words(after, day);
    if (was === is) return [];
    const risk = typeof risky === 'boolean' ? risky : before === null || risky(before, after);
    return [{ field, label, before: was, after: is, risky: risk || leads(is) }];
  });
}
