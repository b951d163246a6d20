/** Words that stand for something in a line about times; those of a list are tried in its order. */

const list = (words: string): readonly string[] => words.split(', ');

/** Say nothing by themselves. */
export const FILLERS = list(
  'we meet, we are open, we run, we, meets, meet, meeting, meetings, it, is, are, on, the, at, a, in, open, ' +
    'held, run, runs, running, takes place, happens, sessions, session, classes, class, group, dropin, weekly, ' +
    'every week, each week, once a week, twice a week, a week, per week, of the week, ' +
    'every, each, only, time, times, hours, then, also, from, inclusive, service, line, helpline, phone line, ' +
    'telephone line, available, all year round, all the year round, all year, year round, throughout the year',
);
/** Change nothing about when it meets, and are worth knowing. */
export const BESIDE = list(
  'no need to book, no booking required, no booking needed, no booking necessary, booking not required, ' +
    'booking not needed, no appointment needed, no appointment necessary, no appointment required, just turn up, ' +
    'just come along, come along, turn up on the day, booking essential, booking is essential, booking required, ' +
    'booking advised, booking recommended, must be booked, please book, book in advance, book ahead, all welcome, ' +
    'everyone welcome, everybody welcome, new members welcome, refreshments provided, weather permitting, sharp, prompt',
);
/** In school terms only. */
export const TERM = list(
  'termtime only, termtime, in termtime, during termtime, school terms only, school terms, in school terms, ' +
    'during school terms, school term, in school termtime, not in school holidays, not in the school holidays, ' +
    'not during school holidays, not during the school holidays, not school holidays, outside school holidays, ' +
    'except school holidays, except in school holidays, except during school holidays, excluding school holidays, ' +
    'except for school holidays, closed in school holidays, closed during school holidays, closed school holidays, ' +
    'during school term, during the school term, in school term, during term, in term, ' +
    'no sessions in school holidays, no session in school holidays, no sessions during school holidays, ' +
    'not school hols, not in school hols, not during school hols, except school hols, except halfterm, not halfterm, ' +
    'not in halfterm, not during halfterm, not in half term, excluding halfterm',
);
/** Before the date from which it runs. */
export const STARTS = list(
  'starting on, starting, starts on, starts again, starts back, ' +
    'starts, start on, start, started on, started, beginning on, beginning, begins on, begins, ' +
    'commencing on, commencing, commences on, commences, ' +
    'restarting on, restarting, restarts on, restarts, resuming on, resuming, resumes on, resumes, ' +
    'returning on, returning, returns on, returns, back on, launching on, launching, launches on, launches, ' +
    'first session on, first session, next one on, next one is on, next one is, next one, next on, ' +
    'next is on, next',
);
/** Before a day from which on it runs, on whichever weekday that is. */
export const STARTS_FROM = list(
  'starting from the week of, starting from, starts from, from the week of, from, since, back from',
);
/** Before the first day of the week in which it begins. */
export const WEEK_COMMENCING = list(
  'starting from week commencing, starting week commencing, starts week commencing, from week commencing, ' +
    'starting from w c, starting w c, starts w c, from w c, week commencing, w c',
);
/** Before a month in which it begins, on a day that is not said. */
export const STARTS_IN = list(
  'starting in, starts in, start in, beginning in, begins in, commencing in, back in, returns in, returning in, ' +
    'resumes in, resuming in, restarts in, restarting in, starting again in, starts again in, starting back in',
);
/** Before the date of the last one. */
export const ENDS = list(
  'until, till, til, to, ending on, ending in, ending, ends on, ends in, ends, finishing on, finishing, finishes on, ' +
    'finishes, up to, last session on, last session, last one on, last one, runs until, running until',
);
/** Every two weeks. */
export const FORTNIGHT = list(
  'every other week, every second week, every 2nd week, alternate weeks, on alternate weeks, alternating weeks, ' +
    'every fortnight, each fortnight, once a fortnight, fortnightly, of every other week',
);
/** Every two months. */
export const OTHER_MONTH = list('of every other month, every other month, every second month, alternate months');
/** That nobody can say beforehand on which of the days. */
export const DATES_UNKNOWN = list(
  'ask for the dates, ask for dates, ask which dates, ask for details of dates, ring for the dates, ring for dates, ' +
    'call for dates, phone for dates, contact us for dates, contact for dates, check for dates, check dates, ' +
    'check the dates, see website for dates, see facebook for dates, see our website for dates, dates vary, ' +
    'the dates vary, dates tbc, dates tba, dates to be confirmed, on different dates',
);
export const BANK_HOLIDAYS = list(
  'bank and public holidays, bank holidays and public holidays, bank holiday mondays, bank holidays, bank holiday, ' +
    'bank hols, bank hol, public holidays, public holiday, statutory holidays',
);
/** Before bank holidays, where it runs on them. */
export const INCLUDING = list(
  'including on, including, includes, include, incl, inc, and on, and, also on, also, even on, open on, open',
);
/** What cannot be counted on, or means two things, and what to write instead. */
export const UNCLEAR: readonly [RegExp, string][] = [
  [/^bi-?weekly$/, '‘Biweekly’ can mean twice a week or every two weeks. Write ‘every other week’, or name both days.'],
  [
    /^bi-?monthly$/,
    '‘Bimonthly’ can mean twice a month or every two months. Write ‘first and third Tuesday’, or ‘every other month’.',
  ],
  [
    /^(usually|normally|mostly|about|around|approx|approximately|sometimes|most|some|various|varies|roughly|occasional|occasionally|tbc|tba|ish|ask)$/,
    'Leave out what is not certain. Write the days and times that people can count on, or tick ‘by arrangement’.',
  ],
  [/^(tomorrow|today|tonight)$/, 'Write the date, like Saturday 12 December.'],
  [
    /^(cancelled|canceled|suspended|paused|postponed|stopped)$/,
    'What does not run at the moment has no times. Leave them out, and say that it is paused; or write when it begins again.',
  ],
  [/^(school|halfterm|holiday|holidays|hols)$/, 'Write the dates of these holidays, or say ‘term time’.'],
  [/^(summer|winter|spring|autumn)$/, 'Write the months or the dates, like ‘April to October’.'],
  [/^(christmas|xmas|easter|ramadan|eid|diwali)$/, 'Write the dates, like ‘not 21 December to 4 January’.'],
];
