import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createGeocoder } from '#api/geocode/geocoder.ts';
import { createPostcodesIo } from '#api/geocode/postcodes-io.ts';
import { closeStore, openStore } from '#api/store/open.ts';
import { hasShared, SHARED } from '../../fixtures/typed.ts';

/** Bodies by hand, as postcodes.io 18 answers; the recorded ones take their place where they lie beside the project. */
const OWN: Record<string, unknown> = {
  'postcode-found': {
    status: 200,
    result: {
      postcode: 'E8 1EA',
      latitude: 51.545033,
      longitude: -0.056407,
      codes: { admin_district: 'E09000012', admin_ward: 'E05009372' },
    },
  },
  'postcode-unknown': { status: 404, error: 'Postcode not found' },
  'postcode-invalid': { status: 404, error: 'Invalid postcode' },
  'postcode-terminated': {
    status: 404,
    error: 'Postcode not found',
    terminated: {
      postcode: 'AB1 0AA',
      year_terminated: 1996,
      month_terminated: 6,
      longitude: -2.242851,
      latitude: 57.101474,
    },
  },
  'postcode-without-point': {
    status: 200,
    result: {
      postcode: 'JE2 4WD',
      latitude: null,
      longitude: null,
      codes: { admin_district: 'L99999999', admin_ward: 'L99999999' },
    },
  },
};
const body = (name: string): string =>
  hasShared ? readFileSync(join(SHARED, `../postcodes.io/${name}.json`), 'utf8') : JSON.stringify(OWN[name]);

type Reply = { status?: number; body?: string; hang?: boolean };
let replies: Reply[];
let asked: string[];
let server: Server;
let url: string;

