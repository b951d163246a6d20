import { beforeEach, expect, test } from 'vitest';
import { addReport } from '../../../api/store/reports.ts';
import { keepMailWish, putInTeam } from '../../../api/store/team.ts';
import { tellArrivals } from '../../../api/upkeep/arrivals.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createDesk, type Desk, MINUTE, MODERATORS } from '../moderate/desk.ts';

/** The mail to moderators when something has arrived. */

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const DAY = 24 * 60 * MINUTE;
const tell = (moderators: readonly string[] = MODERATORS) => tellArrivals(desk.directory, moderators);
const told = () =>
  desk.mails().flatMap(({ to, template, given }) => (template === 'arrived' ? [`${to}: ${given.figures}`] : []));

test('goes to each moderator at once, then not before the next day, and tells only what is new', () => {
  tell();
  expect(told()).toEqual([]);
  desk.sendNew(IDS.class);
  desk.wait(MINUTE);
  tell();
  expect(told()).toEqual(MODERATORS.map((to) => `${to}: One form has arrived.`));
  desk.wait(MINUTE);
  desk.sendNew(IDS.class);
  desk.sendNew(IDS.class);
  addReport(desk.directory.db, {
    service_id: IDS.class,
    kind: 'wrong',
    words: 'The day is Tuesday.',
    person: null,
    at: desk.directory.now().toISOString(),
    suspended: 0,
  });
  desk.wait(MINUTE);
  tell();
  expect(told()).toHaveLength(MODERATORS.length);
  desk.wait(DAY);
  tell();
  tell();
  expect(told().slice(MODERATORS.length)).toEqual(
    MODERATORS.map((to) => `${to}: 2 forms have arrived.\nOne report has arrived.`),
  );
  desk.wait(DAY);
  tell();
  expect(told()).toHaveLength(2 * MODERATORS.length);
});

test('nothing is lost while nobody moderates', () => {
  desk.sendNew(IDS.class);
  desk.wait(MINUTE);
  tell([]);
  desk.wait(DAY);
  tell();
  expect(told()).toHaveLength(MODERATORS.length);
});

test('each is told as they like, and readers are not told', () => {
  const { db, now } = desk.directory;
  keepMailWish(db, desk.mo, 'at_once', '');
  keepMailWish(db, desk.ed, 'weekly', '');
  putInTeam(db, desk.ann, 'reader', now());
  for (let n = 0; n < 3; n += 1) {
    desk.wait(MINUTE);
    desk.sendNew(IDS.class);
    desk.wait(MINUTE);
    tell();
    tell();
  }
  expect(told()).toEqual(Array(3).fill('mo@example.org: One form has arrived.'));
  putInTeam(db, desk.ann, 'moderator', now());
  tell();
  expect(told().slice(3)).toEqual(['ann@example.org: 3 forms have arrived.']);
});
