import { beforeAll, describe, expect, test } from 'vitest';
import { RIGHT } from '../import/csv-file.ts';
import { createSignpost } from '../import/world.ts';
import { sentTable, type Taken } from './front-door.ts';

/** What people write under 'when': read, so that the dates are right, or asked about; never a date that nobody said. */

/** A Saturday. */
const START = '2026-11-28T09:00:00Z';

/** What a cell says, how it is understood, and the next dates. */
const READ: readonly (readonly [cell: string, words: string, dates: string])[] = [
  // How often, which of the month, and from when.
  [
    '1st, 3rd and 5th Thurs 2pm-4pm',
    'First, third and fifth Thursday of the month, 2pm to 4pm',
    '12-03 12-17 12-31 01-07',
  ],
  [
    'Wednesdays 1-3 (2nd and 4th only)',
    'Second and fourth Wednesday of the month, 1pm to 3pm',
    '12-09 12-23 01-13 01-27',
  ],
  ['Fortnightly Tuesdays from 5th Jan, 10-12', 'Every other Tuesday, 10am to 12 noon', '01-05 01-19 02-02 02-16'],
  ['Thursdays 2-4 (starts 14 January)', 'Thursdays, 2pm to 4pm', '01-14 01-21 01-28 02-04'],
  [
    'Six weeks from 13 January, Wednesdays 1-3pm',
    'Wednesdays, 1pm to 3pm, until 23 February 2027',
    '01-13 01-20 01-27 02-03',
  ],
  // Days that are left out.
  [
    'Last Thursday of the month except December, 7pm',
    'Last Thursday of the month, from 7pm, not in December',
    '01-28 02-25 03-25 04-29',
  ],
  [
    'Every Wednesday (except first Wednesday of the month) 10-12',
    'Second, third, fourth and fifth Wednesday of the month, 10am to 12 noon',
    '12-09 12-16 12-23 12-30',
  ],
  ['Fridays 6pm - 8pm (no session 11th and 18th Dec)', 'Fridays, 6pm to 8pm', '12-04 12-25! 01-01! 01-08'],
  [
    'weekdays except Thurs 9am to 5pm',
    'Mondays, Tuesdays, Wednesdays and Fridays, 9am to 5pm',
    '11-30 12-01 12-02 12-04',
  ],
  ['Wed 10-12. We don’t meet on 2 December', 'Wednesdays, 10am to 12 noon', '12-09 12-16 12-23 12-30'],
  ['Thurs 10-12, we do not meet in December', 'Thursdays, 10am to 12 noon, not in December', '01-07 01-14 01-21 01-28'],
  ['Mondays 1-3 except bank holidays', 'Mondays, 1pm to 3pm, not on bank holidays', '11-30 12-07 12-14 12-21'],
  ['Fridays 9-11 including bank hols', 'Fridays, 9am to 11am, bank holidays too', '12-04 12-11 12-18 12-25'],
  ['Mondays in term time 9.30-11.30', 'Mondays, 9:30am to 11:30am, term time only', '11-30! 12-07! 12-14! 12-21!'],
  // Seasons, and figures before a month: hours where no days of it can be meant.
  ['Sundays 2-4 (May to September)', 'Sundays, 2pm to 4pm, May to September', '05-02 05-09 05-16 05-23'],
  ['Sundays 10-12 June and July only', 'Sundays, 10am to 12 noon, June to July', '06-06 06-13 06-20 06-27'],
  ['Fridays 2-4 April to October', 'Fridays, 2pm to 4pm, April to October', '04-02 04-09 04-16 04-23'],
  ['Sundays 6-27 June 2pm to 4pm', 'Sundays, 2pm to 4pm, until 27 June 2027', '06-06 06-13 06-20 06-27'],
  ['Thursdays 14 Jan to 25 Mar 10-12', 'Thursdays, 10am to 12 noon, until 25 March 2027', '01-14 01-21 01-28 02-04'],
  ['Fri 4 - Sun 6 December 10am', 'Friday 4 December 2026, from 10am', '12-04 12-05 12-06'],
  // As OpenStreetMap writes them, and how people write by hand.
  ['Mo,We 10:00-12:00', 'Mondays and Wednesdays, 10am to 12 noon', '11-30 12-02 12-07 12-09'],
  ['Th[1] 14:00-16:00', 'First Thursday of the month, 2pm to 4pm', '12-03 01-07 02-04 03-04'],
  ['Mo 14:00-16:00; PH off', 'Mondays, 2pm to 4pm, not on bank holidays', '11-30 12-07 12-14 12-21'],
  ['Mondays 3-5pm; not on bank holidays', 'Mondays, 3pm to 5pm, not on bank holidays', '11-30 12-07 12-14 12-21'],
  ['M-F 9-5', 'Mondays to Fridays, 9am to 5pm', '11-30 12-01 12-02 12-03'],
  ['Wednesdays 10am-12pm, doors open 9.45am', 'Wednesdays, 10am to 12 noon', '12-02 12-09 12-16 12-23'],
  ['Thursdays 2-4pm, starting w/c 11 January', 'Thursdays, 2pm to 4pm', '01-14 01-21 01-28 02-04'],
  // Hours.
  [
    'Mon-Weds 9-5, Thurs 9-4.30',
    'Mondays to Wednesdays, 9am to 5pm; Thursdays, 9am to 4:30pm',
    '11-30 12-01 12-02 12-03',
  ],
  ['Fridays noon till late', 'Fridays, from 12 noon (until late)', '12-04 12-11 12-18 12-25!'],
  ['Wednesdays 2pm for 2.30', 'Wednesdays, from 2pm (to start at 2:30pm)', '12-02 12-09 12-16 12-23'],
  ['Sat & Sun only 11-3', 'Saturdays and Sundays, 11am to 3pm', '11-28 11-29 12-05 12-06'],
  ['Mon–Fri 0930-1630', 'Mondays to Fridays, 9:30am to 4:30pm', '11-30 12-01 12-02 12-03'],
  // The morning after is no day on which it begins.
  ['Saturday 8pm to 8am Sunday', 'Saturdays, 8pm to 8am', '11-28 12-05 12-12 12-19'],
  ['Fri and Sat 9pm - 6am Sunday', 'Fridays and Saturdays, 9pm to 6am', '11-28 12-04 12-05 12-11'],
  ['Sat 9pm-3am', 'Saturdays, 9pm to 3am', '11-28 12-05 12-12 12-19'],
  ['24x7', 'Every day, open 24 hours, bank holidays too', '11-28 11-29 11-30 12-01'],
  ['Open 24 hours a day, seven days a week', 'Every day, open 24 hours', '11-28 11-29 11-30 12-01'],
  // What changes nothing about the dates is kept beside them.
  ['Drop-in Weds 1-3, no need to book', 'Wednesdays, 1pm to 3pm (no need to book)', '12-02 12-09 12-16 12-23'],
  [
    'Thurs 10-12, booking essential, all welcome',
    'Thursdays, 10am to 12 noon (booking essential; all welcome)',
    '12-03 12-10 12-17 12-24',
  ],
  // In brackets after hours that others follow, it is of those; after the last of them, of all.
  [
    'Mondays 10-11am (beginners), 11am-12 (improvers)',
    'Mondays, 10am to 11am (beginners); Mondays, 11am to 12 noon (improvers)',
    '11-30 11-30 12-07 12-07',
  ],
  [
    'Thursdays 1-2pm (babies) and 2-3pm',
    'Thursdays, 1pm to 2pm (babies); Thursdays, 2pm to 3pm',
    '12-03 12-03 12-10 12-10',
  ],
  [
    'Saturdays 9-10am, 10-11am (drop in)',
    'Saturdays, 9am to 10am (drop in); Saturdays, 10am to 11am (drop in)',
    '11-28 11-28 12-05 12-05',
  ],
  [
    'Sundays 2-3pm (chat), 4-5pm (chat)',
    'Sundays, 2pm to 3pm (chat); Sundays, 4pm to 5pm (chat)',
    '11-29 11-29 12-06 12-06',
  ],
  // Other hours of some days, and what holds at some of the hours alone.
  [
    'Tuesdays 10-11 (term time) and 1-2',
    'Tuesdays, 10am to 11am, term time only; Tuesdays, 1pm to 2pm',
    '12-01! 12-01 12-08! 12-08',
  ],
  [
    'Tuesdays 10-11 (until 1 December), 1-2pm',
    'Tuesdays, 10am to 11am, until 1 December 2026; Tuesdays, 1pm to 2pm',
    '12-01 12-01 12-08 12-15',
  ],
  [
    'Wednesdays 10-11, 2-3 (term time)',
    'Wednesdays, 10am to 11am, term time only; Wednesdays, 2pm to 3pm, term time only',
    '12-02! 12-02! 12-09! 12-09!',
  ],
  ['Weekdays 9-5 (Fri 9-4.30)', 'Mondays to Thursdays, 9am to 5pm; Fridays, 9am to 4:30pm', '11-30 12-01 12-02 12-03'],
  [
    'Mon-Fri 9am-5pm (Wed 10am-7pm)',
    'Mondays, Tuesdays, Thursdays and Fridays, 9am to 5pm; Wednesdays, 10am to 7pm',
    '11-30 12-01 12-02 12-03',
  ],
  [
    'Mon-Thu 9-5 (Sat 10-12)',
    'Mondays to Thursdays, 9am to 5pm; Saturdays, 10am to 12 noon',
    '11-28 11-30 12-01 12-02',
  ],
  ['Fridays 10 to 12 during school term', 'Fridays, 10am to 12 noon, term time only', '12-04! 12-11! 12-18! 12-25!'],
  ['Tuesdays 7pm sharp', 'Tuesdays, from 7pm (sharp)', '12-01 12-08 12-15 12-22'],
  // A date from which it goes on.
  ['Tuesday 12th January 6-8pm for 6 weeks', 'Tuesdays, 6pm to 8pm, until 22 February 2027', '01-12 01-19 01-26 02-02'],
  ['Tuesday 12 January 2pm, then fortnightly', 'Every other Tuesday, from 2pm', '01-12 01-26 02-09 02-23'],
  ['Thursday 14 January 2-4pm, then weekly', 'Thursdays, 2pm to 4pm', '01-14 01-21 01-28 02-04'],
  ['5 and 6 December 10-4 daily', 'Saturday 5 December 2026, 10am to 4pm', '12-05 12-06'],
  // Dates alone.
  ['4 December, 8 January and 5 February 7pm', 'Friday 4 December 2026, from 7pm', '12-04 01-08 02-05'],
  ['Bob dydd Iau 2-4', 'Thursdays, 2pm to 4pm', '12-03 12-10 12-17 12-24'],
  ['By appointment only', 'By arrangement', ''],
];

