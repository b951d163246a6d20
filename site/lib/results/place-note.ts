import { describeDistance } from '#api/domain/words.ts';
import { geocoder } from '#api/instance.ts';
import type { SearchResponse } from '../api.ts';
import { keeping } from '../handout.ts';
import { type Markup, markup } from '../markup.ts';
import { addressOf } from '../sealed-search.ts';
import { carried } from '../search.ts';

type Place = NonNullable<SearchResponse['place']>;

const AREAS = new Intl.ListFormat('en-GB');
/** So many council areas are named. */
const MOST_NAMED = 4;

function ofAreas({ label, districts }: Place): Markup | null {
  if (districts.length <= 1) return null;
  return districts.length <= MOST_NAMED
    ? markup` ${label} lies partly in ${AREAS.format(districts.map(({ name }) => name))}. Where a service covers only one of them, the listing says ‘may cover this address’.`
    : markup` ${label} lies in more than one council area. Where a service covers only some of them, the listing says ‘may cover this address’.`;
}

function ofNamesakes(namesakes: Place['namesakes'], params: URLSearchParams): Markup | null {
  if (!namesakes) return null;
  const to = (near: string) => {
    const next = carried(params);
    next.set('near', near);
    next.delete('page');
    return addressOf('/search', next);
  };
  const links = namesakes.map(
    ({ label, near }, at) => markup`${at > 0 && ', '}<a class="govuk-link" href="${to(near)}">${label}</a>`,
  );
  return markup`<p>Not the one you mean? There is also ${links}.</p>`;
}

/**
 * How far the place can be trusted: said above the results, whenever it is not a single postcode.
 * @param params of the page's own address
 */
export function placeNote(place: SearchResponse['place'], params: URLSearchParams): Markup | null {
  if (!place || place.precision === 'postcode') return null;
  const { label, spread_m } = place;
  // Where the table knows sectors alone, typing more of a postcode would not help.
  const exact = geocoder.precision().table === 'postcodes';
  return markup`<div class="sp-note sp-note--calm">
<p>Distances are measured from the middle of ${label}${spread_m > 0 && ` and may be out by about ${describeDistance(spread_m)}`}. ${
    exact
      ? markup`For closer ones, <a class="govuk-link" href="${keeping('/', params)}">type a whole postcode</a>.`
      : 'Near the edge of an area, check with the service that it covers your address.'
  }${ofAreas(place)}</p>
${ofNamesakes(place.namesakes, params)}
</div>`;
}
