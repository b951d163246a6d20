import { type Answers, many, one } from '../domain/answers.ts';
import type { CheckedField } from '../domain/checked.ts';
import {
  ACCESS,
  COSTS,
  type Listing,
  type Location,
  type Organization,
  PAIN_FRIENDLY,
  type Service,
  TriState,
} from '../domain/service.ts';
import { charityOf, companyOf, languageTag, partsOf, phoneOf, poundsOf, urlOf, yearsOf } from './typed.ts';

/** A listing while answers are put into it. */
export interface Making {
  service: Service;
  organization: Organization;
  /** The one that the form asks about; null where there is none. */
  venue: Location | null;
  /** The id of a venue of its own, where the address is another one. */
  ownVenueId: string;
}

/** Fields that make one thing of a listing: when one of them has changed, it is made anew; else it stays as it is. */
export interface Group {
  fields: readonly string[];
  /** The fields of compare.ts in which it shows. */
  shows: readonly string[];
  /** What of a visit it is about. */
  checks?: CheckedField;
  put: (making: Making, answers: Answers) => void;
}

/** Sets a field, or takes it away where nothing was typed. */
function set<T extends object, K extends keyof T>(record: T, key: K, value: T[K] | '' | null | undefined): void {
  if (value === '' || value === null || value === undefined) delete record[key];
  else record[key] = value;
}

const tri = (answers: Answers, name: string): TriState => TriState.catch('unknown').parse(one(answers, name));
const json = <T>(answers: Answers, name: string, otherwise: T): T => {
  const text = one(answers, name);
  return text === '' ? otherwise : (JSON.parse(text) as T);
};

type Cost = Service['cost_options'][number];

function costs(answers: Answers): Cost[] {
  const option = COSTS.find((known) => known === one(answers, 'cost'));
  if (option === undefined) return [];
  const priced = (typed: string, note: string) => ({
    ...(poundsOf(typed) === null ? {} : { amount: poundsOf(typed)! }),
    ...(note === '' ? {} : { amount_description: note }),
  });
  const full: Cost = {
    option,
    concession: false,
    ...priced(option === 'free' ? '' : one(answers, 'amount'), one(answers, 'amount_note')),
  };
  const lower = poundsOf(one(answers, 'concession'));
  if (lower === null || option === 'free') return [full];
  const note = one(answers, 'concession_note');
  const reduced: Omit<Cost, 'concession'> =
    lower === 0
      ? { option: 'free' as const, ...priced('', note) }
      : { option, ...priced(one(answers, 'concession'), note) };
  return [full, { ...reduced, concession: true }];
}

/** Of a place that is kept private, people may leave out all but the postcode. */
function address(venue: Location, answers: Answers): void {
  const district = json<{ name?: string }>(answers, 'district', {}).name;
  venue.name = one(answers, 'venue_name') || one(answers, 'address_1') || 'Private address';
  venue.address = {
    address_1: one(answers, 'address_1') || venue.name,
    ...(one(answers, 'address_2') === '' ? {} : { address_2: one(answers, 'address_2') }),
    city: one(answers, 'city') || district || 'Private address',
    postal_code: one(answers, 'postcode'),
    country: 'GB',
  };
}

function point(venue: Location, answers: Answers): void {
  const [latitude, longitude] = [one(answers, 'latitude'), one(answers, 'longitude')];
  set(venue, 'latitude', latitude === '' ? null : Number(latitude));
  set(venue, 'longitude', longitude === '' ? null : Number(longitude));
}

const emptyVenue = (id: string): Location => ({
  id,
  name: 'Venue',
  location_type: 'physical',
  accessibility: Object.fromEntries(ACCESS.map((feature) => [feature, 'unknown'])) as Location['accessibility'],
  confidential: false,
  example: false,
});

/** Which of the ways of attending there are; the venue comes and goes with 'in person'. */
function attending(making: Making, answers: Answers): void {
  making.service.attending_types = many(answers, 'attending') as Service['attending_types'];
  if (!making.service.attending_types.includes('in_person')) making.venue = null;
}

