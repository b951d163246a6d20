import { unpackList } from '#api/domain/handout-list.ts';
import { postcodeInWords } from '../place.ts';
import { showsSearch } from '../sealed-search.ts';
import { carried, resultsAtOnce } from '../search.ts';
import { type DrawnResults, drawResults } from './page.ts';

/**
 * Draws the results of an ordinary address of the search.
 * @returns null where the page is more than its results, or another one: where something is gathered, where help for now
 *   stands above them, where the address leads on or is refused. Astro draws these whole (pages/search.astro).
 */
export function resultsOf(url: URL): DrawnResults | null {
  const { searchParams } = url;
  if (searchParams.has('postcode') || showsSearch(searchParams)) return null;
  const params = carried(searchParams);
  if (
    ['list', 'before'].some((name) => unpackList(params.get(name)).length > 0) ||
    postcodeInWords(new URLSearchParams(params)) !== null
  )
    return null;
  const page = resultsAtOnce(params);
  if (page === null || page.whole.urgent.length > 0) return null;
  const { number, pages } = page.whole.page;
  if (page.only && pages > 0 && number > pages) return null;
  const drawn = drawResults(page, params, url);
  return drawn.leave ? null : drawn;
}
