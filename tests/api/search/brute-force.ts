import { expect } from 'vitest';
import { coverage, REACH_KINDS, type ReachKind } from '../../../api/domain/reach.ts';
import { ACCESS, type Listing, type Location, PAIN_FRIENDLY, type Schedule } from '../../../api/domain/service.ts';
import { TAXONOMY, taxonomyCodes } from '../../../api/domain/taxonomy.ts';
import { AGE_GROUPS, CHECKED_MONTHS, type FacetName } from '../../../api/search/facets.ts';
import { chordOfMetres, chordSquared, earthPoint, metresOfChord } from '../../../api/search/geo/distance.ts';
import {
  AUTOMATIC_RADII_MILES,
  type Filters,
  type Hit,
  METRES_PER_MILE,
  monthsBefore,
  type SearchAnswer,
  type SearchQuery,
} from '../../../api/search/types.ts';
import type { PlainText } from './plain-text.ts';

/**
 * The search as product.md says it, one listing after the other, with nothing done for speed: what the engine is held to.
 * It shares the definition of distance with the engine (distance.test.ts holds that to the haversine), the rule of who
 * is served (domain/reach.ts), and nothing else.
 */

const fold = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7]/g, '');

const isPublic = ({ state, service }: Listing) =>
  ['published', 'due', 'unconfirmed'].includes(state) && service.status === 'active';

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

interface Standing {
  reach: ReachKind;
  certain: boolean;
  area: string | null;
  size: number;
  chord: number;
  location_id: string | null;
}

/** Whether one and the same place has all of these features. */
const offers = (location: Location, access: Filters['access']) =>
  (access ?? []).every((feature) => location.accessibility[feature] === 'yes');

const SIZE = { sector: 0, ward: 1, outcode: 2, district: 3, nation: 4, uk: 5 };

function standing(
  listing: Listing,
  query: SearchQuery,
  access: Filters['access'],
  chordLimit: number,
): Standing | null {
  const { service } = listing;
  const goes = service.attending_types.includes('in_person');
  const atHome = service.attending_types.includes('at_home');
  const remote = service.attending_types.includes('online') || service.attending_types.includes('phone');
  const points = pointsOf(listing);
  const shown = points.filter((point) => offers(point, access));
  const open = service.service_areas.length === 0;
  const elsewhere = (): ReachKind | null => {
    const comes = atHome || (goes && points.length === 0);
    if (comes && !open) return 'area';
    if (remote || (service.kind === 'information' && points.length === 0)) return 'remote';
    return goes && points.length > 0 ? null : 'area';
  };
  if (query.place === null) {
    const reach = goes && points.length > 0 ? 'venue' : elsewhere();
    return reach && { reach, certain: true, area: null, size: 6, chord: 0, location_id: shown[0]?.id ?? null };
  }
  const here = earthPoint(query.place.latitude, query.place.longitude);
  let chord = Number.POSITIVE_INFINITY;
  let nearest: string | null = null;
  for (const point of shown) {
    const squared = chordSquared(here, point.on);
    if (squared < chord) [chord, nearest] = [squared, point.id];
  }
  const { answer, area } = coverage(service.service_areas, query.place);
  const near = chord <= chordLimit;
  if (answer === 'no')
    return near ? { reach: 'not_serving', certain: true, area: null, size: 6, chord, location_id: nearest } : null;
  const served = { certain: answer === 'yes', area: area?.name ?? null, size: area ? SIZE[area.type] : 6 };
  if (goes && near) return { reach: 'venue', ...served, chord, location_id: nearest };
  const reach = elsewhere();
  return reach && { reach, ...served, chord, location_id: null };
}

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const dayOf = (date: string) => DAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? '';

function sessionsOf(schedule: Schedule): { day: string; time: string }[] {
  const days = schedule.additional_dates.map(dayOf);
  if (schedule.byday) days.push(...schedule.byday.split(',').map((day) => day.replace(/[-\d]/g, '')));
  else if (schedule.freq !== 'MONTHLY' && schedule.dtstart) days.push(dayOf(schedule.dtstart));
  else if (schedule.freq === 'MONTHLY' || days.length === 0) days.push('any');
  const hour = schedule.opens_at === undefined ? -1 : Number(schedule.opens_at.slice(0, 2));
  const time = hour < 0 ? 'unknown' : hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening';
  return days.map((day) => ({ day, time }));
}

