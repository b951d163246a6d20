import { dateOf, dayOf } from './london.ts';
import { monthsAfter, reviewDue } from './review.ts';
import { PUBLIC_STATES, type RecordState, type Schedule, type Service } from './service.ts';

/**
 * What happens to a listing that nobody checks (docs/upkeep.md): reminders on the day on which it is due and two and four
 * weeks later, two weeks after that 'not confirmed', and nine months after the last check it is taken out.
 *
 * Everything follows from dates and the state, on whatever day somebody looks. The steps are taken in their order, and
 * between two of them lie at least two weeks, counted from the day on which the mail of the former went out. So a week
 * without a look delays what is due and drops nothing; and after a year without one, or while no mail goes out, nothing is
 * taken out of the directory before those who look after it have been asked and had their time to answer.
 */

const UPKEEP_STEPS = ['due', 'due-14', 'due-28', 'unconfirmed', 'archived'] as const;
export type UpkeepStep = (typeof UPKEEP_STEPS)[number];

/** Days after the check is due. */
const DAYS_AFTER_DUE: Record<Exclude<UpkeepStep, 'archived'>, number> = {
  due: 0,
  'due-14': 14,
  'due-28': 28,
  unconfirmed: 42,
};
/** Months after the oldest check. */
const ARCHIVED_MONTHS = 9;
/** Days that somebody has to answer before the next step. */
const DAYS_TO_ANSWER = 14;

/** What a step makes of a listing. */
const STATE_AFTER: Record<UpkeepStep, RecordState> = {
  due: 'due',
  'due-14': 'due',
  'due-28': 'due',
  unconfirmed: 'unconfirmed',
  archived: 'archived',
};

/** A step that was taken. */
export interface TakenStep {
  step: UpkeepStep;
  /** 'YYYY-MM-DD': the day on which it was known to somebody; null while its mail is still on its way. */
  went: string | null;
}

export interface Outlook {
  /** The step to take now, or null. */
  step: UpkeepStep | null;
  /** The state that the listing is to have. */
  state: RecordState;
  /** Whether the last two steps are to be forgotten first: it was brought back without being checked. */
  again: boolean;
}

const daysAfter = (date: string, days: number): string => dateOf(dayOf(date) + days);

/** The last day on which a step may have been taken, so that another is possible today. */
export const lastAnswered = (today: string): string => daysAfter(today, -DAYS_TO_ANSWER);

/** The later of two days. */
const later = (one: string, other: string): string => [one, other].sort().at(-1) ?? one;

/** The day on which a step is planned, if nothing delays it: 'YYYY-MM-DD'. */
const plannedOn = (service: Service, step: UpkeepStep): string =>
  step === 'archived'
    ? monthsAfter(service.assured_date, ARCHIVED_MONTHS)
    : daysAfter(reviewDue(service), DAYS_AFTER_DUE[step]);

/**
 * The earliest day of a later step, where one is taken today: for the words of its mail.
 * @param today 'YYYY-MM-DD'
 */
export function expectedOn(service: Service, from: UpkeepStep, to: UpkeepStep, today: string): string {
  let day = today;
  for (const step of UPKEEP_STEPS.slice(UPKEEP_STEPS.indexOf(from) + 1, UPKEEP_STEPS.indexOf(to) + 1)) {
    day = later(plannedOn(service, step), daysAfter(day, DAYS_TO_ANSWER));
  }
  return day;
}

const order = (state: RecordState): number => ['published', 'due', 'unconfirmed'].indexOf(state);

/**
 * What is to be done about a listing that the public sees.
 * @param taken the steps taken since its oldest check, in any order
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function outlook(service: Service, state: RecordState, taken: readonly TakenStep[], today: string): Outlook {
  if (!PUBLIC_STATES.includes(state)) return { step: null, state, again: false };
  if (reviewDue(service) > today) return { step: null, state: 'published', again: false };

  // Whoever brings something back without checking it has not answered; it is asked about again.
  const again = taken.some(({ step }) => step === 'archived');
  const counted = again
    ? taken.filter(({ step }) => UPKEEP_STEPS.indexOf(step) < UPKEEP_STEPS.indexOf('unconfirmed'))
    : taken;
  const last = Math.max(-1, ...counted.map(({ step }) => UPKEEP_STEPS.indexOf(step)));
  // What came into the directory as 'not confirmed' has no reminders behind it here, and needs none.
  const next = Math.max(last + 1, again || state === 'unconfirmed' ? UPKEEP_STEPS.indexOf('unconfirmed') : 0);
  const former = counted.find((one) => one.step === UPKEEP_STEPS[last]);
  const reached = former ? STATE_AFTER[former.step] : state;
  const held: Outlook = { step: null, state: order(reached) > order(state) ? reached : state, again: false };

  const step = UPKEEP_STEPS[next];
  if (step === undefined || former?.went === null) return held;
  const planned = plannedOn(service, step);
  const earliest = former?.went ? daysAfter(former.went, DAYS_TO_ANSWER) : planned;
  return later(planned, earliest) > today ? held : { step, state: STATE_AFTER[step], again };
}

const lastOf = ({ freq, dtstart, valid_to, additional_dates }: Schedule): string | null => {
  const end = freq === undefined ? (dtstart ?? null) : (valid_to ?? null);
  return end === null ? null : ([end, ...additional_dates].sort().at(-1) ?? null);
};

/**
 * The last day of an event, 'YYYY-MM-DD'; null for all else, and where it has no end.
 * A group whose dates have run out may go on, and is asked like every other; an event that was is over.
 */
export function lastDay({ kind, schedules }: Service): string | null {
  if (kind !== 'event' || schedules.length === 0) return null;
  const ends = schedules.map(lastOf);
  return ends.some((end) => end === null) ? null : (ends.sort().at(-1) ?? null);
}

/** Whether it is an event whose last day has passed. */
export function isOver(service: Service, today: string): boolean {
  const last = lastDay(service);
  return last !== null && last < today;
}
