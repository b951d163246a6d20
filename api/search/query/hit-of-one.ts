import type { Place } from '../../domain/place.ts';
import { coverage } from '../../domain/reach.ts';
import type { Listing } from '../../domain/service.ts';
import { chordSquared, earthPoint, metresOfChord } from '../geo/distance.ts';
import { fallbackOf, isSearchable, publicPoints } from '../packed/fallback.ts';
import type { Hit } from '../types.ts';

/**
 * How one listing stands to a place, however far off: by the same rules as a search over all of them, and without an index
 * of one (a test holds the two against each other).
 * @returns null where no search would list it: one that is closed for now, or without a venue and for people elsewhere
 */
export function hitOfOne(listing: Listing, place: Place): Hit | null {
  if (!isSearchable(listing)) return null;
  const { service } = listing;
  const { answer, area } = coverage(service.service_areas, place);
  const points = publicPoints(listing);
  const base = { id: service.id, certain: answer === 'yes', area: answer === 'no' ? null : (area?.name ?? null) };
  if (points.length > 0 && (answer === 'no' || service.attending_types.includes('in_person'))) {
    const from = earthPoint(place.latitude, place.longitude);
    const [nearest] = points
      .map(({ id, latitude, longitude }) => ({ id, chord: chordSquared(from, earthPoint(latitude, longitude)) }))
      .sort((a, b) => a.chord - b.chord);
    return {
      ...base,
      reach: answer === 'no' ? 'not_serving' : 'venue',
      certain: answer !== 'maybe',
      distance_m: Math.round(metresOfChord(nearest?.chord ?? 0)),
      location_id: nearest?.id ?? null,
    };
  }
  const fallback = fallbackOf(listing);
  if (answer === 'no' || fallback === 'none') return null;
  return { ...base, reach: fallback, distance_m: null, location_id: null };
}
