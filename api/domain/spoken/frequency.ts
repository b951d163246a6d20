import { weekdayOfWord } from './dates.ts';
import { takesOfMonth } from './days.ts';
import { FORTNIGHT, OTHER_MONTH } from './phrases.ts';
import { NotUnderstood, type Reader } from './reader.ts';

/** How often: every so many weeks or months. */
interface Every {
  interval: number;
  unit: 'day' | 'week' | 'month';
}

/** 'Every fourth week' is every four weeks, and not the fourth week of the month. */
const OTHER_WEEKS: readonly [interval: number, words: readonly string[]][] = [
  [3, ['every third week', 'every 3rd week']],
  [4, ['every fourth week', 'every 4th week']],
];

/** 'fortnightly', 'every 3 weeks', 'of every other month', 'every other day'; null where nothing of the kind comes next. */
export function readEvery(reader: Reader): Every | null {
  if (reader.takesOneOf(FORTNIGHT) >= 0) return { interval: 2, unit: 'week' };
  if (reader.takesOneOf(OTHER_MONTH) >= 0) return { interval: 2, unit: 'month' };
  if (reader.takesOneOf(['every other day', 'every second day', 'alternate days']) >= 0)
    return { interval: 2, unit: 'day' };
  for (const [interval, words] of OTHER_WEEKS) {
    const isSo = reader.tries(() => (reader.takesOneOf(words) >= 0 && reader.peek()?.text !== 'of' ? true : null));
    if (isSo) return { interval, unit: 'week' };
  }
  return reader.tries(() => {
    reader.takes('of');
    if (!reader.takes('every') && !reader.takes('each')) return null;
    const token = reader.peek();
    if (token?.kind !== 'number' || token.value < 1 || token.value > 12) return null;
    reader.skip();
    const unit = (['week', 'week', 'month', 'day'] as const)[reader.takesOneOf(['weeks', 'wks', 'months', 'days'])];
    return unit ? { interval: token.value, unit } : null;
  });
}

/** 'every other' before a weekday, which is left for whoever reads on. */
export const takesEveryOther = (reader: Reader): boolean =>
  reader.tries(() => {
    const said = reader.takesOneOf(['every other', 'each other', 'alternate', 'alternating']) >= 0;
    return said && weekdayOfWord(reader.peek()?.text) >= 0 ? true : null;
  }) !== null;

/**
 * 'Every second Tuesday' is every other one to some, and the second of the month to others.
 * @throws NotUnderstood where that comes next
 */
export function refuseEverySecond(reader: Reader): void {
  const asked = reader.tries(() => {
    if (!reader.takes('every')) return null;
    const place = reader.peek()?.text ?? '';
    reader.skip();
    const day = reader.peek()?.text ?? '';
    reader.skip();
    if (!/^(second|third|fourth|2nd|3rd|4th)$/.test(place) || weekdayOfWord(day) < 0 || takesOfMonth(reader))
      return null;
    return { place, day: day.charAt(0).toUpperCase() + day.slice(1) };
  });
  if (!asked) return;
  const often = /^(second|2nd)$/.test(asked.place) ? `‘every other ${asked.day}’` : '‘every 3 weeks’';
  throw new NotUnderstood(
    `‘Every ${asked.place} ${asked.day}’ can mean two things. Write ‘${asked.place} ${asked.day} of the month’, or ${often} with the next date.`,
  );
}
