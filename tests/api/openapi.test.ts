import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../api/http/parameters.ts';
import { IDS } from '../fixtures/listings.ts';
import { createWorld, TYPED } from '../fixtures/world.ts';

const world = createWorld();
// biome-ignore lint/suspicious/noExplicitAny: a document of a foreign schema, walked by the test.
let document: any;
let ajv: Ajv2020;

beforeAll(async () => {
  document = await (await world.api.request('/api/v1/openapi.json')).json();
  ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (it: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'openapi', ...document });
});

test('the document is OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(document.openapi).toBe('3.1.0');
});

test('every route is in it, and it has no other', () => {
  expect(Object.keys(document.paths).sort()).toEqual([
    '/api/v1/areas',
    '/api/v1/categories',
    '/api/v1/handouts',
    '/api/v1/handouts/{code}',
    '/api/v1/handouts/{code}/calendar.ics',
    '/api/v1/health',
    '/api/v1/organizations/{id}',
    '/api/v1/postcodes/{postcode}',
    '/api/v1/ready',
    '/api/v1/search',
    '/api/v1/search.csv',
    '/api/v1/search.geojson',
    '/api/v1/services-template.csv',
    '/api/v1/services.csv',
    '/api/v1/services.geojson',
    '/api/v1/services/{id}',
    '/api/v1/services/{id}/calendar.ics',
    '/api/v1/services/{id}/like',
    '/api/v1/services/{id}/reach',
    '/api/v1/suggest',
  ]);
});

test('the limits are stated', () => {
  const parameters = Object.fromEntries(
    document.paths['/api/v1/search'].get.parameters.map((it: { name: string }) => [it.name, it]),
  );
  expect(parameters.per_page.schema).toMatchObject({ type: 'integer', maximum: LIMITS.per_page.max, default: 20 });
  expect(parameters.radius.schema).toMatchObject({ type: 'number', maximum: 50 });
  expect(parameters.q.schema).toMatchObject({ type: 'string', maxLength: 200 });
  expect(parameters.kind.schema).toMatchObject({
    type: 'array',
    items: { enum: expect.arrayContaining(['clinical']) },
  });
  for (const [name, parameter] of Object.entries<{ description?: string; required?: boolean }>(parameters)) {
    expect([name, parameter.description]).toEqual([name, expect.any(String)]);
    expect([name, parameter.required ?? false]).toEqual([name, false]);
  }
});

test('every form with a name is one form, and the documentation page shows its fields', async () => {
  const page = await (await world.api.request('/api/v1/docs')).text();
  for (const [name, schema] of Object.entries<{ type?: unknown; oneOf?: unknown }>(document.components.schemas)) {
    expect([name, schema.oneOf ? 'object' : schema.type]).toEqual([name, expect.stringMatching(/^(object|array)$/)]);
    expect(page).toContain(`<h3 id="shape-${name.toLowerCase()}">${name}</h3>`);
  }
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${target}"`);
});

const ASKED: [string, string][] = [
  ...Object.keys(TYPED).flatMap((typed): [string, string][] => [
    ['/api/v1/search', `/api/v1/search?reach=venue,area,remote,not_serving&postcode=${typed}`],
    ['/api/v1/postcodes/{postcode}', `/api/v1/postcodes/${typed}`],
  ]),
  ['/api/v1/search', '/api/v1/search'],
  ['/api/v1/search', '/api/v1/search?kind=clinical&postcode=E81EA'],
  ['/api/v1/search', '/api/v1/search?lat=58.4&lng=-3.1&radius=0.5&reach=venue'],
  ['/api/v1/search', '/api/v1/search?format=geojson'],
  ['/api/v1/search', '/api/v1/search?colour=red'],
  ['/api/v1/search.geojson', '/api/v1/search.geojson?postcode=E81EA'],
  ['/api/v1/search.csv', '/api/v1/search.csv?each=2'],
  ['/api/v1/services.geojson', '/api/v1/services.geojson'],
  ['/api/v1/services.csv', '/api/v1/services.csv?colour=red'],
  ...[IDS.class, IDS.befriending, IDS.course, IDS.refugeService, IDS.full, IDS.draft].map((id): [string, string] => [
    '/api/v1/services/{id}',
    `/api/v1/services/${id}`,
  ]),
  ['/api/v1/services/{id}/reach', `/api/v1/services/${IDS.class}/reach?postcode=E81EA`],
  ['/api/v1/organizations/{id}', `/api/v1/organizations/${IDS.moves}`],
  ['/api/v1/categories', '/api/v1/categories'],
  ['/api/v1/areas', '/api/v1/areas'],
  ['/api/v1/suggest', '/api/v1/suggest?q=hom'],
  ['/api/v1/health', '/api/v1/health'],
  ['/api/v1/health', '/api/v1/health?colour=red'],
  ['/api/v1/ready', '/api/v1/ready'],
  ['/api/v1/ready', '/api/v1/ready?colour=red'],
];

describe('what is served is what is declared', () => {
  test.each(ASKED)('%s: %s', async (path, address) => {
    const response = await world.api.request(address);
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const pointer = ['paths', path, 'get', 'responses', String(response.status), 'content', type, 'schema']
      .map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const validate = ajv.getSchema(`openapi#/${pointer}`);
    expect(validate, `${response.status} ${type} is declared`).toBeDefined();
    const valid = validate?.(await response.json());
    expect(validate?.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });
});