beforeEach(async () => {
  replies = [];
  asked = [];
  server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''));
    const reply = replies[Math.min(asked.length, replies.length) - 1] ?? { status: 500 };
    if (reply.hang) return;
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(reply.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const QUICK = { timeout: 100, backoff: 5 };
const client = (options = {}) => createPostcodesIo(`${url}/`, { ...QUICK, ...options });

describe('the client', () => {
  test('reads a found one', async () => {
    replies = [{ body: body('postcode-found') }];
    expect(await client().ask('E8 1EA')).toEqual({
      kind: 'live',
      latitude: 51.545033,
      longitude: -0.056407,
      district: 'E09000012',
      ward: 'E05009372',
    });
    expect(asked).toEqual(['/postcodes/E8 1EA']);
  });

  test.each([
    ['an unknown one', 'postcode-unknown', { kind: 'unknown' }],
    ['one that is none', 'postcode-invalid', { kind: 'unknown' }],
    [
      'a withdrawn one',
      'postcode-terminated',
      { kind: 'withdrawn', latitude: 57.101474, longitude: -2.242851, since: '1996-06' },
    ],
  ])('tells by the body of a 404: %s, asked once', async (_, name, answer) => {
    replies = [{ status: 404, body: body(name) }];
    expect(await client().ask('AB1 0AA')).toEqual(answer);
    expect(asked).toHaveLength(1);
  });

  test('hands on that there is no point, and takes 0,0 for none', async () => {
    replies = [{ body: body('postcode-without-point') }];
    expect(await client().ask('JE2 4WD')).toMatchObject({ kind: 'live', latitude: null, longitude: null });
    const nowhere = {
      ...(OWN['postcode-found'] as object),
      result: { latitude: 0, longitude: 0, codes: { admin_district: null, admin_ward: null } },
    };
    replies = [{ body: JSON.stringify(nowhere) }];
    expect(await client().ask('E8 1EB')).toMatchObject({ kind: 'live', latitude: null, longitude: null });
  });

  test('tries twice more after an error, and takes the answer that comes', async () => {
    replies = [{ status: 500 }, { status: 503 }, { body: body('postcode-found') }];
    expect(await client().ask('E8 1EA')).toMatchObject({ kind: 'live' });
    expect(asked).toHaveLength(3);
  });

  test('tries twice more after a silence', async () => {
    replies = [{ hang: true }, { hang: true }, { body: body('postcode-found') }];
    expect(await client().ask('E8 1EA')).toMatchObject({ kind: 'live' });
    expect(asked).toHaveLength(3);
  });

  test.each<[string, Reply]>([
    ['errors', { status: 500 }],
    ['silence', { hang: true }],
    ['something else than JSON', { body: '<html>' }],
    ['something else than postcodes.io', { body: '{"hello":"world"}' }],
    ['a 404 of somebody else', { status: 404, body: 'Not Found' }],
    ['a refusal', { status: 403, body: '{"status":403,"error":"no"}' }],
  ])('fails on %s, without an error and in at most three attempts', async (_, reply) => {
    replies = [reply];
    expect(await client().ask('E8 1EA')).toEqual({ kind: 'failed' });
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  test('fails where nobody listens', async () => {
    expect(await createPostcodesIo('http://127.0.0.1:1', QUICK).ask('E8 1EA')).toEqual({ kind: 'failed' });
  });

  test('remembers answers for a while, no more than it may', async () => {
    replies = [{ body: body('postcode-found') }];
    let time = 0;
    const io = client({ remember: 1000, most: 2, now: () => time });
    await io.ask('E8 1EA');
    await io.ask('E8 1EA');
    expect(asked).toHaveLength(1);
    time = 1001;
    await io.ask('E8 1EA');
    expect(asked).toHaveLength(2);
    await io.ask('E8 1EB');
    await io.ask('E8 1ED');
    await io.ask('E8 1EA');
    expect(asked).toHaveLength(5);
  });

  test('forgets what has expired, when something else is asked', async () => {
    replies = [{ body: body('postcode-found') }];
    let time = 0;
    const io = client({ remember: 1000, now: () => time });
    await io.ask('E8 1EA');
    time = 500;
    await io.ask('E8 1EB');
    expect(io.size).toBe(2);
    time = 1001;
    await io.ask('E8 1EB');
    expect(io.size).toBe(1);
    expect(asked).toHaveLength(2);
  });

  test('and forgets it when nothing is', async () => {
    replies = [{ body: body('postcode-found') }];
    const io = client({ remember: 50 });
    await io.ask('E8 1EA');
    await io.ask('E8 1EB');
    expect(io.size).toBeGreaterThan(0);
    await vi.waitUntil(() => io.size === 0, { timeout: 30_000 });
  });

  test('rests after a failure, so that not every search waits for it', async () => {
    replies = [{ status: 500 }];
    let time = 0;
    const io = client({ rest: 1000, now: () => time });
    await io.ask('E8 1EA');
    const before = asked.length;
    expect(await io.ask('E8 1EB')).toEqual({ kind: 'failed' });
    expect(asked).toHaveLength(before);
    time = 1001;
    replies = [{ body: body('postcode-found') }];
    expect(await io.ask('E8 1EB')).toMatchObject({ kind: 'live' });
  });
});

describe('behind the geocoder', () => {
  const locate = async (text: string, postcodesIoUrl: string | null = url) => {
    const db = openStore(':memory:');
    try {
      return await createGeocoder({ db, postcodesIoUrl, towns: () => [], postcodesIo: QUICK }).locate(text);
    } finally {
      closeStore(db);
    }
  };

  test('it makes an answer exact', async () => {
    replies = [{ body: body('postcode-found') }];
    expect(await locate('e8 1ea')).toMatchObject({
      outcome: 'found',
      place: {
        label: 'E8 1',
        latitude: 51.545033,
        districts: [{ name: 'Hackney' }],
        wards: [{ name: 'Hackney Central' }],
      },
      key: { kind: 'point', sector: 'E8 1' },
    });
  });

  test('it says what is withdrawn, unknown and without a point', async () => {
    replies = [{ status: 404, body: body('postcode-terminated') }];
    expect(await locate('AB1 0AA')).toMatchObject({
      outcome: 'terminated',
      since: '1996-06',
      place: { latitude: 57.101474 },
    });
    replies = [{ status: 404, body: body('postcode-unknown') }];
    expect(await locate('E8 4ZZ')).toMatchObject({ outcome: 'unknown', nearby: { label: 'E8 4' } });
    replies = [{ body: body('postcode-without-point') }];
    expect(await locate('E8 4AA')).toMatchObject({ outcome: 'no_point', nearby: { label: 'E8 4' } });
  });

  test.each<[string, Reply]>([
    ['errors', { status: 500 }],
    ['silence', { hang: true }],
    ['nonsense', { body: 'null' }],
  ])('%s leave the approximate answer', async (_, reply) => {
    replies = [reply];
    const answer = await locate('E8 1EA');
    expect(answer).toEqual(await locate('E8 1EA', null));
    expect(answer.outcome).toBe('approximate');
  });

  test('nothing is ever asked unless it is set, nor for what is no whole postcode of Great Britain', async () => {
    replies = [{ body: body('postcode-found') }];
    await locate('E8 1EA', null);
    for (const text of ['E8', 'E8 1', 'Hackney', 'BT1 5GS', 'JE2 4WD', 'BF1 3AA', 'ZZ99 3VZ', 'E8 IEA', 'asdf', ''])
      await locate(text);
    expect(asked).toEqual([]);
  });

  test('no failure says anything, so that no postcode reaches a log', async () => {
    const said = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) => vi.spyOn(console, name));
    replies = [{ status: 500 }];
    await locate('E8 1EA');
    for (const spy of said) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});
