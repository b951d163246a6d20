import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPage } from '../../../api/notify/page-links.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { personOf } from '../../../api/store/people.ts';
import { NOW } from '../../helpers/clock.ts';
import { readersOf } from '../../helpers/readers.ts';
import { type Site, startSite } from '../../helpers/site.ts';
import { visitor } from '../../helpers/visitor.ts';

/** A server of several processes, which is to be told from one of one by nothing but its speed. */

const SEARCH = '/api/v1/search?postcode=E8%201EA';

/** Asks by a connection of its own, so that each process has its turn; 0 where the connection ended without an answer. */
const ask = (site: Site, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; text: string }>((resolve) => {
    get(site.origin + path, { agent: false, headers }, async (answer) => {
      try {
        resolve({ status: answer.statusCode ?? 0, text: (await answer.toArray()).join('') });
      } catch {
        resolve({ status: 0, text: '' });
      }
    }).on('error', () => resolve({ status: 0, text: '' }));
  });
/** Asks so often that every process answers. */
const askAll = (site: Site, path: string, processes: number) =>
  Promise.all(Array.from({ length: 2 * processes }, () => ask(site, path)));
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const linesOf = ({ log }: Site, pattern: RegExp) =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => pattern.test(line)).length;

/** Some listings, and for each the link that a mail has. */
async function keeping(site: Site, count: number): Promise<{ id: string; page: string }[]> {
  const { results } = JSON.parse((await ask(site, SEARCH)).text) as {
    results: { service: { id: string } }[];
  };
  const db = openStore(site.database);
  const person = personOf(db, 'ann@example.org', new Date(NOW));
  const kept = results.slice(0, count).map(({ service: { id } }) => {
    addKeeper(db, id, person, new Date(NOW));
    return { id, page: keepPage(db, id, person, new Date(NOW)) };
  });
  closeStore(db);
  return kept;
}

describe.each([2, 3])('a server of %i processes', (processes) => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ WORKERS: String(processes) });
    await readersOf(site, processes - 1);
  });
  afterAll(() => site.stop());

  test('what is written is seen by all who ask once its answer is there', async () => {
    for (const { id, page } of await keeping(site, 4)) {
      const before = await askAll(site, `/api/v1/services/${id}`, processes);
      expect(new Set(before.map(({ status }) => status))).toEqual(new Set([200]));
      expect((await ask(site, SEARCH)).text).toContain(id);
      const { status } = await visitor(site.origin).post(page, { do: 'stopped' });
      expect(status).toBe(303);
      const after = await askAll(site, `/api/v1/services/${id}`, processes);
      expect(new Set(after.map(({ status }) => status))).toEqual(new Set([404]));
      // The index has seen it too.
      const found = await askAll(site, SEARCH, processes);
      expect(found.filter(({ status, text }) => status !== 200 || text.includes(id))).toEqual([]);
    }
  });

  test('a place that is sealed, pages and files are the same from each', async () => {
    for (const path of ['/about', '/api/v1/categories', '/api/openreferral/v3/services']) {
      const answers = await askAll(site, path, processes);
      expect(answers[0]?.status).toBe(200);
      expect(new Set(answers.map(({ text }) => text)).size, path).toBe(1);
    }
    const { to } = await visitor(site.origin).post('/search', { postcode: 'E8 1EA' });
    const results = await askAll(site, to.replace(site.origin, ''), processes);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('every request is one line of the log and one of the figures', async () => {
    const figures = async () => {
      const { text } = await ask(site, '/metrics');
      return Number(
        /^signpost_requests_total\{method="GET",route="\/areas\/:area",status="404"\} (\d+)$/m.exec(text)?.[1] ?? 0,
      );
    };
    const [lines, counted] = [linesOf(site, / GET \/areas\/:area 404 /), await figures()];
    for (let times = 0; times < 30; times++) await ask(site, '/areas/nowhere');
    await expect.poll(figures).toBe(counted + 30);
    expect(linesOf(site, / GET \/areas\/:area 404 /)).toBe(lines + 30);
    const { text } = await ask(site, '/metrics');
    expect(text).toContain(`\nsignpost_processes ${processes}\n`);
    for (const path of ['/api/v1/health', '/api/v1/ready'])
      expect(new Set((await askAll(site, path, processes)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('what is too large is refused, and what is not is taken, whoever has the connection', async () => {
    for (let times = 0; times < 2 * processes; times++) {
      const send = (size: number) =>
        fetch(`${site.origin}/api/v1/handouts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', connection: 'close' },
          body: JSON.stringify({ words: 'x'.repeat(size) }),
        });
      expect((await send(1_000)).status).toBe(400);
      expect((await send(100_000)).status).toBe(413);
    }
  });

  test('a reader that is killed is replaced, and others go on', async () => {
    const [first] = await readersOf(site, processes - 1);
    let running = true;
    const statuses = new Map<number, number>();
    const client = async () => {
      while (running) {
        const { status } = await ask(site, SEARCH);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const clients = [client(), client(), client(), client()];
    await wait(300);
    process.kill(first as number, 'SIGKILL');
    const after = await readersOf(site, processes - 1);
    running = false;
    await Promise.all(clients);
    expect(after).not.toContain(first);
    // No more than the clients there were can have been waiting for it.
    expect(statuses.get(0) ?? 0).toBeLessThanOrEqual(4);
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 0)).toEqual([]);
  });
});

describe('limits and ends', () => {
  test('a limit is one of the whole, by the address of who asks', async () => {
    const site = await startSite({ WORKERS: '3', RATE_LIMIT: '100', TRUST_PROXY: '1' });
    await readersOf(site, 2);
    const statuses: number[] = [];
    for (let times = 0; times < 110; times++)
      statuses.push((await ask(site, SEARCH, { 'x-forwarded-for': '203.0.113.7' })).status);
    const passed = statuses.filter((status) => status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(100);
    expect(statuses).toContain(429);
    // Others are not held up by it, and nobody is somebody else by writing a header.
    expect((await ask(site, SEARCH, { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200);
    const made = { 'x-forwarded-for': '203.0.113.7', 'x-signpost-client': '203.0.113.99' };
    const refused: number[] = [];
    for (let times = 0; times < 6; times++) refused.push((await ask(site, '/metrics', made)).status);
    // A slow machine gives it one more now and then.
    expect(refused.filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
    await site.stop();
  });

  test('told to stop under load it answers what it was asked, ends all its processes and says so once', async () => {
    const site = await startSite({ WORKERS: '3' });
    const readers = await readersOf(site, 2);
    let running = true;
    const statuses: number[] = [];
    const client = async () => {
      while (running) {
        const { status } = await ask(site, SEARCH);
        // Refused, once nobody listens.
        if (status === 0) return;
        statuses.push(status);
      }
    };
    const clients = [client(), client(), client(), client()];
    await wait(500);
    const log = site.log;
    process.kill(site.pid, 'SIGTERM');
    await Promise.all(clients);
    running = false;
    await expect.poll(() => readers.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => isAlive(site.pid), { timeout: 10_000 }).toBe(false);
    const text = readFileSync(log, 'utf8');
    await site.stop();
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(text.match(/Stopped\./g)).toHaveLength(1);
    expect(text).not.toMatch(/inside:/);
  });

  test('readers end with the writer, and the next start has all of it', async () => {
    const site = await startSite({ WORKERS: '3' });
    const readers = await readersOf(site, 2);
    await site.kill();
    await expect.poll(() => readers.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
