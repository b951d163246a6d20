import type { SearchResponse } from '../api.ts';
import { FILTERS } from '../filters.ts';
import type { Gathering } from '../gather-links.ts';
import { keeping } from '../handout.ts';
import { type Markup, markup } from '../markup.ts';
import { resultCard } from '../result-card.ts';
import { changed } from '../search.ts';

/** An empty answer is never the end: the filter to drop, the radius to widen, the nearest thing. */

const count = (total: number) => (total === 1 ? '1 listing' : `${total} listings`);

/** How a filter is left out, and the parameter that goes. */
function dropped(filter: string, params: URLSearchParams): { text: string; param: string } {
  if (filter === 'q') return { text: `Search without the words ‘${params.get('q')}’`, param: 'q' };
  if (filter === 'age') return { text: 'Leave out the age', param: 'age' };
  if (filter === 'checked_since') return { text: 'Include listings checked longer ago', param: 'checked' };
  const title = FILTERS.find(({ name }) => name === filter)?.title ?? filter;
  return { text: `Leave out ‘${title.toLowerCase()}’`, param: filter };
}

/**
 * @param carry what links to listings carry on
 * @param today 'YYYY-MM-DD'
 */
export function waysOut(
  whole: SearchResponse,
  params: URLSearchParams,
  { carry, today, gathering }: { carry: string; today: string; gathering: Gathering },
): Markup {
  const ways = whole.ways_out ?? [];
  const links = ways.flatMap((way) => {
    if (way.kind === 'widen')
      return [
        {
          href: changed(params, { radius: String(way.radius_miles) }),
          text: `Look within ${way.radius_miles} miles (${count(way.total)})`,
        },
      ];
    if (way.kind !== 'drop_filter') return [];
    const { text, param } = dropped(way.filter, params);
    return [{ href: changed(params, { [param]: null }), text: `${text} (${count(way.total)})` }];
  });
  const nearest = ways.find((way) => way.kind === 'nearest');
  const isNothing = ways.length === 0 && whole.matches.unclear === 0 && whole.elsewhere.length === 0;
  return markup`<section class="sp-section">
<h2>What you can do</h2>
${isNothing && markup`<p>Nothing listed here matches, near or far. Try other words, or <a class="govuk-link" href="${keeping('/browse', params)}">browse by kind of help</a>.</p>`}
<ul class="sp-places">${links.map(({ href, text }) => markup`<li><a class="govuk-link" href="${href}">${text}</a></li>`)}</ul>
${nearest && markup`<h2>The nearest one that does match</h2>${resultCard({ result: nearest.result, today, carry }, gathering)}`}
</section>`;
}
