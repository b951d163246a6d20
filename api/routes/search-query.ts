import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Place } from '../domain/place.ts';
import { REACH_KINDS } from '../domain/reach.ts';
import { unsealSearch } from '../domain/sealed-search.ts';
import { ACCESS, ATTENDING_TYPES, COSTS, JOINS, KINDS, PAIN_FRIENDLY, WEEKDAYS } from '../domain/service.ts';
import { taxonomyTerm } from '../domain/taxonomy.ts';
import {
  choiceParameter,
  choicesParameter,
  codesParameter,
  LIMITS,
  numberParameter,
  parsedParameter,
  textParameter,
  wholeNumberParameter,
} from '../http/parameters.ts';
import { problem } from '../http/problem.ts';
import type { ApiContext } from '../http/resource.ts';
import {
  AGE_GROUPS,
  type Filters,
  METRES_PER_MILE,
  monthsBefore,
  type SearchQuery,
  type Sort,
} from '../search/types.ts';

const CHECKED = ['3m', '6m', '12m'] as const;

/** The span of years that `age` asks for; undefined where it is neither an age nor a group. */
function ageSpan(age: string): Filters['age'] {
  if (Object.hasOwn(AGE_GROUPS, age)) return AGE_GROUPS[age as keyof typeof AGE_GROUPS];
  const years = /^\d{1,3}$/.test(age) ? Number(age) : Number.NaN;
  return years <= 120 ? { from: years, to: years } : undefined;
}

/** The parameters of a search, each with what it takes. */
export const SearchParameters = z.strictObject({
  postcode: textParameter(100, {
    description:
      'A postcode, a part of one, or the name of a place. It is neither logged nor kept. Prefer `near` in anything that is stored or shared.',
    example: 'E8 1',
  }),
  near: textParameter(400, { description: 'A sealed place, as an earlier answer gave it, in place of a postcode.' }),
  lat: numberParameter(-90, 90, { description: 'Degrees north, with `lng`, in place of a postcode.' }),
  lng: numberParameter(-180, 180, { description: 'Degrees east, with `lat`.' }),
  q: textParameter(LIMITS.q.max, { description: 'Words to look for.', example: 'seated exercise' }),
  sealed: textParameter(4000, {
    description:
      'Words and subjects that an address of the site carries sealed, in place of `q`: such an address can be kept and shared, and shows nobody what was looked for.',
  }),
  kind: choicesParameter(KINDS, { description: 'Kinds of listing, any of them.' }),
  category: codesParameter(
    (code) => taxonomyTerm(code) !== undefined,
    'there is no such category; /api/v1/categories lists them',
    { description: 'Codes of categories or of groups of them (see /categories), any of them.' },
  ),
  cost: choicesParameter([...COSTS, 'concession'], { description: 'What it costs, any of them.' }),
  day: choicesParameter(WEEKDAYS, {
    description: 'Days on which it meets, any of them; with `time`, in the same session.',
  }),
  time: choicesParameter(['morning', 'afternoon', 'evening'], {
    description: 'Time of day at which it begins, any of them.',
  }),
  access: choicesParameter(ACCESS, { description: 'Access that must be there, all of them.' }),
  language: codesParameter((code) => /^[a-z]{2,3}$/.test(code), 'takes codes of languages, such as tr or bn', {
    description: 'Languages spoken there, any of them: codes such as tr or bn.',
  }),
  join: choicesParameter(JOINS, { description: 'How to join, any of them.' }),
  age: parsedParameter(ageSpan, `takes an age in years, such as 67, or one of ${Object.keys(AGE_GROUPS).join(', ')}`, {
    description: `An age in years, or a group: ${Object.keys(AGE_GROUPS).join(', ')}.`,
    example: '67',
  }),
  mode: choicesParameter(ATTENDING_TYPES, { description: 'How people take part, any of them.' }),
  pain_friendly: choicesParameter(PAIN_FRIENDLY, {
    description: 'What a host has declared that it does, all of them.',
  }),
  checked: choiceParameter(CHECKED, { description: 'Checked within so many months.' }),
  reach: choicesParameter(REACH_KINDS, {
    description:
      'Which listings: `venue` to go to, `area` for those that come to you or cover the place, `remote` online or by phone, `not_serving` for those nearby that are not for this place. The first three unless said.',
  }),
  radius: numberParameter(0, LIMITS.radius.max, {
    description:
      'Miles, in a straight line. Unless said, the smallest of ½, 1, 2, 3, 5, 10, 20 that holds ten venues and is no smaller than the place.',
    example: 3,
  }),
  sort: choiceParameter(['relevance', 'distance', 'name', 'checked'], {
    description: 'Order. Unless said: relevance with words, else distance, else name.',
  }),
  page: wholeNumberParameter(1, LIMITS.page.max, 1, { description: 'From 1.' }),
  per_page: wholeNumberParameter(1, LIMITS.per_page.max, LIMITS.per_page.default, {
    description: 'Results on a page.',
  }),
  each: numberParameter(1, LIMITS.each.max, {
    description: 'In place of a page, the first so many of each way of `reach`, one way after the other.',
  }),
  format: choiceParameter(['json', 'geojson'], {
    description: 'geojson: the results that are at a place, as features.',
  }),
});
export type SearchParameters = z.output<typeof SearchParameters>;

/** The parameters with what came sealed among them; a refusal where the seal is not this directory's. */
export function opened<G extends Pick<SearchParameters, 'q' | 'sealed' | 'category'>>(
  c: Context,
  { secret }: ApiContext,
  given: G,
) {
  if (given.sealed === undefined) return given;
  const sealed = unsealSearch(given.sealed, secret);
  if (sealed === null)
    return problem(c, 'invalid-parameter', {
      parameter: 'sealed',
      detail: 'sealed: this was not made by this directory, or its key has changed. Send the words again, as q.',
    });
  const known = sealed.categories.filter((code) => taxonomyTerm(code) !== undefined);
  const category = [...(given.category ?? []), ...known];
  return { ...given, q: given.q ?? (sealed.q || undefined), ...(category.length > 0 && { category }) };
}

/** @param today 'YYYY-MM-DD' in Europe/London, which `checked` counts back from */
function filtersOf(given: SearchParameters, today: string): Filters {
  const { kind, category, cost, day, time, access, language, join, mode, pain_friendly, age, checked } = given;
  const lists = { kind, category, cost, day, time, access, language, join, mode, pain_friendly };
  const chosen = Object.entries(lists).filter(([, values]) => values !== undefined && values.length > 0);
  return {
    ...(Object.fromEntries(chosen) as Filters),
    ...(age ? { age } : {}),
    ...(checked ? { checked_since: monthsBefore(today, Number.parseInt(checked, 10)) } : {}),
  };
}

/**
 * The query that the parameters ask for.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export const searchQuery = (given: SearchParameters, place: Place | null, today: string): SearchQuery => ({
  place,
  q: given.q ?? '',
  filters: filtersOf(given, today),
  reach: given.reach && given.reach.length > 0 ? given.reach : ['venue', 'area', 'remote'],
  radius_m: given.radius === undefined ? null : given.radius * METRES_PER_MILE,
  sort: given.sort ?? null,
  page: given.page,
  per_page: given.per_page,
  ...(given.each !== undefined && { each: Math.floor(given.each) }),
  today,
});

/** The order in force where none was asked for. */
export const sortInForce = ({ sort, q, place }: SearchQuery): Sort =>
  sort ?? (q ? 'relevance' : place ? 'distance' : 'name');
