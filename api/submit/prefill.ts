import type { Answers } from '../domain/answers.ts';
import { ACCESS, PAIN_FRIENDLY, QUESTION_KEYS } from '../domain/questions.ts';
import type { Listing, Schedule, Service } from '../domain/service.ts';
import { writtenPhones } from '../domain/telephone/written.ts';
import { describeBreaks, describeLanguage, describeSchedule } from '../domain/words.ts';

/** The form as a listing fills it in. */

/** Only figures, with a decimal point, as a field for an amount takes them. */
const pounds = (amount: number | undefined): string =>
  amount === undefined ? '' : Number.isInteger(amount) ? String(amount) : amount.toFixed(2);

/**
 * When it meets, a line for each rule, in words that readSpokenSchedule understands where it can. What it cannot stands
 * there too: it stays as it is until somebody changes the line.
 */
const spoken = (schedule: Schedule, today: string): string => {
  const breaks = describeBreaks(schedule, today).map((words) => words.replace(/^No meetings? (on|from) /, 'not '));
  const start =
    schedule.interval > 1 && schedule.dtstart !== undefined && schedule.dtstart <= today
      ? `from ${schedule.dtstart}`
      : '';
  return [describeSchedule(schedule, today), start, ...breaks].filter(Boolean).join(', ');
};

function costAnswers(costs: Service['cost_options']): Answers {
  const full = costs.find(({ concession }) => !concession) ?? costs[0];
  const reduced = costs.find(({ concession }) => concession);
  return {
    cost: full?.option ?? '',
    amount: pounds(full?.amount),
    amount_note: full?.amount_description ?? '',
    concession: pounds(reduced?.option === 'free' ? 0 : reduced?.amount),
    concession_note: reduced?.amount_description ?? '',
  };
}

function placeAnswers({ service, locations }: Listing): Answers {
  const [venue] = locations;
  const point: Answers =
    venue?.latitude === undefined ? {} : { latitude: String(venue.latitude), longitude: String(venue.longitude) };
  return {
    attending: service.attending_types,
    venue: '',
    venue_name: venue?.name ?? '',
    address_1: venue?.address?.address_1 ?? '',
    address_2: venue?.address?.address_2 ?? '',
    city: venue?.address?.city ?? '',
    postcode: venue?.address?.postal_code ?? '',
    confidential: venue?.confidential ? 'yes' : '',
    transportation: venue?.transportation ?? '',
    accessibility_notes: venue?.accessibility_notes ?? '',
    ...Object.fromEntries(ACCESS.map((feature) => [feature, venue?.accessibility[feature] ?? 'unknown'])),
    ...point,
  };
}

/**
 * The answers that a listing gives by itself.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function prefilledAnswers(listing: Listing, today: string): Answers {
  const { service, organization } = listing;
  const { eligibility, availability } = service;
  const [first = '', second = '', third = ''] = service.taxonomy_terms;
  return {
    organization: '',
    organization_name: organization.name,
    charity_number: organization.charity_number ?? '',
    company_number: organization.company_number ?? '',
    name: service.name,
    summary: service.summary,
    description: service.description,
    kind: service.kind,
    category_1: first,
    category_2: second,
    category_3: third,
    sessions: service.schedules.map((schedule) => spoken(schedule, today)).join('\n'),
    schedules: JSON.stringify(service.schedules),
    arrangement: service.schedules.length === 0 && service.schedule_description !== undefined ? 'yes' : '',
    arrangement_note: service.schedule_description ?? '',
    ...placeAnswers(listing),
    for_whom: eligibility.description ?? '',
    minimum_age: eligibility.minimum_age?.toString() ?? '',
    maximum_age: eligibility.maximum_age?.toString() ?? '',
    restrictions: eligibility.restrictions.join('\n'),
    served: service.service_areas.length === 0 ? 'anyone' : 'areas',
    served_areas: service.service_areas.map(({ name }) => name).join('\n'),
    served_codes: JSON.stringify(service.service_areas),
    ...costAnswers(service.cost_options),
    languages: service.languages.map((tag) => describeLanguage(tag)).join(', '),
    join: service.join,
    application_process: service.application_process ?? '',
    first_visit: service.first_visit ?? '',
    phone: writtenPhones(service.phones),
    public_email: service.email ?? '',
    url: service.url ?? '',
    contact_title: service.contact_title ?? '',
    availability: availability.state,
    availability_until: availability.until ?? '',
    ...Object.fromEntries(QUESTION_KEYS.map((key) => [key, service[key]])),
    ...Object.fromEntries(PAIN_FRIENDLY.map((practice) => [practice, service.pain_friendly[practice]])),
  };
}
