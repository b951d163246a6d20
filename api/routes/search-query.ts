import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Place } from '../domain/place.ts';
import { REACH_KINDS } from '../domain/reach.ts';
import { today } from '../domain/schedule.ts';
import { unsealSearch } from '../domain/sealed-search.ts';
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
  FACET_NAMES,
  FACETS,
  type FacetName,
  type FacetValue,
  facetOf,
  LIST_FACETS,
  type ListFacet,
  valuesOf,
} from '../search/facets.ts';
import { type Filters, METRES_PER_MILE, monthsBefore, type SearchQuery, type Sort } from '../search/types.ts';

/** The years that `age` asks for; undefined where it is neither an age nor a group. */
function ageSpan(age: string): Filters['age'] {
  if (Object.hasOwn(AGE_GROUPS, age)) return AGE_GROUPS[age as keyof typeof AGE_GROUPS];
  const years = /^\d{1,3}$/.test(age) ? Number(age) : Number.NaN;
  return years <= 120 ? { from: years, to: years } : undefined;
}

/** What the parameter of a facet takes: values of it, or one alone. */
function parameterOf(name: FacetName) {
  const { description, chosen, codes } = facetOf(name);
  if (codes) return codesParameter(codes.accepts, codes.mend, { description });
  const values = valuesOf(name) as [string, ...string[]];
  return chosen === 'one' ? choiceParameter(values, { description }) : choicesParameter(values, { description });
}

type Parameter<Value> = z.ZodOptional<z.ZodType<Value, string | string[]>>;
type FilterParameters = { [Name in ListFacet]: Parameter<FacetValue<Name>[]> } & {
  when: Parameter<FacetValue<'when'>>;
  age: Parameter<NonNullable<Filters['age']>>;
  checked: Parameter<FacetValue<'checked'>>;
};

const filterParameters = {
  ...Object.fromEntries(FACET_NAMES.map((name) => [name, parameterOf(name)])),
  // Any age will do, and not those of the groups alone.
  age: parsedParameter(ageSpan, `takes an age in years, such as 67, or one of ${valuesOf('age').join(', ')}`, {
    description: FACETS.age.description,
    example: '67',
  }),
} as unknown as FilterParameters;

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
  ...filterParameters,
  reach: choicesParameter(REACH_KINDS, {
    description:
      'Which listings: `venue` to go to, `area` for those that come to you or cover the place, `remote` online or by phone, `unclear` for those that may serve the place or not, since nobody knows where people must live, `not_serving` for those nearby that are not for this place. The first four unless said; facets then count the first three.',
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

type MaybeSealed = Pick<SearchParameters, 'q' | 'sealed' | 'category'>;

/** The parameters, with those that came sealed opened; null where this directory did not seal them. */
export function withSealed<G extends MaybeSealed>({ secret }: Pick<ApiContext, 'secret'>, given: G) {
  if (given.sealed === undefined) return given;
  const sealed = unsealSearch(given.sealed, secret);
  if (sealed === null) return null;
  const known = sealed.categories.filter((code) => taxonomyTerm(code) !== undefined);
  const category = [...(given.category ?? []), ...known];
  return { ...given, q: given.q ?? (sealed.q || undefined), ...(category.length > 0 && { category }) };
}

/** The same; a refusal in place of null. */
export const opened = <G extends MaybeSealed>(c: Context, parts: ApiContext, given: G) =>
  withSealed(parts, given) ??
  problem(c, 'invalid-parameter', {
    parameter: 'sealed',
    detail: 'sealed: this was not made by this directory, or its key has changed. Send the words again, as q.',
  });

/** @param today 'YYYY-MM-DD' in Europe/London, which `checked` counts back from */
function filtersOf(given: SearchParameters, today: string): Filters {
  const { when, age, checked } = given;
  const chosen = LIST_FACETS.map((name) => [name, given[name] ?? []] as const).filter(
    ([, values]) => values.length > 0,
  );
  return {
    ...(Object.fromEntries(chosen) as Filters),
    ...(when ? { when } : {}),
    ...(age ? { age } : {}),
    ...(checked ? { checked_since: monthsBefore(today, Number.parseInt(checked, 10)) } : {}),
  };
}

/**
 * The query that the parameters ask for.
 * @param now the moment at which it is asked
 */
export const searchQuery = (given: SearchParameters, place: Place | null, now: Date): SearchQuery => ({
  place,
  q: given.q ?? '',
  filters: filtersOf(given, today(now)),
  reach: given.reach && given.reach.length > 0 ? given.reach : ['venue', 'area', 'remote', 'unclear'],
  radius_m: given.radius === undefined ? null : given.radius * METRES_PER_MILE,
  sort: given.sort ?? null,
  page: given.page,
  per_page: given.per_page,
  ...(given.each !== undefined && { each: Math.floor(given.each) }),
  today: today(now),
  now: now.getTime(),
});

/** The order in force where none was asked for. */
export const sortInForce = ({ sort, q, place }: SearchQuery): Sort =>
  sort ?? (q ? 'relevance' : place ? 'distance' : 'name');