const has = <T>(wanted: readonly T[] | undefined, held: readonly T[]) =>
  !wanted || wanted.length === 0 || wanted.some((value) => held.includes(value));

const costsOf = once(({ service }) =>
  service.cost_options.flatMap((cost) => (cost.concession ? [cost.option, 'concession' as const] : [cost.option])),
);
const meetingsOf = once(({ service }) => service.schedules.flatMap(sessionsOf));
/** A category stands for itself, a group for all in it. */
const categoriesOf = once(({ service }) => [
  ...service.taxonomy_terms,
  ...TAXONOMY.filter((group) => taxonomyCodes(group.code).some((code) => service.taxonomy_terms.includes(code))).map(
    (group) => group.code,
  ),
]);

const overlaps = ({ service }: Listing, age: { from: number; to: number }) =>
  (service.eligibility.minimum_age ?? 0) <= age.to && (service.eligibility.maximum_age ?? 120) >= age.from;

function fits(listing: Listing, filters: Filters): boolean {
  const { service } = listing;
  const sessions = meetingsOf(listing);
  const bySession = (filters.day?.length ?? 0) + (filters.time?.length ?? 0) > 0;
  return (
    has(filters.kind, [service.kind]) &&
    has(filters.category, categoriesOf(listing)) &&
    has(filters.cost, costsOf(listing)) &&
    (!bySession ||
      sessions.some(
        ({ day, time }) =>
          has(filters.day as string[] | undefined, [day]) && has(filters.time as string[] | undefined, [time]),
      )) &&
    ((filters.access ?? []).length === 0 || pointsOf(listing).some((point) => offers(point, filters.access))) &&
    has(filters.language, service.languages) &&
    has(filters.join, service.join) &&
    (filters.age === undefined || overlaps(listing, filters.age)) &&
    has(filters.mode, service.attending_types) &&
    (filters.pain_friendly ?? []).every((practice) => service.pain_friendly[practice] === 'yes') &&
    (filters.checked_since === undefined || service.assured_date >= filters.checked_since)
  );
}

