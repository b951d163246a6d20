import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPrivateAddress } from '../../../api/import/fetch/addresses.ts';
import { listFeeds } from '../../../api/store/feeds.ts';
import { FEED } from '../../fixtures/feed.ts';
import {
  createSignpost,
  HASTY,
  type Handler,
  harvest,
  pageOf,
  register,
  type Signpost,
  sendJson,
  serveFeed,
} from './world.ts';

/** A feed that does everything wrong that a feed can. Each fault is a line of the report; the rest is taken in all the same. */

const copy = (record: Record<string, unknown>, number: number, more: Record<string, unknown> = {}) =>
  JSON.parse(
    JSON.stringify({ ...record, ...more }).replaceAll(
      /c0000000-0000-4000-8000-0000000([0-9a-f]{5})/g,
      (_, end) => `d${String(number).padStart(7, '0')}-0000-4000-8000-0000000${end}`,
    ),
  ) as Record<string, unknown>;
const good = (number: number, more: Record<string, unknown> = {}) => copy(FEED.plain, number, more);

let open: { close: () => Promise<unknown> }[] = [];
async function serve(handler: Handler) {
  const server = await serveFeed(handler);
  open.push(server);
  return server;
}
afterAll(async () => {
  await Promise.all(open.map(({ close }) => close()));
  open = [];
});

const stored = ({ db }: Signpost): string[] =>
  db.prepare('SELECT name FROM service ORDER BY name').pluck().all() as string[];
const everything = ({ db }: Signpost): string =>
  JSON.stringify([
    db.prepare('SELECT document FROM service').all(),
    db.prepare('SELECT document FROM organization').all(),
    db.prepare('SELECT document FROM location').all(),
    db.prepare('SELECT record FROM imported').all(),
  ]);

/** 64 MB of blanks. */
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));

/** A feed of pages, some of which are broken. */
const pages =
  (answers: Record<number, Handler>, total: number): Handler =>
  (request, response, url) => {
    if (!url.pathname.endsWith('/services') || url.searchParams.has('format')) return sendJson(response, {}, 404);
    const number = Number(url.searchParams.get('page') ?? 1);
    const special = answers[number];
    if (special) return special(request, response, url);
    return sendJson(response, {
      ...pageOf([], url),
      total_items: total,
      total_pages: total,
      page_number: number,
      contents: [good(number)],
      empty: false,
    });
  };

describe('what a feed may do to whoever reads it', () => {
  const faults: [string, Handler, RegExp][] = [
    ['JSON that breaks off', (_, response) => sendJson(response, '{"contents":[{"id":"1","name":"Half'), /breaks off/],
    [
      'a server that stalls',
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"conte'),
      /could not be read/,
    ],
    ['a server that never answers', () => undefined, /no answer within|nothing came/],
    [
      'a web page',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Login</html>'),
      /a web page was answered/,
    ],
    ['an error', (_, response) => sendJson(response, { title: 'down' }, 503), /it answered 503/],
    ['a connection that is cut', (_, response) => void response.destroy(), /could not be read/],
    [
      'more than can be held',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = Buffer.alloc(1024 * 1024, 32);
        const pour = () => {
          while (!response.destroyed && response.write(more));
          if (!response.destroyed) response.once('drain', pour);
        };
        pour();
      },
      /larger than 24 MB|not whole within/,
    ],
    [
      'a zip bomb',
      (_, response) =>
        void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(BOMB),
      /larger than 24 MB|not whole within/,
    ],
    [
      'a redirect to itself for ever',
      (_, response, url) => void response.writeHead(302, { location: url.pathname + url.search }).end(),
      /leads on more than/,
    ],
    [
      'a redirect to a file',
      (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /only http and https/,
    ],
  ];
  test.each(faults)('%s costs that page and nothing else', async (_, handler, words) => {
    const signpost = createSignpost();
    const { url } = await serve(pages({ 2: handler }, 3));
    const report = await harvest(signpost, register(signpost, url), { client: HASTY });
    expect(report.outcome).toBe('incomplete');
    expect(report.words).toMatch(/Nothing was taken away/);
    expect(report.notes.filter(({ kind }) => kind === 'feed')).toEqual([
      expect.objectContaining({ about: 'page 2', words: expect.stringMatching(words) }),
    ]);
    expect(report.added).toBe(2);
    expect(signpost.index.size).toBe(2);
  });

  test('a list that repeats itself for ever is left after its first page', async () => {
    const signpost = createSignpost();
    const server = await serve((_, response, url) =>
      url.searchParams.has('format')
        ? sendJson(response, {}, 404)
        : sendJson(response, { contents: [good(1), good(2)], last_page: false }),
    );
    const report = await harvest(signpost, register(signpost, server.url));
    expect(report.added).toBe(2);
    expect(report.notes).toContainEqual(
      expect.objectContaining({ about: 'page 2', words: expect.stringMatching(/repeats itself/) }),
    );
    expect(server.asked.length).toBeLessThan(10);
  });

  test('a feed that cannot be reached at all is told in a sentence, asked again later, and loses nothing', async () => {
    const signpost = createSignpost();
    const server = await serve(pages({}, 3));
    const feed = register(signpost, server.url);
    await harvest(signpost, feed);
    await server.close();
    const report = await harvest(signpost, feed);
    expect(report).toMatchObject({ outcome: 'failed', added: 0, unconfirmed: 0 });
    expect(report.words).toMatch(/could not be read: the connection failed \(ECONNREFUSED\).*Nothing was taken away/);
    expect(signpost.index.size).toBe(3);
    expect(listFeeds(signpost.db)[0]).toMatchObject({ failures: 1, next_at: '2026-11-21T10:00:00.000Z' });
  });
});

