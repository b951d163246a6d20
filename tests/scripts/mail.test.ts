import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IDENTITY_DEFAULTS } from '#api/domain/identity.ts';
import { isSignInLink, linkFor, useSignInLink } from '#api/moderate/sign-in.ts';
import { fromOperator } from '#api/notify/carriers.ts';
import { queueMail } from '#api/notify/mail.ts';
import { createPostman } from '#api/notify/postman.ts';
import { carrierBy, letterheadBy } from '#api/notify/sending.ts';
import { readSettings } from '#api/runtime/settings.ts';
import { closeStore, openStore } from '#api/store/open.ts';
import { createWorld } from '../fixtures/world.ts';
import { AT_NOW, NOW } from '../helpers/clock.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { type MailServer, startMailServer } from '../helpers/mail-server.ts';

/** Mail as the operator sees it: whom it comes from, whether it goes out, and a way in where it does not. */

const SCRIPTS = join(import.meta.dirname, '../../scripts');
const folder = temporaryFolder();
let server: MailServer;

const environment = () => ({
  DATABASE: folder.file('signpost.sqlite'),
  SMTP_URL: server.url,
  MAIL_FROM: 'Signpost <signpost@example.org>',
  OPERATOR: 'Example Voluntary Action: Hackney',
  CONTACT: 'help@example.org',
  SITE_URL: 'https://signpost.example.org',
  MODERATORS: 'mo@example.org',
});

/** Not spawnSync: the mail server of the test runs in this process. */
async function run(script: string, words: string[], more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...AT_NOW.before, join(SCRIPTS, script), ...words], {
    env: { ...process.env, ...AT_NOW.env, ...environment(), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, said: said.join('') };
}

beforeAll(async () => {
  server = await startMailServer();
  closeStore(openStore(folder.file('signpost.sqlite')));
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

describe('npm run mail -- test', () => {
  test('a mail says who runs the directory: as its sender, in its subject, at its foot, and where answers go', async () => {
    const { status, said } = await run('mail.ts', ['test', 'ada@example.org']);
    expect([status, said]).toEqual([0, expect.stringContaining('The mail server has taken it.')]);
    expect(server.received.at(-1)).toMatchObject({
      to: 'ada@example.org',
      from: 'signpost@example.org',
      fromName: 'Example Voluntary Action: Hackney (Signpost)',
      replyTo: 'help@example.org',
      subject: 'Example Voluntary Action: Hackney: A test of the mail',
      text: expect.stringMatching(
        /comes from Example Voluntary Action: Hackney, who run .*\n.*\nQuestions: help@example\.org\s*$/,
      ),
    });
  });

  test('where it does not go out it says why, and ends with 1', async () => {
    server.refuse = { at: 'recipient', code: 550 };
    const refused = await run('mail.ts', ['test', 'ada@example.org']);
    server.refuse = undefined;
    expect([refused.status, refused.said]).toEqual([
      1,
      expect.stringMatching(/It did not go out: .*550.*Look at SMTP_URL/),
    ]);
  });

  test('without a mail server it becomes a file, with all its heads', async () => {
    const settings = readSettings({ ...environment(), SMTP_URL: '' });
    const carrier = carrierBy(settings, folder.file('outbox'), () => undefined);
    const { from, replyTo } = letterheadBy(settings, IDENTITY_DEFAULTS);
    const words = { subject: 'A test', text: 'Hello', html: '<p>Hello' };
    const date = new Date(NOW);
    await carrier({
      ...words,
      id: 1,
      messageId: '<a@b>',
      from,
      replyTo,
      to: 'ada@example.org',
      template: 'test',
      stop: null,
      date,
    });
    const [file = ''] = readdirSync(folder.file('outbox')).filter((name) => name.endsWith('.txt'));
    expect(readFileSync(folder.file(join('outbox', file)), 'utf8')).toMatch(/^Reply-To: help@example\.org$/m);
  });
});

test('the log says why no mail goes out, without the address of anybody', async () => {
  const { db, now } = createWorld().parts;
  const log: string[] = [];
  const postman = createPostman({
    db,
    now,
    letterhead: () => letterheadBy(readSettings(environment()), IDENTITY_DEFAULTS),
    carrier: () => Promise.reject(new Error('relaying from <signpost@example.org> to ada@example.org denied')),
    site: () => 'https://signpost.example.org',
    log: (line) => log.push(line),
  });
  queueMail(db, { key: 'a', to: 'ada@example.org', template: 'test', values: { link: '/' } }, now());
  await postman.deliver();
  expect(log).toEqual([
    'No mail goes out at the moment: relaying from <an address> to the address denied. It is tried again until it does.',
  ]);
});

test.each([
  ['signpost@example.org', 'Example CVS', 'Example CVS <signpost@example.org>'],
  ['Signpost <signpost@example.org>', 'Example CVS', 'Example CVS (Signpost) <signpost@example.org>'],
  ['Signpost of example CVS <signpost@example.org>', 'Example CVS', 'Signpost of example CVS <signpost@example.org>'],
  ['Signpost <signpost@example.org>', '', 'Signpost <signpost@example.org>'],
])('%s run by ‘%s’ sends as %s', (from, operator, sent) => expect(fromOperator(from, operator)).toBe(sent));

describe('npm run moderators -- link', () => {
  test('prints a link that signs a moderator in, once', async () => {
    const { status, said } = await run('moderators.ts', ['link', 'Mo@Example.org']);
    expect(status).toBe(0);
    const token = /^https:\/\/signpost\.example\.org\/moderate\/sign-in\/(\S+)$/m.exec(said)?.[1] ?? '';
    const world = createWorld({}, {}, folder.file('signpost.sqlite'));
    const desk = { db: world.db, now: () => new Date(NOW), change: <T>(work: () => T) => work() } as never;
    expect(isSignInLink(desk, token)).toBe(true);
    expect(useSignInLink(desk, token, null)).toMatchObject({ next: '' });
    expect(isSignInLink(desk, token)).toBe(false);
    closeStore(world.db);
  });

  test('for nobody else, and not where there is no database', async () => {
    const world = createWorld();
    expect(linkFor(world.db, readSettings(environment()), 'eve@example.org', new Date(NOW))).toBe(null);
    const lost = await run('moderators.ts', ['link', 'mo@example.org'], { DATABASE: folder.file('typo.sqlite') });
    expect([lost.status, lost.said]).toEqual([1, expect.stringMatching(/^There is no database at .*typo\.sqlite/)]);
    expect(readdirSync(folder.path)).not.toContain('typo.sqlite');
  });
});
