import { readdirSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outboxCarrier, PATIENCE_MS, smtpCarrier } from '../../../api/notify/carriers.ts';
import { queueMail } from '../../../api/notify/mail.ts';
import { createPostman } from '../../../api/notify/postman.ts';
import { mailTroubles, retryMail } from '../../../api/notify/troubles.ts';
import { claimMail } from '../../../api/store/mail.ts';
import { type Db, openStore } from '../../../api/store/open.ts';
import { NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { type MailServer, startMailServer } from '../../helpers/mail-server.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let db: Db;
let server: MailServer;
let clock: Date;
const log: string[] = [];

beforeEach(async () => {
  db = openStore(':memory:');
  server = await startMailServer();
  clock = new Date(NOW);
  log.length = 0;
});
afterEach(async () => {
  await server.stop();
  db.close();
});

const wait = (ms: number) => {
  clock = new Date(clock.getTime() + ms);
};
const postman = (carrier = smtpCarrier(server.url), from = 'Signpost <signpost@example.org>', signOfLife = 45_000) =>
  createPostman({
    db,
    now: () => clock,
    carrier,
    letterhead: () => ({ from, replyTo: null, sender: {} }),
    site: () => 'https://signpost.example.org',
    log: (line) => log.push(line),
    signOfLife,
  });
const queue = (key: string, to: string, name = 'Chair yoga') =>
  queueMail(db, { key, to, template: 'hand-over', values: { name, page: '/services/1' } }, clock);
const states = () => db.prepare('SELECT key, state, attempts FROM mail ORDER BY id').all();

describe('the post', () => {
  test('a mail arrives whole, once, and what stood in it is forgotten', async () => {
    queue('a', ' Ann@Example.org ');
    queue('a', 'ann@example.org');
    expect(await postman().deliver()).toBe(1);
    expect(await postman().deliver()).toBe(0);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      to: 'ann@example.org',
      from: 'signpost@example.org',
      subject: 'Somebody else looks after Chair yoga now',
      links: ['https://signpost.example.org/services/1', 'https://signpost.example.org'],
    });
    expect(server.received[0]?.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/);
    expect(db.prepare('SELECT state, given FROM mail').get()).toEqual({ state: 'sent', given: null });
  });

  test.each([
    ['signpost@example.org', ''],
    ['<signpost@example.org>', ''],
    ['Signpost <signpost@example.org>', 'Signpost'],
    ['Signpost: Hackney <signpost@example.org>', 'Signpost: Hackney'],
    ['Signpost, Hackney; and more <signpost@example.org>', 'Signpost, Hackney; and more'],
    ['"Signpost: Hackney" <signpost@example.org>', 'Signpost: Hackney'],
    ['Signpost (Hackney) <signpost@example.org>', 'Signpost (Hackney)'],
    ['Y Gyfeirlyfr: Sir Gâr <signpost@example.org>', 'Y Gyfeirlyfr: Sir Gâr'],
  ])('a mail comes from %s', async (from, name) => {
    queue('a', 'ann@example.org');
    await postman(smtpCarrier(server.url), from).deliver();
    expect(server.received).toMatchObject([{ from: 'signpost@example.org', fromName: name }]);
  });

  test('one that is rolled back never goes out', async () => {
    expect(() =>
      db.transaction(() => {
        queue('a', 'ann@example.org');
        throw new Error('no');
      })(),
    ).toThrow();
    expect(await postman().deliver()).toBe(0);
    expect(server.received).toEqual([]);
  });

  test('two at work send each mail once', async () => {
    for (let i = 0; i < 20; i += 1) queue(`k${i}`, `p${i}@example.org`);
    const sent = await Promise.all([postman().deliver(), postman().deliver()]);
    expect(sent.reduce((a, b) => a + b)).toBe(20);
    expect(new Set(server.received.map(({ to }) => to)).size).toBe(20);
    expect(server.received).toHaveLength(20);
  });

  test('a server that takes its time after the last line gets one copy, whoever else is at work meanwhile', async () => {
    queue('slow', 'ann@example.org');
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      server.taken = () => {
        resolve();
        return new Promise((said) => {
          answer = said;
        });
      };
    });
    const delivered = postman(undefined, undefined, 5).deliver();
    await held;
    const claimed = () => Date.parse(db.prepare('SELECT next_at FROM mail').pluck().get() as string);
    for (let minutes = 0; minutes < 30; minutes += 1) {
      wait(MINUTE);
      while (claimed() <= clock.getTime()) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await postman().deliver()).toBe(0);
    }
    answer();
    expect(await delivered).toBe(1);
    expect(server.received).toHaveLength(1);
    expect(states()).toEqual([{ key: 'slow', state: 'sent', attempts: 1 }]);
  });

  test('a server is given the time that it may take', () => {
    // RFC 5321, 4.5.3.2: the greeting, a command, what comes back after the last line.
    expect(PATIENCE_MS.greeting).toBeGreaterThanOrEqual(5 * MINUTE);
    expect(PATIENCE_MS.silence).toBeGreaterThanOrEqual(10 * MINUTE);
    // Four commands of five minutes, two for DATA, three for a block, ten at the end.
    expect(PATIENCE_MS.delivery).toBeGreaterThanOrEqual(35 * MINUTE + PATIENCE_MS.greeting);
  });

  test('an address that there is not is given up at once and shown, and the others go out', async () => {
    server.refuse = { at: 'recipient', code: 550, to: 'gone@example.org' };
    queue('a', 'gone@example.org');
    queue('b', 'bob@example.org');
    expect(await postman().deliver()).toBe(1);
    const { waiting, troubles } = mailTroubles(db);
    expect(waiting).toBe(0);
    expect(troubles).toEqual([
      expect.objectContaining({ state: 'failed', recipient: 'gone@example.org', attempts: 1, next_at: null }),
    ]);
    expect(troubles[0]?.trouble).toContain('550');
    expect(log.join()).not.toContain('example.org');

    server.refuse = undefined;
    expect(retryMail(db, troubles[0]?.id ?? 0, clock)).toBe(true);
    expect(await postman().deliver()).toBe(1);
    expect(mailTroubles(db).troubles).toEqual([]);
    expect(retryMail(db, 1, clock)).toBe(false);
  });

  test('a server that asks to come later is asked later and later, for five days', async () => {
    server.refuse = { at: 'recipient', code: 451 };
    queue('a', 'ann@example.org');
    const waits: number[] = [];
    const one = postman();
    for (;;) {
      await one.deliver();
      const [trouble] = mailTroubles(db).troubles;
      if (trouble?.next_at == null) break;
      waits.push((Date.parse(trouble.next_at) - clock.getTime()) / MINUTE);
      wait(Date.parse(trouble.next_at) - clock.getTime());
    }
    expect(waits.slice(0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240]);
    expect(clock.getTime() - Date.parse(NOW)).toBeGreaterThanOrEqual(5 * DAY);
    expect(mailTroubles(db).troubles).toEqual([expect.objectContaining({ state: 'failed' })]);
    expect(server.received).toEqual([]);
  });

  test('while the server is away nothing is lost or given up, and one attempt stands for all', async () => {
    for (let i = 0; i < 5; i += 1) queue(`k${i}`, `p${i}@example.org`);
    const one = postman();
    server.refuse = { at: 'connect', code: 554 };
    expect(await one.deliver()).toBe(0);
    expect(mailTroubles(db)).toMatchObject({ waiting: 5, oldest: clock.toISOString() });
    expect(mailTroubles(db).troubles).toHaveLength(1);
    expect(log).toHaveLength(1);
    wait(9 * DAY);
    await one.deliver();
    server.refuse = undefined;
    wait(DAY);
    expect(await one.deliver()).toBe(5);
    expect(mailTroubles(db)).toEqual({ waiting: 0, oldest: null, troubles: [] });
  });

  test('one whose sender died is sent again under the same number, once its time is over', async () => {
    queue('a', 'ann@example.org');
    claimMail(db, clock, new Date(clock.getTime() + 3 * MINUTE));
    expect(await postman().deliver()).toBe(0);
    wait(3 * MINUTE);
    expect(await postman().deliver()).toBe(1);
    expect(states()).toEqual([{ key: 'a', state: 'sent', attempts: 2 }]);
    const { message_id } = db.prepare('SELECT message_id FROM mail').get() as { message_id: string };
    expect(server.received[0]?.messageId).toBe(`<${message_id}@example.org>`);
  });

  test('without a mail server, in files that only their owner reads and the log points to', async () => {
    const folder = temporaryFolder();
    try {
      queue('a', 'ann@example.org');
      expect(await postman(outboxCarrier(folder.file('outbox'), (line) => log.push(line))).deliver()).toBe(1);
      expect(readdirSync(folder.file('outbox'))).toEqual(['000001-hand-over.html', '000001-hand-over.txt']);
      const file = folder.file('outbox/000001-hand-over.txt');
      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(/^From: .*\nTo: ann@example\.org\nSubject: Somebody else looks after Chair yoga now\n/);
      expect(text).toContain('\nhttps://signpost.example.org/services/1\n');
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
      expect(log.join()).toContain('000001-hand-over.txt');
      expect(log.join()).not.toContain('ann@');
    } finally {
      folder.remove();
    }
  });

  test('a template that somebody has broken holds up its own mails alone, and they go out once it is mended', async () => {
    queue('a', 'ann@example.org');
    queue('b', 'bob@example.org');
    db.prepare("UPDATE mail SET given = json_remove(given, '$.page') WHERE key = 'a'").run();
    expect(await postman().deliver()).toBe(1);
    expect(mailTroubles(db).troubles[0]?.trouble).toBe(
      'data/messages/mail/hand-over.txt has the gap {page}, and there is nothing to fill it. Take it out.',
    );
    wait(9 * DAY);
    expect(await postman().deliver()).toBe(0);
    db.prepare("UPDATE mail SET given = json_set(given, '$.page', '/services/1') WHERE key = 'a'").run();
    wait(DAY);
    expect(await postman().deliver()).toBe(1);
  });

  test('a mail of which something is not said is a mistake of the program', () => {
    const values = { name: 'Chair yoga' } as { name: string; page: string };
    expect(() => queueMail(db, { key: 'a', to: 'a@example.org', template: 'hand-over', values }, clock)).toThrow(
      'page',
    );
  });
});
