import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PARAMETERS } from '../../api/fhir/parameters.ts';
import { ask } from './ask.ts';

/** Everything that can be asked of a running site: the routes of the API as it describes them, the pages as they lie there. */

const PAGES = join(import.meta.dirname, '../../site/pages');

export interface Target {
  method: string;
  /** '/services/{id}': what stands in braces is filled in. */
  path: string;
  /** Names of the parameters in its query. */
  query: readonly string[];
  /** Names of what it is sent as JSON. */
  body?: readonly string[];
  /** Names of what it is sent as a form that stands on no page of ours. */
  form?: readonly string[];
}

/** '/moderate/listings/{id}' of 'moderate/listings/[id]/index.astro'. */
const addressOf = (file: string): string =>
  `/${file}`
    .replace(/\.(astro|ts)$/, '')
    .replace(/\/index$/, '')
    .replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}') || '/';

/** The pages, in the order of their names. */
export const pages = (): Target[] =>
  (readdirSync(PAGES, { recursive: true }) as string[])
    .filter((file) => /\.(astro|ts)$/.test(file))
    .sort()
    .map((file) => ({ method: 'GET', path: addressOf(file.replaceAll('\\', '/')), query: PAGE_PARAMETERS }));

/** What the addresses of pages carry. */
const PAGE_PARAMETERS = [
  'q sealed postcode near list lang size code sent again back zoom by done page only kind quarter service next said since',
  'state sort kept none id one other area category cost day age trouble out asked radius reach outcome listings',
].flatMap((names) => names.split(' '));

interface Described {
  /** What stands before its paths. */
  servers?: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema?: { properties?: object } }> };
}

/** What is served and described nowhere: for people, for monitoring, and the ground of the map. */
const UNDESCRIBED: readonly Target[] = [
  '/metrics',
  '/tiles/{zoom}/{column}/{row}.svg',
  '/tiles/{zoom}/{column}/{row}.svg',
  '/api/v1/docs',
  '/api/v1/docs.css',
  '/api/v1/openapi.json',
  '/api/openreferral/v3/openapi.json',
].map((path) => ({ method: 'GET', path, query: ['edition'] }));

/** FHIR describes itself in a way of its own. */
const FHIR: readonly Target[] = [
  ...Object.entries(PARAMETERS).flatMap(([type, { shape }]) => {
    const query = Object.keys(shape);
    return [`/fhir/R4/${type}`, `/fhir/R4/${type}/{id}`].map((path) => ({ method: 'GET', path, query }));
  }),
  ...Object.entries(PARAMETERS).map(([type, { shape }]) => {
    const form = Object.keys(shape);
    return { method: 'POST', path: `/fhir/R4/${type}/_search`, query: form, form };
  }),
  { method: 'GET', path: '/fhir/R4/Bundle/{code}', query: [] },
  { method: 'GET', path: '/fhir/R4/metadata', query: [] },
];

/** By it a clinical system opens the results for a patient. */
const FROM_ELSEWHERE: readonly Target[] = ['/search', '/embed'].map((path) => ({
  method: 'POST',
  path,
  query: PAGE_PARAMETERS,
  form: ['postcode', 'q', 'near', 'sealed', 'radius', 'category', 'area', 'only', 'lat'],
}));

/** The routes of the server: those of the API as its own descriptions list them, and the rest. */
export async function routes(origin: string): Promise<Target[]> {
  const found: Target[] = [...UNDESCRIBED, ...FHIR, ...FROM_ELSEWHERE];
  for (const path of ['/api/v1/openapi.json', '/api/openreferral/v3/openapi.json']) {
    const { text } = await ask(origin, { method: 'GET', path, headers: {}, body: null });
    const { servers, paths } = JSON.parse(text) as Described;
    const base = new URL(servers?.[0]?.url ?? '/', origin).pathname.replace(/\/$/, '');
    for (const [route, methods] of Object.entries(paths))
      for (const [method, { parameters = [], requestBody }] of Object.entries(methods))
        found.push({
          method: method.toUpperCase(),
          path: base + route,
          query: parameters.flatMap((it) => (it.in === 'query' ? [it.name] : [])),
          body: Object.keys(requestBody?.content['application/json']?.schema?.properties ?? {}),
        });
  }
  return found;
}

export interface Form {
  /** Where it goes. */
  path: string;
  /** Its fields as the page has filled them in. */
  fields: [name: string, value: string][];
  /** Its buttons: one of them is pressed. */
  buttons: [name: string, value: string][];
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}(?:="([^"]*)"|(?=[\\s>/]))`)
    .exec(tag)
    ?.slice(1, 2)
    .map((value) => decoded(value ?? ''))[0];

const decoded = (text: string): string =>
  text
    .replaceAll('&#34;', '"')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#38;', '&')
    .replaceAll('&amp;', '&');

/** The forms that a page would send by POST. @param page its own address */
export function formsIn(html: string, page: string): Form[] {
  return [...html.matchAll(/<form\b[^>]*>/g)].flatMap(({ 0: tag, index }) => {
    if (attribute(tag, 'method')?.toLowerCase() !== 'post') return [];
    const inside = html.slice(index, html.indexOf('</form>', index));
    const named = (tags: RegExp) =>
      [...inside.matchAll(tags)].flatMap(([field]): [string, string][] => {
        const name = attribute(field, 'name');
        return name === undefined ? [] : [[name, attribute(field, 'value') ?? '']];
      });
    return [
      {
        path: attribute(tag, 'action') || page,
        fields: named(/<(?:input|textarea|select)\b[^>]*>/g),
        buttons: named(/<button\b[^>]*>/g),
      },
    ];
  });
}
