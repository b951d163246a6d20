import type { hc, InferResponseType } from 'hono/client';
import type { Api } from '#api/app.ts';
import type { Problem } from '#api/http/problem.ts';
import { api, parts } from '#api/instance.ts';
import { likeInside } from '#api/routes/like.ts';
import { reachInside } from '#api/routes/reach.ts';
import { searchInside } from '#api/routes/search.ts';
import { serviceInside } from '#api/routes/services.ts';
import { KeptForNow } from './kept-for-now.ts';

/** The api's routes as types: every answer below has the shape that its route declares. */
type V1 = ReturnType<typeof hc<Api>>['api']['v1'];

export type PlaceResponse = InferResponseType<V1['postcodes'][':postcode']['$get'], 200>;
export type SearchResponse = InferResponseType<V1['search']['$get'], 200>;
export type ServiceResponse = InferResponseType<V1['services'][':id']['$get'], 200>;
export type ReachResponse = InferResponseType<V1['services'][':id']['reach']['$get'], 200>;
type LikeResponse = InferResponseType<V1['services'][':id']['like']['$get'], 200>;
export type OrganizationResponse = InferResponseType<V1['organizations'][':id']['$get'], 200>;
export type CategoriesResponse = InferResponseType<V1['categories']['$get'], 200>;
export type AreasResponse = InferResponseType<V1['areas']['$get'], 200>;
export type HandoutResponse = InferResponseType<V1['handouts'][':code']['$get'], 200>;
type HandoutLinkResponse = InferResponseType<V1['handouts']['$post'], 201>;
export type HealthResponse = InferResponseType<V1['health']['$get'], 200>;
export type SearchResult = SearchResponse['results'][number];

/** What a page gets for a question: the api's answer, or the problem that it gave instead. */
export type Answer<Body> = { ok: true; body: Body } | { ok: false; problem: Problem };

/**
 * Asks the api in this very process: a page reads what the public reads, and nothing else. Where a listing was joined into
 * another, the answer is of that one.
 */
async function ask<Body>(path: string, init?: RequestInit): Promise<Answer<Body>> {
  const first = await api.request(`/api/v1${path}`, init);
  const response = first.status === 308 ? await api.request(first.headers.get('location') ?? '/') : first;
  const body = await response.json();
  return response.ok ? { ok: true, body: body as Body } : { ok: false, problem: body as Problem };
}

const answered = <Body>(body: Body | null): Answer<Body> | null => body && { ok: true, body };

/** What a postcode, a part of one, or a place name comes to. The text stays in this process. */
export const locate = (text: string) => ask<PlaceResponse>(`/postcodes/${encodeURIComponent(text.trim() || ' ')}`);

/** The same as {@link search}, at once; null where the API would refuse it. */
export const searchAtOnce: (params: URLSearchParams) => SearchResponse | null = searchInside(parts);

/** One page of results, with totals and facets. */
export const search = async (params: URLSearchParams): Promise<Answer<SearchResponse>> =>
  answered(searchAtOnce(params)) ?? ask<SearchResponse>(`/search?${params}`);

/** About ten kilobytes each. */
const listings = new KeptForNow<ServiceResponse>(500);
const serviceAtOnce: (id: string) => ServiceResponse | null = serviceInside(parts);

/** A listing. */
export const service = async (id: string): Promise<Answer<ServiceResponse>> =>
  answered(listings.get(id, () => serviceAtOnce(id))) ?? ask<ServiceResponse>(`/services/${encodeURIComponent(id)}`);

const reachAtOnce: (id: string, near: string) => ReachResponse | null = reachInside(parts);

/** How a listing stands to a sealed place. */
export const reach = async (id: string, near: string): Promise<Answer<ReachResponse>> =>
  answered(reachAtOnce(id, near)) ??
  ask<ReachResponse>(`/services/${encodeURIComponent(id)}/reach?near=${encodeURIComponent(near)}`);

const likeAtOnce: (id: string, near: string | null) => LikeResponse | null = likeInside(parts);

/** Listings like one, reached from a sealed place; null: from where it is. */
export const like = async (id: string, near: string | null): Promise<Answer<LikeResponse>> =>
  answered(likeAtOnce(id, near)) ??
  ask<LikeResponse>(`/services/${encodeURIComponent(id)}/like${near ? `?near=${encodeURIComponent(near)}` : ''}`);

/** An organization and its listings. */
export const organization = (id: string) => ask<OrganizationResponse>(`/organizations/${encodeURIComponent(id)}`);

/** The categories in their groups, with how many listings each has. */
export const categories = () => ask<CategoriesResponse>('/categories');

/** The council areas in which something is listed, with how many listings each has. */
export const areas = () => ask<AreasResponse>('/areas');

/** What a short link holds, and what has changed since it was made. */
export const handout = (code: string) => ask<HandoutResponse>(`/handouts/${encodeURIComponent(code)}`);

/** Makes a short link to listings. */
export const makeHandout = (ids: readonly string[]) =>
  ask<HandoutLinkResponse>('/handouts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids }),
  });

/** Whether the directory is well, and how precisely it knows postcodes. */
export const health = () => ask<HealthResponse>('/health');
