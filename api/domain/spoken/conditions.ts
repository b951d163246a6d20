import { readBreaks } from './breaks.ts';
import { weekdayOfWord } from './dates.ts';
import { leaveOut } from './entry-days.ts';
import type { LineSoFar } from './line-so-far.ts';
import { BANK_HOLIDAYS, DATES_UNKNOWN, INCLUDING, TERM } from './phrases.ts';

const ALWAYS = ['365 days a year', '365 days of the year', '365 days per year', '365 days', 'every day of the year'];
/** Entries of so many days are a list of closed ones where 'closed' stands behind them, and an 'every day' where more. */
const FEW_DAYS = 4;

/** Takes what holds beside days and times: dates on request, term time, bank holidays, closed days and weeks. */
export function readConditions(line: LineSoFar): boolean {
  const { reader } = line;
  if (reader.takesOneOf(DATES_UNKNOWN) >= 0) {
    line.apply({ datesUnknown: true });
    return true;
  }
  if (reader.takesOneOf(TERM) >= 0) {
    line.apply({ termTime: true });
    return true;
  }
  if (readBankHolidaysToo(line) || readAlways(line) || readClosedDays(line)) return true;
  const found = readBreaks(reader, line.today, line.everyYear);
  if (!found) return false;
  for (const entry of line.entries.length === 0 ? [line.ahead] : line.entries) {
    entry.breaks = [...(entry.breaks ?? []), ...found.breaks];
    entry.notMonths = [...(entry.notMonths ?? []), ...found.months];
    if (found.bankHolidays) entry.bankHolidays = 'closed';
  }
  if (found.days.length > 0) line.entries = leaveOut(line.entries, found.days);
  return true;
}

function readBankHolidaysToo(line: LineSoFar): boolean {
  const { reader } = line;
  const found = reader.tries(() => {
    const before = reader.takesOneOf(INCLUDING) >= 0;
    if (reader.takesOneOf(BANK_HOLIDAYS) < 0) return null;
    const behind = reader.takesOneOf(['too', 'as well', 'included', 'also', 'inclusive']) >= 0;
    return before || behind || null;
  });
  if (found) line.apply({ bankHolidays: 'open' });
  return found !== null;
}

/** '365 days a year': every day, bank holidays too. */
function readAlways(line: LineSoFar): boolean {
  if (line.reader.takesOneOf(ALWAYS) < 0) return false;
  const every = { byday: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, nth: null })), monthday: null };
  const last = line.last;
  if (!last) line.open('days').days = every;
  else if (last.days === null && last.dates.length === 0) last.days = every;
  line.apply({ bankHolidays: 'open' });
  return true;
}

/** 'Sunday closed', 'Saturday and Sunday: closed': days that were only named to say that there is nothing. */
function readClosedDays(line: LineSoFar): boolean {
  const last = line.last;
  const days = last?.days?.byday ?? [];
  if (!last || last.times.length > 0 || days.length === 0 || days.length > FEW_DAYS) return false;
  const { reader } = line;
  const isClosed = reader.tries(() => {
    if (reader.takesOneOf(['is closed', 'are closed', 'we are closed', 'closed', 'shut']) < 0) return null;
    reader.takesOneOf(['all day']);
    const next = reader.peek();
    return !next || next.kind === 'comma' || next.kind === 'dash' || weekdayOfWord(next.text) >= 0 || null;
  });
  if (isClosed) line.entries.pop();
  return isClosed !== null;
}