/** What nobody can tell the dates of: the row waits, and the sentence says what to write. */
const ASKED: readonly (readonly [cell: string, says: RegExp])[] = [
  ['Fridays 2-4pm, starts 12 January', /12 January 2027 is a Tuesday, and it meets on another day/],
  ['Mondays 10am, starting w/c 13 January', /13 January 2027 is a Wednesday/],
  ['Tuesdays 4-5pm, autumn term', /Write the months or the dates/],
  ['Every Wednesday in Lent 12 noon', /could not make out ‘lent/],
  ['Every other Thursday 2-4pm', /Say when the next one is/],
  ['Alternate Mondays, 10am', /Say when the next one is/],
  ['Tuesdays 10am to 12 (fortnightly)', /Say when the next one is/],
  ['Tuesdays 10am to 12 (cancelled until further notice)', /does not run at the moment/],
  ['Fridays 10-12 monthly', /Say which Friday of the month/],
  ['Every fourth Monday 2pm', /can mean two things/],
  ['Saturdays 9-11 July', /can be hours or days/],
  ['Saturday 3-24 July 2pm', /every day in that time, or one day of the week/],
  ['Noon till late', /on which day/],
  ['24hrs', /on which day/],
  ['by appointment Mon/Wed', /could not make out/],
  ['Easter to end of September, Saturdays 2-5pm', /Write the dates/],
  ['Second Monday after bank holiday 10am', /could not make out/],
  ['Fridays until Easter 10-12', /could not make out/],
  ['Summer: Weds 6-8pm', /Write the months or the dates/],
  ['Thursdays during school holidays 10-12', /could not make out/],
  ['Weds 10-12 closed Christmas week', /Write the dates/],
  ['Last working day of the month 10am', /could not make out/],
  ['Thursday 8-10', /morning or evening/],
  ['Weekdays 9-5 (Fri 4.30)', /hours of days that differ in full/],
  ['Monday 10am - Tuesday 4pm', /each day with its own hours/],
  ['Saturday 5 December 10-12, monthly', /from when on/],
  ['Tuesday 12 January 2pm until 30 March', /from when on/],
  ['5 December and 12 December 10am, fortnightly', /from when on/],
  ['w/c 7 Dec: Mon 10-11', /Write each date/],
  ['w/c 7 Dec: Mon 10-11; w/c 14 Dec: Tue 10-11', /Write each date/],
  ['Week commencing 7 December Tue 2-4pm', /Write each date/],
  ['Various', /Leave out what is not certain/],
];

