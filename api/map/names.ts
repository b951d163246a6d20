import type { Geography, Middle } from '../geocode/geography.ts';
import type { MapLabel } from './labels.ts';

/** What has fewer postcodes is a sorting office with a code of its own, such as N81: not a place that people look for. */
export const FEWEST_POSTCODES = 5;

/** All that can be named on the map, from the built-in geography. */
export function mapLabels({ sectors, outcodes, districts, wards }: Geography): MapLabel[] {
  const labels: MapLabel[] = [];
  const add = (kind: MapLabel['kind'], name: string, middle: Middle | null, weight: number): void => {
    if (middle) labels.push({ kind, name, latitude: middle.latitude, longitude: middle.longitude, weight });
  };
  const ofDistrict = new Map<string, number>();
  for (const { sector, middle, postcodes, districts: within, ended } of sectors.values()) {
    if (ended !== null || postcodes < FEWEST_POSTCODES) continue;
    add('sector', sector, middle, postcodes);
    const district = within[0];
    if (district) ofDistrict.set(district, (ofDistrict.get(district) ?? 0) + postcodes);
  }
  for (const { outcode, sectors: parts, middle, live } of outcodes.values()) {
    const postcodes = parts.reduce((sum, part) => sum + part.postcodes, 0);
    if (live && postcodes >= FEWEST_POSTCODES) add('outcode', outcode, middle, postcodes);
  }
  for (const { code, name, middle } of districts.values()) add('district', name, middle, ofDistrict.get(code) ?? 0);
  // How many postcodes a ward has is not known; the more widely spread has more room for its name.
  for (const { name, middle } of wards.values()) add('ward', name, middle, middle.spread_m);
  return labels;
}
