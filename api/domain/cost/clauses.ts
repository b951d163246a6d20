import { type Amount, amountsIn } from './amounts.ts';

/** A text about what something costs, taken apart into what each price is said of. */

/** Words that are about money that nobody pays for coming. */
export const NOT_A_PRICE =
  /\b(?:off|discounts?|discounted|reductions?|deposits?|refundable|refunded|vouchers?|prizes?|raffle|fines?|penalt(?:y|ies)|worth|grants?|raised?|savings?|saves?|funded by|earn (?:up to )?£|top[ -]?up)\b/i;
/** It was so, or will be. */
export const NOT_NOW =
  /\b(?:was|were|used to|previously|formerly|until|till|up to (?:and including )?(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:from|as of|starting) (?:the )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|june|july|august|september|october|november|december|next (?:year|month|week|term)|20\d\d)|(?:in|for|during|prices?|rates?) 20\d\d|20\d\d (?:prices?|rates?|fees?))\b/i;
export const DONATION =
  /\b(?:donat(?:e|ion|ions)|pay (?:what|as) (?:you|u)|honesty box|suggested|recommended|voluntary contributions?|contributions? (?:welcome|appreciated))\b/i;
/** One may give something, which is no price. */
export const MAY_GIVE =
  /\b(?:donations?|contributions?) (?:are |is |also |very |gratefully |always |most )*(?:welcome|welcomed|appreciated|accepted|received|invited)\b/i;
export const CONCESSION =
  /\b(?:conc(?:s|ession(?:ary|s)?)?|reduced|unwaged|low[ -]?(?:income|waged?)|oaps?|pensioners?|seniors?|students?|(?:on|with|in receipt of) benefits)\b/i;

/** 'Not free', 'no longer free'. */
export const NOT_FREE = /\b(?:not|isn['’]?t|never|no longer|aren['’]?t)\s+(?:\w+\s+)?free\b|\bnon[ -]free\b/i;
/** What is free there, and not the thing itself. */
const OTHER_FREE =
  /\bfree\s+(?:(?:hot|cold|light|car|on[ -]?site|street|wi-?fi|and|tea|coffee)\s+)*(?:trials?|tasters?|tea|coffee|refreshments?|drinks?|snacks?|cakes?|biscuits?|lunch(?:es)?|meals?|food|breakfast|parking|wi-?fi|internet|childcare|cr[eè]che|transport|gifts?|goody|resources?|equipment hire|kit|places?\b(?= for)|spaces?\b(?= for)|from|of (?!charge\b)\w+)\b|\b(?:first|trial|taster|introductory|initial|1st)\b[^;|\n]{0,30}\bfree\b|\b(?:gluten|dairy|smoke|alcohol|drug|step|barrier|hassle|nut|sugar|fat|feel|toll|symptom|stress|care|pain)[ -]free\b|\bfree(?:dom|phone|post|lance|hold|ly|wheel|style)\w*/i;
const FREE =
  /\b(?:free|no (?:charge|cost|fees?)|without charge|nil|am ddim|nothing to pay|costs? nothing|f\.?o\.?c)\b/i;

/** Whether a text says that the thing itself is free, for some at least. */
export const saysFree = (text: string): boolean => {
  const others = text.replace(new RegExp(OTHER_FREE.source, 'gi'), ' ');
  return FREE.test(others) && !NOT_FREE.test(text);
};

/** What is said of an amount itself; what follows a comma or stands in brackets is said beside it. */
export function headOf(text: string, { start, end }: Amount): string {
  const from = Math.max(...[',', ';', '('].map((mark) => text.lastIndexOf(mark, start))) + 1;
  return text.slice(from, end) + (/^[^,;()]*/.exec(text.slice(end))?.[0] ?? '');
}

/** Whether there is a price in it: an amount that is one, 'free', a donation. */
function hasPrice(piece: string): boolean {
  const { amounts } = amountsIn(piece);
  if (amounts.length > 0) return amounts.some((amount) => !NOT_A_PRICE.test(headOf(piece, amount)));
  return saysFree(piece) || (DONATION.test(piece) && !MAY_GIVE.test(piece));
}

const SEPARATOR = /[;|\n/,]|\bor\b|(?<=[\d£a-z])\.\s(?=[£A-Z])/gi;

/** Pieces between separators that stand in no brackets, each with the separator before it. */
function piecesOf(text: string): { before: string; words: string }[] {
  const pieces: { before: string; words: string }[] = [];
  let depth = 0;
  let counted = 0;
  let start = 0;
  let before = '';
  for (const { 0: separator, index } of text.matchAll(SEPARATOR)) {
    for (; counted < index; counted++) depth += text[counted] === '(' ? 1 : text[counted] === ')' ? -1 : 0;
    const inFigure =
      separator === ',' && /\d/.test(text[index - 1] ?? '') && /^\d{3}\b/.test(text.slice(index + 1, index + 5));
    if (depth > 0 || inFigure) continue;
    pieces.push({ before, words: text.slice(start, index) });
    before = separator;
    start = index + separator.length;
  }
  pieces.push({ before, words: text.slice(start) });
  return pieces;
}

/** A bracket after a price that holds another: '£5 (£3 concessions)', 'free (donation)'. */
const BRACKETED = /\(([^()]{1,80})\)/;

/**
 * The clauses of a text, a price in each; a piece without a price goes on from the one before it.
 * @returns [] where there is no price in all of it
 */
export function clausesOf(text: string): string[] {
  const clauses: string[] = [];
  for (const { before, words } of piecesOf(text)) {
    if (hasPrice(words)) {
      clauses.push(words);
      const inner = BRACKETED.exec(words)?.[1];
      const outside = inner === undefined ? '' : words.replace(BRACKETED, '');
      if (
        inner !== undefined &&
        hasPrice(inner) &&
        (CONCESSION.test(inner) || (DONATION.test(inner) && !DONATION.test(outside))) &&
        hasPrice(outside)
      )
        clauses.splice(-1, 1, outside, inner);
    } else if (clauses.length > 0 && words.trim() !== '') {
      // 'Free / paid' is not 'free per paid': what some pay nobody knows.
      const joint =
        before === '/' && !/^\s*(?:paid|pay|charged?|fees?|not free|various)\b/i.test(words)
          ? ' per '
          : before === '/'
            ? ' / '
            : before.trim() === 'or'
              ? ' or '
              : `${before.trim()} `;
      clauses.push(`${(clauses.pop() ?? '').trimEnd()}${joint}${words.trim()}`);
    } else if (words.trim() !== '') clauses.push(words);
  }
  // Words before the first price are said of it: 'Members: £3'.
  const [first, second, ...rest] = clauses;
  if (first !== undefined && second !== undefined && !hasPrice(first))
    return [`${first.trim()}, ${second.trim()}`, ...rest];
  return clauses.length === 1 && !hasPrice(clauses[0]!) ? [] : clauses;
}
