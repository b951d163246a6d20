import { beforeEach, expect, test } from 'vitest';
import {
  isOwnForm,
  moderatorOfSession,
  sessionsNow,
  signIn,
  signOut,
  signOutEverywhere,
} from '../../../api/moderate/sessions.ts';
import { askForLink, isSignInLink, useSignInLink } from '../../../api/moderate/sign-in.ts';
import { createDesk, type Desk, HOUR, MINUTE, MODERATORS } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const now = () => desk.directory.now();
const begin = (person = desk.mo) => signIn(desk.db, person, FIREFOX, now());
const who = (secret: string, moderators = MODERATORS) => moderatorOfSession(desk.db, secret, moderators, now());
const ask = (email: string, client: string) =>
  askForLink(desk.directory, { MODERATORS }, { email, next: '/moderate/figures', client });
const link = () => desk.mails().at(-1)?.given['link']?.split('/').at(-1) ?? '';

test('a link goes to moderators alone, and nothing tells others apart', () => {
  expect(ask('stranger@example.org', '192.0.2.1')).toBe(ask(' Mo@Example.org', '192.0.2.1'));
  expect(desk.mails().map(({ to, template }) => [to, template])).toEqual([['mo@example.org', 'sign-in']]);
});

test('one address gets six links an hour, and one connection asks twenty times', () => {
  for (let i = 0; i < 9; i += 1) ask('ed@example.org', `192.0.2.${10 + i}`);
  expect(desk.mails()).toHaveLength(6);
  for (let i = 0; i < 20; i += 1) ask('stranger@example.org', '192.0.2.99');
  ask('mo@example.org', '192.0.2.99');
  expect(desk.mails()).toHaveLength(6);
});

test('the link works once and for fifteen minutes; looking at it uses nothing up', () => {
  ask('mo@example.org', '192.0.2.2');
  const token = link();
  expect(isSignInLink(desk.directory, token)).toBe(true);
  expect(isSignInLink(desk.directory, token)).toBe(true);
  const opened = useSignInLink(desk.directory, token, FIREFOX);
  expect(opened?.next).toBe('/moderate/figures');
  expect(who(opened?.secret ?? '')).toMatchObject({ email: 'mo@example.org', person: desk.mo });
  expect(useSignInLink(desk.directory, token, FIREFOX)).toBeNull();

  ask('mo@example.org', '192.0.2.2');
  const late = link();
  desk.wait(15 * MINUTE);
  expect(isSignInLink(desk.directory, late)).toBe(false);
  expect(useSignInLink(desk.directory, late, FIREFOX)).toBeNull();
});

test('neither the secret of a session nor the key of a link is in the file', () => {
  ask('mo@example.org', '192.0.2.3');
  const token = link();
  desk.db.prepare('UPDATE mail SET given = NULL, state = ?').run('sent');
  const { secret } = useSignInLink(desk.directory, token, FIREFOX) as { secret: string };
  const bytes = desk.db.serialize().toString('latin1');
  expect(bytes).not.toContain(secret);
  expect(bytes).not.toContain(token);
});

test('a session ends after an hour alone, and after eight whatever one does', () => {
  const idle = begin();
  desk.wait(HOUR - 1);
  expect(who(idle)).not.toBeNull();
  desk.wait(HOUR - 1);
  expect(who(idle), 'used meanwhile').not.toBeNull();
  desk.wait(HOUR);
  expect(who(idle)).toBeNull();

  const busy = begin();
  for (let minutes = 0; minutes < 8 * 60 - 30; minutes += 30) {
    desk.wait(30 * MINUTE);
    expect(who(busy)).not.toBeNull();
  }
  desk.wait(30 * MINUTE);
  expect(who(busy)).toBeNull();
});

test('who is no moderator any more is out at once, and stays out', () => {
  const secret = begin();
  expect(who(secret, ['ed@example.org'])).toBeNull();
  expect(who(secret)).toBeNull();
});

test('whose address was erased is out', () => {
  const secret = begin();
  desk.db.prepare('UPDATE person SET email = NULL WHERE id = ?').run(desk.mo);
  expect(who(secret)).toBeNull();
});

test('one signs out here, or everywhere, and never somebody else', () => {
  const [here, there, other] = [begin(), begin(), begin(desk.ed)];
  const mo = who(here);
  const ed = who(other);
  if (!mo || !ed) throw new Error('They are signed in.');
  expect(sessionsNow(desk.db, mo, now()).map(({ browser }) => browser)).toEqual([
    'Firefox on Windows',
    'Firefox on Windows',
  ]);
  signOut(desk.db, ed, mo.session);
  expect(who(here)).not.toBeNull();
  signOut(desk.db, mo, mo.session);
  expect([who(here), who(there) === null]).toEqual([null, false]);
  signOutEverywhere(desk.db, mo);
  expect([who(there), who(other) === null]).toEqual([null, false]);
});

test('a form is of its own session alone', () => {
  const [one, two] = [who(begin()), who(begin())];
  if (!one || !two) throw new Error('They are signed in.');
  expect(isOwnForm(one, one.csrf)).toBe(true);
  for (const wrong of [two.csrf, '', null, undefined, `${one.csrf}x`]) expect(isOwnForm(one, wrong)).toBe(false);
});

test('what is no secret is no session', () => {
  begin();
  for (const wrong of ['', 'x', "' OR 1=1 --", 'a'.repeat(43), 'a'.repeat(5000)]) expect(who(wrong)).toBeNull();
});
