import { expect, test } from 'vitest';
import { dateOf, dayOf } from '../../../api/domain/london.ts';
import { monthsAfter } from '../../../api/domain/review.ts';
import type { Letter } from '../../../api/notify/carriers.ts';
import { sayStillRight, sayStopped } from '../../../api/upkeep/confirm.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { Random } from '../search/random.ts';
import { createPlace, keyIn, listing, uuid } from './place.ts';

/**
 * Two years of 500 listings: the upkeep misses days at random and now and then three weeks, runs twice or twice at once on
 * others, the mail server is away at times, and people answer or do not. Every day a second, plain reckoning says where
 * each listing ought to be.
 */

const LISTINGS = 500;
const DAYS = 730;
const START = dayOf('2026-11-21');
const STEPS = ['due', 'due-14', 'due-28', 'unconfirmed', 'archived'];

/** What those who look after a listing do, by turns. `answers`: the mail they answer; `days`: after how many. */
const WAYS = [
  { name: 'prompt', keepers: 1, answers: 'due', days: 3 },
  { name: 'second', keepers: 1, answers: 'due-14', days: 2 },
  { name: 'late', keepers: 1, answers: 'unconfirmed', days: 5 },
  { name: 'very late', keepers: 1, answers: 'archived', days: 9 },
  { name: 'never', keepers: 1, answers: '', days: 0 },
  { name: 'nobody', keepers: 0, answers: '', days: 0 },
  { name: 'two', keepers: 2, answers: 'due-28', days: 1 },
  { name: 'stops', keepers: 1, answers: 'due', days: 6 },
  { name: 'event', keepers: 1, answers: 'due', days: 1 },
  { name: 'course', keepers: 1, answers: 'due', days: 4 },
] as const;

const wayOf = (number: number) => WAYS[number % WAYS.length] as (typeof WAYS)[number];

/** Where a listing ought to be, reckoned day by day. */
interface Reckoned {
  checked: string;
  steps: number;
  /** The day on which the mail of the last step went out; null while it has not. */
  went: number | null;
  state: string;
  until: string | null;
  /** The last day of an event. */
  last: string | null;
  months: number;
}

