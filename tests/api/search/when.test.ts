import { describe, expect, it } from 'vitest';
import { createApi } from '../../../api/app.ts';
import type { Listing, Schedule } from '../../../api/domain/service.ts';
import { createWorld, get } from '../../fixtures/world.ts';
import { listing, venue } from './listings.ts';

/** What is on today, and this week: what is sure, and no more than that. */

const weekly = (byday: string, rest: Partial<Schedule> = {}): Schedule => ({
  freq: 'WEEKLY',
  interval: 1,
  byday,
  opens_at: '10:00',
  closes_at: '12:00',
  term_time: false,
  exceptions: [],
  additional_dates: [],
  ...rest,
});
const meeting = (name: string, schedules: Schedule[], rest: Partial<Listing['service']> = {}, where = 'E8 1EA') =>
  listing(
    { name, schedules, ...rest },
    {
      locations: [
        venue(51.545, -0.055, { address: { address_1: '1 High Street', city: 'A town', postal_code: where } }),
      ],
    },
  );

/** The API over some listings, at whatever moment it is asked. */
function directoryOf(listings: Listing[]) {
  const world = createWorld(
    {},
    {
      organizations: listings.map(({ organization }) => organization),
      locations: listings.flatMap(({ locations }) => locations),
      services: listings.map(({ service, state }) => ({ service, state })),
    },
  );
  let now = '';
  const api = createApi({ ...world.parts, now: () => new Date(now) });
  return {
    world,
    ask: async (moment: string, filters: string) => {
      now = moment;
      return get(api, `/search?sort=name&${filters}`);
    },
  };
}
type Ask = ReturnType<typeof directoryOf>['ask'];

/** What is found at a moment, by name. */
const names = async (ask: Ask, moment: string, filters: string): Promise<string[]> =>
  (await ask(moment, filters)).body.results.map((it: { service: { name: string } }) => it.service.name);

