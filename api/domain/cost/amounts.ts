/** Amounts of money in a text: which they are, and whether they are exact. */

export interface Amount {
  /** Pounds. */
  pounds: number;
  /** The upper end of '£3 to £5'; absent for a single amount. */
  to?: number;
  /** 'From £3', '£5 or so', 'up to £10': it is about that, and nobody can say what it is. */
  open: boolean;
  /** Where it stands, words that belong to it included. */
  start: number;
  end: number;
}

export interface Amounts {
  amounts: Amount[];
  /** Whether there is one that cannot be read: '£1.250', '€5', '£1 250'. */
  unclear: boolean;
}

/** Pounds: what a listing holds (domain/service.ts). */
export const MOST_POUNDS = 10_000;

const FIGURE = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,6}(?:\.\d{1,2})?`;
/** '£3.50', 'GBP 3.50', '3.50 pounds', '50p', '50 pence'. What follows must not go on as a figure. */
const MONEY = new RegExp(
  String.raw`(?:£|\bgbp)\s{0,2}(?<before>${FIGURE})(?:(?<=\.\d\d)p\b)?|(?<![\d.,£])(?<after>${FIGURE})\s{0,2}(?:pounds?|gbp|quid)\b|(?<![\d.,£])(?<pence>\d{1,3})\s?(?:p|pence)\b`,
  'gi',
);
/** A figure that goes on after what was read of it. */
const GOES_ON = /^(?:[.,]?\d|\s\d{3}\b|\s?[km]\b|\s?\/\s?\d)/i;
const FOREIGN = /[€$¥]|\b(?:euros?|eur|usd|dollars?)\b/i;
/** What makes a range of two amounts. */
const RANGE = /^\s{0,2}(?:[-–—]|to|and)\s{0,2}$/i;
/** The second half of '£3-5', '£3 to 5'. */
const BARE_END = new RegExp(
  String.raw`^\s{0,2}(?:[-–—]|to\b)\s{0,2}(?<end>${FIGURE})(?![\d.,]|\s?(?:pm|am|p|weeks?|days?|sessions?|people|years?|h(?:ou)?rs?|min(?:ute)?s?)\b)`,
  'i',
);
const BEFORE_OPEN =
  /(?:\b(?:from|about|around|approx(?:imately)?\.?|circa|roughly|up to|at least|at most|under|over|less than|more than|maximum|minimum|max\.?|min\.?|average(?: of)?|starts? (?:at|from)|starting (?:at|from))|~|[<>])\s{0,2}$/i;
const AFTER_OPEN =
  /^\s{0,2}(?:\+|or (?:so|more|less|under|over)\b|upwards\b|and up(?:wards)?\b|ish\b|approx(?:imately)?\b\.?|on average\b|max\b|maximum\b|minimum\b|min\b)/i;

const poundsOfFigure = (figure: string): number => Number(figure.replaceAll(',', ''));

/** Pounds of an amount that stands alone: '£3.50', '3', '1,200', '50p'; null where it is none, or more than anything costs. */
export function exactPounds(typed: string): number | null {
  const text = typed.slice(0, 40).trim();
  if (new RegExp(`^(?:${FIGURE})$`).test(text)) return within(poundsOfFigure(text));
  const { amounts, unclear } = amountsIn(text);
  const [only] = amounts;
  const whole = only && amounts.length === 1 && only.start === 0 && only.end === text.length;
  return whole && !unclear && !only.open && only.to === undefined ? within(only.pounds) : null;
}

const within = (pounds: number): number | null => (pounds <= MOST_POUNDS ? pounds : null);

/**
 * The amounts in a text, in their order.
 * @param text short
 */
export function amountsIn(text: string): Amounts {
  const amounts: Amount[] = [];
  let unclear = FOREIGN.test(text);
  for (const { 0: whole, index, groups } of text.matchAll(MONEY)) {
    const { before, after, pence } = groups ?? {};
    const pounds = pence === undefined ? poundsOfFigure(before ?? after ?? '') : Number(pence) / 100;
    const rest = text.slice(index + whole.length);
    if (pounds > MOST_POUNDS || (before !== undefined && GOES_ON.test(rest))) unclear = true;
    const last = amounts.at(-1);
    if (last && last.to === undefined && RANGE.test(text.slice(last.end, index)) && isRange(text, last, index)) {
      last.to = pounds;
      last.end = index + whole.length;
    } else amounts.push({ pounds, open: false, start: index, end: index + whole.length });
    const now = amounts.at(-1)!;
    const end = now.to === undefined && before !== undefined ? BARE_END.exec(text.slice(now.end, now.end + 20)) : null;
    const upper = poundsOfFigure(end?.groups?.['end'] ?? '0');
    // '£2-50' was how two pounds fifty were written, and may still be.
    if (end && isOldStyle(end[0], now.pounds)) unclear = true;
    else if (end && upper > now.pounds) {
      now.to = upper;
      now.end += end[0].length;
    }
  }
  for (const amount of amounts) opened(text, amount);
  return { amounts, unclear: unclear || /£(?!\s{0,2}\d)/.test(text.replace(/£s?\b(?=\s|$)/g, '')) };
}

/** Whether two figures behind pounds and a hyphen may be pence: more than any price rises in one range. */
const isOldStyle = (end: string, pounds: number): boolean =>
  /^-\d{2}$/.test(end) && Number(end.slice(1)) >= Math.max(20, 10 * pounds);

/** 'and' makes a range after 'between' alone. */
const isRange = (text: string, first: Amount, next: number): boolean =>
  !/and/i.test(text.slice(first.end, next)) ||
  /\bbetween\s{0,2}$/i.test(text.slice(Math.max(0, first.start - 10), first.start));

function opened(text: string, amount: Amount): void {
  const before = BEFORE_OPEN.exec(text.slice(Math.max(0, amount.start - 20), amount.start));
  const after = AFTER_OPEN.exec(text.slice(amount.end, amount.end + 20));
  const between = /\bbetween\s{0,2}$/i.exec(text.slice(Math.max(0, amount.start - 10), amount.start));
  amount.open = before !== null || after !== null;
  if (before) amount.start -= before[0].length;
  if (between) amount.start -= between[0].length;
  if (after) amount.end += after[0].length;
}
