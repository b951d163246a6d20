import { describeDistance } from '#api/domain/words.ts';
import { compactItems } from '../compact-card.ts';
import { FILTERS } from '../filters.ts';
import { gatheringAt } from '../gathering.ts';
import { keeping } from '../handout.ts';
import { flag, Markup, markup } from '../markup.ts';
import { pagination } from '../pagination.ts';
import { cardItems, resultCard } from '../result-card.ts';
import { addressOf, isPrivateCategory, sealed } from '../sealed-search.ts';
import { changed, downloadHref, type ResultsPage, showsShort, without } from '../search.ts';
import { sectionWords } from '../sections.ts';
import { setAsideWords } from '../set-aside.ts';
import { today as dayNow } from '../today.ts';
import { isPrivateSearch } from '../urgent.ts';
import { filterPanel } from './filters.ts';
import { changePlace, hiddenField, searchBar } from './forms.ts';
import { mapMarkup, pointsOf } from './map.ts';
import { placeNote } from './place-note.ts';
import { group, type WriteCards, waySection } from './sections.ts';
import { waysOut } from './ways-out.ts';

/** The page of results, but for what stands around it on every page. */
export interface DrawnResults {
  title: string;
  /** Whether somebody near may harm who is seen to read it. */
  leave: boolean;
  /** One after the other. */
  body: readonly Markup[];
  /** Whether there is a map on it. */
  map: boolean;
}

const NOTHING = markup``;
const END = markup`
</div>
</form>`;

interface ChosenFilter {
  name: (typeof FILTERS)[number]['name'];
  value: string;
  label: string;
}

const chosenFilters = (params: URLSearchParams, { whole }: ResultsPage): ChosenFilter[] =>
  FILTERS.flatMap(({ name }) =>
    params
      .getAll(name)
      .flatMap((value) => value.split(','))
      .map((value) => ({ name, value, label: whole.facets[name].find((it) => it.value === value)?.label ?? value })),
  );

/** The title stays in the history of the browser: nothing that was typed, and no subject that is nobody's business. */
function titleOf(
  { whole, only }: ResultsPage,
  heading: string,
  where: string,
  chosen: readonly ChosenFilter[],
): string {
  const told = chosen.filter(({ name, value }) => name !== 'category' || !isPrivateCategory(value));
  const named = only ? `${heading}${whole.place ? `, ${whole.place.label}` : ''}` : `Support ${where}`;
  const title = told.length > 0 ? `${named}: ${told.map(({ label }) => label).join(', ')}` : named;
  return whole.page.number > 1 ? `${title}, page ${whole.page.number}` : title;
}

function summary({ whole, only, sections }: ResultsPage, params: URLSearchParams, total: number): Markup {
  const { place } = whole;
  const shown = sections.reduce((sum, { results }) => sum + results.length, 0);
  const short = showsShort(params);
  const nothing = () => {
    if (only) return 'Nothing here';
    if (shown > 0) return 'Nothing that is known to serve this address';
    return whole.elsewhere.length > 0 ? 'Nothing for this address' : 'Nothing matches all of that';
  };
  const district =
    place?.district && !place.label.endsWith(place.district) && ` · ${place.label} is in ${place.district}`;
  const other = changed(params, { cards: short ? null : 'short', page: params.get('page') });
  return markup`<div class="sp-summary">
<p><strong>${total === 0 ? nothing() : total === 1 ? '1 listing' : `${total} listings`}</strong>${district}</p>
${shown > 0 && markup`<p class="sp-screen-only"><a class="govuk-link" href="${other}">${short ? 'Show more of each' : 'Show less of each'}</a></p>`}
</div>`;
}

const filtersInForce = (chosen: readonly ChosenFilter[], params: URLSearchParams): Markup | null =>
  chosen.length === 0
    ? null
    : markup`<ul class="sp-chosen" aria-label="Filters in force">${chosen.map(
        ({ name, value, label }) =>
          markup`<li><a href="${without(params, name, value)}"><span class="govuk-visually-hidden">Leave out </span>${label}</a></li>`,
      )}</ul>`;

/** Filters that the words say. */
function offered({ whole: { narrow_by } }: ResultsPage, params: URLSearchParams): Markup | null {
  if (narrow_by.length === 0) return null;
  // Several values of one filter widen it: 'weekend' is Saturday or Sunday.
  const all = new Map<string, string>();
  for (const { filter, value } of narrow_by) all.set(filter, [all.get(filter), value].filter(Boolean).join(','));
  const items = narrow_by.map(
    ({ filter, value, label, total }) =>
      markup`<li><a href="${changed(params, { [filter]: value })}">${label}<span class="govuk-visually-hidden">, ${total === 1 ? '1 listing' : `${total} listings`}</span></a></li>`,
  );
  return markup`<ul class="sp-chosen sp-chosen--offered sp-screen-only" aria-label="Narrow to"><li>Narrow to:</li>${items}${
    all.size > 1 && markup`<li><a href="${changed(params, Object.fromEntries(all))}">All of these</a></li>`
  }</ul>`;
}

const downloads = (params: URLSearchParams): Markup =>
  markup`<p class="sp-section__more sp-screen-only">Download this list: <a class="govuk-link" href="${downloadHref(params, 'csv')}" download>as a spreadsheet<span class="govuk-visually-hidden"> (CSV)</span></a> or <a class="govuk-link" href="${downloadHref(params, 'geojson')}" download>as points for a map<span class="govuk-visually-hidden"> (GeoJSON)</span></a>. Or <a class="govuk-link" href="${addressOf('/booklet', params)}">print a booklet</a> of what serves this area.</p>`;

