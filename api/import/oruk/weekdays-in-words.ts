import { fromWelsh } from '../../domain/spoken/welsh.ts';

/** A weekday in words, as part of a pattern. */
export const DAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?';
const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const RANGE = new RegExp(`\\b(${DAY})(?:\\s*(?:to|-|–|through|till|until)\\s*(${DAY}))?\\b`, 'gi');
const number = (name: string): number => NAMES.indexOf(name.slice(0, 3).toLowerCase());

/** The weekdays (0 Monday) that words name, ranges filled in. */
export function weekdaysIn(words: string): Set<number> {
  const english = fromWelsh(words.toLowerCase());
  const found = new Set<number>();
  for (const [, from = '', to] of english.matchAll(RANGE)) {
    found.add(number(from));
    if (to === undefined) continue;
    for (let day = number(from); day !== number(to); ) {
      day = (day + 1) % 7;
      found.add(day);
    }
  }
  if (/\b(?:week\s?days|every weekday)\b/.test(english)) for (const day of [0, 1, 2, 3, 4]) found.add(day);
  if (/\bweekends?\b/.test(english)) for (const day of [5, 6]) found.add(day);
  if (/\b(?:daily|every ?day|7 days|seven days)\b/.test(english))
    for (const day of [0, 1, 2, 3, 4, 5, 6]) found.add(day);
  return found;
}
