import type { APIContext } from 'astro';
import { MOST_LISTINGS, packList, placeOfList, unpackList } from '#api/domain/handout-list.ts';
import { isMarkOf, markOfPlace } from '#api/domain/privacy.ts';
import type { Standing } from '#api/domain/reach.ts';
import { addressForPaper } from '#api/http/site-address.ts';
import { secret, settings } from '#api/instance.ts';
import { handout, reach, type ServiceResponse, service } from './api.ts';
import { addressOf } from './sealed-search.ts';
import { carried } from './search.ts';

/**
 * Gathering a handout without an account, a cookie or a script: what is gathered rides in the addresses of the site, as
 * `list`. Every page that links onwards passes it on with `keeping`.
 */

/** The ids gathered so far, in their order. */
export const gathered = (params: URLSearchParams): string[] => unpackList(params.get('list'));

/** Whether nothing more can be gathered. */
export const isFull = (ids: readonly string[]): boolean => ids.length >= MOST_LISTINGS;

/** An address of the site with what is gathered added to it. */
export function keeping(href: string, params: URLSearchParams): string {
  const ids = gathered(params);
  if (ids.length === 0) return href;
  const [address = '', hash] = href.split('#');
  const [path, query] = address.split('?');
  const kept = new URLSearchParams(query);
  kept.set('list', packList(ids, placeOfList(params.get('list'))));
  return `${path}?${kept}${hash === undefined ? '' : `#${hash}`}`;
}

/** What links to listings carry on where there is no search to lead back to: what is gathered, and nothing else. */
export const listAlone = (params: URLSearchParams): string => keeping('', params).slice(1);

let marked: { near: string; mark: string | null } = { near: '', mark: null };
/** The mark of a place, one for all links of a page. */
function markOf(near: string): string | null {
  if (marked.near !== near) marked = { near, mark: markOfPlace(near, secret) };
  return marked.mark;
}

/** The same parameters with other ids gathered, for the place that they name, if any; without any, the parameter goes. */
export function withList(params: URLSearchParams, ids: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(params);
  const near = params.get('near');
  next.delete('list');
  const place = near === null ? placeOfList(params.get('list')) : markOf(near);
  if (ids.length > 0) next.set('list', packList(ids, place));
  return next;
}

/**
 * A search from somewhere, with what was gathered so far. What was gathered for another place is set aside there, as `before`:
 * no listing of one person is on the sheet of the next, unless whoever gathers says so.
 * @param href of the results, without a list
 * @param list as the address of the form has it
 */
export function goingOn(href: string, list: string | null): string {
  const ids = unpackList(list);
  if (ids.length === 0) return href;
  const [path, query] = href.split('?');
  const params = withList(new URLSearchParams(query), ids);
  const place = placeOfList(list);
  if (place !== null && !isMarkOf(place, params.get('near') ?? '', secret)) {
    params.delete('list');
    params.set('before', packList(ids, place));
  }
  return `${path}?${params}`;
}

/**
 * Where a search from somewhere leads that carries what was gathered for another place, along whatever way it came: to the same
 * search with that set aside. Null where it carries none.
 * @param params as `carried` leaves them
 */
export function withoutOthers(params: URLSearchParams): string | null {
  const list = params.get('list');
  const near = params.get('near');
  const place = placeOfList(list);
  if (near === null || place === null || isMarkOf(place, near, secret)) return null;
  const search = new URLSearchParams(params);
  search.delete('list');
  return goingOn(addressOf('/search', search), list);
}

/** What was gathered for another place, and where it is put into this handout after all; null where nothing was. */
export function setAsideBefore({ pathname, searchParams }: URL): { count: number; href: string } | null {
  const ids = unpackList(searchParams.get('before'));
  if (ids.length === 0) return null;
  const params = carried(searchParams);
  params.delete('before');
  const both = [...new Set([...gathered(searchParams), ...ids])].slice(0, MOST_LISTINGS);
  return { count: ids.length, href: addressOf(pathname, withList(params, both)) };
}

/** Where the handout is seen and printed; it carries the search on, to lead back to it. */
export const handoutHref = (params: URLSearchParams): string => addressOf('/handout', carried(params));

/** Where somebody goes on gathering: the results that they came from, else the start. */
export function searchHref(params: URLSearchParams): string {
  const search = carried(params);
  search.delete('list');
  return search.size > 0 ? keeping(addressOf('/search', search), params) : keeping('/', params);
}

/** The address of this site to be printed and sent; null where it is not known, and no short link can be made. */
export const paperOrigin = ({ request, url }: Pick<APIContext, 'request' | 'url'>): string | null =>
  addressForPaper(settings, url, request.headers);

export interface Gathered {
  id: string;
  /** Null where it is no longer listed. */
  listing: ServiceResponse | null;
  /** How it stands to the place searched from; null where there was none. */
  standing: Standing | null;
}

/**
 * The listings gathered, as they are now.
 * @param near the sealed place of the search: how each stands to it is said on paper, and it is kept nowhere
 */
export async function gatheredListings(ids: readonly string[], near: string | null): Promise<Gathered[]> {
  const found = await Promise.all(
    ids.map(async (id) => {
      const answer = await service(id);
      if (!answer.ok) return { id, listing: null, standing: null };
      const asked = near ? await reach(id, near) : null;
      if (!asked?.ok) return { id, listing: answer.body, standing: null };
      const { reach: stands, distance_m, location_id } = asked.body;
      return { id, listing: answer.body, standing: { ...stands, distance_m, location_id } };
    }),
  );
  // Two that were gathered may have been joined into one since.
  const seen = new Set<string>();
  return found.filter(({ id, listing }) => {
    const now = listing?.service.id ?? id;
    return !seen.has(now) && seen.add(now);
  });
}

/** The short link of that code, where it holds just these listings, in whatever order; else null. */
export async function linkFor(code: string | null, ids: readonly string[]) {
  if (!code) return null;
  const answer = await handout(code);
  if (!answer.ok) return null;
  const held = answer.body.listings.map(({ id, listing }) => listing?.service.id ?? id);
  return held.length === ids.length && held.every((id) => ids.includes(id)) ? answer.body : null;
}
