import { describe, expect, test } from 'vitest';
import { PROBLEMS, ProblemSchema } from '../../../api/http/problem.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld, TYPED } from '../../fixtures/world.ts';

const world = createWorld({ RATE_LIMIT: '5000' });
const front = world.front();

/** Every way in which the API says no, by its address. */
const REFUSALS: [string, RequestInit?][] = [
  ...Object.keys(TYPED).flatMap((typed): [string][] => [
    [`/api/v1/search?postcode=${typed}`],
    [`/api/v1/postcodes/${typed}`],
    [`/api/v1/services/${IDS.class}/reach?postcode=${typed}`],
  ]),
  ['/api/v1/postcodes/FAULT'],
  ['/api/v1/search?postcode=FAULT'],
  [`/api/v1/postcodes/${'x'.repeat(101)}`],
  [`/api/v1/services/${'x'.repeat(65)}`],
  [`/api/v1/services/${IDS.draft}`],
  [`/api/v1/services/${IDS.class}?colour=red`],
  [`/api/v1/services/${IDS.class}/calendar.ics?colour=red`],
  [`/api/v1/organizations/${IDS.nowhere}`],
  [`/api/v1/organizations/${IDS.moves}?colour=red`],
  ['/api/v1/search?colour=red'],
  ['/api/v1/search.csv?format=geojson'],
  ['/api/v1/search.geojson?near=x'],
  ['/api/v1/services.csv?modified_after=lately'],
  ['/api/v1/services.geojson?colour=red'],
  ['/api/openreferral/v3?colour=red'],
  ['/api/openreferral/v3/services?full=perhaps'],
  ['/api/openreferral/v3/services/x'],
  ['/api/openreferral/v3/service_at_locations?postcode=JE24WD'],
  ['/api/openreferral/v3/service_at_locations/x'],
  ['/api/openreferral/v3/organizations?page=0'],
  [`/api/openreferral/v3/organizations/${IDS.quiet}`],
  ['/api/openreferral/v3/taxonomies/x'],
  ['/api/openreferral/v3/taxonomy_terms/x'],
  ['/api/openreferral/v3/withdrawals?modified_after=x'],
  ['/api/openreferral/v3/nothing'],
  ['/api/openreferral/v3/services', { method: 'POST' }],
  ['/api/v1/search?page=0'],
  ['/api/v1/search?near=x'],
  ['/api/v1/search?lat=1'],
  ['/api/v1/postcodes/E8?colour=red'],
  ['/api/v1/categories?colour=red'],
  ['/api/v1/areas?colour=red'],
  ['/api/v1/suggest?colour=red'],
  ['/api/v1/health?colour=red'],
  ['/api/v1/ready?colour=red'],
  ['/api/v1'],
  ['/api/v1/'],
  ['/api/v1/search/'],
  ['/api'],
  ['/api/'],
  ['/api/v1/%ff'],
  ['/api/v1/postcodes/%ff%00'],
  ['/api/v2/search'],
  ['/api/v1/search', { method: 'POST' }],
  ['/api/v1/openapi.json', { method: 'PUT' }],
  ...[
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
    'application/jsonp',
  ].map((type): [string, RequestInit] => [
    '/api/v1/handouts',
    { method: 'POST', body: '{}', headers: { 'content-type': type } },
  ]),
  ['/api/v1/handouts', { method: 'POST', body: new Uint8Array([123, 125]) }],
  ['/api/v1/handouts', { method: 'POST' }],
  ['/api/v1/handouts', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
  ['/api/v1/search', { method: 'POST', body: 'x'.repeat(70_000), headers: { 'content-length': '70000' } }],
];

describe('every error leaves in one shape', () => {
  test.each(REFUSALS)('%s', async (path, init) => {
    const response = await front.request(path, init);
    if (response.ok) {
      // The outcomes that can be listed are no errors; all others in this list must be.
      expect(path).toMatch(/(postcode=|postcodes\/)(E81EA|E8IEA|E8|AB10AA)$/);
      return;
    }
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = ProblemSchema.strict().parse(await response.json());
    expect(body.status).toBe(response.status);
    const code = body.type.replace('/api/v1/docs#', '') as keyof typeof PROBLEMS;
    expect(PROBLEMS[code]).toEqual({ status: body.status, title: body.title });
    expect(body.detail).toMatch(/[.?:=]$/);
    expect(body.detail.length).toBeGreaterThan(20);
    expect(JSON.stringify(body)).not.toMatch(/\bat .*\.ts|node_modules|Zod|Error:/);
    if (body.errors) expect(body.parameter).toBe(body.errors[0]?.parameter);
  });

  test('what is sent in another form than JSON is told which, and is no fault of ours', async () => {
    const body = JSON.stringify({ ids: [IDS.class] });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', '', 'json']) {
      const before = world.faults.length;
      const headers = { 'content-type': type };
      const response = await front.request('/api/v1/handouts', { method: 'POST', body, headers });
      expect([type, response.status]).toEqual([type, 415]);
      expect(await response.json()).toMatchObject({
        detail: expect.stringContaining('Content-Type: application/json'),
      });
      expect(world.faults.slice(before)).toEqual([]);
    }
    const untyped = await front.request('/api/v1/handouts', { method: 'POST', body: Buffer.from(body) });
    expect(untyped.status).toBe(415);
    const rightly = { 'content-type': 'application/json; charset=utf-8' };
    expect((await front.request('/api/v1/handouts', { method: 'POST', body, headers: rightly })).status).toBe(201);
  });

  test('an unknown parameter is named, with those that there are', async () => {
    const response = await front.request('/api/v1/suggest?query=home');
    expect(await response.json()).toMatchObject({
      type: '/api/v1/docs#unknown-parameter',
      parameter: 'query',
      detail: 'There is no parameter “query” here. It takes q, limit.',
    });
  });

  test('a fault is told to the operator by kind and place, and to nobody by its message', async () => {
    const before = world.faults.length;
    const response = await front.request('/api/v1/postcodes/FAULT');
    expect(response.status).toBe(500);
    expect(world.faults.slice(before)).toHaveLength(1);
    const told = world.faults.at(-1) ?? '';
    expect(told).toMatch(/^Error inside:\n\s+at /);
    expect(told).not.toContain('E81EA');
  });

  test('every kind of problem has a place of its own on the documentation page', async () => {
    const page = await (await front.request('/api/v1/docs')).text();
    for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`<dt id="${code}">`);
  });
});
