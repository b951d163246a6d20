import type { Context } from 'hono';
import { NATIONS, type Nation } from '../domain/nation-of-place.ts';
import type { Geocoding, Place, PlaceKey } from '../domain/place.ts';
import { unsealPlace } from '../domain/privacy.ts';
import { canBeSearched, outcomeProblem, type SEARCHABLE_OUTCOMES } from './outcomes.ts';
import { problem } from './problem.ts';
import type { ApiContext } from './resource.ts';
import { urgentView } from './urgent-view.ts';

/** Where a search is from: the place of its `postcode`, `near`, or `lat` and `lng`. */
export interface Origin {
  outcome: (typeof SEARCHABLE_OUTCOMES)[number];
  place: Place;
  key: PlaceKey;
  /** The sealed place that was given; null where something else was. */
  near: string | null;
  suggestion: string | null;
  since: string | null;
}

interface OriginParameters {
  postcode?: string | undefined;
  near?: string | undefined;
  lat?: number | undefined;
  lng?: number | undefined;
  /** The words of the search. Where they speak of danger, a refusal gives help too. */
  q?: string | undefined;
}

type Refusal = ReturnType<typeof outcomeProblem> | ReturnType<typeof problem<'invalid-parameter'>>;

/** Great Britain with its islands, degrees. For points outside, no table of sectors can say which area they are in. */
const GREAT_BRITAIN = { south: 49.8, north: 60.9, west: -8.7, east: 1.8 };

/** Whether a point, in degrees, lies where this directory can say anything. */
export const isInGreatBritain = (latitude: number, longitude: number): boolean =>
  latitude >= GREAT_BRITAIN.south &&
  latitude <= GREAT_BRITAIN.north &&
  longitude >= GREAT_BRITAIN.west &&
  longitude <= GREAT_BRITAIN.east;

/** The place that a search is from; null where none is named; a refusal where it cannot be found. */
export async function originOf(
  c: Context,
  { geocoder, secret, urgent }: ApiContext,
  { postcode, near, lat, lng, q = '' }: OriginParameters,
): Promise<Origin | null | Refusal> {
  const given = [postcode, near, lat ?? lng].filter((value) => value !== undefined).length;
  if (given === 0) return null;
  const help = (nations: readonly Nation[] = NATIONS) => {
    const found = urgentView(urgent.for(q, [], nations));
    return found.length > 0 ? { urgent: found } : {};
  };
  if (given > 1)
    return problem(c, 'invalid-parameter', {
      ...help(),
      parameter: postcode === undefined ? 'near' : 'postcode',
      detail: 'Give one of postcode, near, or lat with lng, and no other.',
    });

  if (postcode !== undefined) {
    const geocoding = await geocoder.locate(postcode);
    if (!canBeSearched(geocoding)) return outcomeProblem(c, geocoding, secret, help(nationsOutside(geocoding)));
    const { outcome, place, key } = geocoding;
    return {
      outcome,
      place,
      key,
      near: null,
      suggestion: outcome === 'confirm' ? geocoding.suggestion : null,
      since: outcome === 'terminated' ? geocoding.since : null,
    };
  }

  if (near !== undefined)
    return (
      originNear(near, { geocoder, secret }) ??
      problem(c, 'invalid-parameter', {
        ...help(),
        parameter: 'near',
        detail: 'near: this was not made by this directory, or its key has changed. Search by postcode again.',
      })
    );

  if (lat === undefined || lng === undefined)
    return problem(c, 'invalid-parameter', {
      ...help(),
      parameter: lat === undefined ? 'lat' : 'lng',
      detail: 'lat and lng go together: give both, in degrees, such as lat=51.55&lng=-0.06.',
    });
  const key: PlaceKey = { kind: 'point', latitude: lat, longitude: lng, sector: null, district: null, ward: null };
  const place = isInGreatBritain(lat, lng) ? geocoder.placeOf(key) : null;
  if (!place)
    return outcomeProblem(c, { outcome: 'outside_coverage', where: 'elsewhere' }, secret, {
      parameter: 'lat',
      ...help(),
    });
  return originAt(place, key, null);
}

/** Where a search is from by a sealed place; null where this directory did not seal it. */
export function originNear(near: string, { geocoder, secret }: Pick<ApiContext, 'geocoder' | 'secret'>): Origin | null {
  // Links of versions up to 0.3.0 hold a finer point than may be shared.
  const sealed = unsealPlace(near, secret);
  const key = sealed && geocoder.shared(sealed);
  const place = key && geocoder.placeOf(key);
  return place && originAt(place, key, key === sealed ? near : null);
}

/** The nation of a place that is outside the area covered. */
const nationsOutside = (geocoding: Geocoding): readonly Nation[] =>
  geocoding.outcome === 'outside_coverage' && geocoding.where === 'Northern Ireland' ? ['Northern Ireland'] : NATIONS;

/**
 * Where a search is from whose place was not typed: 'found' where it is the point of one postcode, else only
 * approximate.
 */
const originAt = (place: Place, key: PlaceKey, near: string | null): Origin => ({
  outcome: place.precision === 'postcode' ? 'found' : 'approximate',
  place,
  key,
  near,
  suggestion: null,
  since: null,
});
