import { availabilityOn } from '../../../api/domain/availability.ts';
import { nationsOf } from '../../../api/domain/nation.ts';
import { type Coverage, coverage, type ReachKind } from '../../../api/domain/reach.ts';
import { nextSessions } from '../../../api/domain/schedule.ts';
import { ACCESS, type Listing, type Location, PAIN_FRIENDLY, type Schedule } from '../../../api/domain/service.ts';
import { TAXONOMY, taxonomyCodes } from '../../../api/domain/taxonomy.ts';
import { AGE_GROUPS, CHECKED_MONTHS, type FacetName } from '../../../api/search/facets.ts';
import { chordSquared, earthPoint } from '../../../api/search/geo/distance.ts';
import { type Filters, monthsBefore, type SearchQuery } from '../../../api/search/types.ts';

/**
 * What the reference (reference.ts) knows of one listing: how it is reached from a place, whether it fits filters, and
 * which values of facets it has. Each is said here a second time, in plain words and without the engine's rows and bits.
 */

/** Worked out once for each listing: a test asks hundreds of thousands of times. */
function once<T>(work: (listing: Listing) => T): (listing: Listing) => T {
  const known = new WeakMap<Listing, { value: T }>();
  return (listing) => {
    const before = known.get(listing);
    if (before) return before.value;
    const value = work(listing);
    known.set(listing, { value });
    return value;
  };
}

export const isPublic = ({ state, service }: Listing): boolean =>
  ['published', 'due', 'unconfirmed'].includes(state) && service.status === 'active';

/** The points that may be shown. */
const pointsOf = once((listing) =>
  listing.locations.flatMap((location) =>
    location.confidential ||
    location.location_type !== 'physical' ||
    location.latitude === undefined ||
    location.longitude === undefined
      ? []
      : [{ ...location, on: earthPoint(location.latitude, location.longitude) }],
  ),
);

/** Whether one and the same place has all of these features. */
const offers = (location: Location, access: Filters['access']): boolean =>
  (access ?? []).every((feature) => location.accessibility[feature] === 'yes');

/** The larger an area, the later what serves it comes; last what is open to everybody. */
const SIZE = { sector: 0, ward: 1, outcode: 2, district: 3, nation: 4, uk: 5 };
const EVERYWHERE = 6;

/** How a listing lies to a place, before a circle is drawn around that. */
export interface Situation {
  served: Coverage['answer'] | 'unknown';
  area: string | null;
  onBorder: boolean;
  size: number;
  /** Of the nearest point with the access asked for: its squared chord from the place, and its id. */
  chord: number;
  nearest: string | null;
  /** People go there. */
  isVisited: boolean;
  /** What it is where it is no venue: found by area or from afar, or nothing at all. */
  otherwise: ReachKind | null;
}

/** How a listing is reached where nobody goes to it, or nobody goes that far. */
const otherwiseOf = once(({ service, locations, ...rest }): ReachKind | null => {
  const points = pointsOf({ service, locations, ...rest });
  const goes = service.attending_types.includes('in_person');
  const comes = service.attending_types.includes('at_home') || (goes && points.length === 0);
  if (comes && service.service_areas.length > 0) return 'area';
  if (service.attending_types.includes('online') || service.attending_types.includes('phone')) return 'remote';
  if (saidKind(service)[0] === 'information' && points.length === 0) return 'remote';
  return goes && points.length > 0 ? null : 'area';
});

/** @param access the features that a point must have to count */
export function situationOf(listing: Listing, place: SearchQuery['place'], access: Filters['access']): Situation {
  const { service } = listing;
  const points = pointsOf(listing).filter((point) => offers(point, access));
  const isVisited = service.attending_types.includes('in_person') && pointsOf(listing).length > 0;
  const otherwise = otherwiseOf(listing);
  const from = { isVisited, otherwise, onBorder: false };
  if (place === null)
    return { ...from, served: 'yes', area: null, size: EVERYWHERE, chord: 0, nearest: points[0]?.id ?? null };
  const here = earthPoint(place.latitude, place.longitude);
  let chord = Number.POSITIVE_INFINITY;
  let nearest: string | null = null;
  for (const point of points) {
    const squared = chordSquared(here, point.on);
    if (squared < chord) [chord, nearest] = [squared, point.id];
  }
  const says = service.service_areas.length > 0 || service.service_area_status === 'said';
  if (!says) return { ...from, served: 'unknown', area: null, size: EVERYWHERE, chord, nearest };
  const { answer, area, onBorder } = coverage(service.service_areas, place);
  if (answer === 'no') return { ...from, served: 'no', area: null, size: EVERYWHERE, chord, nearest };
  return {
    ...from,
    served: answer,
    onBorder,
    area: area?.name ?? null,
    size: area ? SIZE[area.type] : EVERYWHERE,
    chord,
    nearest,
  };
}

