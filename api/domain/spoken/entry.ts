import type { Break } from './breaks.ts';
import type { Days } from './days.ts';
import type { Part, Times } from './times.ts';

/** One thing that was said: on which days or dates, at what times, and what else holds for it. */
export interface Entry {
  days: Days | null;
  /** 'YYYY-MM-DD', for what happens on dates. */
  dates: string[];
  times: Times[];
  /** Which of the two was said first: of '10am Mondays, 2pm Tuesdays' the second time begins something new. */
  first: 'days' | 'times';
  interval: number;
  unit: 'day' | 'week' | 'month' | null;
  start: string | null;
  /** Whether it begins on that very day ('starts 12 January'), and not at some time from it on. */
  startsThen: boolean;
  end: string | null;
  /** So many weeks from the start on. */
  weeks: number | null;
  termTime: boolean;
  breaks: Break[];
  /** The months of every year in which it runs, 1 to 12; empty: all. */
  months: number[];
  /** The months in which it does not. */
  notMonths: number[];
  bankHolidays: 'open' | 'closed' | null;
  /** Nobody can say beforehand on which of the days. */
  datesUnknown: boolean;
  /** Dates beside the rule. */
  also: string[];
  notes: string[];
  part: Part;
}

/** One in which nothing was said yet but what is given. */
export const newEntry = (first: Entry['first'], from: Partial<Entry>): Entry => ({
  days: null,
  dates: [],
  times: [],
  first,
  interval: 1,
  unit: null,
  start: null,
  startsThen: false,
  end: null,
  weeks: null,
  termTime: false,
  breaks: [],
  months: [],
  notMonths: [],
  bankHolidays: null,
  datesUnknown: false,
  also: [],
  notes: [],
  part: null,
  ...from,
});