describe('records that are no records, or too much of one', () => {
  let signpost: Signpost;
  let report: Awaited<ReturnType<typeof harvest>>;
  const nested = (depth: number): unknown => (depth === 0 ? 'end' : { parent: nested(depth - 1) });
  const clash = good(20, { name: 'First of two' });
  const records: unknown[] = [
    good(1),
    good(2, { name: 'Ten megabytes', description: 'x'.repeat(10 * 1024 * 1024) }),
    good(3, { name: 'Turtles', pc_parent: nested(1000) }),
    good(4, { name: 'Points to itself', pc_schema: { $ref: '#' } }),
    { ...FEED.scripted },
    clash,
    { ...clash, name: 'Second of two' },
    null,
    'a text',
    [],
    { name: 'Without an id' },
    { id: 'x' },
    { id: '__proto__', name: 'Prototype', __proto__: { polluted: true } },
    { id: 'not-a-uuid', name: 'Old id', description: 'Talk.' },
    good(5, { name: 'Null\u0000 and \ud800 lone' }),
    good(6, { name: { en: 'An object' } }),
    good(7, {
      schedules: 'Mondays',
      service_at_locations: { location: 'here' },
      contacts: [null, 7],
      attributes: 'none',
    }),
    good(8, { name: 'Last' }),
  ];
  beforeAll(async () => {
    signpost = createSignpost();
    const { url } = await serve((_, response, url_) =>
      url_.pathname.endsWith('/services') && !url_.searchParams.has('format')
        ? sendJson(response, pageOf(records, url_))
        : sendJson(response, {}, 404),
    );
    report = await harvest(signpost, register(signpost, url), {});
  });

  test.each([
    ['Ten megabytes', 'description', /10,485,760 characters long/],
    ['Turtles', 'pc_parent', /inside itself for more than 24 levels/],
    ['Second of two', 'id', /has the same id and says something else; the first was taken/],
    ['Without an id', 'id', /has no id/],
    ['', 'name', /has no name/],
  ])('%s is refused, and the field is named', (name, field, words) => {
    const line = report.notes.find((note) => note.kind === 'refused' && note.name === name);
    expect(line?.field).toContain(field);
    expect(line?.words).toMatch(words);
  });

  test('every record ends as added or refused, and the run goes on to the last', () => {
    expect(report.added + report.refused + report.unchanged).toBe(records.length);
    expect(report.refused).toBe(report.notes.filter(({ kind }) => kind === 'refused').length);
    expect(stored(signpost)).toContain('Last');
    expect(stored(signpost)).toContain('First of two');
    expect(stored(signpost)).not.toContain('Second of two');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('no script is stored, in a field that is known or in one that is not', () => {
    expect(everything(signpost)).not.toMatch(/<script|onerror|<iframe|javascript:|evil\.example/i);
    expect(everything(signpost)).toContain('Come in. Sit down.');
    const said = report.notes.filter(
      ({ name, words }) => name === 'Quiet Corner' && words === 'A script was taken out.',
    );
    expect(said.map(({ field }) => field).sort()).toEqual(['description', 'pc_widget', 'url']);
  });

  test('what stands in the way of a database or a page is not stored', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
    expect(everything(signpost)).not.toMatch(/\\u0000|\u0000|\\ud800/i);
    const record = signpost.db
      .prepare("SELECT record FROM imported WHERE record_id = 'not-a-uuid'")
      .pluck()
      .get() as string;
    expect(JSON.parse(record).id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });
});

describe('encodings', () => {
  test.each([
    ['latin1', 'Café Llŷn'.replace('ŷ', 'y'), Buffer.from(JSON.stringify(good(1, { name: 'Café Llyn' })), 'latin1')],
    [
      'utf-16 with its mark',
      'Neuadd Tŷ',
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(JSON.stringify(good(1, { name: 'Neuadd Tŷ' })), 'utf16le'),
      ]),
    ],
    ['utf-8 with its mark', 'Neuadd Tŷ', Buffer.from(`\ufeff${JSON.stringify(good(1, { name: 'Neuadd Tŷ' }))}`)],
    ['utf-8 read as latin1', 'Café Llwyd', Buffer.from(JSON.stringify(good(1, { name: 'CafÃ© Llwyd' })))],
  ])('%s is read as what it says', async (_, name, record) => {
    const signpost = createSignpost();
    const wide = record[0] === 0xff;
    const [from, to] = wide
      ? [Buffer.from('\ufeff[', 'utf16le'), Buffer.from(']', 'utf16le')]
      : [Buffer.from('['), Buffer.from(']')];
    const bare = wide ? record.subarray(2) : record[0] === 0xef ? record.subarray(3) : record;
    const start = record[0] === 0xef ? Buffer.from('\ufeff[') : from;
    const { url } = await serve(
      (__, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.concat([start, bare, to])),
    );
    const report = await harvest(signpost, register(signpost, url));
    expect(report).toMatchObject({ added: 1, refused: 0 });
    expect(stored(signpost)).toEqual([name]);
  });
});

