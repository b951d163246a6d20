import type { Ages } from './ages.ts';

/** School years as ages: of England and Wales, where a year has the same number everywhere. */

const YEAR = String.raw`(?:(?:school\s)?(?:years?|yrs?|y)\s?)`;
const STEP = String.raw`(reception|\d{1,2})`;
/** 'Year 7', 'Years 7-11', 'Reception to Year 6', 'Y10 and Y11'. */
const YEARS = new RegExp(
  String.raw`^${YEAR}?${STEP}(?:\s?(?:-|–|to|and|&)\s?${YEAR}?${STEP})?(\s?\+|\sand\s(?:above|over|up))?(?:\s(?:only|pupils|students|children))?$`,
);
const LAST_YEAR = 13;
/** Whoever is in year 7 begins it at the age of 11, and is 12 before it ends. */
const BEGINS_AT = 4;

const numberOf = (step: string): number => (step === 'reception' ? 0 : Number(step));

/**
 * Reads school years.
 * @returns from the age at which the first begins to that at which the last ends; null where they are none
 */
export function readSchoolYears(text: string): Ages | null {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 80);
  // A figure by itself is an age.
  if (!new RegExp(String.raw`\breception\b|\b${YEAR}\d`).test(plain)) return null;
  const [, from, to = from, open] = YEARS.exec(plain) ?? [];
  if (from === undefined || to === undefined) return null;
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first > last || last > LAST_YEAR) return null;
  const ages = { minimum_age: first + BEGINS_AT, rough: true };
  return open === undefined ? { ...ages, maximum_age: last + BEGINS_AT + 1 } : ages;
}
