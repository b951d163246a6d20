import { describe, expect, test } from 'vitest';
import { nextSessions } from '../../../api/domain/schedule.ts';
import { type Schedule, WEEKDAYS } from '../../../api/domain/service.ts';
import { readSpokenSchedule } from '../../../api/domain/spoken-schedule.ts';
import { describeSchedule, describeSession } from '../../../api/domain/words.ts';
import { NOW } from '../../helpers/clock.ts';

/** A Saturday. */
const TODAY = '2026-11-21';

/** What was said, what is understood of it, and the first date. */
const UNDERSTOOD: readonly [string, string, string][] = [
  [
    'every Tuesday 10:30 to 12, term time',
    'Tuesdays, 10:30am to 12 noon, term time only',
    'Tuesday 24 November, 10:30am to 12 noon',
  ],
  [
    'first and third Thursday 2-4pm',
    'First and third Thursday of the month, 2pm to 4pm',
    'Thursday 3 December, 2pm to 4pm',
  ],
  ['weekdays 9 to 5', 'Mondays to Fridays, 9am to 5pm', 'Monday 23 November, 9am to 5pm'],
  ['Sat 12 December 2pm', 'Saturday 12 December 2026, from 2pm', 'Saturday 12 December, from 2pm'],
  ['Mon-Fri 9-5', 'Mondays to Fridays, 9am to 5pm', 'Monday 23 November, 9am to 5pm'],
  [
    'Mondays 10-12 and Thursdays 2-4pm',
    'Mondays, 10am to 12 noon; Thursdays, 2pm to 4pm',
    'Monday 23 November, 10am to 12 noon',
  ],
  [
    'Monday and Wednesday 10 to 12, Friday 2 to 4',
    'Mondays and Wednesdays, 10am to 12 noon; Fridays, 2pm to 4pm',
    'Monday 23 November, 10am to 12 noon',
  ],
  ['10am to 12 on Tuesdays', 'Tuesdays, 10am to 12 noon', 'Tuesday 24 November, 10am to 12 noon'],
  ['10am Mondays, 2pm Tuesdays', 'Mondays, from 10am; Tuesdays, from 2pm', 'Monday 23 November, from 10am'],
  ['Tuesdays 10-12 and 2-4', 'Tuesdays, 10am to 12 noon; Tuesdays, 2pm to 4pm', 'Tuesday 24 November, 10am to 12 noon'],
  [
    'every other Tuesday 10-12 from 1 December',
    'Every other Tuesday, 10am to 12 noon, from 1 December',
    'Tuesday 1 December, 10am to 12 noon',
  ],
  [
    'fortnightly on Wednesdays 7pm starting 25 November',
    'Every other Wednesday, from 7pm, from 25 November',
    'Wednesday 25 November, from 7pm',
  ],
  [
    'alternate Mondays 2-4, next one 30 November',
    'Every other Monday, 2pm to 4pm, from 30 November',
    'Monday 30 November, 2pm to 4pm',
  ],
  [
    'every three weeks on Monday 2pm from 23 November',
    'Mondays, every 3 weeks, from 2pm, from 23 November',
    'Monday 23 November, from 2pm',
  ],
  ['second Tuesday of every month 2pm', 'Second Tuesday of the month, from 2pm', 'Tuesday 8 December, from 2pm'],
  [
    'last Friday of the month, 7.30pm to 9pm',
    'Last Friday of the month, 7:30pm to 9pm',
    'Friday 27 November, 7:30pm to 9pm',
  ],
  [
    '1st & 3rd Thursdays of the month 2pm-4pm',
    'First and third Thursday of the month, 2pm to 4pm',
    'Thursday 3 December, 2pm to 4pm',
  ],
  [
    'first Monday and second Tuesday of the month 10am',
    'First Monday and second Tuesday of the month, from 10am',
    'Monday 7 December, from 10am',
  ],
  ['the 15th of each month at noon', 'The 15th of the month, from 12 noon', 'Tuesday 15 December, from 12 noon'],
  [
    'First Saturday of every other month from 5 December 10am',
    'First Saturday of every other month, from 10am, from 5 December',
    'Saturday 5 December, from 10am',
  ],
  ['Tuesday evenings 7 to 9', 'Tuesdays, 7pm to 9pm', 'Tuesday 24 November, 7pm to 9pm'],
  ['Tuesdays 7 to 9 in the evening', 'Tuesdays, 7pm to 9pm', 'Tuesday 24 November, 7pm to 9pm'],
  ['Tuesday mornings', 'Tuesdays (mornings)', 'Tuesday 24 November'],
  ['Every weekday morning 9.30 to 11', 'Mondays to Fridays, 9:30am to 11am', 'Monday 23 November, 9:30am to 11am'],
  [
    '5, 12 and 19 December 2pm',
    'Saturday 5 December 2026, from 2pm, and on Saturday 12 December 2026 and Saturday 19 December 2026',
    'Saturday 5 December, from 2pm',
  ],
  [
    '5 December, 9 January and 6 February 2-4pm',
    'Saturday 5 December 2026, 2pm to 4pm, and on Saturday 9 January 2027 and Saturday 6 February 2027',
    'Saturday 5 December, 2pm to 4pm',
  ],
  [
    'Tuesdays 2-4, 5 January to 30 March',
    'Tuesdays, 2pm to 4pm, from 5 January, until 30 March',
    'Tuesday 5 January, 2pm to 4pm',
  ],
  [
    'Tuesdays 10-12 for 6 weeks from 12 January',
    'Tuesdays, 10am to 12 noon, from 12 January, until 22 February',
    'Tuesday 12 January, 10am to 12 noon',
  ],
  [
    'Tuesdays 2-4, not 24 November',
    'Tuesdays, 2pm to 4pm. No meeting on Tuesday 24 November',
    'Tuesday 1 December, 2pm to 4pm',
  ],
  [
    'Tuesdays 2-4, not 24 November to 4 January',
    'Tuesdays, 2pm to 4pm. No meetings from 24 November to 4 January',
    'Tuesday 5 January, 2pm to 4pm',
  ],
  [
    'Tuesdays 2-4, not 22 December (Christmas party) or 29 December',
    'Tuesdays, 2pm to 4pm. No meeting on Tuesday 22 December (Christmas party). No meeting on Tuesday 29 December',
    'Tuesday 24 November, 2pm to 4pm',
  ],
  ['Tuesdays 2-4 except in August', 'Tuesdays, 2pm to 4pm, not in August', 'Tuesday 24 November, 2pm to 4pm'],
  [
    'Tuesdays 10 to 12 not bank holidays',
    'Tuesdays, 10am to 12 noon, not on bank holidays',
    'Tuesday 24 November, 10am to 12 noon',
  ],
  [
    'Tuesdays 10-12 (ring Maria first)',
    'Tuesdays, 10am to 12 noon (ring Maria first)',
    'Tuesday 24 November, 10am to 12 noon',
  ],
  [
    '10.30am – 12.30pm every Wednesday (term time only)',
    'Wednesdays, 10:30am to 12:30pm, term time only',
    'Wednesday 25 November, 10:30am to 12:30pm',
  ],
  ['Wednesdays 1830 to 2030', 'Wednesdays, 6:30pm to 8:30pm', 'Wednesday 25 November, 6:30pm to 8:30pm'],
  ['Wednesdays 18:30-20:30', 'Wednesdays, 6:30pm to 8:30pm', 'Wednesday 25 November, 6:30pm to 8:30pm'],
  ['Thursdays half past ten to twelve', 'Thursdays, 10:30am to 12 noon', 'Thursday 26 November, 10:30am to 12 noon'],
  ['Mondays 2pm for two hours', 'Mondays, 2pm to 4pm', 'Monday 23 November, 2pm to 4pm'],
  ['noon to 2pm Sundays', 'Sundays, 12 noon to 2pm', 'Sunday 22 November, 12 noon to 2pm'],
  ['Tuesdays 11 to 1', 'Tuesdays, 11am to 1pm', 'Tuesday 24 November, 11am to 1pm'],
  ['Tuesdays 8 to 4', 'Tuesdays, 8am to 4pm', 'Tuesday 24 November, 8am to 4pm'],
  ['11pm to 1am Fridays', 'Fridays, 11pm to 1am', 'Friday 27 November, 11pm to 1am'],
  ['Every day, open 24 hours', 'Every day, open 24 hours', 'Saturday 21 November, open 24 hours'],
  ['weekends 10 to 4', 'Saturdays and Sundays, 10am to 4pm', 'Saturday 21 November, 10am to 4pm'],
  ['12/12/2026 2pm', 'Saturday 12 December 2026, from 2pm', 'Saturday 12 December, from 2pm'],
  [
    'Tuesdays 10:30 to 12:00 and Saturday 12 December 2pm to 4pm',
    'Tuesdays, 10:30am to 12 noon; Saturday 12 December 2026, 2pm to 4pm',
    'Tuesday 24 November, 10:30am to 12 noon',
  ],
  [
    'Tuesdays 10 to 12, and on Saturday 12 December',
    'Tuesdays, 10am to 12 noon, and on Saturday 12 December 2026',
    'Tuesday 24 November, 10am to 12 noon',
  ],
  [
    'Mondays 6-8pm\nSaturdays 10-12',
    'Mondays, 6pm to 8pm; Saturdays, 10am to 12 noon',
    'Saturday 21 November, 10am to 12 noon',
  ],
];

