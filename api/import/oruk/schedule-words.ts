import { datesKnown, parseByDay } from '../../domain/recurrence.ts';
import { Schedule, WEEKDAYS } from '../../domain/service.ts';
import { changesTimes } from '../../domain/spoken/changes.ts';
import { readStatedSchedule } from '../../domain/spoken-schedule.ts';
import { describeSchedule } from '../../domain/words.ts';
import { DAY, weekdaysIn } from './weekdays-in-words.ts';

/**
 * Words that a source writes beside structured hours and that change them: 'fortnightly', 'term time only', 'until March'.
 * What can be read of them is honoured. Where it cannot, the hours stay and their dates become unknown: to be asked for.
 */

const HALF_DAY = 720;
const TIME = /(?<![\d/.:£])(\d{1,2})(?:[:.](\d{2}))?(?![\d/]|st\b|nd\b|rd\b|th\b)/gi;

const DATES =
  /\b\d{1,2}[ -]{0,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:[ -]{0,2}\d{4})?\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2}\b(?![:.]\d)/gi;

/** The times that words may name, in minutes of half a day: '2pm' and '14:00' are one. */
function timesIn(words: string): Set<number> {
  const found = new Set<number>();
  for (const [, hours = '', minutes = '0'] of words.replace(DATES, ' ').matchAll(TIME))
    if (Number(hours) <= 24 && Number(minutes) < 60) found.add((Number(hours) * 60 + Number(minutes)) % HALF_DAY);
  if (/\b(?:noon|midday|midnight)\b/i.test(words)) found.add(0);
  return found;
}

const halfDay = (clock: string): number => (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) % HALF_DAY;

const HAS_TIME = /\d\s*[ap]\.?m\b|\d[:.]\d\d|\b(?:noon|midday)\b/i;
const BEFORE_DAY = new RegExp(
  `,?\\s+(?=(?:(?:first|second|third|fourth|fifth|last|every|each|other|alternate|alternating|most|some|one|two|\\d(?:st|nd|rd|th))\\s+)*${DAY}\\b)`,
  'gi',
);

/** Words cut where something new begins: at lines, sentences, and weekdays behind a time. */
function clausesOf(words: string): string[] {
  const rough = words.split(/[\n\r;]+|\s\/\/?\s|\.\s+(?=[A-Z])|\.$/);
  return rough.flatMap((piece) => {
    const cut: string[] = [];
    let start = 0;
    for (const match of piece.matchAll(BEFORE_DAY)) {
      const before = piece.slice(start, match.index);
      const open = before.split('(').length > before.split(')').length;
      const joins =
        /(?:\b(?:and|to|or|of|the|on|except|not|every|until|from|each|other|alternate|alternating|most|some|one|two)|[&+–-])$/i.test(
          before.trim(),
        );
      if (open || joins || !HAS_TIME.test(before)) continue;
      cut.push(before);
      start = match.index + match[0].length;
    }
    return [...cut, piece.slice(start)].map((clause) => clause.trim()).filter(Boolean);
  });
}

const CLOSED = new RegExp(
  `\\b(${DAY}(?:\\s*(?:to|-|–)\\s*${DAY})?)\\s*[:–-]?\\s*(?:is |are )?closed\\s*(?=[/,;.|\\n]|$|${DAY}\\b)`,
  'gi',
);

/** The weekdays (0 Monday) that words call closed: 'Tuesday: Closed / 10:00 - 14:00'. */
const closedIn = (words: string): Set<number> =>
  new Set([...words.matchAll(CLOSED)].flatMap(([, days = '']) => [...weekdaysIn(days)]));

const MOVED = new RegExp(
  `\\b(?:now|mov(?:es?|ed|ing)|chang(?:es?|ed|ing)|switch(?:es|ed|ing)?)\\s+(?:(?:to|on|held|meets?|meeting|runs?)\\s+){1,2}(?:a\\s+)?(${DAY}s?(?:\\s*(?:and|&|,)\\s*${DAY}s?)*)\\b`,
  'gi',
);

/** The weekdays (0 Monday) to which words say that it has moved, or will: 'Now on Thursdays'. */
const movedTo = (words: string): Set<number> =>
  new Set([...words.matchAll(MOVED)].flatMap(([, days = '']) => [...weekdaysIn(days)]));

/** Days and parts of a year, of a term or a month, of which somebody may know when they are. */
const OF_THE_YEAR =
  /\b(?:\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|easter|lent|advent|christmas|ramadan|half[\s-]?term|(?:autumn|spring|summer|winter)\s+term|(?:first|last|\d(?:st|nd|rd|th))\s+working\s+day|week\s+commencing|fort\s?nightly|w\/c)\b|\b\d{1,2}\s(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)/i;

