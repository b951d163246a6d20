import type { Segment } from '../segment/segment.ts';
import type { SharedTables } from '../segment/segment-writer.ts';

export interface Town {
  name: string;
  /** Degrees: the mean of the venues. */
  latitude: number;
  longitude: number;
  /** Public venues, counted once for each listing that meets there. */
  count: number;
}

/** The towns in the addresses of public venues, the largest first. */
export function townsOf(segments: readonly Segment[], shared: SharedTables): Town[] {
  const towns = shared.cities.names.map((name) => ({ name, latitude: 0, longitude: 0, count: 0 }));
  for (const { cities, listingOfPoint: owner, deleted, latitudes, longitudes } of segments) {
    for (let point = 0; point < cities.length; point++) {
      const town = towns[cities[point]!];
      if (town === undefined || deleted[owner[point]!] !== 0) continue;
      town.count++;
      // Whole numbers, so that the order of adding makes no difference.
      town.latitude += latitudes[point]!;
      town.longitude += longitudes[point]!;
    }
  }
  return towns
    .filter((town) => town.count > 0)
    .map(({ name, latitude, longitude, count }) => ({
      name,
      latitude: latitude / count / 1e6,
      longitude: longitude / count / 1e6,
      count,
    }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
