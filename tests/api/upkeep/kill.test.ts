import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dateOf, dayOf } from '../../../api/domain/london.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { tokenState } from '../../../api/store/tokens.ts';
import { AT_NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { startMailServer } from '../../helpers/mail-server.ts';
import { Random } from '../search/random.ts';
import { createPlace, keyIn, listing, uuid } from './place.ts';

const CHILD = join(import.meta.dirname, 'kill-child.ts');
const LISTINGS = 30;
const KILLS = 6;
/** On a machine so quick that a child often ends first. */
const MOST_ROUNDS = 24;
const START = dayOf('2026-11-21');

/** Runs the child at a moment; `kill` is told of each line, and may end it. */
async function run(
  env: Record<string, string>,
  kill: (child: ChildProcess, line: string) => void,
): Promise<{ lines: string[]; killed: boolean }> {
  const child = spawn(process.execPath, [...AT_NOW.before, CHILD], {
    env: { ...process.env, ...AT_NOW.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
    kill(child, String(chunk));
  });
  await once(child, 'close');
  return { lines: text.split('\n').slice(0, -1), killed: child.signalCode === 'SIGKILL' };
}

test('killed at any moment, nothing acknowledged is lost, nothing is half done, and every mail arrives', {
  timeout: 180_000,
}, async () => {
  const folder = temporaryFolder();
  const server = await startMailServer();
  try {
    const random = new Random(9);
    const database = folder.file('signpost.sqlite');
    const place = createPlace('2026-11-20', openStore(database));
    place.add(Array.from({ length: LISTINGS }, (_, number) => listing(number)));
    for (let number = 0; number < LISTINGS; number += 1) place.keep(uuid(number), `k${number}@example.org`);
    closeStore(place.db);

    const acknowledged: string[] = [];
    const tried: string[] = [];
    let kills = 0;
    let inDelivery = 0;
    let asked = 0;
    let undisturbed = 0;
    for (let round = 0; undisturbed < 2 && round < MOST_ROUNDS; round += 1) {
      // Each round stands two weeks later, so that there is something to do for every listing.
      const day = dateOf(START + round * 14);
      // A third of those who got a mail since answer it, once, however many copies of it came.
      const keys = server.received
        .slice(asked)
        .flatMap(({ text }, at) => (at % 3 === 0 ? [keyIn(text)] : []))
        .filter((key, at, all) => !tried.includes(key) && all.indexOf(key) === at);
      asked = server.received.length;
      tried.push(...keys);
      const last = kills >= KILLS || round >= MOST_ROUNDS - 2;
      if (last) undisturbed += 1;
      // Every third dies in the moment between the server's taking a mail and the child's hearing of it.
      const dieInDelivery = !last && round % 3 === 2;
      let child: ChildProcess | undefined;
      let left = 2 + random.below(6);
      server.taken = () => {
        left -= 1;
        if (dieInDelivery && left === 0 && child?.kill('SIGKILL')) inDelivery += 1;
      };
      const after = random.below(300);
      const { lines, killed } = await run(
        { DATABASE: database, SMTP: server.url, MOMENT: `${day}T09:00:00Z`, KEYS: keys.join(',') },
        (it, line) => {
          child = it;
          if (line.includes('begun') && !last && !dieInDelivery) setTimeout(() => it.kill('SIGKILL'), after);
        },
      );
      if (killed) kills += 1;
      acknowledged.push(...lines.flatMap((line) => (line.startsWith('done ') ? [line.slice(5)] : [])));
      expect(lines.filter((line) => line.startsWith('fault'))).toEqual([]);

      const db = openStore(database);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      // A step, its mail and the key in the mail are there together or not at all.
      expect(
        db
          .prepare(
            `SELECT (SELECT count(*) FROM reminder) AS steps, (SELECT count(*) FROM mail) AS mails,
               (SELECT count(*) FROM token WHERE purpose = 'keep') AS keys`,
          )
          .get(),
      ).toEqual(sameThrice(db.prepare('SELECT count(*) FROM reminder').pluck().get() as number));
      // The state is what the last step made of it, or what the last answer did.
      const states = db
        .prepare(
          `SELECT service.id, state, (SELECT group_concat(step) FROM reminder WHERE service_id = service.id
             AND checked = assured_date) AS steps FROM service`,
        )
        .all() as { id: string; state: string; steps: string | null }[];
      expect(states.filter(({ state, steps }) => state !== stateOf(steps))).toEqual([]);
      // An answer has used its key and left its line, or neither.
      const used = tried.filter((key) => tokenState(db, key, new Date(`${day}T09:00:00Z`))?.standing === 'used');
      expect(db.prepare("SELECT count(*) FROM history WHERE action = 'confirmed'").pluck().get()).toBe(used.length);
      expect(acknowledged.filter((key) => !used.includes(key))).toEqual([]);
      closeStore(db);
    }
    expect(kills).toBeGreaterThan(KILLS / 2);
    expect(inDelivery).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(0);

    // The server runs on undisturbed: everything that was queued goes out.
    server.taken = () => undefined;
    const later = dateOf(START + 400);
    await run({ DATABASE: database, SMTP: server.url, MOMENT: `${later}T09:00:00Z`, KEYS: '' }, () => undefined);
    const db = openStore(database);
    const rows = db.prepare('SELECT key, state, message_id FROM mail').all() as Record<string, string>[];
    expect(rows.filter(({ state }) => state !== 'sent')).toEqual([]);
    const arrived = new Map<string, number>();
    for (const { messageId } of server.received) arrived.set(messageId, (arrived.get(messageId) ?? 0) + 1);
    expect(rows.filter(({ message_id }) => !arrived.has(`<${message_id}@example.org>`))).toEqual([]);
    expect(arrived.size).toBe(rows.length);
    // A second copy comes only where a process died within a delivery, and at most one for each that did.
    const copies = server.received.length - arrived.size;
    expect(copies).toBeGreaterThanOrEqual(inDelivery);
    expect(copies).toBeLessThanOrEqual(kills);
    closeStore(db);
  } finally {
    await server.stop();
    folder.remove();
  }
});

const sameThrice = (count: number) => ({ steps: count, mails: count, keys: count });

function stateOf(steps: string | null): string {
  if (steps === null) return 'published';
  if (steps.includes('archived')) return 'archived';
  return steps.includes('unconfirmed') ? 'unconfirmed' : 'due';
}

test('two processes at work on one file do everything once', async () => {
  const folder = temporaryFolder();
  const server = await startMailServer();
  try {
    const database = folder.file('signpost.sqlite');
    const place = createPlace('2026-11-20', openStore(database));
    place.add(Array.from({ length: LISTINGS }, (_, number) => listing(number)));
    for (let number = 0; number < LISTINGS; number += 1) place.keep(uuid(number), `k${number}@example.org`);
    closeStore(place.db);
    const env = { DATABASE: database, SMTP: server.url, MOMENT: '2026-11-21T09:00:00Z', KEYS: '' };
    const both = await Promise.all([run(env, () => undefined), run(env, () => undefined)]);
    expect(both.map(({ lines }) => lines)).toEqual([
      ['begun', 'ended'],
      ['begun', 'ended'],
    ]);
    expect(server.received.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: LISTINGS }, (_, number) => `k${number}@example.org`).sort(),
    );
    const db = openStore(database);
    expect(db.prepare("SELECT count(*) FROM history WHERE action = 'due'").pluck().get()).toBe(LISTINGS);
    closeStore(db);
  } finally {
    await server.stop();
    folder.remove();
  }
});
