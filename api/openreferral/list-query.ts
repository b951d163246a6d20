import type { Context } from 'hono';
import { originOf } from '../http/origin.ts';
import { problem } from '../http/problem.ts';
import type { ApiContext } from '../http/resource.ts';
import { lapsedSince } from './assured.ts';
import { windowsOf } from './parameters.ts';
import type { ListQuery } from './select.ts';

/** Makes a query of the parameters of a list. */

interface ListParameters {
  search?: string | undefined;
  organization_id?: string | undefined;
  modified_after?: string | undefined;
  taxonomy_term_id?: string | undefined;
  taxonomy_id?: string | undefined;
  minimum_age?: number | undefined;
  maximum_age?: number | undefined;
  day?: Parameters<typeof windowsOf>[0]['day'];
  start_time?: string[] | undefined;
  end_time?: string[] | undefined;
  postcode?: string | undefined;
  lat?: number | undefined;
  lng?: number | undefined;
  proximity?: number | undefined;
}

/** The query, or a refusal where a parameter cannot be understood. */
export async function listQueryOf(c: Context, parts: ApiContext, given: ListParameters): Promise<ListQuery | Response> {
  const origin = await originOf(c, parts, given);
  if (origin instanceof Response) return origin;
  if (given.proximity !== undefined && !origin)
    return problem(c, 'invalid-parameter', {
      parameter: 'proximity',
      detail: 'proximity: says how far from a place; give the place too, as postcode, or as lat with lng.',
    });
  const windows = windowsOf(given);
  if (windows === null)
    return problem(c, 'invalid-parameter', {
      parameter: 'start_time',
      detail: 'start_time: day, start_time and end_time belong together in turn; give as many of each, or one for all.',
    });
  return {
    search: given.search,
    organization_id: given.organization_id,
    ...modifiedSince(given.modified_after, parts.now()),
    term_ids: given.taxonomy_term_id?.split(',').map((id) => id.trim()),
    taxonomy_id: given.taxonomy_id,
    windows,
    minimum_age: given.minimum_age,
    maximum_age: given.maximum_age,
    place: origin?.place,
    proximity_m: given.proximity,
  };
}

/** The conditions for what has changed since then, by somebody's hand or because a check lapsed. */
function modifiedSince(since: string | undefined, now: Date) {
  if (since === undefined) return {};
  const { from, to } = lapsedSince(since, now);
  return { modified_after: since, ...(from <= to && { lapsed_from: from, lapsed_to: to }) };
}

/** Whether an answer depends on a place, so that nobody may keep it but the one who asked. */
export const isAboutPlace = ({ place }: ListQuery): boolean => place !== undefined;
