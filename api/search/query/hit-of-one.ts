import type { Place } from '../../domain/place.ts';
import { areasOfReach, coverage } from '../../domain/reach.ts';
import type { Listing } from '../../domain/service.ts';
import { areaLabel } from '../../domain/service-area.ts';
import { chordSquared, earthPoint, metresOfChord } from '../geo/distance.ts';
import { fallbackOf, isSearchable, publicPoints } from '../packed/fallback.ts';
import type { Hit } from '../types.ts';

/** Of a listing of which nobody knows where people must live. */
const UNKNOWN = { answer: 'maybe', area: null, onBorder: false } as const;

/**
 * How one listing is reached from a place, however far away, by the same rules as in a search (a test compares the two)
 * and without making an index of it.
 * @returns null where no search would list it: it is closed for now, or has no venue and is for people elsewhere
 */
export function hitOfOne(listing: Listing, place: Place): Hit | null {
  if (!isSearchable(listing)) return null;
  const { service } = listing;
  const areas = areasOfReach(service);
  const { answer, area, onBorder } = areas === null ? UNKNOWN : coverage(areas, place);
  const points = publicPoints(listing);
  const base = {
    id: service.id,
    match: 'words' as const,
    certain: answer === 'yes',
    on_border: onBorder,
    area: answer === 'no' || area === null ? null : areaLabel(area),
  };
  if (points.length > 0 && (answer === 'no' || service.attending_types.includes('in_person'))) {
    const from = earthPoint(place.latitude, place.longitude);
    const [nearest] = points
      .map(({ id, latitude, longitude }) => ({ id, chord: chordSquared(from, earthPoint(latitude, longitude)) }))
      .sort((a, b) => a.chord - b.chord);
    return {
      ...base,
      reach: answer === 'no' ? 'not_serving' : areas === null ? 'unclear' : 'venue',
      certain: answer !== 'maybe',
      distance_m: Math.round(metresOfChord(nearest?.chord ?? 0)),
      location_id: nearest?.id ?? null,
    };
  }
  const fallback = fallbackOf(listing);
  if (answer === 'no' || fallback === 'none') return null;
  return { ...base, reach: areas === null ? 'unclear' : fallback, distance_m: null, location_id: null };
}
