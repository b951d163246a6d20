import { beforeAll, describe, expect, test, vi } from 'vitest';
import { IDS } from '../fixtures/listings.ts';
import { createWorld, TYPED, type World } from '../fixtures/world.ts';

/** A postcode in any case and spacing, and written as in an address. */
const traces = (typed: string): RegExp => new RegExp([...typed].join('[\\s+_-]*(?:%20)*'), 'i');

/** All that the database holds, as text. */
function everything({ db }: World): string {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  return tables.map((table) => `${table}: ${JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).all())}`).join('\n');
}

/** Full postcodes of searchers: each outcome that one can have. */
const POSTCODES = Object.keys(TYPED).filter((typed) => typed.length > 4);
const WAYS = [
  (typed: string) => `/api/v1/search?postcode=${typed}`,
  (typed: string) => `/api/v1/search?postcode=${typed.slice(0, -3)}+${typed.slice(-3).toLowerCase()}&format=geojson`,
  (typed: string) => `/api/v1/search?q=${typed}`,
  (typed: string) => `/api/v1/search?near=${typed}`,
  (typed: string) => `/api/v1/search?${typed}=1`,
  (typed: string) => `/api/v1/search?kind=${typed}`,
  (typed: string) => `/api/v1/postcodes/${typed.slice(0, -3)}%20${typed.slice(-3)}`,
  (typed: string) => `/api/v1/suggest?q=${typed}`,
  (typed: string) => `/api/v1/services/${IDS.class}/reach?postcode=${typed}`,
  (typed: string) => `/api/v1/services/${typed}`,
  (typed: string) => `/api/v1/organizations/${typed}`,
  (typed: string) => `/api/v1/${typed}`,
  (typed: string) => `/${typed}?postcode=${typed}`,
];

describe('a searched postcode is nowhere afterwards', () => {
  const world = createWorld();
  const said: string[] = [];
  const headers: string[] = [];
  let before: string;

  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, name).mockImplementation((...words) => void said.push(words.map(String).join(' ')));
    before = everything(world);
    const front = world.front();
    for (const way of WAYS)
      for (const typed of POSTCODES) {
        const response = await front.request(way(typed), { headers: { referer: `https://example.org/?p=${typed}` } });
        await response.text();
        headers.push(...[...response.headers].map((pair) => pair.join(': ')));
      }
    await front.request('/api/v1/postcodes/FAULT');
    vi.restoreAllMocks();
  });

  test.each(POSTCODES)('%s', (typed) => {
    for (const line of [...world.lines, ...said, ...world.faults, ...headers]) expect(line).not.toMatch(traces(typed));
    expect(everything(world)).not.toMatch(traces(typed));
  });

  test('a search leaves the database as it was', () => {
    expect(everything(world)).toBe(before);
    expect(before).toContain('Seated exercise');
  });

  test('every request has its line, and no line more than time, method, pattern, status, milliseconds', () => {
    const line = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z GET (\(unmatched\)|\/api\/v1\/[a-z/:.]+) \d{3} \d+ms$/;
    expect(world.lines).toHaveLength(WAYS.length * POSTCODES.length + 1);
    for (const each of world.lines) expect(each).toMatch(line);
  });

  test('no cookie is set', () => {
    expect(headers.filter((line) => line.startsWith('set-cookie'))).toEqual([]);
  });

  test('a sealed place does not show what is in it', async () => {
    const near = async () => {
      const body = (await (await world.api.request('/api/v1/search?postcode=E81EA')).json()) as {
        place: { near: string };
      };
      return body.place.near;
    };
    const [one, other] = [await near(), await near()];
    expect(one).not.toBe(other);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toMatch(/E8|51\.5|E09/);
  });
});
