import { describe, expect, test } from 'vitest';
import { nextSessions } from '#api/domain/schedule.ts';
import { readSpokenSchedule } from '#api/domain/spoken-schedule.ts';

/** Words that change when something meets, in brackets and without: read, or asked about, and never passed over. */

/** A Saturday. */
const TODAY = '2026-11-28';
const NOW = new Date('2026-11-28T09:00:00Z');

const READ: readonly [said: string, understood: string, dates: string][] = [
  ['24/7', 'Every day, open 24 hours, bank holidays too', '11-28 11-29 11-30'],
  ['Open 24/7', 'Every day, open 24 hours, bank holidays too', '11-28 11-29 11-30'],
  ['Helpline 24/7, 365 days a year', 'Every day, open 24 hours, bank holidays too', '11-28 11-29 11-30'],
  ['24 hours a day, 7 days a week', 'Every day, open 24 hours', '11-28 11-29 11-30'],
  ['Sat 24/7 2pm', 'Saturday 24 July 2027, from 2pm', '07-24'],
  ['until 24/7 Tuesdays 10-12', 'Tuesdays, 10am to 12 noon, until 24 July', '12-01 12-08 12-15'],
  [
    'Tuesdays 2-4 (fortnightly from 1 December)',
    'Every other Tuesday, 2pm to 4pm, from 1 December',
    '12-01 12-15 12-29',
  ],
  ['Wed 7pm (last of month)', 'Last Wednesday of the month, from 7pm', '12-30 01-27 02-24'],
  ['Friday (1st and 3rd) 10-12', 'First and third Friday of the month, 10am to 12 noon', '12-04 12-18 01-01'],
  ['Fridays, 1st & 3rd, 10-12', 'First and third Friday of the month, 10am to 12 noon', '12-04 12-18 01-01'],
  ['Fridays 10-12 [2nd and 4th weeks]', 'Second and fourth Friday of the month, 10am to 12 noon', '12-11 12-25 01-08'],
  ['Thursdays 2-4 (1st Thursday only)', 'First Thursday of the month, 2pm to 4pm', '12-03 01-07 02-04'],
  ['Sundays 3pm, last Sunday of the month', 'Last Sunday of the month, from 3pm', '11-29 12-27 01-31'],
  [
    '3rd Thurs 10:30-12:30 (not Dec)',
    'Third Thursday of the month, 10:30am to 12:30pm, not in December',
    '01-21 02-18 03-18',
  ],
  [
    'Thursdays 10-12 (except 24 and 31 December)',
    'Thursdays, 10am to 12 noon. No meeting on Thursday 24 December. No meeting on Thursday 31 December',
    '12-03 12-10 12-17 01-07',
  ],
  ['Wednesdays 2pm (starts 6 January)', 'Wednesdays, from 2pm, from 6 January', '01-06 01-13'],
  ['Wednesdays 2pm (w/c 4 January)', 'Wednesdays, from 2pm, from 4 January', '01-06 01-13'],
  ['Mondays 1-3 (closed November)', 'Mondays, 1pm to 3pm, not in November', '12-07 12-14'],
  ['Mondays 1-3, not July or August', 'Mondays, 1pm to 3pm, not in July and August', '11-30 12-07'],
  ['Mondays 1-3 (Jan - Mar)', 'Mondays, 1pm to 3pm, January to March', '01-04 01-11'],
  ['Mondays April to October 10-12', 'Mondays, 10am to 12 noon, April to October', '04-05 04-12'],
  ['Mondays 10-12 from September to June', 'Mondays, 10am to 12 noon, not in July and August', '11-30 12-07'],
  ['Mondays 10-12, January only', 'Mondays, 10am to 12 noon, in January', '01-04 01-11'],
  ['Mondays 10-12 until March', 'Mondays, 10am to 12 noon, until 31 March', '11-30 12-07'],
  [
    'Mondays 10-12pm from January 2027 to March 2027',
    'Mondays, 10am to 12 noon, from 1 January, until 31 March',
    '01-04',
  ],
  [
    'Mondays 10-12 except bank holidays',
    'Mondays, 10am to 12 noon, not on bank holidays',
    '11-30 12-07 12-14 12-21 01-04',
  ],
  ['Mon to Fri, 9 till 5 (excl. bank hols)', 'Mondays to Fridays, 9am to 5pm, not on bank holidays', '11-30'],
  [
    'Mondays 10-12 including bank holidays',
    'Mondays, 10am to 12 noon, bank holidays too',
    '11-30 12-07 12-14 12-21 12-28',
  ],
  [
    'Every day 10-4, except Christmas Day',
    'Every day, 10am to 4pm. No meeting on Friday 25 December. No meeting on Saturday 25 December 2027',
    '11-28 11-29',
  ],
  [
    'Fridays 10-12 (no group Good Friday)',
    'Fridays, 10am to 12 noon. No meeting on Friday 26 March. No meeting on Friday 14 April 2028',
    '12-04 12-11',
  ],
  [
    'Tuesdays 10-12 all year round except Christmas',
    'Tuesdays, 10am to 12 noon. No meetings from 24 December to 2 January (Christmas: ask for the exact days). No meetings from 24 December 2027 to 2 January 2028 (Christmas: ask for the exact days)',
    '12-01 12-08 12-15 12-22 01-05',
  ],
  [
    'Tuesdays 10-12 summer break 20 July - 4 September',
    'Tuesdays, 10am to 12 noon. No meetings from 20 July to 4 September',
    '12-01',
  ],
  ['Mon-Sat 9-5, Sun closed', 'Mondays to Saturdays, 9am to 5pm', '11-28 11-30'],
  ['Every day 10-4, closed Mondays', 'Tuesdays to Sundays, 10am to 4pm', '11-28 11-29 12-01'],
  [
    'Saturdays 9.30-12 except the second Saturday of the month',
    'First, third, fourth and fifth Saturday of the month, 9:30am to 12 noon',
    '11-28 12-05 12-19',
  ],
  ['Tuesdays 10-12 (term time; ring first)', 'Tuesdays, 10am to 12 noon, term time only (ring first)', '12-01'],
  ['Tuesdays 10.30 for 11', 'Tuesdays, from 10:30am (to start at 11am)', '12-01'],
  ['Tuesdays 10.30 for 11 till 1', 'Tuesdays, 10:30am to 1pm (to start at 11am)', '12-01'],
  ['Tuesdays 7pm til late', 'Tuesdays, from 7pm (until late)', '12-01'],
  ['Tuesdays 2pm 2hrs', 'Tuesdays, 2pm to 4pm', '12-01'],
  ['Tuesdays 2pm for 1.5 hours', 'Tuesdays, 2pm to 3:30pm', '12-01'],
  ['Tuesdays 10-12 for 6 wks from 5 January', 'Tuesdays, 10am to 12 noon, from 5 January, until 15 February', '01-05'],
  [
    '6 week course, Tuesdays 10-12 starting 5 January',
    'Tuesdays, 10am to 12 noon, from 5 January, until 15 February',
    '01-05',
  ],
  ['every 3 days 10am from 30 November', 'Every 3 days, from 10am, from 30 November', '11-30 12-03 12-06'],
  ['Fridays 10-12 fortnightly, ask for dates', 'Every other Friday, 10am to 12 noon, ask for the dates', ''],
  ['Fridays 10-12 (dates vary)', 'Fridays, 10am to 12 noon, ask for the dates', ''],
  [
    'Monday 1pm-4pm\nFriday 1pm-4pm\nfrom 4 January',
    'Mondays, 1pm to 4pm, from 4 January; Fridays, 1pm to 4pm, from 4 January',
    '01-04 01-08',
  ],
  ['Dydd Mawrth 10yb–12yp', 'Tuesdays, 10am to 12 noon', '12-01'],
  ['Dydd Iau 6.30y.h. - 8yh, yn ystod y tymor', 'Thursdays, 6:30pm to 8pm, term time only', '12-03'],
  ['Dydd Mawrth cyntaf y mis, 2yp–4yp', 'First Tuesday of the month, 2pm to 4pm', '12-01'],
  ['bob dydd Mawrth 2 tan 4', 'Tuesdays, 2pm to 4pm', '12-01'],
  ['Dydd Mercher olaf y mis 12:00 - 15:00', 'Last Wednesday of the month, 12 noon to 3pm', '12-30'],
  ['nos Iau 7pm tan 9pm, o 3 Rhagfyr', 'Thursdays, 7pm to 9pm, from 3 December', '12-03'],
  ['Llun i Iau 10.00 - 4.00', 'Mondays to Thursdays, 10am to 4pm', '11-30 12-01 12-02 12-03 12-07'],
  ['bore Gwener 10-12, yn ystod tymor ysgol', 'Fridays, 10am to 12 noon, term time only', '12-04'],
  // What says nothing of when it meets stays a note.
  ['Tuesdays 10-12 (drop in)', 'Tuesdays, 10am to 12 noon (drop in)', '12-01'],
  ['Tuesdays 10-12 (first session free)', 'Tuesdays, 10am to 12 noon (first session free)', '12-01'],
  ['Tuesdays 10-12 (ages 5 to 11)', 'Tuesdays, 10am to 12 noon (ages 5 to 11)', '12-01'],
  ['Tuesdays 10-12 (5 to 11)', 'Tuesdays, 10am to 12 noon (5 to 11)', '12-01'],
  ['Tuesdays 10-12 (not wheelchair accessible)', 'Tuesdays, 10am to 12 noon (not wheelchair accessible)', '12-01'],
];