test('every listing is where it should be on every day, and every mail is sent once', {
  timeout: 240_000,
}, async () => {
  const random = new Random(20261121);
  const place = createPlace();
  const { directory, letters, server } = place;
  const reckoned = new Map<string, Reckoned>();

  const services = Array.from({ length: LISTINGS }, (_, number) => {
    const checked = dateOf(START - random.below(170));
    const last = wayOf(number).name === 'event' ? dateOf(START + random.below(600)) : null;
    const until = random.chance(0.2) ? dateOf(START + random.below(500)) : null;
    const months = last !== null || wayOf(number).name === 'course' ? 3 : 6;
    reckoned.set(uuid(number), { checked, steps: 0, went: null, state: 'published', until, last, months });
    return listing(number, {
      assured_date: checked,
      ...(until && { availability: { state: 'full', until, note: 'Ask again' } }),
      ...(last && { kind: 'event', schedules: [{ dtstart: last, opens_at: '10:00' }] }),
      ...(wayOf(number).name === 'course' && {
        schedules: [{ freq: 'WEEKLY', byday: 'TU', dtstart: '2026-09-01', valid_to: '2030-01-01', opens_at: '10:00' }],
      }),
    });
  });
  place.add(services);
  for (const [number, { id }] of services.entries())
    for (let keeper = 0; keeper < wayOf(number).keepers; keeper += 1)
      place.keep(id, `k${keeper}-${number}@example.org`);

  const expected: Record<string, number> = {};
  const expectMails = (template: string, number: number) => {
    if (wayOf(number).keepers > 0) expected[template] = (expected[template] ?? 0) + wayOf(number).keepers;
  };
  const toAnswer: { on: number; number: number; token: string }[] = [];
  let missed = 0;
  let away = 0;

  /** What a pass ought to do with a listing on a day. */
  function reckon(number: number, it: Reckoned, day: number): void {
    const today = dateOf(day);
    if (it.state === 'archived') return;
    if (it.last !== null && it.last < today) {
      it.state = 'archived';
      expectMails('over', number);
      return;
    }
    if (it.until !== null && it.until < today) {
      it.until = null;
      expectMails('open-again', number);
    }
    const due = dayOf(monthsAfter(it.checked, it.months));
    if (due > day) return;
    const planned = [due, due + 14, due + 28, due + 42, dayOf(monthsAfter(it.checked, 9))][it.steps] as number;
    const answered = it.steps === 0 ? planned : it.went === null ? Number.POSITIVE_INFINITY : it.went + 14;
    if (Math.max(planned, answered) > day) return;
    const step = STEPS[it.steps] as string;
    expectMails(step, number);
    it.steps += 1;
    it.went = wayOf(number).keepers === 0 ? day : null;
    it.state = ['due', 'due', 'due', 'unconfirmed', 'archived'][it.steps - 1] as string;
  }

  const seen = (letter: Letter, day: number): void => {
    const number = Number(/-(\d+)@/.exec(letter.to)?.[1]);
    const way = wayOf(number);
    const it = reckoned.get(uuid(number)) as Reckoned;
    if (letter.template === STEPS[it.steps - 1]) it.went = day;
    // Of two keepers the first answers.
    if (letter.template === way.answers && letter.to.startsWith('k0'))
      toAnswer.push({ on: day + way.days, number, token: keyIn(letter.text) });
  };

  let gap = 0;
  for (let day = START; day < START + DAYS; day += 1) {
    place.goTo(dateOf(day));
    for (const { number, token } of toAnswer.filter(({ on }) => on === day)) {
      const it = reckoned.get(uuid(number)) as Reckoned;
      const stops = wayOf(number).name === 'stops';
      if (it.last !== null && it.state === 'archived') continue;
      expect(stops ? sayStopped(directory, token) : sayStillRight(directory, token)).toMatch(/^\/keep\/[\w-]{27}$/);
      it.state = stops ? 'archived' : 'published';
      if (stops) expectMails('stopped-receipt', number);
      else Object.assign(it, { checked: dateOf(day), steps: 0, went: null });
    }
    server.away = random.chance(0.1);
    if (server.away) away += 1;
    if (gap === 0 && random.chance(0.01)) gap = 21;
    if (gap > 0 || random.chance(0.3)) {
      gap = Math.max(0, gap - 1);
      missed += 1;
    } else {
      if (random.chance(0.15)) await Promise.all([upkeepPass(directory, tick), upkeepPass(directory, tick)]);
      else expect((await upkeepPass(directory)).faults).toEqual([]);
      if (random.chance(0.15)) expect((await upkeepPass(directory)).done).toEqual({});
      for (const [number, { id }] of services.entries()) reckon(number, reckoned.get(id) as Reckoned, day);
      const states = place.db.prepare('SELECT id, state FROM service').raw().all() as [string, string][];
      const wrong = states.filter(([id, state]) => reckoned.get(id)?.state !== state);
      expect(wrong, `on ${dateOf(day)}`).toEqual([]);
    }
    for (const letter of await place.post()) seen(letter, day);
  }

  server.away = false;
  place.goTo(dateOf(START + DAYS));
  await place.post();
  const sent: Record<string, number> = {};
  for (const { template } of letters) sent[template] = (sent[template] ?? 0) + 1;
  expect(sent).toEqual(expected);
  expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(letters.length);
  expect(place.db.prepare("SELECT count(*) FROM mail WHERE state <> 'sent'").pluck().get()).toBe(0);

  // The test has seen what it is about.
  expect(missed).toBeGreaterThan(200);
  expect(away).toBeGreaterThan(40);
  for (const template of [...STEPS, 'over', 'open-again', 'stopped-receipt'])
    expect(sent[template]).toBeGreaterThan(20);
  const states = services.map(({ id }, number) => `${wayOf(number).name}: ${place.get(id).state}`);
  expect([...new Set(states.filter((words) => /^(never|nobody|stops|event)/.test(words)))].sort()).toEqual([
    'event: archived',
    'never: archived',
    'nobody: archived',
    'stops: archived',
  ]);
  // Nothing that is out of date is shown as if it were not.
  expect(states.filter((words) => words.startsWith('prompt') && !/published|due$/.test(words))).toEqual([]);
  expect(place.index.size).toBe(states.filter((words) => !words.endsWith('archived')).length);
});

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
