import type { Service } from '../../domain/service.ts';
import { NotRead } from './column.ts';

/** What it costs, as people write it: 'Free', '£3', '£5, or £3 concession', 'donation'. */

type CostOption = Service['cost_options'][number];

const MONEY =
  /£\s*(\d{1,5}(?:\.\d{1,2})?)|(?<![\d.])(\d{1,5}(?:\.\d{1,2})?)\s*(?:pounds?|gbp)\b|(?<![\d.])(\d{1,4})\s*p\b/i;
const CONCESSION = /\b(conc(ession(ary|s)?)?|reduced|unwaged|low[ -]?income|oaps?|pensioners?|students?)\b/i;

const tidy = (words: string): string =>
  words
    .replace(/^[\s,:–-]+|[\s,:–-]+$/g, '')
    .replace(/^\((.*)\)$/s, '$1')
    .trim();

function optionOf(words: string): CostOption {
  const money = MONEY.exec(words);
  const concession = CONCESSION.test(words);
  const amount = money ? Number(money[1] ?? money[2] ?? Number(money[3]) / 100) : undefined;
  const rest = tidy(
    words
      .replace(MONEY, '')
      .replace(/^\s*(suggested )?(donations?|free)( of)?\b/i, '')
      .replace(/\b(conc(essions?)?)\b\.?/i, ''),
  );
  const note = rest === '' ? {} : { amount_description: rest.slice(0, 120) };
  if (/\bdonat|pay (what|as)|honesty box/i.test(words))
    return { option: 'donation', ...(amount !== undefined && { amount }), ...note, concession };
  if (amount !== undefined && amount > 0) return { option: 'paid', amount, ...note, concession };
  if (amount === 0 || /\b(free|no (charge|cost)|nothing|nil)\b/i.test(words))
    return { option: 'free', ...note, concession };
  if (/^\d+(\.\d{1,2})?$/.test(words.trim())) return { option: 'paid', amount: Number(words), concession: false };
  if (/\b(charge|fee|cost|price|var(y|ies)|paid|ask)/i.test(words))
    return {
      option: 'paid',
      ...(/^there is a charge$/i.test(words) ? {} : { amount_description: tidy(words).slice(0, 120) }),
      concession,
    };
  throw new NotRead(`‘${words}’ does not say what it costs. Write ‘free’, ‘donation’, or an amount like £3.`);
}

/**
 * Reads the cost.
 * @throws NotRead
 */
export function readCosts(cell: string): CostOption[] {
  if (/^(unknown|not known|cost not known|tbc)$/i.test(cell)) return [];
  const options = cell
    .split(/\s*(?:;|\||\n|,\s*or\s+|\bor\b(?=\s*£)|\/(?=\s*£)|,\s*(?=£|free\b|donation\b))\s*/i)
    .filter((part) => part.trim() !== '')
    .map(optionOf);
  if (options.length > 6) throw new NotRead('Write at most six prices.');
  return options;
}
