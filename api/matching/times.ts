import type { Meeting } from './profile.ts';

/** How the weeks of two listings compare. */
export type TimesAlike =
  /** Every meeting of the one is a meeting of the other. */
  | 'same'
  /** Most meetings are. */
  | 'mostly'
  /** They meet on some of the same days, at other hours. */
  | 'same days'
  /** They have no day in common. */
  | 'other days'
  /** One of them does not say when it meets. */
  | 'unknown';

/** So many minutes sources may differ about when one and the same thing begins. */
const SAME_TIME = 15;
/** So many minutes a time may have moved that was changed. */
const NEAR_TIME = 75;

const near = (a: number | null, b: number | null, most: number): boolean =>
  a === null || b === null || Math.abs(a - b) <= most;

const alike = (a: Meeting, b: Meeting, most: number): boolean =>
  a.day === b.day && near(a.opens, b.opens, most) && near(a.closes, b.closes, most * 2);

/** Compares when two listings meet. */
export function timesAlike(a: readonly Meeting[], b: readonly Meeting[]): TimesAlike {
  if (a.length === 0 || b.length === 0) return 'unknown';
  const held = (some: readonly Meeting[], among: readonly Meeting[], most: number) =>
    some.filter((meeting) => among.some((other) => alike(meeting, other, most))).length / some.length;
  const [ab, ba] = [held(a, b, SAME_TIME), held(b, a, SAME_TIME)];
  if (ab === 1 && ba === 1) return 'same';
  if (Math.max(held(a, b, NEAR_TIME), held(b, a, NEAR_TIME)) >= 0.5) return 'mostly';
  return a.some(({ day }) => b.some((other) => other.day === day)) ? 'same days' : 'other days';
}
