import { z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';
import type { GeocodingOutcome } from '../domain/place.ts';
import { UrgentView } from './urgent-view.ts';

/**
 * How errors are sent: as problem+json (RFC 9457), made here and nowhere else. Each says what is wrong, names the
 * parameter where there is one, and says what to do next. `type` leads to the place on the documentation page that
 * explains it.
 */

export const DOCS_PATH = '/api/v1/docs';

/** Every kind of problem, with its status and its title. */
export const PROBLEMS = {
  'invalid-parameter': { status: 400, title: 'A parameter is not right' },
  'unknown-parameter': { status: 400, title: 'There is no such parameter' },
  'not-a-postcode': { status: 400, title: 'This is not a postcode or a place that we know' },
  'unknown-place': { status: 404, title: 'There is no such postcode' },
  'several-places': { status: 404, title: 'More than one place has that name' },
  'no-point': { status: 404, title: 'This postcode is not a place on the map' },
  'terminated-postcode': { status: 404, title: 'This postcode is no longer in use' },
  'outside-coverage': { status: 404, title: 'This place is outside the area that we cover' },
  'no-fixed-abode': { status: 404, title: 'This code stands for no fixed address' },
  'not-offered': { status: 403, title: 'This is not given, to keep people safe' },
  'not-found': { status: 404, title: 'There is nothing here' },
  withdrawn: { status: 410, title: 'This was listed once and has been withdrawn' },
  'method-not-allowed': { status: 405, title: 'That cannot be done here' },
  'content-too-large': { status: 413, title: 'What was sent is too large' },
  'unsupported-media-type': { status: 415, title: 'What was sent is in a form that we do not read' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'server-error': { status: 500, title: 'Something went wrong here' },
  'read-only': { status: 503, title: 'This server only answers searches' },
  'storage-full': { status: 507, title: 'There is no room left to save anything' },
  'service-unavailable': { status: 503, title: 'The directory is not ready' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** The kind of problem for each outcome of a postcode that cannot be searched from. */
export const OUTCOME_PROBLEMS = {
  not_a_postcode: 'not-a-postcode',
  unknown: 'unknown-place',
  several: 'several-places',
  no_point: 'no-point',
  terminated: 'terminated-postcode',
  outside_coverage: 'outside-coverage',
  no_fixed_abode: 'no-fixed-abode',
} as const satisfies Partial<Record<GeocodingOutcome, ProblemCode>>;

const Nearby = z.object({ label: z.string(), near: z.string() });

export const ProblemSchema = z
  .object({
    type: z.string().openapi({ example: `${DOCS_PATH}#unknown-parameter` }),
    title: z.string().openapi({ example: PROBLEMS['unknown-parameter'].title }),
    status: z.int().openapi({ example: 400 }),
    detail: z.string().openapi({ description: 'What is wrong and what to do next, for people.' }),
    parameter: z.string().optional().openapi({ description: 'The first parameter that is not right.' }),
    errors: z
      .array(z.object({ parameter: z.string(), detail: z.string() }))
      .optional()
      .openapi({ description: 'All parameters that are not right.' }),
    outcome: z
      .enum(Object.keys(OUTCOME_PROBLEMS) as [keyof typeof OUTCOME_PROBLEMS])
      .optional()
      .openapi({ description: 'What the postcode came to.' }),
    reason: z.enum(['no_coordinates', 'bfpo', 'non_geographic']).optional().openapi({
      description:
        'With `no_point`: why. `no_coordinates`: it is in use, and the list of postcodes has no point for it.',
    }),
    where: z.string().optional().openapi({ description: 'With `outside_coverage`: where it is.', example: 'Jersey' }),
    since: z
      .string()
      .nullable()
      .optional()
      .openapi({ description: 'With `terminated`: YYYY-MM, null where not known.' }),
    typed: z
      .string()
      .optional()
      .openapi({ description: 'With `several`: the name or code that they share.', example: 'SW1' }),
    withdrawn_at: z.string().optional().openapi({ description: 'With `withdrawn`: when, ISO 8601.' }),
    replaced_by: z.string().optional().openapi({ description: 'With `withdrawn`: the id of what it was joined with.' }),
    choices: z.array(Nearby).optional().openapi({ description: 'Places to choose from; pass `near` on.' }),
    nearby: Nearby.optional().openapi({ description: 'The nearest place that is known; pass `near` on.' }),
    urgent: z
      .array(UrgentView)
      .optional()
      .openapi({ description: 'Help for now, where the words of the search speak of danger.' }),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof ProblemSchema>;
type Extra = Omit<Problem, 'type' | 'title' | 'status'>;

/**
 * Answers with a problem.
 * @param extra at least `detail`: a sentence that names the mend and repeats no postcode
 */
export function problem<C extends ProblemCode>(
  c: Context,
  code: C,
  extra: Extra,
  headers: Record<string, string> = {},
): Response & TypedResponse<Problem, (typeof PROBLEMS)[C]['status'], 'json'> {
  const { status, title } = PROBLEMS[code];
  const body: Problem = { type: `${DOCS_PATH}#${code}`, title, status, ...extra };
  return c.json(body, status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  }) as never;
}

const content = { 'application/problem+json': { schema: ProblemSchema } };

/** What every route with parameters may answer besides its own answers. */
export const PROBLEM_RESPONSES = {
  400: { description: 'A parameter is unknown or not right: `detail` says which, and what it takes.', content },
  404: { description: 'There is nothing of that name here: `detail` says what to try.', content },
};
/** For a calendar: who shares a screen or a family's account would see what it holds. */
export const NOT_OFFERED = {
  403: { description: 'It would name a listing that nobody near may be seen to have: `detail` says so.', content },
};
/** For a route that once had something under that name. */
export const WITHDRAWN = {
  410: { description: 'It was listed once and has been withdrawn. Take it out of copies.', content },
};
/** The same for a route that always finds something. */
export const BAD_REQUEST = { 400: PROBLEM_RESPONSES[400] };

/** Makes one problem of all that zod found wrong, which names each parameter. */
export function parameterProblem(c: Context, error: z.ZodError, known: readonly string[]) {
  const unknown: NonNullable<Problem['errors']> = [];
  const wrong: NonNullable<Problem['errors']> = [];
  const takes = known.length > 0 ? `It takes ${known.join(', ')}.` : 'It takes none.';
  for (const issue of error.issues)
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys)
        unknown.push({ parameter: key, detail: `There is no parameter “${key}” here. ${takes}` });
    else wrong.push(mistake(String(issue.path[0] ?? ''), issue.message));
  const errors = [...wrong, ...unknown];
  const first = errors[0] ?? { parameter: '', detail: 'The request cannot be read.' };
  return problem(c, wrong.length > 0 ? 'invalid-parameter' : 'unknown-parameter', {
    detail: first.detail,
    parameter: first.parameter,
    errors,
  });
}

/** 'radius' and 'must be a number …' → 'radius: must be a number … .' */
const mistake = (parameter: string, mend: string) => ({
  parameter,
  detail: `${parameter}: ${mend}${mend.endsWith('.') ? '' : '.'}`,
});