/** The reach of a listing in a circle whose radius comes to that squared chord; null where it is not found at all. */
export function reachWithin({ served, chord, isVisited, otherwise }: Situation, limit: number): ReachKind | null {
  const isNear = chord <= limit;
  if (served === 'no') return isNear ? 'not_serving' : null;
  const reach = isVisited && isNear ? 'venue' : otherwise;
  return reach !== null && served === 'unknown' ? 'unclear' : reach;
}

/** A kind that is only guessed counts in no filter. */
/** Whether its day is that of a check, and not of its source. */
export const isCheckedByPerson = ({ service: { assured_by, clinical } }: Pick<Listing, 'service'>): boolean =>
  !['source', 'nobody'].includes(assured_by) && !clinical?.check_before_use;

const saidKind = ({ kind, guessed, assured_by }: Listing['service']) =>
  guessed?.includes('kind') && ['source', 'nobody'].includes(assured_by) ? [] : [kind];

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const dayOf = (date: string): string => DAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? '';

function sessionsOf(schedule: Schedule): { day: string; time: string }[] {
  const days = schedule.additional_dates.map(dayOf);
  if (schedule.byday) days.push(...schedule.byday.split(',').map((day) => day.replace(/[-\d]/g, '')));
  else if (schedule.freq !== 'MONTHLY' && schedule.dtstart) days.push(dayOf(schedule.dtstart));
  else if (schedule.freq === 'MONTHLY' || days.length === 0) days.push('any');
  return days.map((day) => ({ day, time: timeOf(schedule.opens_at) }));
}

const timeOf = (opens: string | null | undefined): string => {
  const hour = opens == null ? -1 : Number(opens.slice(0, 2));
  return hour < 0 ? 'unknown' : hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening';
};

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

interface Coming {
  date: string;
  day: string;
  time: string;
}

/** The sessions of the next seven days that need no asking first, as the page of the listing would name them. */
function comingOf({ service, locations }: Listing, { today, now }: Moment): Coming[] {
  const week = Array.from({ length: 7 }, (_, at) => dayAfter(today, at));
  // More than fall within a week: every schedule once a day.
  const most = 1 + 8 * service.schedules.length;
  return nextSessions(service.schedules, new Date(now), most, undefined, nationsOf({ service, locations }))
    .filter(({ check_first, date }) => !check_first && week.includes(date))
    .filter(({ date }) => ['open', 'waiting_list'].includes(availabilityOn(service.availability, date).state))
    .map(({ date, opens_at }) => ({ date, day: dayOf(date), time: timeOf(opens_at) }));
}

/** When a search is made. */
type Moment = Required<Pick<SearchQuery, 'today' | 'now'>>;

/** Worked out once for each listing and moment. */
const known = new Map<string, (listing: Listing) => Coming[]>();
function comingAt(listing: Listing, moment: Moment): Coming[] {
  const key = JSON.stringify(moment);
  const of = known.get(key) ?? once((it) => comingOf(it, moment));
  known.set(key, of);
  return of(listing);
}

const meetingsOf = once(({ service }) => service.schedules.flatMap(sessionsOf));
const costsOf = once(({ service }) =>
  service.cost_options.flatMap(({ option, concession }) => {
    if (concession && option === 'free') return ['concession' as const];
    return concession ? [option, 'concession' as const] : [option];
  }),
);
/** A category stands for itself, a group for all in it. */
const categoriesOf = once(({ service }) => [
  ...service.taxonomy_terms,
  ...TAXONOMY.filter((group) => taxonomyCodes(group.code).some((code) => service.taxonomy_terms.includes(code))).map(
    (group) => group.code,
  ),
]);

const overlaps = ({ service }: Listing, age: { from: number; to: number }): boolean =>
  (service.eligibility.minimum_age ?? 0) <= age.to && (service.eligibility.maximum_age ?? 120) >= age.from;

const has = <T>(wanted: readonly T[] | undefined, held: readonly T[]): boolean =>
  !wanted || wanted.length === 0 || wanted.some((value) => held.includes(value));

/** Days, times and the coming week are one test, since one and the same session must fit them all. */
function meets(
  listing: Listing,
  { day, time, when }: { day?: string[]; time?: string[]; when?: string },
  moment: Moment,
) {
  if ((day ?? []).length + (time ?? []).length === 0 && when === undefined) return true;
  const coming = when === undefined ? [] : comingAt(listing, moment);
  const sessions =
    when === undefined ? meetingsOf(listing) : coming.filter(({ date }) => when === 'week' || date === moment.today);
  return sessions.some((session) => has(day, [session.day]) && has(time, [session.time]));
}