describe('today and this week', () => {
  const open = { bank_holidays: 'open' } as const;
  const listings = [
    meeting('Breaks off', [weekly('SA', { exceptions: [{ from: '2026-11-20', to: '2026-11-22' }] })]),
    meeting('Extra date', [weekly('TU', { additional_dates: ['2026-11-21'] })]),
    meeting('Full', [weekly('SA')], { availability: { state: 'full' } }),
    meeting('Full till Monday', [weekly('SA,TU')], { availability: { state: 'full', until: '2026-11-23' } }),
    meeting('In term', [weekly('SA', { term_time: true })]),
    meeting('Mornings', [weekly('SA')]),
    meeting('No date', [weekly('SA', { dates_unknown: true })]),
    meeting('No hour', [weekly('SA', { opens_at: undefined, closes_at: undefined })]),
    meeting('Nobody knows', []),
    meeting('Paused', [weekly('SA')], { availability: { state: 'paused' } }),
    meeting('Starts later', [weekly('SA', { valid_from: '2026-11-28' })]),
    meeting('Tuesdays', [weekly('TU', open)]),
    meeting('Waiting list', [weekly('SA')], { availability: { state: 'waiting_list' } }),
  ];
  const { ask, world } = directoryOf(listings);

  it.each([
    ['today', '2026-11-21T08:00:00Z', ['Extra date', 'Mornings', 'No hour', 'Waiting list']],
    ['today, once it is over', '2026-11-21T12:00:00Z', ['No hour']],
    ['today, shortly before', '2026-11-21T11:59:00Z', ['Extra date', 'Mornings', 'No hour', 'Waiting list']],
    ['today, a minute past midnight', '2026-11-24T00:01:00Z', ['Extra date', 'Full till Monday', 'Tuesdays']],
  ])('%s', async (_, moment, expected) => {
    expect(await names(ask, moment, 'when=today')).toEqual(expected);
  });

  it('this week holds seven days', async () => {
    expect(await names(ask, '2026-11-21T13:00:00Z', 'when=week')).toEqual([
      'Extra date',
      'Full till Monday',
      'No hour',
      'Tuesdays',
    ]);
    expect(await names(ask, '2026-11-22T00:00:00Z', 'when=week')).toContain('Starts later');
  });

  it('counts as a filter does, and one and the same session fits day, hour and week', async () => {
    const evening = weekly('TU', { opens_at: '18:00', closes_at: '19:00' });
    const { ask: two } = directoryOf([meeting('Two', [weekly('SA'), evening])]);
    const at = '2026-11-21T08:00:00Z';
    expect((await two(at, '')).body.facets.when).toEqual([
      { value: 'today', label: 'Today', count: 1 },
      { value: 'week', label: 'This week', count: 1 },
    ]);
    expect(await names(two, at, 'when=today&time=morning')).toEqual(['Two']);
    expect(await names(two, at, 'when=today&time=evening')).toEqual([]);
    expect(await names(two, at, 'when=week&time=evening&day=TU')).toEqual(['Two']);
    const counts = (await two(at, 'time=evening')).body.facets.when.map(({ count }: { count: number }) => count);
    expect(counts).toEqual([0, 1]);
  });

  it('a bank holiday of its nation is not claimed, where nobody says that it meets', async () => {
    // St Andrew's Day, a Monday.
    const moment = '2026-11-30T08:00:00Z';
    const { ask: some } = directoryOf([
      meeting('Aberdeen', [weekly('MO')], {}, 'AB10 1AB'),
      meeting('Dundee, open', [weekly('MO', open)], {}, 'DD1 1AA'),
      meeting('Hackney', [weekly('MO')]),
      meeting('Perth, closed', [weekly('MO', { bank_holidays: 'closed' })], {}, 'PH1 1AA'),
    ]);
    expect(await names(some, moment, 'when=today')).toEqual(['Dundee, open', 'Hackney']);
  });

  it('goes by the clock of London, also on the days when it changes and across the new year', async () => {
    const { ask: daily } = directoryOf([
      meeting('Daily', [{ ...weekly('MO'), freq: 'DAILY', byday: undefined, ...open }]),
    ]);
    const { ask: late } = directoryOf([
      meeting('Late', [weekly('SA,TH', { opens_at: '23:30', closes_at: '01:00', ...open })]),
    ]);
    // In summer time it is the next day an hour before UTC says so.
    expect(await names(late, '2026-07-04T22:45:00Z', 'when=today')).toEqual(['Late']);
    expect(await names(late, '2026-07-04T23:15:00Z', 'when=today')).toEqual([]);
    for (const moment of ['2027-03-28T00:30:00Z', '2026-10-25T00:30:00Z', '2028-02-29T09:00:00Z'])
      expect(await names(daily, moment, 'when=today')).toEqual(['Daily']);
    expect(await names(late, '2026-12-31T23:45:00Z', 'when=today')).toEqual(['Late']);
    expect(await names(daily, '2027-12-31T13:00:00Z', 'when=today')).toEqual([]);
    expect(await names(daily, '2027-12-31T13:00:00Z', 'when=week')).toEqual(['Daily']);
  });

  it('one index answers for any moment, forth and back, and sees what changes', async () => {
    const before = ['Extra date', 'Mornings', 'No hour', 'Waiting list'];
    expect(await names(ask, '2026-11-21T08:00:00Z', 'when=today')).toEqual(before);
    expect(await names(ask, '2026-11-28T08:00:00Z', 'when=today')).toContain('Starts later');
    expect(await names(ask, '2026-11-21T08:00:00Z', 'when=today')).toEqual(before);
    const tuesdays = listings.find(({ service }) => service.name === 'Tuesdays')!;
    const moved = { ...tuesdays, service: { ...tuesdays.service, schedules: [weekly('SA')] } };
    world.index.put([moved]);
    expect(await names(ask, '2026-11-21T08:00:00Z', 'when=today')).toContain('Tuesdays');
    world.index.put([tuesdays]);
    expect(await names(ask, '2026-11-21T08:00:00Z', 'when=today')).toEqual(before);
  });

  it('a value that there is not is refused in words', async () => {
    const { status, body } = await ask('2026-11-21T08:00:00Z', 'when=tomorrow');
    expect([status, body.parameter]).toEqual([400, 'when']);
  });
});
