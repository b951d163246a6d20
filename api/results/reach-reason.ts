import type { Place } from '../domain/place.ts';
import type { Listing } from '../domain/service.ts';
import { areaLabels } from '../domain/service-area.ts';
import type { Hit } from '../search/types.ts';

/** Why a listing has the reach it has, in one sentence for people. */

const NOT_SAID = 'It does not say how to take part: ask';

/** The parts of the reason that depend on the listing alone. */
export interface ReachWords {
  areas: string;
  remote: string;
  /** Who lists it, or what it says of its area, where nobody knows where people must live; '' where that is known. */
  unclear: string;
}

export const reachWords = (listing: Listing): ReachWords => ({
  areas: areaNames(listing),
  remote: remoteWay(listing),
  unclear: whomToAsk(listing),
});

/** 'Hackney', 'Hackney and Islington', 'Hackney, Islington and 3 more'. */
function areaNames(listing: Listing): string {
  const names = areaLabels(listing.service.service_areas);
  if (names.length <= 2) return names.join(' and ');
  return names.length === 3
    ? `${names[0]}, ${names[1]} and ${names[2]}`
    : `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}

/** 'Listed by Bristol City Council', 'For ‘our patch’, says Bristol City Council'. */
function whomToAsk({
  service: { service_areas, service_area_status: status, service_area_words, source },
}: Listing): string {
  if (status === 'said' || service_areas.length > 0) return '';
  const [words] = service_area_words;
  return words === undefined ? `Listed by ${source.name}` : `For ‘${words}’, says ${source.name}`;
}

/** 'Online', 'By phone', 'Online or by phone'. */
function remoteWay({ service: { attending_types: ways } }: Listing): string {
  if (ways.length === 0) return NOT_SAID;
  if (ways.includes('online')) return ways.includes('phone') ? 'Online or by phone' : 'Online';
  return ways.includes('phone') ? 'By phone' : 'Online or by phone';
}

/** The place as somebody names it who rings to ask: 'E8', 'Tottenham'. */
const asWhere = (place: Place | null): string => (place ? (place.outcode ?? place.label) : 'where you live');

/**
 * The reason, such as 'Covers Hackney' or 'Only for people in Southampton'.
 * @param place that was searched from; null without one: all areas are named then, since nothing decides who is served
 */
export function reachReason(hit: Hit, { areas, remote, unclear }: ReachWords, place: Place | null): string {
  if (unclear !== '' && hit.reach !== 'not_serving') {
    const ask = `${unclear}; ask whether it takes people from ${asWhere(place)}`;
    return hit.reach === 'remote' ? `${remote}. ${ask}` : ask;
  }
  const area = place ? hit.area : hit.area || areas || null;
  if (hit.on_border && area !== null) {
    const perhaps = `Perhaps: this address lies on the border of ${area}`;
    return hit.reach === 'remote' ? `${remote}. ${perhaps}` : perhaps;
  }
  const perhaps = hit.certain ? '' : ', which may cover this address';
  switch (hit.reach) {
    case 'venue':
      return area === null ? 'Open to people from anywhere' : `Open to people in ${area}${perhaps}`;
    case 'area':
      if (remote === NOT_SAID) return area === null ? NOT_SAID : `Covers ${area}${perhaps}. ${NOT_SAID}`;
      return area === null ? 'Open to people from anywhere' : `Covers ${area}${perhaps}`;
    case 'remote':
      return `${remote}, open to people ${area === null ? 'from anywhere' : `in ${area}${perhaps}`}`;
    case 'unclear':
      return `Ask whether it takes people from ${asWhere(place)}`;
    case 'not_serving':
      return `Only for people in ${areas || 'other areas'}`;
  }
}

/**
 * The reason for a listing that is for people elsewhere and was found by its name: 'Listed, but for City of London and
 * Hackney'.
 */
export const elsewhereReason: typeof reachReason = (_hit, { areas }) => `Listed, but for ${areas || 'other areas'}`;
