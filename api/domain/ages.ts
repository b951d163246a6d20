/** Ages as people write them: '50+', 'over 50s', 'under 18', '5-11', '6 months to 4 years'. */

export interface Ages {
  /** Years. */
  minimum_age?: number;
  /** Years. */
  maximum_age?: number;
  /** Whether years alone do not say all of it: months, or several groups with a gap between. */
  rough: boolean;
}

/** Years: what a listing holds (domain/service.ts). */
const MOST_YEARS = 120;
/** What forms that want a figure are given for 'and over': nobody means to turn away who is older. */
const NO_UPPER_END = 99;
/** Characters that are read. */
const MOST_CHARACTERS = 80;

const AGE = String.raw`(\d{1,3})(?:\.0+)?\s{0,2}(months?|mths?|mos?|m|years?|yrs?|y)?`;
const FROM = new RegExp(
  String.raw`^(?:from|over|above|at least|min(?:imum)?|older than|aged over)?\s{0,2}${AGE}\s{0,2}(?:\+|plus|(?:and|or|&)\s(?:over|above|older|up|upwards?)|upwards?|over)?$`,
);
const SAYS_FROM = /^(?:from|over|above|at least|min|older|aged over)|\+$|plus$|over$|above$|older$|up(?:wards?)?$/;
const BELOW = new RegExp(String.raw`^(?:under|below|younger than|less than)\s{0,2}${AGE}$`);
const TO = new RegExp(
  String.raw`^(?:up to|to|max(?:imum)?|until)?\s{0,2}${AGE}\s{0,2}(?:(?:and|or|&)\s(?:under|below|younger)|max|maximum)?$`,
);
const SAYS_TO = /^(?:up to|to|max|until)|under$|below$|younger$|max(?:imum)?$/;
const BETWEEN = new RegExp(String.raw`^(?:from|between)?\s{0,2}${AGE}\s{0,2}(?:-|to|and|until|up to)\s{0,2}${AGE}$`);

const plain = (text: string): string =>
  text
    .slice(0, MOST_CHARACTERS)
    .toLowerCase()
    .replace(/[–—]/g, '-')
    .replace(/\b(over|under)-(?=\d)/g, '$1 ')
    // '18-65+' goes on.
    .replace(/-\s{0,2}\d{1,3}\s{0,2}\+/, '+')
    .replace(/\b(?:for|ages?|aged|people|adults|children|of age|old|olds|year-olds?|inclusive)\b/g, ' ')
    .replace(/(\d)['’]?s\b/g, '$1')
    .replace(/(?<![().:])[().:]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();

const isMonths = (unit: string | undefined): boolean => unit?.startsWith('m') ?? false;
const years = (figure: string, unit: string | undefined): number =>
  isMonths(unit) ? Math.floor(Number(figure) / 12) : Number(figure);

/** One group; null where it is none. */
function groupOf(text: string): Ages | null {
  if (/^(?:all|any)$/.test(text)) return { minimum_age: 0, rough: false };
  const range = BETWEEN.exec(text);
  if (range) {
    const [, from = '', ofFrom, to = '', ofTo] = range;
    // '0-18 months' says it once for both.
    const unit = ofFrom ?? ofTo;
    return { minimum_age: years(from, unit), maximum_age: years(to, ofTo), rough: isMonths(unit) || isMonths(ofTo) };
  }
  const below = BELOW.exec(text);
  if (below) {
    const [, figure = '', unit] = below;
    const months = isMonths(unit) ? Number(figure) : Number(figure) * 12;
    return { maximum_age: Math.max(0, Math.floor((months - 1) / 12)), rough: isMonths(unit) };
  }
  const [, to, ofTo] = SAYS_TO.test(text) ? (TO.exec(text) ?? []) : [];
  if (to !== undefined) return { maximum_age: years(to, ofTo), rough: isMonths(ofTo) };
  const [, from, ofFrom] = SAYS_FROM.test(text) ? (FROM.exec(text) ?? []) : [];
  if (from !== undefined) return { minimum_age: years(from, ofFrom), rough: isMonths(ofFrom) };
  return null;
}

const fits = ({ minimum_age: from = 0, maximum_age: to = 0 }: Ages): boolean => from <= MOST_YEARS && to <= MOST_YEARS;

function withoutFalseEnd({ maximum_age, ...rest }: Ages): Ages {
  return maximum_age === undefined || maximum_age >= NO_UPPER_END ? rest : { ...rest, maximum_age };
}

/** The widest range that all groups lie in: nobody whom one of them takes is shut out. */
export function unionOfAges(groups: readonly Ages[]): Ages {
  const [froms, tos] = [groups.map((it) => it.minimum_age), groups.map((it) => it.maximum_age)];
  const known = (ends: (number | undefined)[]): ends is number[] => ends.every((end) => end !== undefined);
  return {
    ...(known(froms) && { minimum_age: Math.min(...froms) }),
    ...(known(tos) && { maximum_age: Math.max(...tos) }),
    rough: groups.length > 1 || groups.some(({ rough }) => rough),
  };
}

/**
 * Reads a range of ages. 'Over 50' takes in those who are 50, as groups that call themselves so do.
 * @param alone which end a figure by itself is: what the field asks for
 * @returns null where it is none; it may be the wrong way round
 */
export function readAges(text: string, alone: 'minimum_age' | 'maximum_age'): Ages | null {
  const given = plain(text);
  const single = new RegExp(`^${AGE}$`).exec(given);
  if (single) {
    const [, figure = '', unit] = single;
    const found: Ages = { [alone]: years(figure, unit), rough: isMonths(unit) };
    return fits(found) ? withoutFalseEnd(found) : null;
  }
  const groups = given.split(/\s{0,2}[,;/]\s{0,2}|\s(?:and|&)\s(?=\d{1,3}\s{0,2}(?:-|to\b))/).map(groupOf);
  if (!groups.every((group) => group !== null) || !groups.every(fits)) return null;
  return withoutFalseEnd(unionOfAges(groups));
}

/** Whether the oldest is younger than the youngest. */
export const isInverted = ({ minimum_age: from, maximum_age: to }: Omit<Ages, 'rough'>): boolean =>
  from !== undefined && to !== undefined && from > to;

/** What two fields say together: one may hold both ends. Null where either cannot be read. */
export function readAgeFields(youngest: string, oldest: string): Ages | null {
  const [from, to] = [
    youngest === '' ? { rough: false } : readAges(youngest, 'minimum_age'),
    oldest === '' ? { rough: false } : readAges(oldest, 'maximum_age'),
  ];
  return from && to && { ...from, ...to, rough: from.rough || to.rough };
}