/** What cannot be told, and a part of the sentence that says what to write. */
const ASKED: readonly [string, RegExp][] = [
  ['', /every Tuesday 10:30 to 12/],
  ['every other Tuesday 10-12', /add ‘from Tuesday 24 November’/],
  ['Tuesdays and Thursdays, every other week, 2pm to 4pm', /Say when the next one is/],
  ['every other Tuesday 10-12 from 25 November', /25 November 2026 is a Wednesday/],
  ['every second Tuesday 2pm', /‘second Tuesday of the month’, or ‘every other Tuesday’/],
  ['biweekly on Tuesdays', /twice a week or every two weeks/],
  ['monthly on Tuesdays 2pm', /first Tuesday of the month/],
  ['7 to 9 Tuesdays', /‘7am to 9am’ or ‘7pm to 9pm’/],
  ['Wednesdays at 7', /‘7am’ or ‘7pm’/],
  ['usually Tuesdays 2-4', /Leave out what is not certain/],
  ['Tuesdays 2-4 except Christmas', /not 21 December to 4 January/],
  ['whenever the moon is full', /could not make out ‘whenever the moon’/],
  ['Tuesdays 2-4 at the hall', /could not make out ‘hall’/],
  ['10 to 12', /on which day/],
  ['Sun 12 December 2pm', /is a Saturday, not a Sunday/],
  ['31 February 2pm', /no day 31\/2/],
  ['Saturday 2 November 2024 2pm', /is over/],
  ['14 November 2026 2pm', /is over/],
  ['Tuesdays 25pm', /not a time/],
  ['Tuesdays 2pm to 2pm', /same time/],
  ['Tuesdays 2-4 from 30 March 2027 until 5 January 2027', /before/],
  ['x'.repeat(2000), /Write only days and times/],
];

