import type { BankHolidayNation } from '../../domain/bank-holidays.ts';
import { dayOf, instantOf, weekdayOf } from '../../domain/london.ts';
import { nationsOf } from '../../domain/nation.ts';
import { sureMeetings } from '../../domain/schedule.ts';
import type { Listing, Schedule } from '../../domain/service.ts';
import { sessionBit } from './sessions.ts';

/**
 * On which days listings meet. A rule says it for every day of every year, and most listings share theirs with others
 * ('Tuesdays at ten, not on bank holidays'): each timetable has a number, and what it comes to in a week is worked out once
 * for all of them.
 */

/** What of a schedule decides when it meets, and in which nation, since bank holidays hang on that. */
type Rule = readonly [Schedule, readonly BankHolidayNation[]];

const DAYS = 7;

/** Of the schedule as it is stored what decides its dates and hours. */
const datesOf = ({ location_id: _place, description: _words, ...dates }: Schedule): Schedule => dates;

/** The seven days from one on, as they stand at a moment of the first. */
export class ComingWeek {
  /** Days since 1970. */
  readonly first: number;
  readonly today: string;
  /** 0 for Monday. */
  readonly weekday: number;
  /** Milliseconds since 1970: it holds from then on, and until the first of the meetings looked at is over, or the day is. */
  readonly from: number;
  until: number;
  readonly #timetables: readonly (readonly Rule[])[];
  readonly #sessions: (number | undefined)[] = [];

  constructor(timetables: readonly (readonly Rule[])[], today: string, now: number) {
    this.#timetables = timetables;
    this.today = today;
    this.first = dayOf(today);
    this.weekday = weekdayOf(this.first);
    this.from = now;
    this.until = instantOf(this.first + 1, 0);
  }

  /** The sessions of a timetable that are sure and still to come, as bits (sessions.ts): each weekday comes once in a week. */
  sessions(timetable: number): number {
    const known = this.#sessions[timetable];
    if (known !== undefined) return known;
    let bits = 0;
    for (const [schedule, nations] of this.#timetables[timetable]!)
      for (const { day, over } of sureMeetings(schedule, this.first, this.first + DAYS - 1, nations)) {
        if (over <= this.from) continue;
        this.until = Math.min(this.until, over);
        bits |= sessionBit(weekdayOf(day), schedule.opens_at);
      }
    this.#sessions[timetable] = bits;
    return bits;
  }

  /** The bits of the days of the week after one of them, days since 1970. */
  after(day: number): number {
    if (day < this.first) return -1;
    let byte = 0;
    for (let later = day + 1; later < this.first + DAYS; later++) byte |= 1 << weekdayOf(later);
    return byte | (byte << 8) | (byte << 16) | (byte << 24);
  }
}

/** All timetables that listings have. It grows; a number keeps its timetable. */
export class Timetables {
  /** By number; the first is that of what has no sessions. */
  readonly all: (readonly Rule[])[] = [[]];
  readonly #numbers = new Map<string, number>([['[]', 0]]);
  #week: ComingWeek | null = null;

  /** The number of a listing's timetable. A new one is given one. */
  numberOf(listing: Pick<Listing, 'service' | 'locations'>): number {
    const nations = nationsOf(listing);
    return this.add(listing.service.schedules.map((it) => [datesOf(it), nations(it.location_id)]));
  }

  /** The number of a timetable. */
  add(rules: readonly Rule[]): number {
    const key = JSON.stringify(rules);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push(rules) - 1;
  }

  /**
   * The coming week: the same one as long as it holds.
   * @param today 'YYYY-MM-DD' in Europe/London
   * @param now milliseconds since 1970; undefined where any moment of the day will do
   */
  week(today: string, now: number | undefined): ComingWeek {
    const week = this.#week;
    const holds = week?.today === today && (now === undefined || (now >= week.from && now < week.until));
    if (week && holds) return week;
    this.#week = new ComingWeek(this.all, today, now ?? instantOf(dayOf(today), 0));
    return this.#week;
  }
}