describe('private addresses', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
  ])('%s is one', (address) => expect(isPrivateAddress(address)).toBe(true));
  test.each(['8.8.8.8', '172.32.0.1', '93.184.215.14', '2606:4700::1111'])('%s is none', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );

  test('a feed there is not asked, by address or by name, and says so', async () => {
    const signpost = createSignpost();
    const server = await serve(pages({}, 1));
    for (const url of [
      server.url,
      server.url.replace('127.0.0.1', 'localhost'),
      server.url.replace('127.0.0.1', '[::1]'),
      server.url.replace('127.0.0.1', '2130706433'),
    ]) {
      const report = await harvest(signpost, register(signpost, url), { allowPrivate: false });
      expect(report.outcome).toBe('failed');
      expect(report.words).toMatch(/is not asked: .* is an address of a private network/);
    }
    expect(server.asked).toEqual([]);
  });

  test('a detail that leads there costs that record alone', async () => {
    const signpost = createSignpost();
    const inner = await serve((_, response) => sendJson(response, good(2, { name: 'From the inside' })));
    const summary = ({ id, name, status }: Record<string, unknown>) => ({ id, name, status });
    const list = [good(1), good(2), good(3)];
    // The guard lets the feed itself be asked: what is refused is a scheme, as an address inside would be.
    const { url } = await serve((_, response, at) => {
      if (at.searchParams.has('format')) return sendJson(response, {}, 404);
      if (at.pathname.endsWith('/services')) return sendJson(response, pageOf(list.map(summary), at));
      const record = list.find(({ id }) => at.pathname.endsWith(String(id)));
      if (record === list[1])
        return void response.writeHead(302, { location: `gopher://${new URL(inner.url).host}/` }).end();
      return sendJson(response, record);
    });
    const report = await harvest(signpost, register(signpost, url));
    expect(report.added).toBe(2);
    expect(report.outcome).toBe('incomplete');
    expect(report.notes).toContainEqual(
      expect.objectContaining({
        about: `record ${list[1]?.['id']}`,
        words: expect.stringMatching(/details could not be had.*only http and https/),
      }),
    );
    expect(inner.asked).toEqual([]);
  });
});
