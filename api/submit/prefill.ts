import type { Answers } from '../domain/answers.ts';
import { UNDETERMINED } from '../domain/languages/written.ts';
import { ACCESS, PAIN_FRIENDLY, QUESTION_KEYS } from '../domain/questions.ts';
import type { Listing, Location, Schedule, Service } from '../domain/service.ts';
import { areaLabels } from '../domain/service-area.ts';
import { writtenPhones } from '../domain/telephone/written.ts';
import { describeBreaks, describeCost, describeLanguage, describeSchedule } from '../domain/words.ts';
import { PLACE_NUMBERS, placeField } from './places.ts';
import { placesOf } from './session-places.ts';
import { languageTold } from './typed.ts';

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

/** Prices as the field for an amount takes them: one in figures, several in words that are read again. */
function typedPrices(costs: Service['cost_options']): { amount: string; note: string } {
  const [only, ...others] = costs;
  if (others.length === 0)
    return {
      amount: pounds(only?.concession && only.option === 'free' ? 0 : only?.amount),
      note: only?.amount_description ?? '',
    };
  return { amount: costs.map((cost) => describeCost([{ ...cost, concession: false }])).join('; '), note: '' };
}

function costAnswers(costs: Service['cost_options']): Answers {
  const full = costs.filter(({ concession }) => !concession);
  const reduced = costs.filter(({ concession }) => concession);
  const [usual, lower] = [typedPrices(full), typedPrices(reduced)];
  const kind = [...full, ...reduced].find(({ option }) => option !== 'free') ?? full[0] ?? reduced[0];
  return {
    cost: kind?.option ?? '',
    amount: usual.amount,
    amount_note: usual.note,
    concession: lower.amount,
    concession_note: lower.note,
  };
}

/** Whom it is for, as far as that was ever said. */
function servedAnswers(service: Service): Answers {
  const { service_areas: areas, service_area_status: status, service_area_words: words } = service;
  if (status === 'unread') return { served: 'areas', served_areas: words.join('\n') };
  if (status === 'unsaid') return { served: 'unsaid', served_areas: '' };
  return { served: areas.length === 0 ? 'anyone' : 'areas', served_areas: areaLabels(areas).join('\n') };
}

/** Where one of its places is; its fields are empty where there is none. */
function addressAnswers(venue: Location | undefined, place: number): Answers {
  const answers = {
    place_id: venue?.id ?? '',
    venue_name: venue?.name ?? '',
    address_1: venue?.address?.address_1 ?? '',
    address_2: venue?.address?.address_2 ?? '',
    city: venue?.address?.city ?? '',
    postcode: venue?.address?.postal_code ?? '',
    confidential: venue?.confidential ? 'yes' : '',
    ...(venue?.latitude !== undefined && { latitude: String(venue.latitude), longitude: String(venue.longitude) }),
  };
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [placeField(name, place), answer]));
}

function placeAnswers({ service, locations }: Listing): Answers {
  const [venue] = locations;
  return {
    attending: service.attending_types,
    various_places: service.attending_types.includes('in_person') && locations.length === 0 ? 'yes' : '',
    venue: '',
    ...Object.assign({}, ...PLACE_NUMBERS.map((place) => addressAnswers(locations[place - 1], place))),
    transportation: venue?.transportation ?? '',
    accessibility_notes: venue?.accessibility_notes ?? '',
    ...Object.fromEntries(ACCESS.map((feature) => [feature, venue?.accessibility[feature] ?? 'unknown'])),
  };
}

/** The language, where the words do not tell it. */
function writtenIn(service: Service): string {
  const { written_in } = service;
  return written_in === languageTold(service) || written_in === UNDETERMINED ? '' : describeLanguage(written_in);
}

/**
 * The answers that a listing gives by itself.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function prefilledAnswers(listing: Listing, today: string): Answers {
  const { service, organization } = listing;
  const { eligibility, availability } = service;
  const [first = '', second = '', third = ''] = service.taxonomy_terms;
  const times = service.schedules.map((schedule) => ({ words: spoken(schedule, today), schedules: [schedule] }));
  return {
    organization: '',
    organization_name: organization.name,
    charity_number: organization.charity_number ?? '',
    company_number: organization.company_number ?? '',
    name: service.name,
    summary: service.summary,
    description: service.description,
    written_in: writtenIn(service),
    kind: service.kind,
    category_1: first,
    category_2: second,
    category_3: third,
    sessions: times.map(({ words }) => words).join('\n'),
    said_times: JSON.stringify(times),
    schedules: JSON.stringify(service.schedules),
    session_places: placesOf(service.schedules, []),
    arrangement: service.schedules.length === 0 && service.schedule_description !== undefined ? 'yes' : '',
    arrangement_note: service.schedule_description ?? '',
    ...placeAnswers(listing),
    for_whom: eligibility.description ?? '',
    minimum_age: eligibility.minimum_age?.toString() ?? '',
    maximum_age: eligibility.maximum_age?.toString() ?? '',
    restrictions: eligibility.restrictions.join('\n'),
    ...servedAnswers(service),
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
