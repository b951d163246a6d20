import { isServing } from '#api/domain/reach.ts';
import { describeDistance } from '#api/domain/words.ts';
import { settings, tilesAt } from '#api/instance.ts';
import type { MapPoint } from '../../browser/map-places.ts';
import type { MapContent } from '../../browser/map-view.ts';
import type { PlaceResponse, SearchResponse, SearchResult } from '../api.ts';
import { Markup, markup } from '../markup.ts';

/** The map beside a list: it adds to the list and never replaces it. Nothing is shown without JavaScript. */

type Place = PlaceResponse['place'] | null;

const CREDIT =
  'Each dot is a postcode, and shading shows where homes are; streets are not drawn. Drawn from Code-Point Open. Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and database right 2025. Source: Office for National Statistics licensed under the Open Government Licence v3.0.';

/**
 * The points of results that are at a place.
 * @param carry what links to listings carry on
 */
export const pointsOf = (results: readonly SearchResult[], place: Place, carry: string): MapPoint[] =>
  results.flatMap(({ service, location, distance_m, next_session, reach }): MapPoint[] =>
    location?.latitude === undefined || location.longitude === undefined
      ? []
      : [
          {
            id: service.id,
            name: service.name,
            href: `/services/${service.id}${carry && `?${carry}`}`,
            latitude: location.latitude,
            longitude: location.longitude,
            note: [
              distance_m === null ? '' : describeDistance(distance_m),
              next_session?.words ?? '',
              next_session?.check_words ?? '',
              place === null || (reach.certain && isServing(reach.kind)) ? '' : reach.why,
            ]
              .filter(Boolean)
              .join(', '),
            ...(place !== null && !isServing(reach.kind) && { standing: reach.kind }),
          },
        ],
  );

/** The value of an attribute that is full of double quotes, each of which would take six letters. */
const inSingleQuotes = (text: string): Markup =>
  new Markup(`'${text.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('<', '&lt;')}'`);

/**
 * Draws it; its script stands in components/MapScript.astro.
 * @param place that was searched from, to about a kilometre: shown as an area, not as a pin
 * @returns null where there is nothing to show
 */
export function mapMarkup(points: MapPoint[], place: Place, radius: SearchResponse['radius']): Markup | null {
  if (points.length === 0) return null;
  const content: MapContent = {
    points,
    centre: place && { latitude: place.latitude, longitude: place.longitude, label: place.label },
    radius_m: radius?.metres ?? null,
    tiles: tilesAt(),
  };
  const credit = settings.MAP_TILES_URL ? settings.MAP_TILES_ATTRIBUTION : CREDIT;
  return markup`<signpost-map class="sp-map" hidden data-content=${inSingleQuotes(JSON.stringify(content))} data-attribution="${credit}"></signpost-map>`;
}
