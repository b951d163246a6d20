/** Words that stand for something in a line about times; those of a list are tried in its order. */

const list = (words: string): readonly string[] => words.split(', ');

/** Say nothing by themselves. */
export const FILLERS = list(
  'we meet, we are open, we run, we, meets, meet, meeting, meetings, it, is, are, on, the, at, a, in, open, ' +
    'held, run, runs, running, takes place, happens, sessions, session, classes, class, group, dropin, weekly, ' +
    'every week, each week, once a week, twice a week, a week, per week, of the week, twice a month, once, ' +
    'every, each, only, time, times, hours, then, also, from',
);
/** In school terms only. */
export const TERM = list(
  'termtime only, termtime, in termtime, during termtime, school terms only, school terms, in school terms, ' +
    'during school terms, school term, not in school holidays, not in the school holidays, ' +
    'not during school holidays, not school holidays, outside school holidays, except school holidays, ' +
    'except in school holidays, except halfterm',
);
/** Before the date from which it runs. */
export const STARTS = list(
  'starting on, starting from, starting, starts on, starts, beginning, begins, commencing, from, since, ' +
    'first session on, first session, next one on, next one is on, next one is, next one, next on, next is on, ' +
    'next',
);
/** Before the date of the last one. */
export const ENDS = list(
  'until, till, til, to, ending on, ending, ends on, ends, finishing, finishes, up to, last session on, ' +
    'last session, last one on, last one',
);
/** Every two weeks. */
export const FORTNIGHT = list(
  'every other week, every second week, alternate weeks, every fortnight, once a fortnight, fortnightly, ' +
    'of every other week',
);
/** Every two months. */
export const OTHER_MONTH = list('of every other month, every other month, every second month, alternate months');
/** What cannot be counted on, or means two things, and what to write instead. */
export const UNCLEAR: readonly [RegExp, string][] = [
  [/^bi-?weekly$/, '‘Biweekly’ can mean twice a week or every two weeks. Write ‘every other week’, or name both days.'],
  [
    /^bi-?monthly$/,
    '‘Bimonthly’ can mean twice a month or every two months. Write ‘first and third Tuesday’, or ‘every other month’.',
  ],
  [
    /^(usually|normally|mostly|about|around|approx|approximately|sometimes|most|some|various|varies|roughly|occasional|occasionally|tbc|tba)$/,
    'Leave out what is not certain. Write the days and times that people can count on, or tick ‘by arrangement’.',
  ],
  [/^(tomorrow|today|tonight)$/, 'Write the date, like Saturday 12 December.'],
];