const row = (when: string) => ({ ...RIGHT, name: `Meets: ${when}`, organisation: `Club of ${when}`, when });

let table: Taken;
beforeAll(async () => {
  table = await sentTable(
    [...READ.map(([cell]) => row(cell)), ...ASKED.map(([cell]) => row(cell))],
    createSignpost(START),
  );
});

describe('is read', () => {
  test.each(READ)('%s', async (cell, words, dates) => {
    const { schedule_words, next_sessions } = await table.answer(`Meets: ${cell}`);
    expect(schedule_words.join('; ')).toContain(words);
    const next = next_sessions.map(
      ({ date, check_first }: { date: string; check_first: boolean }) => `${date.slice(5)}${check_first ? '!' : ''}`,
    );
    expect(next.join(' ')).toBe(dates);
  });
});

test.each(ASKED)('%s is asked about', (cell, says) => {
  const said = table.notes(`Meets: ${cell}`).filter((note) => note.startsWith('when:'));
  expect(said).toEqual([expect.stringMatching(says)]);
});

/** What is the start, and by which rule, of each event of the calendar file. */
async function events(cell: string): Promise<string[]> {
  const { service } = await table.answer(`Meets: ${cell}`);
  const file = await (await table.signpost.api.request(`/api/v1/services/${service.id}/calendar.ics`)).text();
  const [, ...all] = file.split('BEGIN:VEVENT');
  return all.map((event) =>
    [/^DTSTART.*:(\d{8})/m, /^RRULE:(.*)/m, /^(RDATE)/m]
      .map((line) => line.exec(event)?.[1]?.trim() ?? '')
      .join(' ')
      .trim(),
  );
}

describe('in the calendar file', () => {
  test('several places in the month are events of their own, which Outlook keeps', async () => {
    expect(await events('Wednesdays 1-3 (2nd and 4th only)')).toEqual([
      '20261209 FREQ=MONTHLY;BYDAY=2WE',
      '20261223 FREQ=MONTHLY;BYDAY=4WE',
    ]);
  });

  test('dates without a rule are events of their own', async () => {
    expect(await events('4 December, 8 January and 5 February 7pm')).toEqual(['20261204', '20270108', '20270205']);
  });
});
