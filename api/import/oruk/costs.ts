import { MOST_POUNDS } from '../../domain/cost/amounts.ts';
import { isForSome, readCosts } from '../../domain/cost/reader.ts';
import { COSTS, type Service } from '../../domain/service.ts';
import { shortenText } from '../../domain/shorten.ts';
import type { Note } from '../incoming.ts';
import { type Asker, readAsTold } from '../questions/asker.ts';
import { objectsIn, textUnder } from './cut.ts';
import { mendDate } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** What it costs, where the source says it plainly; else its words. */

type Cost = Service['cost_options'][number];

const isPound = (it: JsonRecord): boolean =>
  [undefined, 'GBP', 'gbp', '£'].includes(it['currency'] as string | undefined);

/** A listing holds as many. */
const MOST_COSTS = 6;

/**
 * @param today 'YYYY-MM-DD': what is over, or not yet so, is no price
 * @returns the costs, and what is left to words
 */
export function costsOf(
  record: JsonRecord,
  today: string,
  notes: Note[],
  asker: Asker,
): { costs: Cost[]; words: string[] } {
  const costs: Cost[] = [];
  const words: string[] = [];
  for (const [index, it] of objectsIn(record['cost_options']).entries()) {
    const when = outOfForce(it, today);
    if (when !== null) {
      notes.push({ field: `cost_options[${index}]`, words: `‘${wordsOf(it)}’ ${when}, and was left out.` });
      continue;
    }
    const found = costsOfOption(it) ?? costsTold(wordsOf(it), `cost_options[${index}]`, notes, asker);
    if (found) costs.push(...found);
    else words.push(wordsOf(it));
  }
  // Version 3 calls it `fees_description`; some feeds have both, and one may be what the other says.
  const said = ['fees', 'fees_description'].flatMap((field) => textUnder(record, field) ?? []);
  for (const fees of new Set(said)) {
    const found = costs.length === 0 ? (readCosts(fees) ?? costsTold(fees, 'fees', notes, asker)) : null;
    if (found) costs.push(...found);
    else words.push(fees);
  }
  const told = costs.filter((cost, index) => costs.findIndex((other) => isSame(cost, other)) === index);
  return { costs: told.slice(0, MOST_COSTS), words: words.filter((text) => text !== '') };
}

/** Words without any of these say nothing of money that could be asked about: 'Please contact us'. */
const OF_MONEY = /[£\d]|\b(?:free|costs?|charges?|charged|fees?|pay|paid|prices?|donations?|subs|pounds?|pence)\b/i;

/** What moderators have said of a cost that cannot be read. */
function costsTold(words: string, field: string, notes: Note[], asker: Asker): Cost[] | null {
  const told = OF_MONEY.test(words) ? asker.about('cost', words) : null;
  if (told === null) return null;
  notes.push({ field, words: readAsTold(words, told) });
  return readCosts(told);
}

const isSame = (one: Cost, other: Cost): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Which of the prices of a record are in force on a day: who reads it again on another may find others. */
export const pricesInForce = (record: JsonRecord, today: string): number[] =>
  objectsIn(record['cost_options']).flatMap((it, index) => (outOfForce(it, today) === null ? [index] : []));

function outOfForce(it: JsonRecord, today: string): string | null {
  const [from, to] = ['valid_from', 'valid_to'].map((name) => mendDate(String(it[name] ?? '')));
  if (to && to < today) return `was the price until ${to}`;
  return from && from > today ? `is the price from ${from} on` : null;
}

const wordsOf = (it: JsonRecord): string =>
  [
    textUnder(it, 'option'),
    it['amount'] === undefined ? undefined : `${textUnder(it, 'currency') ?? '£'}${it['amount']}`,
    textUnder(it, 'amount_description'),
  ]
    .filter((part) => part !== undefined)
    .join(' ');

/** The prices of one part of the record; null where they cannot be said. */
function costsOfOption(it: JsonRecord): Cost[] | null {
  const option = textUnder(it, 'option') ?? '';
  const more = textUnder(it, 'amount_description');
  const amount = typeof it['amount'] === 'number' ? it['amount'] : undefined;
  const [first = '', second] = option.split(', ');
  const own = COSTS.find((each) => each === first);
  if (
    own !== undefined &&
    (second === undefined || second === 'concession') &&
    (amount ?? 0) <= MOST_POUNDS &&
    isPound(it)
  ) {
    const told = amount !== undefined && !(own === 'free' && amount === 0) ? { amount } : {};
    const described = more === undefined ? {} : { amount_description: shortenText(more, 120) };
    return [{ option: own, ...told, ...described, concession: second === 'concession' }];
  }
  if (!isPound(it)) return null;
  const described = [option, more].filter(Boolean).join(', ');
  if (amount === undefined) return readCosts(described);
  if (amount > MOST_POUNDS) return null;
  const alone = readCosts(described);
  if (amount === 0) {
    if (alone?.every(({ option: said }) => said !== 'paid')) return alone;
    return [{ option: 'free', ...noted(described), concession: isForSome(described) }];
  }
  // Words that hold amounts of their own say what each is for.
  if (alone?.some((cost) => cost.amount === amount)) return alone;
  // Read as one text, so that 'Deposit', 'Suggested donation' and 'from' say of an amount what they say of it in words.
  const read = readCosts(`${shortenText(described, 200)} £${amount}`.trim());
  if (read?.length === 1) return read;
  return read === null ? null : [{ option: 'paid', amount, ...noted(described), concession: isForSome(option) }];
}

const noted = (described: string): Pick<Cost, 'amount_description'> =>
  described === '' ? {} : { amount_description: shortenText(described, 120) };

/** For the parts that carry what only another Signpost says. */
export const ownPart = (part: JsonRecord): JsonRecord => (isObject(part['signpost']) ? part['signpost'] : {});
