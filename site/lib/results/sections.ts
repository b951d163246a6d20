import { describeDistance } from '#api/domain/words.ts';
import type { SearchResponse, SearchResult } from '../api.ts';
import { type Markup, markup } from '../markup.ts';
import { changed, type Section } from '../search.ts';
import { sectionWords } from '../sections.ts';

/** Groups of results, each under a heading of its own. */

/** Writes cards of results, as the items of a list. */
export type WriteCards = (results: readonly SearchResult[]) => Markup;

const ORDER = {
  relevance: 'The best match comes first.',
  distance: 'The nearest comes first.',
  name: 'By name.',
  checked: 'The most recently checked comes first.',
} as const;

/**
 * One way of standing to the place, with its own count, so that none buries another.
 * @param all true on the page that shows this way alone: then the page leads on, not 'See all'
 */
export function waySection(
  { way, results, total }: Section,
  whole: SearchResponse,
  params: URLSearchParams,
  all: boolean,
  cards: WriteCards,
): Markup {
  const text = sectionWords(way, whole.place);
  const within =
    way === 'venue' &&
    whole.radius &&
    `Within ${describeDistance(whole.radius.metres)} in a straight line; the way there is longer.`;
  return markup`<section class="sp-section" aria-labelledby="section-${way}">
<h2 id="section-${way}">${text.heading} <span class="sp-section__count">${total === 1 ? '1 listing' : `${total} listings`}</span></h2>
<p>${text.explain} ${way === 'venue' && ORDER[whole.sort]} ${within}</p>
<ol class="sp-cards">${cards(results)}</ol>
${
  !all &&
  total > results.length &&
  markup`<p class="sp-section__more"><a class="govuk-link" href="${changed(params, { reach: way })}">See all ${total}<span class="govuk-visually-hidden">: ${text.heading}</span></a></p>`
}
</section>`;
}

/**
 * A group that has one heading whatever the place; null where it is empty.
 * @param name of its heading, for who hears the page
 */
export const group = (
  name: string,
  heading: string,
  explain: string | null,
  results: readonly SearchResult[],
  cards: WriteCards,
): Markup | null =>
  results.length === 0
    ? null
    : markup`<section class="sp-section" aria-labelledby="section-${name}">
<h2 id="section-${name}">${heading}</h2>
${explain !== null && markup`<p>${explain}</p>`}
<ol class="sp-cards">${cards(results)}</ol>
</section>`;