/** For each facet every value, with the filters that stand once it is chosen. */
function choices(filters: Filters, today: string, languages: string[]): Record<FacetName, [string, Filters][]> {
  const any = <K extends keyof Filters>(name: K, values: readonly string[]): [string, Filters][] =>
    values.map((value) => [value, { ...filters, [name]: [value] }]);
  const all = (name: 'access' | 'pain_friendly', values: readonly string[]): [string, Filters][] =>
    values.map((value) => [value, { ...filters, [name]: [...(filters[name] ?? []), value] } as Filters]);
  const codes = TAXONOMY.flatMap((group) => [group.code, ...group.terms.map((term) => term.code)]);
  return {
    kind: any('kind', [
      'activity',
      'peer_support',
      'volunteering',
      'social',
      'advice',
      'event',
      'clinical',
      'information',
    ]),
    category: any('category', codes),
    cost: any('cost', ['free', 'donation', 'paid', 'concession']),
    day: any('day', ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']),
    time: any('time', ['morning', 'afternoon', 'evening']),
    access: all('access', ACCESS),
    language: any('language', languages),
    join: any('join', ['drop_in', 'book', 'self_refer', 'professional_referral']),
    age: Object.entries(AGE_GROUPS).map(([name, age]) => [name, { ...filters, age }]),
    mode: any('mode', ['in_person', 'online', 'phone', 'at_home']),
    pain_friendly: all('pain_friendly', PAIN_FRIENDLY),
    checked: CHECKED_MONTHS.map((months) => [`${months}m`, { ...filters, checked_since: monthsBefore(today, months) }]),
  };
}

/** The answer to a query over some listings. */
export function bruteForce(all: readonly Listing[], query: SearchQuery, text: PlainText): SearchAnswer {
  const listings = all.filter(isPublic);
  const { found, searched_for, hasWords } = text(listings, query.q);
  const stand = (these: readonly Listing[], radius: number, access = query.filters.access) =>
    these.flatMap((listing) => {
      const it = standing(listing, query, access, chordOfMetres(radius));
      return it ? [{ listing, ...it }] : [];
    });
  const fitOf = (listing: Listing) => found.get(listing.service.id) ?? 0;
  const meant = listings.filter((listing) => !hasWords || fitOf(listing) > 0);
  // Whatever access is asked for, what is listed goes by the same measure.
  const serving = stand(meant, Math.max(20 * METRES_PER_MILE, query.radius_m ?? 0), []).filter(
    (it) => it.reach !== 'not_serving',
  );
  const least = hasWords ? Math.max(0, ...serving.map((it) => fitOf(it.listing))) / 30 : 0;
  const within = (metres: number) =>
    stand(meant, metres).filter((it) => fitOf(it.listing) >= least && fits(it.listing, query.filters));
  let radius = query.radius_m;
  if (query.place && radius === null) {
    for (const miles of AUTOMATIC_RADII_MILES) {
      radius = miles * METRES_PER_MILE;
      const venues = within(radius).filter((it) => it.reach === 'venue');
      if (venues.length >= 10 && radius >= query.place.spread_m) break;
    }
  }
  const fitting = within(radius ?? 0);
  const totals = Object.fromEntries(
    REACH_KINDS.map((kind) => [kind, fitting.filter((it) => it.reach === kind).length]),
  ) as Record<ReachKind, number>;

  // What has more than one venue may stand in another way once more access is asked for.
  const kept = meant.filter((listing) => fitOf(listing) >= least);
  const withAccess = (access: Filters['access']) =>
    stand(kept, radius ?? 0, access).filter((it) => query.reach.includes(it.reach));
  const asked = withAccess(query.filters.access);
  const languages = [...new Set(listings.flatMap((listing) => listing.service.languages))];
  const facets = Object.fromEntries(
    Object.entries(choices(query.filters, query.today, languages)).map(([facet, values]) => [
      facet,
      Object.fromEntries(
        values
          .map(([value, filters]) => {
            const standing = facet === 'access' ? withAccess(filters.access) : asked;
            return [value, standing.filter((it) => fits(it.listing, filters)).length] as const;
          })
          .filter(([, count]) => count > 0),
      ),
    ]),
  ) as SearchAnswer['facets'];

  const sort = query.sort ?? 'relevance';
  const order =
    sort === 'relevance'
      ? hasWords
        ? 'relevance'
        : query.place
          ? 'distance'
          : 'name'
      : sort === 'distance' && !query.place
        ? 'name'
        : sort;
  const keys = (it: (typeof fitting)[number]): (number | string)[] => {
    const { service, state } = it.listing;
    const way = REACH_KINDS.indexOf(it.reach);
    const first = [way, state === 'unconfirmed' ? 1 : 0];
    const byName = [fold(service.name), service.id];
    if (order === 'name') return [...first, ...byName];
    if (order === 'checked') return [...first, -Date.parse(service.assured_date), ...byName];
    const measured = query.place !== null && (it.reach === 'venue' || it.reach === 'not_serving');
    const last = measured ? [it.chord, service.id] : byName;
    const size = it.reach === 'area' ? [it.size] : [];
    if (order !== 'relevance') return [...first, ...size, ...last];
    const fit = fitOf(it.listing) * (state === 'unconfirmed' ? 0.5 : 1);
    return [way, -Math.round(Math.log2(1 + fit)), ...size, ...last];
  };
  const ranked = fitting
    .filter((it) => query.reach.includes(it.reach))
    .map((it) => ({ it, key: keys(it) }))
    .sort((a, b) => {
      for (const [at, x] of a.key.entries()) {
        const y = b.key[at] as typeof x;
        if (x !== y) return x < y ? -1 : 1;
      }
      return 0;
    });
  const from = (query.page - 1) * query.per_page;
  const { each } = query;
  const listed =
    each === undefined
      ? ranked.slice(from, from + query.per_page)
      : REACH_KINDS.flatMap((kind) => ranked.filter(({ it }) => it.reach === kind).slice(0, each));
  return {
    radius_m: query.place ? radius : null,
    radius_auto: query.place !== null && query.radius_m === null,
    totals,
    hits: listed.map(({ it }): Hit => {
      const measured = query.place !== null && (it.reach === 'venue' || it.reach === 'not_serving');
      return {
        id: it.listing.service.id,
        reach: it.reach,
        certain: it.certain,
        area: it.area,
        distance_m: measured ? Math.round(metresOfChord(it.chord)) : null,
        location_id: it.location_id,
      };
    }),
    facets,
    counts: expect.anything(),
    searched_for,
    page: query.page,
    per_page: query.per_page,
    total: ranked.length,
  };
}
