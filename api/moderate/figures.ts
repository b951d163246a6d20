import type { Directory } from '../directory/directory.ts';
import { today } from '../domain/london.ts';
import { monthsAfter, reviewAfter } from '../domain/review.ts';
import { KINDS, type RecordState } from '../domain/service.ts';
import { taxonomyTerm } from '../domain/taxonomy.ts';
import { KIND_LABELS } from '../domain/words.ts';
import { runInSlices } from '../runtime/slices.ts';
import {
  type CheckedOnDay,
  countByCheck,
  countByQuarter,
  countByState,
  reportHours,
  reviewHours,
} from '../store/figures.ts';
import type { UnmetCount, UnmetWhat } from '../store/unmet.ts';

/** Figures for those who look after the directory. */

const DAY_MS = 86_400_000;
/** How far back decisions are counted, to say how long they take. */
export const LOOKED_BACK_DAYS = 90;

/** How long something takes, hours; null where it never happened. */
export interface Spread {
  count: number;
  median: number | null;
  /** Nine of ten take no longer. */
  p90: number | null;
}

export interface Figures {
  states: Partial<Record<RecordState, number>>;
  quarters: { quarter: string; listings: number }[];
  /** What falls due to be checked in this month and the next six if nobody acts: 'YYYY-MM', the next first. */
  due: DueInMonth[];
  review: Spread;
  reports: Spread;
}

/** @param sorted the smallest first */
const spreadOf = (sorted: readonly number[]): Spread => ({
  count: sorted.length,
  median: sorted[Math.ceil(sorted.length * 0.5) - 1] ?? null,
  p90: sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null,
});

/** What falls due in one month. */
interface DueInMonth {
  /** 'YYYY-MM' */
  month: string;
  listings: number;
  /** Of these, how many nobody looks after. */
  alone: number;
}

/** This month and so many after it. */
const MONTHS_AHEAD = 6;

/** @param day 'YYYY-MM-DD': what was due before it, is due already */
function dueByMonth(checks: readonly CheckedOnDay[], day: string): DueInMonth[] {
  const months = Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => monthsAfter(`${day.slice(0, 7)}-01`, ahead));
  const due = new Map(months.map((first) => [first.slice(0, 7), { listings: 0, alone: 0 }]));
  for (const { checked, limited, listings, alone } of checks) {
    const on = reviewAfter(checked, limited);
    const month = due.get(on.slice(0, 7));
    if (!month || on < day) continue;
    month.listings += listings;
    month.alone += alone;
  }
  return [...due].map(([month, counts]) => ({ month, ...counts }));
}

/** How the directory stands, read without keeping anybody who searches waiting. */
export async function readFigures({ db, now }: Pick<Directory, 'db' | 'now'>): Promise<Figures> {
  const since = new Date(now().getTime() - LOOKED_BACK_DAYS * DAY_MS).toISOString();
  return {
    states: countByState(db),
    quarters: countByQuarter(db),
    due: dueByMonth(await runInSlices(countByCheck(db)), today(now())),
    review: spreadOf(reviewHours(db, since)),
    reports: spreadOf(reportHours(db, since)),
  };
}

/** What was looked for, in words: a category's or kind's name, or the word. */
export function wantedWords(what: UnmetWhat, value: string): string {
  if (what === 'any') return 'Any search';
  if (what === 'category') return taxonomyTerm(value)?.name ?? value;
  const kind = KINDS.find((known) => known === value);
  return what === 'kind' && kind ? KIND_LABELS[kind] : value;
}

/** '45 minutes', '5 hours', '3 days'. */
export function describeHours(hours: number): string {
  const [count, unit] =
    hours < 1
      ? [Math.max(1, Math.round(hours * 60)), 'minute']
      : hours < 48
        ? [Math.round(hours), 'hour']
        : [Math.round(hours / 24), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A cell of CSV (RFC 4180). */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Counts as a table for a spreadsheet. */
export const unmetCsv = (counts: readonly UnmetCount[]): string =>
  [
    ['quarter', 'outcode', 'what', 'wanted', 'searches'],
    ...counts.map(({ quarter, outcode, what, value, searches }) => [
      quarter,
      outcode,
      what,
      wantedWords(what, value),
      String(searches),
    ]),
  ]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
