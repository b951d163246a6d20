import { markup } from './markup.ts';

/** The choices of one filter. There are a hundred and fifty on a page of results, and only counts and ticks differ. */

interface Option {
  value: string;
  label: string;
  count: number;
}

/** What stands before the tick of an option, and between it and the count. */
interface Pieces {
  before: string;
  between: string;
}

/** Most values are of fixed lists; languages are as many as there are. */
const MOST_KEPT = 500;
const kept = new Map<string, Map<string, Pieces & { label: string }>>();

function piecesOf(kind: 'radio' | 'checkbox', name: string, { value, label }: Option): Pieces {
  let ofFilter = kept.get(name);
  if (!ofFilter) {
    ofFilter = new Map();
    kept.set(name, ofFilter);
  }
  const known = ofFilter.get(value);
  if (known?.label === label) return known;
  const pieces = {
    label,
    before: markup`<label class="sp-tick"><input type="${kind}" name="${name}" value="${value}"`.html,
    between: markup`><span>${label}</span><span class="sp-count">`.html,
  };
  if (ofFilter.size === MOST_KEPT) ofFilter.clear();
  ofFilter.set(value, pieces);
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