const TESTS: Record<
  Exclude<FacetName, 'time' | 'when'>,
  (listing: Listing, filters: Filters, moment: Moment) => boolean
> = {
  kind: ({ service }, { kind }) => has(kind, saidKind(service)),
  category: (listing, { category }) => has(category, categoriesOf(listing)),
  cost: (listing, { cost }) => has(cost, costsOf(listing)),
  day: meets,
  access: (listing, { access = [] }) => access.length === 0 || pointsOf(listing).some((point) => offers(point, access)),
  language: ({ service }, { language }) => has(language, service.languages),
  join: ({ service }, { join }) => has(join, service.join),
  age: (listing, { age }) => age === undefined || overlaps(listing, age),
  mode: ({ service }, { mode }) => has(mode, service.attending_types),
  pain_friendly: ({ service }, { pain_friendly = [] }) =>
    pain_friendly.every((practice) => service.pain_friendly[practice] === 'yes'),
  checked: (listing, { checked_since }) =>
    checked_since === undefined || (isCheckedByPerson(listing) && listing.service.assured_date >= checked_since),
};
const TEST_NAMES = Object.keys(TESTS) as (keyof typeof TESTS)[];

/** The filters that a listing fails, by the facet that they are of; none where it fits. */
export const failuresOf = (listing: Listing, { filters, today, now = 0 }: SearchQuery): FacetName[] =>
  TEST_NAMES.filter((name) => !TESTS[name](listing, filters, { today, now }));

/** Whether a listing that fails some filters would fit with others in force, which differ from those in one facet. */
export function wouldFit(
  listing: Listing,
  failed: readonly FacetName[],
  facet: FacetName,
  chosen: Filters,
  { today, now = 0 }: SearchQuery,
): boolean {
  const test = facet === 'time' || facet === 'when' ? 'day' : facet;
  return failed.every((name) => name === test) && TESTS[test](listing, chosen, { today, now });
}

/** What the values of the facet `checked` mean on a day, worked out once for each: every listing is asked about them. */
const checkedSince = new Map<string, (readonly [value: string, since: string])[]>();
function checkedOn(today: string): (readonly [value: string, since: string])[] {
  const known = checkedSince.get(today);
  if (known) return known;
  const made = CHECKED_MONTHS.map((months) => [`${months}m`, monthsBefore(today, months)] as const);
  checkedSince.set(today, made);
  return made;
}

/** Every value that a listing has of each facet, with the filters that are in force once it is chosen too. */
export function* choicesOf(
  listing: Listing,
  { filters, today, now = 0 }: SearchQuery,
): Generator<readonly [FacetName, string, Filters]> {
  const { service } = listing;
  const any = <K extends FacetName & keyof Filters>(facet: K, values: readonly string[]) =>
    [...new Set(values)].map((value) => [facet, value, { ...filters, [facet]: [value] }] as const);
  const all = (facet: 'access' | 'pain_friendly', values: readonly string[]) =>
    values.map(
      (value) => [facet, value, { ...filters, [facet]: [...(filters[facet] ?? []), value] } as Filters] as const,
    );
  const coming = comingAt(listing, { today, now });
  const sessions = filters.when === undefined ? meetingsOf(listing) : coming;
  const points = pointsOf(listing);
  if (coming.some(({ date }) => date === today)) yield ['when', 'today', { ...filters, when: 'today' }];
  if (coming.length > 0) yield ['when', 'week', { ...filters, when: 'week' }];
  yield* any('kind', saidKind(service));
  yield* any('category', categoriesOf(listing));
  yield* any('cost', costsOf(listing));
  yield* any(
    'day',
    sessions.map(({ day }) => day).filter((day) => day !== 'any'),
  );
  yield* any(
    'time',
    sessions.map(({ time }) => time).filter((time) => time !== 'unknown'),
  );
  yield* all(
    'access',
    ACCESS.filter((feature) => points.some((point) => offers(point, [feature]))),
  );
  yield* any('language', service.languages);
  yield* any('join', service.join);
  for (const [name, age] of Object.entries(AGE_GROUPS)) yield ['age', name, { ...filters, age }];
  yield* any('mode', service.attending_types);
  yield* all(
    'pain_friendly',
    PAIN_FRIENDLY.filter((practice) => service.pain_friendly[practice] === 'yes'),
  );
  for (const [value, since] of checkedOn(today)) yield ['checked', value, { ...filters, checked_since: since }];
}