const notForThisAddress = (count: number, params: URLSearchParams): Markup =>
  markup`<p class="sp-section__more"><a class="govuk-link" href="${changed(params, { reach: 'not_serving' })}">${
    count === 1
      ? '1 more nearby is not for this address. See it and why'
      : `${count} more nearby are not for this address. See them and why`
  }</a></p>`;

/**
 * Draws what a search found.
 * @param params as `carried` leaves them
 * @param url of the page
 */
export function drawResults(page: ResultsPage, params: URLSearchParams, url: URL): DrawnResults {
  const { whole, only } = page;
  const { place } = whole;
  const words = params.get('q');
  const { venue, area, remote } = whole.matches;
  const total = only ? whole.matches[only] : venue + area + remote;
  const where = place ? `near ${place.label}` : 'everywhere';
  const aside = setAsideWords(whole, where);
  const chosen = chosenFilters(params, page);
  const leave = isPrivateSearch(whole.urgent, params);
  const heading = only ? sectionWords(only, place).heading : `${words && !leave ? `‘${words}’` : 'Support'} ${where}`;

  const gathering = gatheringAt(url);
  const carry = sealed(params).toString();
  const today = dayNow();
  const shared = { carry, today, approximate: place !== null && place.precision !== 'postcode' };
  const items = showsShort(params) ? compactItems : cardItems;
  const cards: WriteCards = (results) => new Markup(items(results, shared, gathering));
  const mapped = [...page.best, ...page.kept, ...page.sections.flatMap(({ results }) => results)];
  const map = mapMarkup(pointsOf(mapped, place, carry), place, whole.radius);

  const hidden = ['near', 'reach', 'list', 'before', 'cards'].flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value] as const] : [];
  });
  const asItIs = new URLSearchParams(hidden.filter(([name]) => name !== 'reach').map((each) => [...each]));
  const above = markup`${
    only
      ? markup`<a class="sp-back govuk-link" href="${changed(params, { reach: null })}">Back to all results</a>`
      : markup`<a class="sp-back govuk-link" href="${keeping('/', params)}">New search</a>`
  }
<h1 class="sp-title">${heading}</h1>
${summary(page, params, total)}
${placeNote(place, url.searchParams)}
${aside && markup`<p class="sp-note sp-note--calm">${aside.nothing}${aside.whatThereIs && total > 0 && ` ${aside.whatThereIs}:`}</p>`}
${!aside && whole.searched_for && markup`<p class="sp-note sp-note--calm">Nothing is spelled ‘${words}’ here, so we searched for ‘${whole.searched_for}’.</p>`}
${whole.did_you_mean && markup`<p class="sp-note sp-note--calm">Did you mean <a class="govuk-link" href="${changed(params, { q: whole.did_you_mean })}" rel="nofollow">${whole.did_you_mean}</a>?</p>`}
${changePlace(params, place)}
<form action="/search" method="post" data-filters aria-label="Search and filters">
${hidden.map(([name, value]) => hiddenField(name, value))}
${searchBar(params)}
<p class="sp-to-filters sp-screen-only"><a class="govuk-link" href="#filters">Narrow it down</a></p>
<div class="sp-results">
<div>
${filtersInForce(chosen, params)}
${offered(page, params)}
${aside && group('kept', aside.whatThereIs ?? '', null, page.kept, cards)}
${total === 0 && !only && waysOut(whole, params, { carry, today, gathering })}
`;
  const found = markup`${group('best', 'What fits best', 'Wherever it is; the rest is below.', page.best, cards)}
${
  whole.closer_match &&
  markup`<section class="sp-section" aria-labelledby="section-closer">
<h2 id="section-closer">A closer match, ${describeDistance(whole.closer_match.distance_m ?? 0)} away</h2>
<p>It is farther off, and fits what you typed much better.</p>
${resultCard({ ...shared, result: whole.closer_match }, gathering)}
</section>`
}
`;
  const sections = page.sections
    .filter((section) => section.results.length > 0 || (only && total > 0))
    .map((section) => waySection(section, whole, params, only !== null, cards));
  const below = markup`${group(
    'elsewhere',
    'Listed, but for people elsewhere',
    `${total === 0 ? 'These fit what you typed' : 'These have the name that you typed'}, and are not for ${place?.label ?? 'this address'}.`,
    whole.elsewhere,
    cards,
  )}
${group(
  'related',
  'Related, without these words',
  `${total === 0 ? 'Nothing here says what you typed. These may' : 'These do not say what you typed, and may'} help with something like it.`,
  page.related,
  cards,
)}
${
  page.wordOnly.length > 0 &&
  markup`<details class="sp-section govuk-details"${flag('open', total === 0)}>
<summary class="govuk-details__summary"><h2 class="govuk-details__summary-text govuk-body">Also has a word that you typed, and may be about something else</h2></summary>
<ol class="sp-cards">${cards(page.wordOnly)}</ol>
</details>`
}
${only && pagination({ page: whole.page, href: (n) => changed(params, { page: String(n) }) })}
${total > 0 && downloads(params)}
${!only && whole.totals.not_serving > 0 && notForThisAddress(whole.totals.not_serving, params)}
</div>
`;
  const panel = filterPanel(params, whole, total, changed(asItIs, {}));
  // One after the other: text of nothing but Latin letters is written twice as fast, and most of them are.
  const body = [above, map ?? NOTHING, found, ...sections, below, panel, END];
  return { title: titleOf(page, heading, where, chosen), leave, body, map: map !== null };
}
