import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { importPostcodes } from '../../../api/geocode/import/import.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { readSetting } from '../../../api/store/settings.ts';
import { AT_NOW } from '../../helpers/clock.ts';

/** The real process: started, asked, told to stop. It serves the site where that is built, else the API alone. */

const PROGRAM = join(import.meta.dirname, '../../../api/server/server.ts');
const folder = mkdtempSync(join(tmpdir(), 'signpost-'));
const DATABASE = join(folder, 'test.sqlite');
const running = new Set<ChildProcess>();
/** What one start has compiled, the next need not. */
const COMPILED = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };

interface Process {
  child: ChildProcess;
  /** Everything that it said. */
  said: () => string;
  exit: Promise<number | null>;
}

function start(environment: Record<string, string>): Process {
  const child = spawn(process.execPath, [...AT_NOW.before, PROGRAM], {
    env: {
      PATH: process.env['PATH'],
      ...COMPILED,
      ...AT_NOW.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE,
      DATABASE_NEW: 'examples',
      ...environment,
    },
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { child, said: () => text, exit };
}

/** Waits until it has said something, or has ended. */
async function until({ child, said, exit }: Process, pattern: RegExp): Promise<RegExpExecArray> {
  let ended = false;
  exit.then(() => (ended = true));
  for (;;) {
    const found = pattern.exec(said());
    if (found) return found;
    if (ended) throw new Error(`It ended without saying ${pattern}: ${said()}`);
    await Promise.race([once(child.stdout ?? child, 'data'), once(child.stderr ?? child, 'data'), exit]);
  }
}

async function started(environment: Record<string, string> = {}) {
  const process_ = start(environment);
  const port = Number((await until(process_, /Signpost is at http:\/\/127\.0\.0\.1:(\d+)/))[1]);
  return { ...process_, port, address: `http://127.0.0.1:${port}` };
}

/** What a connection has received once it has all that a pattern wants. */
async function received(socket: Socket, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const part of socket) {
    text += part;
    if (pattern.test(text)) break;
  }
  return text;
}

beforeAll(async () => {
  // A table of a few postcodes, so that the first start neither imports those of all Great Britain nor asks the network.
  const db = openStore(DATABASE);
  await importPostcodes(db, join(import.meta.dirname, '../../fixtures/postcodes.csv'));
  closeStore(db);
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('start and stop', () => {
  test('it says where it is, how many listings, how exact; serves; ends with 0 and one whole file', async () => {
    const server = await started();
    await until(server, /\d+ listings\. Postcodes are /);
    const health = (await (await fetch(`${server.address}/api/v1/health`)).json()) as { listings: number };
    expect(health.listings).toBeGreaterThan(150);
    const found = await fetch(`${server.address}/api/v1/search?postcode=E8%201EA`);
    expect(found.status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(0);
    expect(server.said()).toMatch(/Stopped\.\n$/);
    expect(server.said()).not.toMatch(/E8 ?1EA|127\.0\.0\.1(?!:\d+\n)/);
    expect([existsSync(`${DATABASE}-wal`), existsSync(`${DATABASE}-shm`)]).toEqual([false, false]);
    const db = openStore(DATABASE);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(readSetting(db, 'secret')).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    closeStore(db);
  });

  test('a new directory that is to be empty is, and stays so without being told again', async () => {
    const DATABASE = join(folder, 'empty.sqlite');
    const listings = async (environment: Record<string, string>) => {
      const server = await started({ DATABASE, ...environment });
      const health = (await (await fetch(`${server.address}/api/v1/health`)).json()) as { listings: number };
      server.child.kill('SIGTERM');
      await server.exit;
      return health.listings;
    };
    const db = openStore(DATABASE);
    await importPostcodes(db, join(import.meta.dirname, '../../fixtures/postcodes.csv'));
    closeStore(db);
    expect(await listings({ DATABASE_NEW: 'empty' })).toBe(0);
    expect(await listings({ DATABASE_NEW: '' })).toBe(0);
  });

  test('a sealed address outlives a restart', async () => {
    const first = await started();
    const answer = (await (await fetch(`${first.address}/api/v1/search?postcode=E8`)).json()) as {
      place: { near: string };
    };
    first.child.kill('SIGINT');
    expect(await first.exit).toBe(0);
    const second = await started();
    const again = await fetch(`${second.address}/api/v1/search?near=${answer.place.near}`);
    expect(again.status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  });

  test('a request in flight is answered, and an idle connection does not hold it up', async () => {
    const server = await started();
    const idle = dial(server.port, '127.0.0.1');
    idle.write('GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n');
    await received(idle, /"status":"ok"/).catch(() => '');
    const busy = dial(server.port, '127.0.0.1');
    await once(busy, 'connect');
    busy.write('GET /api/v1/categories HTTP/1.1\r\nHost: x\r\n');
    // A second one, answered, shows that the first half of the other has been taken in.
    await (await fetch(`${server.address}/api/v1/health`)).text();
    server.child.kill('SIGTERM');
    await until(server, /Stopping/);
    busy.write('\r\n');
    const answer = await received(busy, /things-to-do[\s\S]*\]/);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await server.exit).toBe(0);
  });

  test('one Ctrl+C that comes twice is one; told again later, it ends at once', async () => {
    const server = await started();
    const held = dial(server.port, '127.0.0.1');
    held.on('error', () => undefined);
    await once(held, 'connect');
    held.write('GET /api/v1/health HTTP/1.1\r\n');
    await (await fetch(`${server.address}/api/v1/health`)).text();
    server.child.kill('SIGINT');
    server.child.kill('SIGINT');
    await until(server, /Stopping/);
    const again = setInterval(() => server.child.kill('SIGINT'), 200);
    expect(await server.exit).toBe(1);
    clearInterval(again);
    expect(server.said().match(/Stopping/g)).toHaveLength(1);
  });
});

describe('a log that cannot be written does not end it', () => {
  /** A port that was free a moment ago, for a process that has no way to say which it took. */
  async function freePort(): Promise<number> {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    other.close();
    await once(other, 'close');
    return port;
  }

  /** The status of the answer, as soon as there is one. */
  async function health(port: number, child: ChildProcess): Promise<number> {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health`).catch(() => null);
      if (answer) return answer.status;
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('a reader that has left', async () => {
    const server = await started();
    server.child.stdout?.destroy();
    server.child.stderr?.destroy();
    for (let i = 0; i < 5; i++) expect(await health(server.port, server.child)).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(0);
  });

  // A file that is always full is a thing of Linux; elsewhere one that is open for reading alone does as well.
  test('a full disk', async () => {
    const full = existsSync('/dev/full') ? openSync('/dev/full', 'w') : openSync(PROGRAM, 'r');
    const port = await freePort();
    const child = spawn(process.execPath, [...AT_NOW.before, PROGRAM], {
      env: { PATH: process.env['PATH'], ...COMPILED, ...AT_NOW.env, PORT: String(port), HOST: '127.0.0.1', DATABASE },
      stdio: ['ignore', full, full],
    });
    closeSync(full);
    running.add(child);
    const exit = once(child, 'close').then(([code]) => code as number | null);
    for (let i = 0; i < 5; i++) expect(await health(port, child)).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });
});

describe('requests as they come over the wire', () => {
  /** One for all of them; the last test stops it. */
  let server: Awaited<ReturnType<typeof started>>;
  beforeAll(async () => {
    server = await started();
    running.delete(server.child);
  });
  afterAll(() => void server?.child.kill('SIGKILL'));

  /** One request, written out; the answer, whole. */
  async function say(port: number, lines: string[], body = ''): Promise<string> {
    const socket = dial(port, '127.0.0.1');
    socket.write([...lines, 'Host: x', 'Connection: close', '', body].join('\r\n'));
    return received(socket, /$^/);
  }

  test('odd ones get a quick, clear answer, and none is a fault of ours', async () => {
    const chunk = (size: number) => `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`;
    const statuses = await Promise.all(
      [
        say(server.port, ['POST /api/v1/search HTTP/1.1']),
        say(server.port, ['DELETE /api/v1/search HTTP/1.1']),
        say(server.port, ['TRACE /api/v1/search HTTP/1.1']),
        say(server.port, ['POST /api/v1/search HTTP/1.1', 'Transfer-Encoding: chunked'], `${chunk(900)}0\r\n\r\n`),
        say(server.port, ['POST /api/v1/search HTTP/1.1', 'Transfer-Encoding: chunked'], `${chunk(70_000)}0\r\n\r\n`),
        say(server.port, ['POST /api/v1/search HTTP/1.1', 'Content-Length: 70000'], 'x'.repeat(70_000)),
        say(server.port, [`GET /api/v1/search?q=${'a'.repeat(9000)} HTTP/1.1`]),
        say(server.port, [`GET /api/v1/search?q=${'a'.repeat(20_000)} HTTP/1.1`]),
        say(server.port, ['GET /api/v1/search?q=%00%ff HTTP/1.1']),
        say(server.port, ['GET /assets/..%2f..%2fpackage.json HTTP/1.1']),
        say(server.port, ['GET /assets/../../package.json HTTP/1.1']),
        say(server.port, ['GET /%ff HTTP/1.1']),
        say(server.port, ['GET //example.org/ HTTP/1.1']),
      ].map(async (answer) => /^HTTP\/1\.1 (\d+)/.exec(await answer)?.[1]),
    );
    expect(statuses).toEqual([
      '405',
      '405',
      '405',
      '405',
      '413',
      '413',
      '400',
      '431',
      '200',
      '404',
      '404',
      '404',
      '404',
    ]);
    expect(server.said()).not.toContain('inside:');
  });

  test.each(['/find', '/api/v1/handouts'])(
    'a client that leaves while it sends to %s is no fault of ours',
    async (path) => {
      for (const end of ['', 'this is no chunk\r\n']) {
        const said = server.said().length;
        const socket = dial(server.port, '127.0.0.1');
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(
          [`POST ${path} HTTP/1.1`, 'Host: x', 'Transfer-Encoding: chunked', '', '5', 'abcde', end].join('\r\n'),
        );
        // One that is answered shows that what was sent before it has come.
        await (await fetch(`${server.address}/api/v1/health`)).text();
        socket.destroy();
        await until({ ...server, said: () => server.said().slice(said) }, / POST .* 400 \d+ms\n/);
      }
      expect(server.said()).not.toContain('inside:');
    },
  );

  test('a searched postcode is in no line that it says, no header, no address that it makes', async () => {
    const trace = /E9[\s+%20]*6SR|QQ1[\s+%20]*1QQ/i;
    for (const typed of ['E9 6SR', 'e96sr', 'QQ1 1QQ']) {
      const written = encodeURIComponent(typed);
      const form = {
        method: 'POST',
        body: new URLSearchParams({ postcode: typed, q: '' }),
        redirect: 'manual',
      } as const;
      const answers = [
        await fetch(`${server.address}/find`, form),
        await fetch(`${server.address}/search?postcode=${written}`, { redirect: 'manual' }),
        await fetch(`${server.address}/?postcode=${written}`, { redirect: 'manual' }),
        await fetch(`${server.address}/${written}`),
        await fetch(`${server.address}/api/v1/search?postcode=${written}`),
        await fetch(`${server.address}/api/v1/postcodes/${written}`),
      ];
      for (const answer of answers) {
        expect([...answer.headers].join('\n')).not.toMatch(trace);
        await answer.arrayBuffer();
      }
    }
    server.child.kill('SIGTERM');
    await server.exit;
    expect(server.said()).not.toMatch(trace);
    expect(server.said()).toContain('GET /api/v1/postcodes/:postcode 200');
  });
});

describe('what it cannot do it says in a sentence', () => {
  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const server = start({ PORT: String(port) });
    expect(await server.exit).toBe(1);
    other.close();
    expect(server.said()).toContain(`Port ${port} is taken: stop what is running there, or choose another with PORT.`);
    expect(server.said()).not.toMatch(/^\s+at /m);
  });

  test('settings that cannot be used', async () => {
    const server = start({ PORT: 'eighty', SECRET: 'short' });
    expect(await server.exit).toBe(1);
    expect(server.said()).toMatch(/^PORT must be a whole number .*\nSECRET must have at least 32 characters.*\n$/);
  });

  test('a host that is not here', async () => {
    const server = start({ HOST: '192.0.2.1' });
    expect(await server.exit).toBe(1);
    expect(server.said()).toContain('HOST is 192.0.2.1, which is no address of this computer.');
  });

  test('a file that a newer program wrote', async () => {
    const newer = join(folder, 'newer.sqlite');
    const db = openStore(newer);
    db.pragma('user_version = 9999');
    db.close();
    const server = start({ DATABASE: newer });
    expect(await server.exit).toBe(1);
    expect(server.said()).toContain('was written by a newer Signpost');
    expect(server.said()).not.toMatch(/^\s+at /m);
  });

  test('a path where there is nothing: it asks, and makes nothing, not even the folder', async () => {
    const missing = join(folder, 'not mounted', 'signpost.sqlite');
    const server = start({ DATABASE: missing, DATABASE_NEW: '' });
    expect(await server.exit).toBe(1);
    expect(server.said()).toMatch(
      /^There is no database at .*not mounted.*DATABASE_NEW=empty.*npm start -- --examples/,
    );
    expect(server.said()).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder, 'not mounted'))).toBe(false);
  });

  test('a file in which there is nothing yet: it publishes no made-up directory', async () => {
    const nothing = join(folder, 'nothing.sqlite');
    writeFileSync(nothing, '');
    const postcodes = join(folder, 'postcodes.sqlite');
    closeStore(openStore(postcodes));
    const said = async (file: string) => {
      const server = start({ DATABASE: file, DATABASE_NEW: '' });
      expect(await server.exit).toBe(1);
      return server.said();
    };
    expect(await said(nothing)).toMatch(/^There is an empty file at .*nothing.*DATABASE_NEW=empty/);
    expect(readFileSync(nothing)).toHaveLength(0);
    expect(await said(postcodes)).toMatch(/^There is a database without a directory at .*DATABASE_NEW=empty/);
  });

  test('a database of another program, which stays as it is', async () => {
    const foreign = join(folder, 'foreign.sqlite');
    const other = new Database(foreign);
    other.exec('CREATE TABLE invoice (id INTEGER); INSERT INTO invoice VALUES (7); PRAGMA user_version = 3');
    other.close();
    const before = readFileSync(foreign);
    for (const DATABASE_NEW of ['', 'empty', 'examples']) {
      const server = start({ DATABASE: foreign, DATABASE_NEW });
      expect(await server.exit).toBe(1);
      expect(server.said()).toContain('is a database of another program');
      expect(server.said()).not.toMatch(/^\s+at /m);
    }
    expect(readFileSync(foreign)).toEqual(before);
  });

  test('a file that is no database', async () => {
    const server = start({ DATABASE: PROGRAM });
    expect(await server.exit).toBe(1);
    expect(server.said()).toMatch(/^The database .*DATABASE/);
  });
});
