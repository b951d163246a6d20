import type { Schedule } from '../../domain/service.ts';
import type { JsonRecord } from './walk.ts';

/** From when to when, as far as two times on the clock say it. */

type Hours = Pick<Schedule, 'opens_at' | 'closes_at'>;
type Say = (field: string, words: string) => void;

/** From here on a closing time that is earlier on the clock is that of the next day: a night shelter, a late bar. */
const EVENING = '17:00';
/** No night ends later than this. */
const NOON = '12:00';

/** Words by which the day has no end. */
const ALL_DAY = /\b24\s*(?:hours?|hrs?|\/\s*7)|always open|all day|day and night/i;

/** '04:00' where the words of the source say '4pm' or '4:00 pm': half a day later. */
function saidInTheAfternoon(clock: string, words: string): string | null {
  const hour = Number(clock.slice(0, 2));
  const minutes = clock.slice(3);
  if (hour < 1 || hour > 11) return null;
  const said = new RegExp(`\\b0?${hour}(?:[:.]${minutes})${minutes === '00' ? '?' : ''}\\s*p\\.?m`, 'i');
  return said.test(words) ? `${hour + 12}:${minutes}` : null;
}

/**
 * The hours, if they are possible ones.
 * @param words what the source says beside them
 * @returns null where both ends are one and nothing says what that means: closed to some, always open to others
 */
export function hoursOf({ opens_at: from, closes_at: to }: JsonRecord, words: string, say: Say): Hours | null {
  const opens = typeof from === 'string' ? { opens_at: from } : {};
  // A form that nobody filled in says midnight.
  if (from === '00:00' && typeof to !== 'string') {
    if (ALL_DAY.test(words)) return { opens_at: from, closes_at: from };
    say('opens_at', 'From 00:00 without an end may mean closed or always open; it is kept as words.');
    return null;
  }
  if (typeof from !== 'string' || typeof to !== 'string')
    return { ...opens, ...(typeof to === 'string' && { closes_at: to }) };
  if (from === '00:00' && to === '23:59') return { opens_at: '00:00', closes_at: '00:00' };
  if (from === to) {
    if (from === '00:00' && ALL_DAY.test(words)) return { opens_at: from, closes_at: to };
    say('closes_at', `From ${from} to ${to} may mean closed or always open; it is kept as words.`);
    return null;
  }
  if (to > from || to === '00:00') return { ...opens, closes_at: to };
  const later = saidInTheAfternoon(to, words);
  if (later !== null && later > from) {
    say('closes_at', `It closes at ${to}, and its words say ${later}, which was taken.`);
    return { ...opens, closes_at: later };
  }
  if (from >= EVENING && to <= NOON) return { ...opens, closes_at: to };
  say('closes_at', `It closes at ${to}, before it opens at ${from}; the closing time was left out.`);
  return opens;
}
