import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { pageHeaders } from '../../../api/server/headers.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld } from '../../fixtures/world.ts';

/** A request as it comes over a connection from that address. */
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } }) as never;

const faults: string[] = [];
const drawn = createWorld().front({
  report: (line) => faults.push(line),
  pages: (c) => Promise.resolve(c.req.path === '/broken' ? Promise.reject(new Error('E8 1EA')) : c.text('a page')),
});

describe('headers', () => {
  const strict = [
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
  ];

  test.each(['/', '/api/v1/health', '/api/v1/nothing', '/api/v1/docs'])('%s carries the strict ones', async (path) => {
    const { headers } = await drawn.request(path);
    for (const [name, value] of strict) expect(headers.get(name ?? '')).toBe(value);
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  test('the api may be read from any site, pages may not', async () => {
    expect((await drawn.request('/api/v1/health')).headers.get('access-control-allow-origin')).toBe('*');
    expect((await drawn.request('/api/v1/nothing')).headers.get('access-control-allow-origin')).toBe('*');
    expect((await drawn.request('/')).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a browser that asks first is told what it may do', async () => {
    const response = await drawn.request('/api/v1/search', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'GET' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
  });

  test('a page that says nothing of keeping is not kept', async () => {
    expect((await drawn.request('/')).headers.get('cache-control')).toBe('no-store');
    expect((await drawn.request(`/api/v1/services/${IDS.class}`)).headers.get('cache-control')).toBe(
      'public, no-cache',
    );
  });

  test('the policy opens to the host of MAP_TILES_URL, where it is set, and to no other', () => {
    const imagesOf = (tiles: string | null) =>
      /img-src ([^;]+)/.exec(pageHeaders(tiles)['content-security-policy'] ?? '')?.[1];
    expect(imagesOf(null)).toBe("'self' data:");
    expect(imagesOf('https://tile.example.org/{z}/{x}/{y}.png?key=1')).toBe("'self' data: https://tile.example.org");
    expect(imagesOf('https://{s}.tile.example.org:8443/{z}/{x}/{y}.png')).toBe(
      "'self' data: https://*.tile.example.org:8443",
    );
  });
});

describe('compression', () => {
  test('what is long is compressed for who takes it, and the tag stays weak', async () => {
    const plain = await drawn.request('/api/v1/openapi.json');
    const packed = await drawn.request('/api/v1/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('etag')).toBe(plain.headers.get('etag'));
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan((await plain.arrayBuffer()).byteLength / 3);
  });
});

describe('sizes and forms', () => {
  const post = (path: string, body: string, type: string) =>
    drawn.request(path, {
      method: 'POST',
      body,
      headers: { 'content-type': type, 'content-length': String(body.length) },
    });
  const form = 'application/x-www-form-urlencoded';

  test('a form passes', async () => {
    expect(await (await post('/find', 'postcode=E8+1EA', form)).text()).toBe('a page');
  });

  test('too large: 413, in the form that the asker reads', async () => {
    const page = await post('/find', 'x'.repeat(65 * 1024), form);
    expect([page.status, page.headers.get('content-type')]).toEqual([413, 'text/html; charset=UTF-8']);
    expect(await page.text()).toContain('Send at most 64 kilobytes.');
    const api = await post('/api/v1/search', 'x'.repeat(65 * 1024), form);
    expect(await api.json()).toMatchObject({ status: 413, type: '/api/v1/docs#content-too-large' });
  });

  test('too large is found out while it comes, where its length is not said', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 70; sent++) controller.enqueue(new Uint8Array(1024));
        controller.close();
      },
    });
    const headers = { 'content-type': form, 'transfer-encoding': 'chunked' };
    const init = { method: 'POST', body, duplex: 'half', headers };
    expect((await drawn.request('/find', init as RequestInit)).status).toBe(413);
  });

  test('a page is read or sent a form: 405 for all else', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const response = await drawn.request('/', { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    }
    expect((await drawn.request('/', { method: 'POST' })).status).toBe(200);
  });

  test('what is no form: 415', async () => {
    const response = await post('/find', '{}', 'application/json');
    expect(response.status).toBe(415);
    expect(await response.text()).toContain('Send a form');
  });

  test('the api is only read: 405, and says with what', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await drawn.request('/api/v1/search', { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    expect((await drawn.request('/api/v1/health', { method: 'HEAD' })).status).toBe(200);
  });

  test('a fault in a page says nothing of itself', async () => {
    const response = await drawn.request('/broken');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain('This is our mistake');
    expect(text).not.toMatch(/E8 1EA|\bat \b|Error/);
    expect(faults.at(-1)).toMatch(/^Error inside:\n\s+at /);
    expect(faults.at(-1)).not.toContain('E8 1EA');
  });
});

describe('the limit of requests', () => {
  test('beyond it: 429, with how long to wait; others are not held up', async () => {
    const front = createWorld({ RATE_LIMIT: '3' }).front({ pages: (c) => Promise.resolve(c.text('a page')) });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await front.request('/api/v1/health', {}, from('203.0.113.1'))).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const api = await front.request('/api/v1/health', {}, from('203.0.113.1'));
    expect(Number(api.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await api.json()).toMatchObject({ status: 429, detail: expect.stringContaining('Wait') });
    const page = await front.request('/', {}, from('203.0.113.1'));
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=UTF-8']);
    expect((await front.request('/', {}, from('203.0.113.2'))).status).toBe(200);
  });

  test('a whole list counts as thirty, and no list keeps others from searching', async () => {
    const front = createWorld({ RATE_LIMIT: '70' }).front();
    const status = async (path: string, client = '203.0.113.1') => (await front.request(path, {}, from(client))).status;
    expect(await status('/api/v1/services.csv')).toBe(200);
    expect(await status('/api/openreferral/v3/services?format=ndjson&full=true')).toBe(200);
    expect(await status('/api/v1/search.geojson')).toBe(429);
    expect(await status('/api/v1/search')).toBe(200);
    expect(await status('/api/v1/services.csv', '203.0.113.2')).toBe(200);
  });

  test.each([
    ['a booklet', '/booklet', 5],
    ['a booklet, otherwise written', '//%2562ooklet/', 5],
    ['a page of FHIR', '/fhir/R4/HealthcareService?_count=100', 5],
    ['whole records of Open Referral UK', '/api/openreferral/v3/services?full=true&per_page=100', 5],
    ['the page that makes a handout', '/handout?list=x', 5],
    ['the same, otherwise written', '/%2568andout/?list=x', 5],
    ['a list, otherwise written', '/api/v1/services%2Ecsv', 30],
    ['a list whose form is said twice', '/api/openreferral/v3/services?format=json&format=ndjson', 30],
    ['a search in a frame', '/embed?area=hackney', 1],
    ['a search', '/api/v1/search?per_page=100', 1],
  ])('%s costs what it takes', async (_, path, cost) => {
    const front = createWorld({ RATE_LIMIT: '60' }).front({ pages: (c) => Promise.resolve(c.text('a page')) });
    // However long this takes, no bucket fills again meanwhile.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    let passed = 0;
    while (passed <= 60 && (await front.request(path, {}, from('203.0.113.1'))).status !== 429) passed++;
    expect(passed).toBe(60 / cost);
  });

  test('handouts that are made by an address otherwise written are counted all the same', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const front = createWorld({ RATE_LIMIT: '100000' }).front({ pages: (c) => Promise.resolve(c.text('a page')) });
    const ways = ['/handout', '/handout/', '/%68andout', '/%252568andout', '//handout'];
    let made = 0;
    for (; made < 400; made++) {
      const path = `${ways[made % ways.length]}?list=x`;
      if ((await front.request(path, { method: 'POST' }, from('203.0.113.1'))).status === 429) break;
    }
    expect(made).toBe(300);
  });

  test('handouts are bounded by address, and in all', async () => {
    // However long this takes, no bucket fills again meanwhile.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const front = createWorld({ RATE_LIMIT: '100000' }).front();
    const make = async (client: string) =>
      (
        await front.request(
          '/api/v1/handouts',
          { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"ids":[]}' },
          from(client),
        )
      ).status;
    const counts = async (client: string) => {
      let made = 0;
      while (made < 400 && (await make(client)) !== 429) made++;
      return made;
    };
    expect(await counts('203.0.113.1')).toBe(300);
    for (const client of ['203.0.113.2', '203.0.113.3', '203.0.113.4']) expect(await counts(client)).toBe(300);
    expect(await counts('203.0.113.5')).toBe(0);
  });

  test('X-Forwarded-For counts behind a proxy alone', async () => {
    const ask = async (environment: Record<string, string>) => {
      const front = createWorld({ RATE_LIMIT: '1', ...environment }).front();
      const statuses = [];
      for (const client of ['198.51.100.1', '198.51.100.2'])
        statuses.push(
          (await front.request('/api/v1/health', { headers: { 'x-forwarded-for': client } }, from('10.0.0.1'))).status,
        );
      return statuses;
    };
    expect(await ask({})).toEqual([200, 429]);
    expect(await ask({ TRUST_PROXY: '1' })).toEqual([200, 200]);
  });

  test('a busy link worker never meets it: five hundred requests in one go', async () => {
    const front = createWorld().front();
    for (let i = 0; i < 500; i++)
      expect((await front.request('/api/v1/nothing', {}, from('203.0.113.1'))).status).toBe(404);
  });
});

