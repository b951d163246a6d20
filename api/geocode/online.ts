import type { Geocoding, PlaceKey } from '../domain/place.ts';
import type { TypedPostcode } from '../domain/postcode.ts';
import type { Atlas } from './atlas.ts';
import { isAreaCode } from './import/layout.ts';
import type { PostcodesIoAnswer } from './postcodes-io.ts';

/**
 * An answer of postcodes.io as an outcome.
 * @returns null where it says no more than our own tables: it failed, or it knows nothing
 */
export function locateOnline(
  answer: PostcodesIoAnswer,
  typed: Extract<TypedPostcode, { kind: 'unit' }>,
  atlas: Atlas,
): Geocoding | null {
  if (answer.kind === 'failed') return null;
  const sector = atlas.sector(typed.sector);
  const outcode = atlas.outcode(typed.outcode);
  const nearby = sector?.middle
    ? { label: typed.sector, key: { kind: 'sector', code: typed.sector } as const }
    : outcode?.middle
      ? { label: typed.outcode, key: { kind: 'outcode', code: typed.outcode } as const }
      : null;
  if (answer.kind === 'unknown') return { outcome: 'unknown', nearby };

  const { latitude, longitude } = answer;
  const district = answer.kind === 'live' && isAreaCode(answer.district ?? '') ? answer.district : null;
  const ward = answer.kind === 'live' && isAreaCode(answer.ward ?? '') ? answer.ward : null;
  const key: PlaceKey | null =
    latitude === null || longitude === null
      ? null
      : { kind: 'point', latitude, longitude, sector: typed.sector, district, ward };
  if (answer.kind === 'withdrawn') {
    const somewhere = key ?? nearby?.key ?? null;
    const place = somewhere && atlas.place(somewhere);
    return { outcome: 'terminated', since: answer.since, place, key: place && somewhere };
  }
  const place = key && atlas.place(key);
  if (!key || !place) return { outcome: 'no_point', reason: 'no_coordinates', nearby };
  return { outcome: 'found', place, key };
}
