import { type Markup, markup } from './markup.ts';

/** The choices of one filter. There are a hundred and fifty on a page of results, and only counts and ticks differ. */

interface Option {
  value: string;
  label: string;
  count: number;
}

/** What stands before the tick of an option, and between it and the count. */
interface Pieces {
  before: Markup;
  between: Markup;
}

/** Most values are of fixed lists; languages are as many as there are. */
const MOST_KEPT = 2000;
const kept = new Map<string, Pieces>();

function piecesOf(kind: 'radio' | 'checkbox', name: string, { value, label }: Option): Pieces {
  const key = JSON.stringify([kind, name, value, label]);
  const known = kept.get(key);
  if (known) return known;
  const pieces = {
    before: markup`<label class="sp-tick"><input type="${kind}" name="${name}" value="${value}"`,
    between: markup`><span>${label}</span><span class="sp-count">`,
  };
  if (kept.size === MOST_KEPT) kept.clear();
  kept.set(key, pieces);
  return pieces;
}

/**
 * Writes the options of a filter, one after the other.
 * @param single whether one of them alone may be chosen
 */
export const filterOptions = (
  name: string,
  options: readonly Option[],
  chosen: readonly string[],
  single: boolean,
): string =>
  options
    .map((option) => {
      const { before, between } = piecesOf(single ? 'radio' : 'checkbox', name, option);
      const ticked = chosen.includes(option.value) ? ' checked' : '';
      const results = option.count === 1 ? 'result' : 'results';
      return `${before}${ticked}${between}${option.count}<span class="govuk-visually-hidden"> ${results}</span></span></label>`;
    })
    .join('');