describe('the log', () => {
  test('one line a request: time, method, pattern, status, milliseconds', async () => {
    const world = createWorld();
    const front = world.front({
      pages: (c) => Promise.resolve(c.req.path === '/about' ? c.text('') : c.notFound()),
      pagePattern: (c) => (c.req.path === '/about' ? '/about' : undefined),
    });
    for (const path of [
      '/api/v1/postcodes/E8%201EA?x=1',
      '/api/v1/search?postcode=E8+1EA',
      `/api/v1/services/${IDS.class}`,
      `/api/v1/services/${IDS.class}/calendar.ics`,
      '/api/v1/E81EA',
      '/api/v2/E81EA',
      '/about',
      '/E81EA',
    ])
      await front.request(path);
    await front.request('/api/v1/postcodes/E81EA', { method: 'DELETE' });
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;
    expect(world.lines.map((line) => line.replace(time, '').replace(/ \d+ms$/, ''))).toEqual([
      'GET /api/v1/postcodes/:postcode 400',
      'GET /api/v1/search 200',
      'GET /api/v1/services/:id 200',
      'GET /api/v1/services/:id/calendar.ics 200',
      'GET (unmatched) 404',
      'GET (unmatched) 404',
      'GET /about 200',
      'GET (unmatched) 404',
      'DELETE /api/v1/postcodes/:postcode 405',
    ]);
    for (const line of world.lines) {
      expect(line).toMatch(time);
      expect(line).toMatch(/ \d+ms$/);
    }
  });
});
