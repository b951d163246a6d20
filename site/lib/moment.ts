import { describeDate, describeTime } from '#api/domain/words/dates.ts';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const inLondon = (moment: Date): { day: string; clock: string } => {
  const of = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { day: `${of['year']}-${of['month']}-${of['day']}`, clock: `${of['hour']}:${of['minute']}` };
};

/**
 * 'today, 10:30am', 'yesterday, 2pm', '3 November 2026, 9:05am', in London.
 * @param at ISO 8601
 */
export function momentWords(at: string, now: Date): string {
  const { day, clock } = inLondon(new Date(at));
  const yesterday = inLondon(new Date(now.getTime() - 86_400_000)).day;
  const date = day === inLondon(now).day ? 'today' : day === yesterday ? 'yesterday' : describeDate(day);
  return `${date}, ${describeTime(clock)}`;
}

/** How long ago that was, in the largest whole unit: '3 days', '1 hour', 'a moment'. */
export function ageWords(at: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(at)) / 60_000);
  const units: [number, string][] = [
    [1440, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ];
  for (const [size, unit] of units) {
    const count = Math.floor(minutes / size);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'a moment';
}
