import type { SearchResponse } from '../api.ts';
import { keeping, withList } from '../handout.ts';
import { type Markup, markup } from '../markup.ts';

/** The fields above the results: from somewhere else, and for other words. */

/** What a search from somewhere else does not take along. */
const OF_THE_PLACE = ['near', 'sealed', 'page', 'radius'];

/** A field that is sent along unseen. */
export const hiddenField = (name: string, value: string): Markup =>
  markup`<input type="hidden" name="${name}" value="${value}">`;

/** The same search from somewhere else: by POST, since it is a postcode that is typed here. */
export function changePlace(params: URLSearchParams, place: SearchResponse['place']): Markup {
  const kept = [...withList(params, [])].filter(([name]) => !OF_THE_PLACE.includes(name));
  return markup`<details class="sp-change">
<summary>${place ? 'Change the place' : 'Add a place'}</summary>
<form action="${keeping('/find', params)}" method="post" novalidate>
${kept.map(([name, value]) => hiddenField(name, value))}
<label class="govuk-label" for="postcode">Postcode or place</label>
<input class="govuk-input govuk-input--width-10" id="postcode" name="postcode" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="100" data-suggest="place">
<button type="submit" class="govuk-button sp-button sp-button--quiet">Search here</button>
</form>
</details>`;
}

/** What is looked for. */
export const searchBar = (params: URLSearchParams): Markup => markup`<div class="sp-refine">
<div class="govuk-form-group">
<label class="govuk-label" for="q">What are you looking for?</label>
<input class="govuk-input" id="q" name="q" type="text" value="${params.get('q') ?? ''}" maxlength="200" autocomplete="off" data-suggest="words">
</div>
<button type="submit" class="govuk-button sp-button">Search</button>
</div>`;
