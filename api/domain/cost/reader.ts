import type { Service } from '../service.ts';
import { type Amount, amountsIn, exactPounds } from './amounts.ts';
import {
  CONCESSION,
  clausesOf,
  DONATION,
  headOf,
  MAY_GIVE,
  NOT_A_PRICE,
  NOT_FREE,
  NOT_NOW,
  saysFree,
} from './clauses.ts';

/**
 * What it costs, as people write it: '£3', '£5 (£3 concessions)', '£2-£4 a session', 'free for carers', 'donation'. An amount
 * is a price only where the words around it leave nothing open; else the words stand for themselves.
 */

export type Cost = Service['cost_options'][number];

/** Characters that are read; a cost that goes on for longer is a text about costs. */
export const MOST_CHARACTERS = 400;
const MOST_NOTE = 120;
const MOST_COSTS = 6;

/** That something is paid, and no more. */
const CHARGED =
  /^(?:there is |there['’]s )?(?:a|an) (?:\w+ )?(?:charge|fee)\b|^(?:charges?|fees?|costs?|prices?) (?:apply|applies|payable|vary|varies)\b/i;

const tidy = (words: string): string => {
  const text = words
    .replace(/\s+/g, ' ')
    .replace(/\(\s*\)/g, '')
    .trim();
  const [start, end] = [/^[\s,:;.–-]{0,20}/.exec(text)?.[0].length ?? 0, text.length];
  let to = end;
  while (to > start && /[\s,:;.–-]/.test(text[to - 1]!)) to--;
  const plain = text.slice(start, to);
  return /^\([^()]*\)$/.test(plain) ? plain.slice(1, -1).trim() : plain;
};

const note = (words: string): Pick<Cost, 'amount_description'> => {
  const tidied = tidy(words);
  return tidied === '' ? {} : { amount_description: tidied.slice(0, MOST_NOTE).trim() };
};

const pounds = (amount: number): string =>
  `£${amount.toLocaleString('en-GB', { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2 })}`;

const without = (text: string, { start, end }: Amount): string => `${text.slice(0, start)} ${text.slice(end)}`;

/** 'Free for carers', 'no charge for members': free, and not for everybody. */
const FOR_SOME =
  /\b(?:for|to|if|with|when|under|over)\b(?!\s(?:all|everyone|everybody|anyone|anybody|attend|join|use|come|access|enter|take part|participate|the public|drop))/i;

const SOME = /\b(?:members|residents|carers|children|under[ -]?\d+s?|over[ -]?\d+s?)\b/i;

/** Whether a price is that of some people alone. */
export const isForSome = (text: string): boolean => CONCESSION.test(text) || SOME.test(text);

/** Words that say no more than 'free' does. */
const ONLY_FREE =
  /^(?:it is |it['’]s |this is |completely |totally |all |always |our |services? (?:is|are) |sessions? (?:is|are) |entry |admission )*(?:free|no (?:charge|cost|fees?)|nil|without charge|free of charge|(?:yn rhad ac )?am ddim)(?: of charge| of cost| entry| admission| services?| sessions?| classes| event| activity| to (?:all|use|attend|join|come|everyone|everybody|take part)| for (?:all|everyone|everybody|anyone))*[.!]?$/i;

/** 'Free for the first session, then £4', 'free to £5': not free for whoever goes on, or for all. */
const NOT_FOR_LONG = /\bthen\b|\bafter(?:wards| that)?\b|\bfirst\b|^free\s{0,2}(?:[-–—]|(?:up )?to)\s{0,2}£/i;
/** 'Free / paid', 'free and paid sessions': nobody knows for whom it is free. */
const FREE_OR_PAID = /\bfree\s{0,2}(?:\/|or|and|&)\s{0,2}(?:paid|charged|fee)\b/i;
const FOR_PARKING = /^\W{0,3}(?:car[ -]?)?park(?:ing)?\b/i;
/** What one may buy there. */
const FOR_REFRESHMENTS =
  /^\W{0,3}(?:(?:tea|coffee|hot|cold|light|soft|and|&|\/)\s{0,2})*(?:refreshments?|drinks?|snacks?|tea|coffee|cakes?|biscuits?)\b|\bfor (?:(?:tea|coffee|and|&|\/|hot|a)\s{0,2})*(?:refreshments?|drinks?|snacks?|tea|coffee|cakes?|cup)\b/i;
/** Before an amount: 'cost: £3', 'there is a charge of £3'. */
const LEAD =
  /^\s{0,3}(?:there is )?(?:a |the )?(?:small )?(?:costs?|fees?|prices?|charges?)(?: is| of| are)?\s{0,2}:?(?=\s|$)/i;

function freeOf(text: string): Cost {
  if (ONLY_FREE.test(tidy(text))) return { option: 'free', concession: false };
  const said = tidy(text).replace(/^free(?: of charge)?\b(?: with a concession)?/i, '');
  return { option: 'free', ...note(said), concession: FOR_SOME.test(text) || isForSome(text) };
}

/** One clause; null where what it costs cannot be said. */
function costOf(clause: string): Cost | null {
  const text = clause.replace(/\s+/g, ' ').trim();
  const { amounts } = amountsIn(text.replace(/\([^()]*\)/g, (inner) => ' '.repeat(inner.length)));
  const [amount, ...others] = amounts.length > 0 ? amounts : amountsIn(text).amounts;
  const concession = CONCESSION.test(text);
  const donation = DONATION.test(text) && !(MAY_GIVE.test(text) && (amount !== undefined || saysFree(text)));
  if (donation) {
    const exact =
      amount !== undefined &&
      others.length === 0 &&
      !amount.open &&
      !/\bmin(?:imum)?\b/i.test(text) &&
      amount.to === undefined &&
      amount.pounds > 0;
    const rest = (exact ? without(text, amount) : amount ? ranged(text, amount) : text)
      .replace(
        /\b(?:suggested|recommended|voluntary|by|a)?\s?(?:donations?|contributions?)(?: of)?(?: suggested| recommended)?\b/i,
        ' ',
      )
      .replace(/\(\s*(?:suggested|recommended)\s*\)/i, ' ')
      .replace(/^\W*free\b/i, ' ');
    return { option: 'donation', ...(exact && { amount: amount.pounds }), ...note(rest), concession };
  }
  if (amount === undefined) {
    if (!saysFree(text)) return null;
    return FREE_OR_PAID.test(text) ? null : freeOf(text);
  }
  if (/^free\b/i.test(text) && saysFree(text))
    return NOT_FOR_LONG.test(text) ? { option: 'paid', ...note(text), concession } : freeOf(text);
  const head = headOf(text, amount);
  if (NOT_A_PRICE.test(head) || FOR_PARKING.test(head) || FOR_REFRESHMENTS.test(head)) return null;
  const exact = amountsIn(head).amounts.length === 1 && !amount.open && amount.to === undefined;
  if (!exact) return { option: 'paid', ...note(ranged(text, amount)), concession };
  const said = without(text, amount)
    .replace(/\bconc(?:s|essions?)?\b\.?/i, ' ')
    .replace(NOT_FREE, ' ')
    .replace(LEAD, ' ')
    .replace(/\bpp\b/i, 'per person')
    .replace(/\bph\b/i, 'per hour');
  if (amount.pounds === 0) return { option: 'free', ...note(said), concession: isForSome(text) };
  return { option: 'paid', amount: amount.pounds, ...note(said), concession };
}

/** '£3-5 a session' as it is said: '£3 to £5 a session'. */
function ranged(text: string, amount: Amount): string {
  if (amount.to === undefined || amount.open) return text;
  return `${text.slice(0, amount.start)}${pounds(amount.pounds)} to ${pounds(amount.to)}${text.slice(amount.end)}`;
}

/** Figures in a field that asks for pounds, where a price can stand: '4 / 2', '3-5', '3.50 a session'. */
const BARE =
  /(^|[/;]\s{0,2}|\d\s{0,2}[-–]\s{0,2}|\b(?:to|or)\s)(?=\d)(?![\d.,]{1,9}\s{0,2}(?:p\b|pence|pounds|%|for (?:1|one)\b|weeks?|days?|sessions?|people|min(?:ute)?s?|h(?:ou)?rs?|years?|[ap]m\b|x\b))/gi;

/**
 * Reads what something costs.
 * @param bare whether figures alone are pounds, as in a field that asks for an amount
 * @returns null where it does not say, or cannot be read: the words stand for themselves, or are asked about
 */
export function readCosts(given: string, bare = false): Cost[] | null {
  if (given.length > MOST_CHARACTERS) return null;
  const whole = given.trim().replace(/\bca?\.\s?(?=£)/gi, 'about ');
  const text = bare ? whole.replace(BARE, '$1£') : whole;
  const alone = bare ? exactPounds(given) : null;
  if (alone !== null)
    return [alone === 0 ? { option: 'free', concession: false } : { option: 'paid', amount: alone, concession: false }];
  const { amounts, unclear } = amountsIn(text);
  if (unclear) return null;
  if (amounts.length === 0 && (NOT_FREE.test(text) || CHARGED.test(text)))
    return [
      { option: 'paid', ...note(text.replace(/^not free$|^there is a charge(?=$| \()/i, '')), concession: false },
    ];
  if (amounts.length > 0 && NOT_NOW.test(text)) return [{ option: 'paid', ...note(text), concession: false }];
  const clauses = clausesOf(text);
  if (clauses.length === 0)
    return MAY_GIVE.test(text) && amounts.length === 0
      ? [{ option: 'donation', ...note(text), concession: false }]
      : null;
  const costs = clauses.map(costOf);
  return costs.length <= MOST_COSTS && costs.every((cost) => cost !== null) ? costs : null;
}