/** What cannot be told, and a part of the sentence that says what to write. */
const ASKED: readonly [said: string, words: RegExp][] = [
  ['Tuesdays 2-4 (fortnightly)', /Say when the next one is/],
  ['Tuesdays 2-4 (every other week)', /Say when the next one is/],
  ['Tuesdays 2-4 [alternate weeks]', /Say when the next one is/],
  ['Tuesdays 2-4 (fortnightly, ring first)', /Say when the next one is/],
  ['Sundays 3pm (monthly)', /Say which Sunday of the month/],
  ['Sundays 3pm twice a month', /Say which Sunday of the month/],
  ['Mondays 10am to 12 (cancelled until further notice)', /no times/],
  ['Mondays 10-12 (some weeks)', /not certain/],
  ['Mondays 10-12 (not 24th)', /not 22 December/],
  ['Mondays 10-12 (except Christmas)', /not 21 December to 4 January/],
  ['Mondays 10-12 (back in January)', /date on which it begins/],
  ['Mondays 10-12 (school holidays)', /dates of these holidays/],
  ['Mondays 10-12 (Thursdays in August)', /could not make out/],
  ['Mondays 10-12 (see poster for March)', /could not make out/],
  ['Mondays 10ish', /not certain/],
  ['Mondays 10am to 12am', /12am’ is midnight/],
  ['Mondays 2pm for 90 hours', /when it ends/],
  ['dydd Sul (bob pythefnos) 12.00 to 14.00', /Say when the next one is/],
  ['12/12/0020 2pm', /no year that is meant/],
  ['0001-01-01', /no year that is meant/],
  ['Tuesdays 10-12 until 31/12/9999', /no year that is meant/],
  ['1 January 0999 2pm', /not a time/],
];