/** Whether words name days or hours, so that somebody may know what they mean: 'Call for our opening times' does not. */
export const namesTimes = (words: string): boolean =>
  HAS_TIME.test(words) || OF_THE_YEAR.test(words) || weekdaysIn(words).size > 0;

interface Outcome {
  schedules: Schedule[];
  /** Whether all of the words are said by the schedules now. */
  said: boolean;
}

const weekdaysOf = (schedule: Schedule): number[] => parseByDay(schedule.byday).map(({ weekday }) => weekday);

/** Splits a schedule into the part on those weekdays and the rest. */
function parted(schedule: Schedule, weekdays: ReadonlySet<number>): [part: Schedule | null, rest: Schedule | null] {
  const entries = schedule.byday?.split(',') ?? [];
  const on = entries.filter((entry) => weekdays.has(WEEKDAYS.indexOf(entry.slice(-2) as (typeof WEEKDAYS)[number])));
  if (entries.length === 0 || on.length === entries.length) return [schedule, null];
  if (on.length === 0) return [null, schedule];
  const rest = entries.filter((entry) => !on.includes(entry));
  return [
    { ...schedule, byday: on.join(',') },
    { ...schedule, byday: rest.join(',') },
  ];
}

const sameHours = (one: Schedule, other: Schedule): boolean =>
  one.opens_at === undefined || other.opens_at === undefined || halfDay(one.opens_at) === halfDay(other.opens_at);

/**
 * A schedule as the words refine it, on days that both name: it recurs as the words say, at the hours and place of the
 * source.
 */
function refined(schedule: Schedule, read: Schedule): Schedule {
  const { opens_at, closes_at, location_id, exceptions } = schedule;
  return {
    ...read,
    ...(opens_at !== undefined && { opens_at }),
    ...(closes_at !== undefined && { closes_at }),
    ...(location_id !== undefined && { location_id }),
    ...(schedule.valid_to !== undefined &&
      read.valid_to === undefined &&
      read.freq !== undefined && { valid_to: schedule.valid_to }),
    ...(schedule.valid_from !== undefined && read.valid_from === undefined && { valid_from: schedule.valid_from }),
    exceptions: [...exceptions, ...read.exceptions],
    term_time: schedule.term_time || read.term_time,
  };
}

const unknown = (schedule: Schedule, clause: string): Schedule => ({
  ...schedule,
  dates_unknown: true,
  ...(schedule.description === undefined && { description: clause.slice(0, 200).trim().toWellFormed() }),
});

/** What is so of everything, unless its listing says otherwise: a bank holiday is to be checked first. */
const MAY_DIFFER =
  /\b(?:bank\s+holidays?(?:\s+and\s+public\s+holidays?)?|public\s+holidays?)\s+(?:may|might|can|could)\s+[^.;\n]*|\b(?:opening\s+)?(?:times|hours)\s+(?:may|might|can|could)\s+(?:vary|differ|change|be different)\s+(?:on|over|during|at)\s+(?:bank|public)\s+holidays?/gi;

const UNTOLD = 'ask for the dates';
const MODIFIERS: readonly [RegExp, Partial<Schedule>][] = [
  [/\(?\b(?:(?:during|in|only in)\s+)?(?:school\s+)?term[\s-]*times?(?:\s+only)?\b\)?/gi, { term_time: true }],
  [
    /\b(?:except(?:\s+for)?|excluding|excl\.?|not(?:\s+on)?|closed(?:\s+on)?)\s+(?:all\s+)?(?:bank|public)\s+(?:holidays?|hols?)\b/gi,
    { bank_holidays: 'closed' },
  ],
];

/** Where the words hold but what can be taken out of them by itself: 'Baby group. Term time only'. */
function modifiers(clause: string): Partial<Schedule> | null {
  let rest = clause;
  let found: Partial<Schedule> = {};
  for (const [pattern, change] of MODIFIERS) {
    const without = rest.replace(pattern, ' ');
    if (without !== rest) found = { ...found, ...change };
    rest = without;
  }
  return Object.keys(found).length > 0 && !changesTimes(rest) ? found : null;
}

const statedIn = (words: string, asOf: string): Schedule[] | null => {
  const read = readStatedSchedule(words, asOf);
  return 'problem' in read || read.schedules.length === 0 ? null : read.schedules;
};

/** The days and hours of a schedule as people say them, so that words without a day can be read behind them. */
export const spoken = (schedule: Schedule): string =>
  describeSchedule(
    Schedule.parse({
      freq: schedule.freq,
      byday: schedule.byday,
      opens_at: schedule.opens_at,
      closes_at: schedule.closes_at,
    }),
  );

