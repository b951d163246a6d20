import { expect, test } from 'vitest';
import { shownOf } from '../../../api/domain/handout.ts';
import { today } from '../../../api/domain/schedule.ts';
import { ALPHABET } from '../../../api/handout/code.ts';
import { saveHandout } from '../../../api/store/handouts.ts';
import { VISITS_SHOWN_FROM, visitCounts } from '../../../api/store/visits.ts';
import { forgetOld } from '../../../api/upkeep/retention.ts';
import { VisitDesk } from '../../../api/upkeep/visits.ts';
import { createPlace, listing, type Place, uuid } from './place.ts';

/** How it was, said by one tap on the page of a short link. */

const A = uuid(1);
const PHONE = '203.0.113.7';

/** A link to the listing, one for each letter. */
function sheet(place: Place, letter: number, id = A): string {
  const code = (ALPHABET[letter] ?? 'z').repeat(10);
  const made = today(place.now());
  saveHandout(place.db, { code, listings: [shownOf(place.get(id), place.now())], made, expires: '2027-12-31' }, made);
  return code;
}

function onePlace() {
  const place = createPlace('2026-11-21');
  place.add([listing(1, { assured_date: '2026-11-01' }), listing(2, { assured_date: '2026-11-01' })]);
  place.keep(A, 'ann@example.org');
  return { place, desk: new VisitDesk(place.directory) };
}

test('two who found it closed since its last check, and its keeper is asked, once in a month', async () => {
  const { place, desk } = onePlace();
  expect(desk.take(sheet(place, 0), A, 'closed', PHONE)).toBe(true);
  expect(await place.post()).toEqual([]);
  // One sheet counts once, however often it is tapped.
  expect(desk.take(sheet(place, 0), A, 'closed', PHONE)).toBe(true);
  expect(await place.post()).toEqual([]);
  desk.take(sheet(place, 1), A, 'went', PHONE);
  expect(await place.post()).toEqual([]);
  desk.take(sheet(place, 2), A, 'closed', PHONE);
  const [mail, ...others] = await place.post();
  expect(others).toEqual([]);
  expect(mail?.to).toBe('ann@example.org');
  expect(mail?.text).toContain('Listing 1');
  expect(mail?.text).toContain('last checked on 1 November 2026');
  desk.take(sheet(place, 3), A, 'closed', PHONE);
  expect(await place.post()).toEqual([]);
  place.goTo('2026-12-01');
  desk.take(sheet(place, 4), A, 'closed', PHONE);
  expect(await place.post()).toHaveLength(1);
});

test('what was closed before the last check asks nobody', async () => {
  const { place, desk } = onePlace();
  desk.take(sheet(place, 0), A, 'closed', PHONE);
  place.goTo('2026-11-25');
  place.add([listing(1, { assured_date: '2026-11-24' })]);
  desk.take(sheet(place, 1), A, 'closed', PHONE);
  expect(await place.post()).toEqual([]);
});

test('no link, another listing, a hidden listing: nothing is counted, or nobody is asked', async () => {
  const { place, desk } = onePlace();
  const code = sheet(place, 0);
  expect(desk.take('bbbbbbbbbb', A, 'went', PHONE)).toBe(false);
  expect(desk.take(code, uuid(2), 'went', PHONE)).toBe(false);
  expect(place.db.prepare('SELECT count(*) FROM visit').pluck().get()).toBe(0);
  const codes = [sheet(place, 1), sheet(place, 2)];
  place.add([listing(1, { assured_date: '2026-11-01' })], 'suspended');
  for (const each of codes) desk.take(each, A, 'closed', PHONE);
  expect(await place.post()).toEqual([]);
});

test('a program with sheets of its own makes no flood, of counts or of mail', async () => {
  const place = createPlace('2026-11-21');
  const ids = Array.from({ length: 30 }, (_, at) => uuid(at + 1));
  place.add(ids.map((_, at) => listing(at + 1, { assured_date: '2026-11-01' })));
  for (const id of ids) place.keep(id, 'ann@example.org');
  const desk = new VisitDesk(place.directory);
  const sheets = ids.flatMap((id, at) =>
    [0, 1].map((time): [string, string] => {
      const code = (ALPHABET[at % 20] ?? '').repeat(8) + (ALPHABET[Math.floor(at / 20)] ?? '') + (ALPHABET[time] ?? '');
      const shown = [shownOf(place.get(id), place.now())];
      saveHandout(place.db, { code, listings: shown, made: '2026-11-21', expires: '2027-12-31' }, '2026-11-21');
      return [code, id];
    }),
  );
  const taken = sheets.filter(([code, id]) => desk.take(code, id, 'closed', PHONE));
  expect(taken).toHaveLength(60);
  // Those who come by another connection are counted, though nobody more is asked about.
  const [code = '', id = ''] = sheets[0] ?? [];
  expect(desk.take(sheet(place, 15, ids[0]), ids[0] ?? '', 'went', PHONE)).toBe(false);
  expect(desk.take(sheet(place, 15, ids[0]), ids[0] ?? '', 'went', '203.0.113.8')).toBe(true);
  expect(desk.take(code, id, 'closed', PHONE)).toBe(true);
  expect((await place.post()).length).toBe(20);
});

test('moderators see what five said, and nobody what one did; it is forgotten after half a year', () => {
  const { place, desk } = onePlace();
  const answers = ['went', 'closed', 'turned_away', 'turned_away'] as const;
  for (const [at, said] of answers.entries()) desk.take(sheet(place, at), A, said, PHONE);
  desk.take(sheet(place, 10, uuid(2)), uuid(2), 'went', PHONE);
  expect(answers.length).toBe(VISITS_SHOWN_FROM - 1);
  expect(visitCounts(place.db)).toEqual([]);
  place.goTo('2026-12-20');
  desk.take(sheet(place, 9), A, 'went', PHONE);
  expect(visitCounts(place.db)).toEqual([{ id: A, name: 'Listing 1', went: 2, closed: 1, turned_away: 2 }]);
  // Nothing in the file leads from an answer to its sheet.
  expect(place.db.prepare("SELECT name FROM pragma_table_info('visit')").pluck().all()).toEqual([
    'service_id',
    'day',
    'said',
    'count',
  ]);
  place.goTo('2027-06-01');
  forgetOld(place.directory, [], null);
  expect(place.db.prepare('SELECT sum(count) FROM visit').pluck().get()).toBe(1);
  expect(visitCounts(place.db)).toEqual([]);
});
