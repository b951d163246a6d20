import { type Dialled, dialled, TEXT_CODE, textCode } from './number-plan.ts';

/** Finds the numbers in a text: which digits belong together, and where the next number begins. */

export interface Found {
  /** As it stands there, with the 0 that was lost, without the country code of the United Kingdom. */
  number: string;
  extension?: string;
  dialled: Dialled;
  /** Where it begins and ends in the text, its extension included. */
  start: number;
  end: number;
}

interface Group {
  digits: string;
  start: number;
  end: number;
}

/** More groups than any number is written in. */
const MOST_GROUPS = 9;
/** E.164 allows 15; Relay UK puts five before them. */
const MOST_DIGITS = 20;
/** What may stand between the groups of one number. */
const GAP = /^(?:[\s.-]|\s?-\s?|\)?\s{0,2}\(?|\)-)$/;
const EXTENSION = /[\s,;(]{0,4}(?:ext(?:ension|n)?(?:\s(?:no|number))?|x|#)[\s.:=]{0,3}(\d{1,8})\b\)?/iy;
/** Another ending of the number before: '020 7946 0122/0123'. Hours ('/24 hrs', '/7') are none. */
const OTHER_ENDING =
  /(?:\s?\/\s?(\d{1,6})|(?:\s?[,&]\s?|\s(?:or|and)\s)(\d{5,6}))(?![\d/.:]|\s?\d|\s?(?:-|h(?:ou)?rs?\b|[ap]m\b|days?\b|x\b))/iy;

/** The runs of digits, as many as five numbers with their hours may have. */
const groupsOf = (text: string): Group[] =>
  [...text.matchAll(/\d+/g)]
    .slice(0, 60)
    .map(({ 0: digits, index }) => ({ digits, start: index, end: index + digits.length }));

/** The groups from one on that could be one number by what stands between them. */
function reach(text: string, groups: readonly Group[], from: number): Group[] {
  const taken: Group[] = [];
  let digits = 0;
  for (const group of groups.slice(from, from + MOST_GROUPS)) {
    const last = taken.at(-1);
    digits += group.digits.length;
    if (digits > MOST_DIGITS || (last && !GAP.test(text.slice(last.end, group.start)))) break;
    taken.push(group);
  }
  return taken;
}

/** Longest first; one that would end in a single digit, which is more often an hour, last. */
function lengths(groups: readonly Group[]): number[] {
  const all = groups.map((_, index) => groups.length - index);
  const isOdd = (length: number) => length > 1 && groups[length - 1]!.digits.length === 1;
  return [...all.filter((length) => !isOdd(length)), ...all.filter(isOdd)];
}

/** As it is written, without what nobody should dial: '+44 (0)20 7946 0018' becomes '+44 20 7946 0018'. */
function shown(written: string, { national, restored }: Dialled): string {
  const plain = written.replace(/^\((?=[^)]*$)/, '').trim();
  if (restored) return `0${plain}`;
  const whole = plain.replace(/^(\+?44)\s?\(0\)\s?/, '$1 ');
  return whole.startsWith('44') && national.startsWith('0') ? `+${whole}` : whole;
}

/** The number that begins with a group, or null. */
function numberAt(text: string, groups: readonly Group[], from: number, isText: boolean): Found | null {
  const first = groups[from]!;
  const lead = /(?:^|[^\d\p{L}])([+(]{0,2})$/u.exec(text.slice(Math.max(0, first.start - 3), first.start));
  if (!lead) return null;
  const start = first.start - (lead[1] ?? '').length;
  const country = (lead[1] ?? '').includes('+');
  const within = reach(text, groups, from);
  for (const length of lengths(within)) {
    const last = within[length - 1]!;
    const end = last.end + (closes(text, start, last.end) ? 1 : 0);
    const digits = within
      .slice(0, length)
      // The 0 in brackets after the country code is for those who leave the code out.
      .filter((group, index) => !(index === 1 && group.digits === '0' && text[group.start - 1] === '('))
      .map((group) => group.digits)
      .join('');
    const alone = trimEnds(text.slice(0, start)) === '' && trimEnds(text.slice(end)) === '';
    const code = length === 1 && isText && TEXT_CODE.test(digits) ? textCode(digits) : null;
    const reached = code ?? dialled(digits, country, alone);
    if (reached === null || (isShort(digits) && !isShortAlone(text, start, end))) continue;
    return { number: shown(text.slice(start, end), reached), dialled: reached, start, end };
  }
  return null;
}

const trimEnds = (text: string): string => text.replace(/[\s,;.()]/g, '');
const isShort = (digits: string): boolean => digits.length === 3;
/** Three digits amid other words ('room 101') are a number only where the words say that it is rung. */
const isShortAlone = (text: string, start: number, end: number): boolean =>
  /(?:^|[;|\n/,]|\b(?:call|ring|dial|phone|tel|nhs|police|on|or|text|use))[\s:.(]{0,20}$/i.test(
    text.slice(Math.max(0, start - 20), start),
  ) && !/^\s?(?:[-:£%]|\d)/.test(text.slice(end, end + 3));
/** Whether a bracket that was opened before the number is closed right after it. */
const closes = (text: string, start: number, end: number): boolean =>
  text[end] === ')' && text.slice(start, end).split('(').length > text.slice(start, end).split(')').length;

/**
 * The endings that stand after a number in place of its last digits, as numbers of their own.
 * @param isWhole whether a whole number begins at a place
 */
function otherEndings(text: string, first: Found, isWhole: (start: number) => boolean): Found[] {
  const found: Found[] = [];
  let at = first.end;
  for (;;) {
    OTHER_ENDING.lastIndex = at;
    const match = OTHER_ENDING.exec(text);
    const ending = match?.[1] ?? match?.[2];
    const kept = first.number.replace(/\D/g, '').length - (ending?.length ?? 0);
    if (
      ending === undefined ||
      kept < (match?.[2] === undefined ? 6 : 5) ||
      isWhole(OTHER_ENDING.lastIndex - ending.length)
    )
      return found;
    const number = withEnding(first.number, ending);
    const reached = dialled(number.replace(/\D/g, ''), number.startsWith('+'), false);
    if (reached === null) return found;
    found.push({ number, dialled: reached, start: at, end: OTHER_ENDING.lastIndex });
    at = OTHER_ENDING.lastIndex;
  }
}

/** The number with other last digits, its blanks where they were. */
function withEnding(number: string, ending: string): string {
  const characters = [...number];
  let left = ending.length;
  for (let at = characters.length - 1; at >= 0 && left > 0; at--)
    if (/\d/.test(characters[at]!)) characters[at] = ending[--left]!;
  return characters.join('');
}

/**
 * The numbers in a text, in their order.
 * @param text short, and of one kind of blank and dash
 * @param isText says of a short number with what stands before it that it is for texts
 */
export function numbersIn(text: string, isText: (before: string) => boolean): Found[] {
  const groups = groupsOf(text);
  const found: Found[] = [];
  for (let at = 0; at < groups.length; ) {
    const start = groups[at]!.start;
    const number = numberAt(text, groups, at, isText(text.slice(found.at(-1)?.end ?? 0, start)));
    if (number === null) {
      at++;
      continue;
    }
    EXTENSION.lastIndex = number.end;
    const extension = EXTENSION.exec(text)?.[1];
    if (extension !== undefined) {
      number.extension = extension;
      number.end = EXTENSION.lastIndex;
    }
    const isWhole = (start: number) =>
      numberAt(
        text,
        groups,
        groups.findIndex((group) => group.start === start),
        false,
      ) !== null;
    const endings = extension === undefined ? otherEndings(text, number, isWhole) : [];
    found.push(number, ...endings);
    const end = found.at(-1)!.end;
    while (at < groups.length && groups[at]!.start < end) at++;
  }
  return found;
}
