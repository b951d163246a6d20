import { type Identity, offersCategory } from '#api/domain/identity.ts';
import { describeDistance } from '#api/domain/words.ts';
import type { SearchResponse } from '../api.ts';
import { filterOptions } from '../filter-options.ts';
import { FILTERS } from '../filters.ts';
import { keeping } from '../handout.ts';
import { identity } from '../identity.ts';
import { flag, Markup, markup } from '../markup.ts';
import { milesWords } from '../search.ts';

/** The panel beside the results: by what they are narrowed down. */

const RADII = ['0.5', '1', '2', '3', '5', '10', '20', '50'];

const option = (value: string, words: string, isSelected: boolean): Markup =>
  markup`<option value="${value}"${flag('selected', isSelected)}>${words}</option>`;

/** How far to look and what comes first: two choices that are always in force, so they stand above the filters. */
function rangeAndOrder(params: URLSearchParams, whole: SearchResponse): Markup {
  const asked = params.get('radius');
  const radii =
    asked === null || RADII.includes(asked) ? RADII : [...RADII, asked].sort((a, b) => Number(a) - Number(b));
  // The counts beside the filters are those within the radius in force. So a search that is narrowed keeps that radius,
  // and finds what the counts said; 'Near enough for ten' lets it be worked out again.
  const automatic = whole.radius?.automatic ? String(whole.radius.miles) : null;
  const sorts = [
    ...(params.get('q') ? [{ value: 'relevance', text: 'Best match' }] : []),
    ...(whole.place ? [{ value: 'distance', text: 'Nearest' }] : []),
    { value: 'name', text: 'Name' },
    { value: 'checked', text: 'Most recently checked' },
  ];
  const range =
    whole.place &&
    markup`<div class="govuk-form-group">
<label class="govuk-label" for="radius">How far?</label>
<select class="govuk-select" id="radius" name="radius">
${automatic && option(automatic, `${milesWords(automatic)}, chosen for you`, true)}
${option('', 'Near enough for ten', false)}
${radii.filter((radius) => radius !== automatic).map((radius) => option(radius, milesWords(radius), asked === radius))}
</select>
</div>`;
  return markup`${range}
<div class="govuk-form-group">
<label class="govuk-label" for="sort">What comes first?</label>
<select class="govuk-select" id="sort" name="sort">
${sorts.map(({ value, text }, at) => option(at === 0 ? '' : value, text, params.get('sort') === value))}
</select>
</div>`;
}

function group(
  { name, title, hint, more, chosen: mayChoose, values }: (typeof FILTERS)[number],
  params: URLSearchParams,
  whole: SearchResponse,
  own: Identity,
): Markup {
  const single = mayChoose === 'one';
  const chosen = params.getAll(name).flatMap((value) => value.split(','));
  const options = whole.facets[name].filter(
    ({ value, count }) =>
      chosen.includes(value) || ((count > 0 || value in values) && (name !== 'category' || offersCategory(own, value))),
  );
  return markup`<details class="sp-filter"${flag('open', chosen.length > 0)}>
<summary>${title}${chosen.length > 0 && markup` <span class="sp-filter__chosen">${chosen.length}<span class="govuk-visually-hidden"> chosen</span></span>`}</summary>
<fieldset>
<legend class="govuk-visually-hidden">${title}</legend>
${hint && markup`<p class="sp-filter__hint">${hint}${more && markup`. <a class="govuk-link" href="${keeping(more.href, params)}">${more.text}</a>`}</p>`}
${options.length === 0 && markup`<p class="sp-filter__hint">Nothing to choose from here.</p>`}
${single && markup`<label class="sp-tick"><input type="radio" name="${name}" value=""${flag('checked', chosen.length === 0)}><span>Any</span><span></span></label>`}
${new Markup(filterOptions(name, options, chosen, single))}
</fieldset>
</details>`;
}

/**
 * @param total how many listings there are: it stays in sight while filters are chosen
 * @param clearHref this search without any filter
 */
export function filterPanel(params: URLSearchParams, whole: SearchResponse, total: number, clearHref: string): Markup {
  const own = identity();
  return markup`<section class="sp-filters" id="filters" aria-labelledby="filters-title">
<div class="sp-filters__head">
<h2 class="sp-filters__title" id="filters-title">Narrow it down</h2>
<p class="sp-filters__total">${total === 1 ? '1 listing' : `${total} listings`}</p>
</div>
${rangeAndOrder(params, whole)}
${whole.radius && markup`<p class="sp-filter__hint">Each number says how many there are within ${describeDistance(whole.radius.metres)}, online and at home included.</p>`}
${FILTERS.map((filter) => group(filter, params, whole, own))}
<div class="sp-filter__buttons">
<button type="submit" class="govuk-button sp-button">Apply filters</button>
<a class="govuk-link" href="${clearHref}">Clear all</a>
</div>
</section>`;
}