/** What the words, once read, say of one schedule; null where they do not name all of its days at its hours. */
function matching(schedule: Schedule, read: readonly Schedule[]): Schedule[] | null {
  const days = weekdaysOf(schedule);
  const found: Schedule[] = [];
  for (const one of read) {
    if (!sameHours(schedule, one)) continue;
    if (one.byday === undefined) {
      if (days.length === 0) found.push(refined(schedule, one));
      continue;
    }
    const [part] = parted(one, new Set(days));
    if (part && weekdaysOf(part).some((day) => days.includes(day))) found.push(refined(schedule, part));
  }
  const covered = new Set(found.flatMap(weekdaysOf));
  return found.length > 0 && days.every((day) => covered.has(day)) ? found : null;
}

/** Applies one clause to the schedules that it is about. */
function honourClause(clause: string, schedules: readonly Schedule[], asOf: string): Outcome {
  const days = weekdaysIn(clause);
  const times = timesIn(clause);
  // A clause about other hours or days than theirs leaves the schedules alone, and counts as not said by them.
  let isRefined = false;
  let isLeft = false;
  const read = days.size === 0 ? null : (statedIn(clause, asOf) ?? statedIn(`${clause}, ${UNTOLD}`, asOf));
  const result = schedules.flatMap((schedule) => {
    if (schedule.freq === undefined || !datesKnown(schedule)) return [schedule];
    const [part, rest] = days.size === 0 ? [schedule, null] : parted(schedule, days);
    if (!part) return [schedule];
    const elsewhen =
      days.size > 0 && times.size > 0 && part.opens_at !== undefined && !times.has(halfDay(part.opens_at));
    // The clause is about something else on the same day.
    if (elsewhen) return [schedule];
    const others = rest ? [rest] : [];
    const own =
      read ?? statedIn(`${spoken(part)}, ${clause}`, asOf) ?? statedIn(`${spoken(part)}, ${clause}, ${UNTOLD}`, asOf);
    const refinedTo = own && matching(part, own);
    if (refinedTo) {
      isRefined = true;
      return [...refinedTo, ...others];
    }
    isLeft = true;
    const change = modifiers(clause);
    return [change ? { ...part, ...change } : unknown(part, clause), ...others];
  });
  return { schedules: result, said: !isLeft && (isRefined || closedIn(clause).size > 0) };
}

/** A schedule whose words, all of which are understood, name other days or other hours: one of the two is wrong. */
function contradicted(schedule: Schedule, words: string, asOf: string): Schedule {
  const days = weekdaysOf(schedule);
  if (schedule.freq !== 'WEEKLY' || days.length === 0 || !datesKnown(schedule)) return schedule;
  const moved = movedTo(words);
  if (moved.size > 0 && !days.some((day) => moved.has(day))) return unknown(schedule, words);
  const read = statedIn(words, asOf);
  if (read === null || read.some(({ byday, opens_at }) => byday === undefined || opens_at === undefined))
    return schedule;
  const agrees = read.some((one) => weekdaysOf(one).some((day) => days.includes(day)) && sameHours(schedule, one));
  return agrees ? schedule : unknown(schedule, words);
}

/**
 * Changes structured schedules by the words beside them.
 * @param said what the source says
 * @param asOf 'YYYY-MM-DD', the day on which the words were written
 * @returns the schedules, and whether they say all that the words did
 */
export function honourWords(said: string, schedules: readonly Schedule[], asOf: string): Outcome {
  const words = said.replace(MAY_DIFFER, ' ');
  if (!changesTimes(words)) return { schedules: schedules.map((one) => contradicted(one, words, asOf)), said: false };
  const whole = statedIn(words, asOf);
  if (whole && words === said) {
    const matched = schedules.map((schedule) => matching(schedule, whole));
    if (matched.every((one) => one !== null)) return { schedules: matched.flat(), said: true };
  }
  let current: Schedule[] = [...schedules];
  let isSaid = words === said;
  for (const clause of clausesOf(words)) {
    if (!changesTimes(clause)) {
      isSaid = false;
      continue;
    }
    const outcome = honourClause(clause, current, asOf);
    current = outcome.schedules;
    isSaid &&= outcome.said;
  }
  current = current.map((schedule) => contradicted(schedule, words, asOf));
  const closed = closedIn(words);
  // Words and hours contradict each other where the words call a day closed: its dates become unknown.
  const contrary = current.flatMap((schedule) => {
    const [part, rest] = closed.size === 0 || schedule.freq === undefined ? [null, schedule] : parted(schedule, closed);
    return [...(part ? [unknown(part, words)] : []), ...(rest ? [rest] : [])];
  });
  return { schedules: contrary, said: isSaid };
}