const inPerson = (answers: Answers): boolean => many(answers, 'attending').includes('in_person');

export const GROUPS: readonly Group[] = [
  {
    fields: ['organization_name', 'charity_number', 'company_number'],
    shows: ['organization', 'charity_number', 'company_number'],
    put({ organization }, answers) {
      organization.name = one(answers, 'organization_name');
      set(organization, 'charity_number', charityOf(one(answers, 'charity_number')));
      set(organization, 'company_number', companyOf(one(answers, 'company_number')));
    },
  },
  { fields: ['name'], shows: ['name'], put: ({ service }, answers) => set(service, 'name', one(answers, 'name')) },
  {
    fields: ['summary'],
    shows: ['summary'],
    put: ({ service }, answers) => set(service, 'summary', one(answers, 'summary')),
  },
  {
    fields: ['description'],
    shows: ['description'],
    put: ({ service }, answers) => set(service, 'description', one(answers, 'description').replaceAll('\r\n', '\n')),
  },
  {
    fields: ['kind'],
    shows: ['kind'],
    put: ({ service }, answers) => set(service, 'kind', one(answers, 'kind') as Service['kind']),
  },
  {
    fields: ['category_1', 'category_2', 'category_3'],
    shows: ['categories'],
    put({ service }, answers) {
      const chosen = ['category_1', 'category_2', 'category_3'].map((name) => one(answers, name)).filter(Boolean);
      service.taxonomy_terms = [...new Set([...chosen, ...service.taxonomy_terms.slice(3)])];
    },
  },
  {
    fields: ['sessions', 'arrangement', 'arrangement_note'],
    shows: ['sessions', 'schedule_note'],
    checks: 'time',
    put({ service }, answers) {
      const arranged = one(answers, 'arrangement') === 'yes';
      service.schedules = one(answers, 'sessions') === '' ? [] : json(answers, 'schedules', []);
      set(service, 'schedule_description', one(answers, 'arrangement_note') || (arranged ? 'By arrangement' : ''));
    },
  },
  { fields: ['attending'], shows: ['attending', 'venue'], checks: 'place', put: attending },
  {
    fields: ['venue_name', 'address_1', 'address_2', 'city', 'postcode'],
    shows: ['venue', 'point'],
    checks: 'place',
    put(making, answers) {
      if (!inPerson(answers)) return;
      const { venue, ownVenueId } = making;
      // What others share stays as it is: their listings have not moved.
      making.venue =
        venue === null
          ? emptyVenue(ownVenueId)
          : { ...venue, id: one(answers, 'venue_shared') === 'yes' ? ownVenueId : venue.id };
      address(making.venue, answers);
      point(making.venue, answers);
    },
  },
  {
    fields: ['latitude', 'longitude'],
    shows: ['point'],
    checks: 'place',
    put({ venue }, answers) {
      if (venue) point(venue, answers);
    },
  },
  {
    fields: ['confidential'],
    shows: ['venue'],
    put({ venue }, answers) {
      if (venue) venue.confidential = one(answers, 'confidential') === 'yes';
    },
  },
  {
    fields: ['transportation', ...ACCESS, 'accessibility_notes'],
    shows: ['transportation', 'accessibility', 'accessibility_notes'],
    put({ venue }, answers) {
      if (!venue) return;
      set(venue, 'transportation', one(answers, 'transportation'));
      for (const feature of ACCESS) venue.accessibility[feature] = tri(answers, feature);
      set(venue, 'accessibility_notes', one(answers, 'accessibility_notes'));
    },
  },
  {
    fields: ['for_whom'],
    shows: ['eligibility'],
    put: ({ service }, answers) => set(service.eligibility, 'description', one(answers, 'for_whom')),
  },
  {
    fields: ['minimum_age', 'maximum_age'],
    shows: ['ages'],
    put({ service }, answers) {
      set(service.eligibility, 'minimum_age', yearsOf(one(answers, 'minimum_age')));
      set(service.eligibility, 'maximum_age', yearsOf(one(answers, 'maximum_age')));
    },
  },
  {
    fields: ['restrictions'],
    shows: ['restrictions'],
    put: ({ service }, answers) =>
      set(service.eligibility, 'restrictions', partsOf(one(answers, 'restrictions')).slice(0, 5)),
  },
  {
    fields: ['served', 'served_areas'],
    shows: ['service_areas'],
    put({ service }, answers) {
      service.service_areas = one(answers, 'served') === 'areas' ? json(answers, 'served_codes', []) : [];
    },
  },
  {
    fields: ['cost', 'amount', 'amount_note', 'concession', 'concession_note'],
    shows: ['cost'],
    checks: 'cost',
    put: ({ service }, answers) => set(service, 'cost_options', costs(answers)),
  },
  {
    fields: ['languages'],
    shows: ['languages'],
    put({ service }, answers) {
      service.languages = partsOf(one(answers, 'languages')).flatMap((name) => languageTag(name) ?? []);
    },
  },
  {
    fields: ['interpreter'],
    shows: ['interpreter'],
    put: ({ service }, answers) => set(service, 'interpreter', tri(answers, 'interpreter')),
  },
  {
    fields: ['carer_welcome'],
    shows: ['carer_welcome'],
    put: ({ service }, answers) => set(service, 'carer_welcome', tri(answers, 'carer_welcome')),
  },
  {
    fields: ['join'],
    shows: ['join'],
    put: ({ service }, answers) => set(service, 'join', [...many(answers, 'join')] as Service['join']),
  },
  {
    fields: ['application_process'],
    shows: ['application_process'],
    put: ({ service }, answers) => set(service, 'application_process', one(answers, 'application_process')),
  },
  {
    fields: ['first_visit'],
    shows: ['first_visit'],
    put: ({ service }, answers) => set(service, 'first_visit', one(answers, 'first_visit')),
  },
  {
    fields: ['phone'],
    shows: ['phones'],
    checks: 'contact',
    put({ service }, answers) {
      const number = phoneOf(one(answers, 'phone'));
      service.phones = [...(number === '' ? [] : [{ number }]), ...service.phones.slice(1)];
    },
  },
  {
    fields: ['public_email'],
    shows: ['email'],
    checks: 'contact',
    put: ({ service }, answers) => set(service, 'email', one(answers, 'public_email')),
  },
  {
    fields: ['url'],
    shows: ['url'],
    checks: 'contact',
    put: ({ service }, answers) => set(service, 'url', urlOf(one(answers, 'url'))),
  },
  {
    fields: ['contact_title'],
    shows: ['contact_title'],
    checks: 'contact',
    put: ({ service }, answers) => set(service, 'contact_title', one(answers, 'contact_title')),
  },
  {
    fields: ['availability', 'availability_until'],
    shows: ['availability'],
    put({ service }, answers) {
      const state = (one(answers, 'availability') || 'open') as Service['availability']['state'];
      const until = one(answers, 'availability_date');
      service.availability = { ...service.availability, state };
      set(service.availability, 'until', state === 'open' ? '' : until);
    },
  },
  {
    fields: ['safeguarding_policy'],
    shows: ['safeguarding_policy'],
    put: ({ service }, answers) => set(service, 'safeguarding_policy', tri(answers, 'safeguarding_policy')),
  },
  {
    fields: [...PAIN_FRIENDLY],
    shows: ['pain_friendly'],
    put({ service }, answers) {
      for (const practice of PAIN_FRIENDLY) service.pain_friendly[practice] = tri(answers, practice);
    },
  },
];

/** A copy of a listing to put answers into. */
export const makingOf = (listing: Listing, ownVenueId: string): Making => ({
  service: structuredClone(listing.service),
  organization: structuredClone(listing.organization),
  venue: structuredClone(listing.locations[0] ?? null),
  ownVenueId,
});
