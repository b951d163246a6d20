import type { Service } from '../../domain/service.ts';
import { UnreadableCell } from './column.ts';

/** What it costs, as people write it: 'Free', '£3', '£5, or £3 concession', 'donation'. */

/** Between two prices: never within brackets, and an ‘or’ only before what can be one. */
const BETWEEN =
  /\s*(?:[;|\n]|,?\s*\bor\s+(?=£|free\b|(?:suggested )?donation\b|there is a charge|reduced price)|\/\s*(?=£)|,\s*(?=£|free\b|donation\b))(?![^(]*\))\s*/i;

type CostOption = Service['cost_options'][number];

const MONEY =
  /£\s*(\d{1,5}(?:\.\d{1,2})?)|(?<![\d.])(\d{1,5}(?:\.\d{1,2})?)\s*(?:pounds?|gbp)\b|(?<![\d.])(\d{1,4})\s*p\b/i;
const CONCESSION = /\b(conc(ession(ary|s)?)?|reduced|unwaged|low[ -]?income|oaps?|pensioners?|students?)\b/i;

const tidy = (words: string): string =>
  words
    .replace(/^[\s,:–-]+|[\s,:–-]+$/g, '')
    .replace(/^\((.*)\)$/s, '$1')
    .trim();

const note = (words: string): Pick<CostOption, 'amount_description'> => {
  const tidied = tidy(words).slice(0, 120);
  return tidied === '' ? {} : { amount_description: tidied };
};

const amountIn = (money: RegExpExecArray | null): number | undefined =>
  money ? Number(money[1] ?? money[2] ?? Number(money[3]) / 100) : undefined;

/** One price. What it begins with says what it is; an amount further on ('free if £2 is too much') belongs to the note. */
function optionOf(typed: string): CostOption {
  const words = typed.trim();
  const concession = CONCESSION.test(words);
  const free = /^free\b(?: with a concession)?/i.exec(words);
  if (free) return { option: 'free', ...note(words.slice(free[0].length)), concession };
  const money = MONEY.exec(words);
  const amount = amountIn(money);
  const rest = words.replace(MONEY, '').replace(/\b(conc(essions?)?)\b\.?/i, '');
  if (/\bdonat|pay (what|as)|honesty box/i.test(words)) {
    const said = rest.replace(/^\s*(suggested )?donations?( of)?\b/i, '');
    return { option: 'donation', ...(amount !== undefined && { amount }), ...note(said), concession };
  }
  if (amount !== undefined && amount > 0) return { option: 'paid', amount, ...note(rest), concession };
  if (amount === 0 || /\b(free|no (charge|cost)|nothing|nil)\b/i.test(words)) return { option: 'free', concession };
  if (/^\d+(\.\d{1,2})?$/.test(words)) return { option: 'paid', amount: Number(words), concession: false };
  const charge = /^(there is a charge|reduced price for a concession)$/i.test(words);
  if (charge || /\b(charge|fee|cost|price|var(y|ies)|paid|ask)/i.test(words))
    return { option: 'paid', ...(charge ? {} : note(words)), concession };
  throw new UnreadableCell(`‘${words}’ does not say what it costs. Write ‘free’, ‘donation’, or an amount like £3.`);
}

/**
 * Reads the cost.
 * @throws NotRead
 */
export function readCosts(cell: string): CostOption[] {
  if (/^(unknown|not known|cost not known|tbc)$/i.test(cell)) return [];
  const options = cell
    .split(BETWEEN)
    .filter((part) => part.trim() !== '')
    .map(optionOf);
  if (options.length > 6) throw new UnreadableCell('Write at most six prices.');
  return options;
}
