import { COSTS, type Service } from '../../domain/service.ts';
import { objectsIn, shortenText, textUnder } from './cut.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** What it costs, where the source says it plainly; else its words. */

type Cost = Service['cost_options'][number];

const isPound = (it: JsonRecord): boolean => [undefined, 'GBP', '£'].includes(it['currency'] as string | undefined);

/** @returns the costs, and what is left to words */
export function costsOf(record: JsonRecord): { costs: Cost[]; words: string[] } {
  const costs: Cost[] = [];
  const words: string[] = [];
  for (const it of objectsIn(record['cost_options'])) {
    const cost = costOf(it);
    if (cost) costs.push(cost);
    else
      words.push(
        [textUnder(it, 'option'), it['amount'], textUnder(it, 'amount_description')]
          .filter((part) => part !== undefined)
          .join(' '),
      );
  }
  const fees = textUnder(record, 'fees');
  if (fees !== undefined) {
    const cost = costs.length === 0 ? ofFees(fees) : null;
    if (cost) costs.push(cost);
    else words.push(fees);
  }
  return { costs: costs.slice(0, 6), words: words.filter((text) => text !== '' && text !== 'undefined') };
}

function costOf(it: JsonRecord): Cost | null {
  const option = textUnder(it, 'option') ?? '';
  const more = textUnder(it, 'amount_description');
  const amount = typeof it['amount'] === 'number' && it['amount'] <= 10_000 && isPound(it) ? it['amount'] : undefined;
  const [first = '', second] = option.split(', ');
  const own = COSTS.find((each) => each === first);
  if (own !== undefined && (second === undefined || second === 'concession')) {
    const told = amount !== undefined && !(own === 'free' && amount === 0) ? { amount } : {};
    const described = more === undefined ? {} : { amount_description: shortenText(more, 120) };
    return { option: own, ...told, ...described, concession: second === 'concession' };
  }
  const described = [option, more].filter(Boolean).join(', ');
  const words = described === '' ? {} : { amount_description: shortenText(described, 120) };
  const concession = /concession|low income|unwaged|student/i.test(option);
  if (amount !== undefined && amount > 0) return { option: 'paid', amount, ...words, concession };
  if (/donation/i.test(described)) return { option: 'donation', ...words, concession };
  if (amount === 0 || isFree(described)) return { option: 'free', ...(isFree(described) ? {} : words), concession };
  return null;
}

const isFree = (text: string): boolean =>
  /^(?:it is |it's )?(?:free|no (?:charge|cost|fee))(?: of charge| entry| service| to (?:all|use|attend|everyone))?[.!]?$/i.test(
    text.trim(),
  );

/** Words about fees that leave nothing open. */
function ofFees(fees: string): Cost | null {
  if (isFree(fees)) return { option: 'free', concession: false };
  const amounts = [...fees.matchAll(/£\s?(\d{1,4}(?:\.\d{2})?)/g)];
  if (amounts.length === 1 && fees.length <= 120)
    return { option: 'paid', amount: Number(amounts[0]?.[1]), amount_description: fees, concession: false };
  return null;
}

/** For the parts that carry what only another Signpost says. */
export const ownPart = (part: JsonRecord): JsonRecord => (isObject(part['signpost']) ? part['signpost'] : {});
