import { dateOf, dayOf, firstOfMonth } from '../london.ts';
import { readDates, readMonth, readRange } from './dates.ts';
import { NotUnderstood, type Reader } from './reader.ts';

/** Days, both included, when it does not meet. */
export interface Break {
  from: string;
  to: string;
  /** What was written in brackets behind it. */
  reason?: string;
}

const EXCEPT = [
  'but not',
  'except for',
  'except',
  'excluding',
  'apart from',
  'other than',
  'not',
  'closed',
  'breaking',
  'with a break',
  'no meetings',
  'no meeting',
  'no sessions',
  'no session',
  'no classes',
  'no class',
  'no group',
] as const;
const LINKS = ['on the', 'on', 'in', 'over', 'during', 'for', 'the', 'all'] as const;
/** Dates that differ from group to group, or from year to year. */
const LOOSE = /^(christmas|xmas|easter|summer|winter|ramadan|eid|diwali|new|halfterm|holiday|holidays|half)$/;

/** The whole of a month, the next that is not over. */
function monthFrom(month: number, today: string): Break {
  const year = Number(today.slice(0, 4)) + (month < Number(today.slice(5, 7)) ? 1 : 0);
  const first = firstOfMonth(year * 12 + month - 1);
  return { from: dateOf(first), to: dateOf(firstOfMonth(year * 12 + month) - 1) };
}

/** The reason in brackets that comes next, as it is added to each of some days. */
function readReason(reader: Reader): { reason?: string } {
  const token = reader.peek();
  if (token?.kind !== 'aside' || token.text === '') return {};
  reader.skip();
  return { reason: token.text.slice(0, 80).trim().toWellFormed() };
}

/**
 * 'not 22 or 29 December', 'except 21 December to 4 January', 'no class in August', 'not on bank holidays'.
 * @returns null where nothing of the kind comes next
 * @throws NotUnderstood where it does, without dates that can be told
 */
export function readBreaks(reader: Reader, today: string): { breaks: Break[]; notes: string[] } | null {
  return reader.tries(() => {
    if (reader.takesOneOf(EXCEPT) < 0) return null;
    const breaks: Break[] = [];
    const notes: string[] = [];
    for (;;) {
      const more = reader.tries(() => {
        if (breaks.length + notes.length > 0) {
          const comma = reader.takesComma();
          if (!reader.takes('and') && !comma) return null;
        }
        reader.takesOneOf(LINKS);
        if (reader.takesOneOf(['bank holidays', 'bank holiday mondays', 'public holidays', 'bank holiday']) >= 0) {
          notes.push('not on bank holidays');
          return true;
        }
        const range = readRange(reader, today);
        if (range) {
          breaks.push({ ...range, ...readReason(reader) });
          return true;
        }
        const dates = readDates(reader, today);
        if (dates) {
          const reason = readReason(reader);
          breaks.push(...dates.map((date) => ({ from: date, to: date, ...reason })));
          return true;
        }
        const month = readMonth(reader);
        if (month !== null) breaks.push({ ...monthFrom(month, today), ...readReason(reader) });
        return month === null ? null : true;
      });
      if (!more) break;
    }
    if (breaks.length + notes.length > 0) return { breaks, notes };
    const word = reader.peek()?.text ?? '';
    throw new NotUnderstood(
      LOOSE.test(word)
        ? 'Write the dates when it does not meet, like ‘not 21 December to 4 January’.'
        : 'Write when it does not meet as dates, like ‘not 22 December’ or ‘not 21 December to 4 January’.',
    );
  });
}

/** How many days lie from one date to another, both included. */
export const daysIn = ({ from, to }: Break): number => dayOf(to) - dayOf(from) + 1;
