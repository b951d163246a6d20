import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textStream } from '../../../api/http/streams.ts';
import { faultLines } from '../../../api/runtime/faults.ts';
import { type Site, startSite } from '../../helpers/site.ts';
import { moderator, visitor } from '../../helpers/visitor.ts';

/** Something breaks inside while people use the site: what they are shown, and what the log is told. */

/** What somebody typed, and nobody else is to read. */
const TYPED = 'My postcode is E9 6SR\n    at home, where I was hurt';
const TRACE = /E9 6SR|hurt/;

let site: Site;
let service: string;
beforeAll(async () => {
  site = await startSite({ MODERATORS: 'ada@example.org' });
  const db = new Database(site.database);
  service = db.prepare("SELECT id FROM service WHERE state = 'published' ORDER BY id").pluck().get() as string;
  db.close();
});
afterAll(() => site.stop());

/** Runs SQL in the file of the running site. */
function sabotage(sql: string): void {
  const db = new Database(site.database);
  db.exec(sql);
  db.close();
}

test('a page that breaks says so, and the log holds the place and not what was typed', async () => {
  sabotage("CREATE TRIGGER broken BEFORE INSERT ON report BEGIN SELECT RAISE(ABORT, 'no: ' || new.words); END");
  const answer = await visitor(site.origin).post(`/report?service=${service}`, { kind: 'wrong', words: TYPED });
  sabotage('DROP TRIGGER broken');
  expect(answer.status).toBe(500);
  expect(answer.text).toContain('Something went wrong');
  expect(answer.text).not.toMatch(TRACE);
  // The line of a request is written once it is answered.
  await expect.poll(() => readFileSync(site.log, 'utf8')).toContain('POST /report 500');
  const log = readFileSync(site.log, 'utf8');
  expect(log).toMatch(/SqliteError[^\n]* inside:\n\s+at \S+/);
  expect(log).not.toMatch(TRACE);
});

test('a moderator is told that something broke, and not that their page is too old', async () => {
  sabotage("CREATE TRIGGER broken BEFORE UPDATE ON service BEGIN SELECT RAISE(ABORT, 'broken'); END");
  const ada = moderator(site, 'ada@example.org');
  const path = `/moderate/listings/${service}`;
  const seen = /name="seen" value="(\d+)"/.exec((await ada.get(path)).text)?.[1] ?? '';
  const fields = { action: 'suspend', reason: TYPED, seen };
  const broken = await ada.post(path, fields);
  sabotage('DROP TRIGGER broken');
  expect(broken.status).toBe(500);
  expect(broken.text).toContain('Something went wrong');
  expect(broken.text).not.toMatch(/opened before you signed in|ada@example.org/);
  expect(broken.headers.get('cache-control')).toBe('no-store');
  // A form without its token is still of no use.
  const strange = await fetch(site.origin + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  expect(strange.status).toBe(303);
  expect((await ada.post(path, fields)).status).toBe(303);
});

test('the page that says sorry is nowhere to be asked for', async () => {
  for (const path of ['/500', '/500/', '/500?x=1']) {
    const { status, text } = await visitor(site.origin).get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(text).toContain('We cannot find that page');
  }
});

test('an answer that breaks half-way is cut off, and tells nobody why', async () => {
  const lines: string[] = [];
  function* pieces() {
    yield 'one\n';
    throw new Error(TYPED);
  }
  const reader = textStream(pieces(), (line) => lines.push(line)).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('one\n');
  await expect(reader.read()).rejects.toThrow('An answer was cut off.');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^Error inside:\n\s+at /);
  expect(lines[0]).not.toMatch(TRACE);
});

test('whoever leaves before all has come is no fault', async () => {
  const lines: string[] = [];
  let asked = 0;
  let go: () => void = () => undefined;
  const made: AsyncIterator<string> = {
    next: () => {
      asked += 1;
      return new Promise((resolve) => {
        go = () => resolve({ done: asked > 1, value: 'one\n' } as IteratorResult<string>);
      });
    },
  };
  const reader = textStream(made, (line) => lines.push(line)).getReader();
  const read = reader.read();
  while (asked === 0) await new Promise((resolve) => setImmediate(resolve));
  await reader.cancel();
  go();
  expect((await read).done).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toEqual([]);
  expect(asked).toBe(1);
});

test('of a fault the kind, the code and the places are told, whatever its message looks like', () => {
  const fault = Object.assign(new TypeError(`${TYPED}\n    at home (E9 6SR:1:1)`), { code: 'SQLITE_FULL' });
  expect(faultLines(fault)).toMatch(/^TypeError \(SQLITE_FULL\) inside:\n\s+at /);
  expect(faultLines(fault)).not.toMatch(TRACE);
  expect(faultLines(Object.assign(new Error('x'), { code: 'E9 6SR' }))).not.toMatch(TRACE);
  expect(faultLines(fault.stack?.replace('(E9 6SR:1:1)', ''))).not.toMatch(TRACE);
  expect(faultLines({ typed: TYPED })).toBe('A fault that is no error was thrown.');
});