test.each(READ)('%s', (said, understood, dates) => {
  const read = readSpokenSchedule(said, TODAY);
  if ('problem' in read) throw new Error(read.problem);
  expect(read.understood).toBe(understood);
  const expected = dates === '' ? [] : dates.split(' ');
  const count = Math.max(1, expected.length);
  const sessions = nextSessions(read.schedules, NOW, count, undefined, () => ['england_and_wales']);
  expect(sessions.map(({ date }) => date.slice(5))).toEqual(expected);
});

test.each(ASKED)('asks about: %s', (said, words) => {
  const read = readSpokenSchedule(said, TODAY);
  expect('problem' in read ? read.problem : `understood: ${read.understood}`).toMatch(words);
});

describe('twenty thousand drawn lines', () => {
  const WORDS = (
    'every|each|tuesday|mon|sat|weekdays|daily|dydd|mawrth|bob|llun|i|10|12|31|0|24|24/7|to|-|and|,|/|pm|am|noon|1st|3rd|last|' +
    'december|august|may|2027|0020|0999|9999|12/12/0020|0001-01-01|275760-09-13|9999-12-31|29/2|31/6/2027|99999999999999999999|' +
    'from|until|till|starts|not|except|closed|bank holidays|including|christmas|good friday|of the month|month|(|)|[|]|10:30|25:61|' +
    'fortnightly|alternate weeks|every other|for|6|weeks|wks|hours|2hrs|1.5|minutes|term time|ask for dates|all year round|' +
    '365 days a year|late|course|;|\n|tymor ysgol|olaf|y mis|🧶|\u0000|½|’|ﬁ|x'
  ).split('|');
  let seed = 41;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const lines = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 1 + random(11) }, () => WORDS[random(WORDS.length)]).join(random(5) === 0 ? '' : ' '),
  );

  test('none makes it fall over; each is asked about in a sentence, or has a date or says that it has none', () => {
    let understood = 0;
    for (const line of lines) {
      const read = readSpokenSchedule(line, TODAY);
      if ('problem' in read) expect(read.problem, line).toMatch(/[.’]$/);
      else {
        understood += 1;
        const [next] = nextSessions(read.schedules, NOW, 1);
        if (!next) expect(read.understood, line).toMatch(/ask for the dates/);
      }
    }
    expect(understood).toBeGreaterThan(200);
  });
});
