import { copyFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { queueMail } from '../../../api/notify/mail.ts';
import { createMetrics } from '../../../api/operate/metrics.ts';
import { claimMail, markFailed } from '../../../api/store/mail.ts';
import { createWorld, get, type World } from '../../fixtures/world.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** What an operator, a load balancer and a monitor are told. */

const folder = temporaryFolder();
afterAll(folder.remove);
const HOUR_MS = 3_600_000;

/** The moment of the world, so many hours before. */
const hoursAgo = (world: World, hours: number) => new Date(world.parts.now().getTime() - hours * HOUR_MS);

const sendMail = (world: World, key: string, at: Date) =>
  queueMail(
    world.parts.db,
    { key, to: 'ada@example.org', template: 'sign-in', values: { link: '/x', minutes: '15' } },
    at,
  );

describe('/api/v1/health', () => {
  test('is ok while nothing wants to be done', async () => {
    const world = createWorld();
    sendMail(world, 'new', hoursAgo(world, 0.5));
    expect((await get(world.api, '/health')).body).toMatchObject({
      status: 'ok',
      attention: [],
      mail: { state: 'ok', waiting: 1, failed: 0 },
      feeds: { active: 0, failing: 0 },
      backup: { state: 'off', last: null },
      disk: { state: 'ok' },
    });
  });

  test('says that no mail goes out, that a feed fails and that a backup is old, each with what to do', async () => {
    const world = createWorld({ BACKUP_FOLDER: folder.path });
    sendMail(world, 'old', hoursAgo(world, 3));
    world.parts.db.exec(
      `INSERT INTO feed (id, name, state, every_hours, created_at, failures) VALUES
         ('a', 'A', 'active', 24, '2026-01-01', 2), ('b', 'B', 'active', 24, '2026-01-01', 0),
         ('c', 'C', 'paused', 24, '2026-01-01', 4)`,
    );
    const none = (await get(world.api, '/health')).body;
    expect(none).toMatchObject({ status: 'attention', backup: { state: 'late', last: null } });
    expect(none.attention).toContainEqual(expect.stringMatching(/^There is no backup/));
    const stamp = hoursAgo(world, 72).toISOString().slice(0, 19).replaceAll(':', '-');
    copyFileSync('package.json', folder.file(`signpost-${stamp}Z.sqlite`));
    const { body } = await get(world.api, '/health');
    expect(body).toMatchObject({
      mail: { state: 'stopped', waiting: 1 },
      feeds: { active: 2, failing: 1 },
      backup: { state: 'late', last: hoursAgo(world, 72).toISOString() },
    });
    expect(body.attention).toEqual([
      '1 mail waits to go out, the oldest for 3 hours. `npm run mail -- test ADDRESS` says why.',
      '1 feed has failed at the last harvest. `npm run feeds` says why.',
      'The last backup is 3 days old. The log says why no newer one can be made.',
    ]);
    expect(JSON.stringify(body)).not.toContain('ada@example.org');
  });
});

describe('/api/v1/ready', () => {
  test('is 200 where all works', async () => {
    expect(await get(createWorld().api, '/ready')).toMatchObject({ status: 200, body: { ready: true } });
  });

  test.each<[string, (world: World) => unknown, RegExp]>([
    ['cannot be written', ({ parts }) => parts.db.pragma('query_only = 1'), /cannot be written/],
    ['is closed', ({ parts }) => parts.db.close(), /does not answer|cannot be written/],
  ])('is 503 where the database %s', async (_, spoil, words) => {
    const world = createWorld();
    spoil(world);
    const { status, body } = await get(world.api, '/ready');
    expect([status, body.type, body.detail]).toEqual([
      503,
      '/api/v1/docs#service-unavailable',
      expect.stringMatching(words),
    ]);
  });
});

describe('/metrics', () => {
  const world = createWorld({ BACKUP_FOLDER: folder.file('none') });
  const front = world.front({ metrics: createMetrics(world.parts, () => world.index.size) });
  const read = async () => (await front.request('/metrics')).text();
  const value = (text: string, name: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1);

  test('counts requests by the pattern of their route, and holds nothing of who asked or what', async () => {
    for (const path of [
      '/api/v1/search?postcode=E8%201EA&q=zumba',
      '/api/v1/search?postcode=E8+1EA',
      '/api/v1/postcodes/E8%201EA',
      '/E8%201EA',
      '/api/v1/nothing',
    ])
      await front.request(path, { headers: { 'x-forwarded-for': '192.0.2.7' } });
    await front.request('/api/v1/search', { method: 'PATCH' });
    const text = await read();
    expect(value(text, 'signpost_requests_total{method="GET",route="/api/v1/search",status="200"}')).toBe('2');
    expect(value(text, 'signpost_requests_total{method="GET",route="/api/v1/postcodes/:postcode",status="200"}')).toBe(
      '1',
    );
    expect(text).toMatch(/signpost_requests_total\{method="other",route="[^"]*",status="405"\} 1/);
    expect(Number(value(text, 'signpost_search_seconds_count{as="api"}'))).toBeGreaterThanOrEqual(2);
    expect(text).not.toMatch(/E8|1EA|zumba|192\.0\.2/i);
  });

  test('holds the figures of index, queues, mail, feeds, upkeep and backup; what is not known is absent', async () => {
    sendMail(world, 'one', hoursAgo(world, 2));
    sendMail(world, 'two', hoursAgo(world, 1));
    const text = await read();
    expect(value(text, 'signpost_index_listings')).toBe('6');
    expect(value(text, 'signpost_queue_length{queue="mail"}')).toBe('2');
    expect(value(text, 'signpost_queue_length{queue="forms"}')).toBe('0');
    expect(value(text, 'signpost_mail_oldest_seconds')).toBe('7200');
    expect(value(text, 'signpost_upkeep_on')).toBe('1');
    expect(value(text, 'signpost_feeds{state="failing"}')).toBe('0');
    expect(value(text, 'signpost_backup_age_seconds')).toBeUndefined();
    expect(value(text, 'signpost_harvest_age_seconds')).toBeUndefined();
    const mail = claimMail(world.parts.db, world.parts.now(), world.parts.now());
    markFailed(world.parts.db, mail?.id ?? 0, 'ada@example.org is not known', world.parts.now());
    const after = await read();
    expect(value(after, 'signpost_mail_failed')).toBe('1');
    expect(after).not.toContain('ada@');
  });
});