describe('when something meets, as people say it', () => {
  test.each(UNDERSTOOD)('%s', (said, words, first) => {
    const read = readSpokenSchedule(said, TODAY);
    if ('problem' in read) throw new Error(read.problem);
    expect(read.understood).toBe(words);
    const [next] = nextSessions(read.schedules, new Date(NOW), 1);
    expect(next && describeSession(next)).toBe(first);
  });

  test.each(ASKED)('asks about: %.60s', (said, words) => {
    const read = readSpokenSchedule(said, TODAY);
    expect('problem' in read ? read.problem : `understood: ${read.understood}`).toMatch(words);
  });

  test('by arrangement is an answer without times', () => {
    expect(readSpokenSchedule('By arrangement.', TODAY)).toEqual({ schedules: [], understood: 'By arrangement' });
  });

  test('what the pages say of a rule is read as that rule again', () => {
    const rules: Partial<Schedule>[] = [];
    for (const [index, day] of WEEKDAYS.entries()) {
      rules.push({ freq: 'WEEKLY', byday: day }, { freq: 'WEEKLY', byday: `${day},${WEEKDAYS[(index + 2) % 7]}` });
      for (const nth of [1, 2, 3, 4, 5, -1, -2]) rules.push({ freq: 'MONTHLY', byday: `${nth}${day}` });
    }
    for (let number = 1; number <= 31; number++) rules.push({ freq: 'MONTHLY', bymonthday: number });
    for (const rule of rules) {
      for (const [opens_at, closes_at] of [
        ['10:30', '12:00'],
        ['14:00', undefined],
        ['19:00', '21:30'],
        ['00:00', '00:00'],
      ]) {
        for (const term_time of [false, true]) {
          const schedule = {
            interval: 1,
            exceptions: [],
            additional_dates: [],
            ...rule,
            opens_at,
            closes_at,
            term_time,
          } as Schedule;
          const words = describeSchedule(schedule, TODAY);
          const read = readSpokenSchedule(words, TODAY);
          expect('problem' in read ? `${words}: ${read.problem}` : read.understood).toBe(words);
        }
      }
    }
  });

  test('no text makes it fall over, and what it understands can be said', () => {
    const words = [
      'every',
      'tuesday',
      'mon',
      '10',
      '12',
      'to',
      '-',
      'and',
      ',',
      'pm',
      '1st',
      'last',
      'december',
      '2027',
      'from',
      'until',
      'not',
      'of the month',
      '(',
      ')',
      '10:30',
      'fortnightly',
      'for',
      'weeks',
      '31',
      'term time',
    ];
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let understood = 0;
    for (let round = 0; round < 5000; round++) {
      const said = Array.from({ length: 1 + random(9) }, () => words[random(words.length)]).join(' ');
      const read = readSpokenSchedule(said, TODAY);
      if ('problem' in read) expect(read.problem).toMatch(/[.’]$/);
      else {
        understood += 1;
        expect(nextSessions(read.schedules, new Date(NOW), 1).length, said).toBe(1);
      }
    }
    expect(understood).toBeGreaterThan(100);
  });
});
