import type { Place } from './place.ts';
import type { ServiceArea } from './service.ts';

/**
 * Who is served: whether the areas that a service gives hold a place, and which of them settles it. The search packs the
 * answer for speed; the rule stands here once.
 */

/** How a listing is reached from a place, in the order of the sections of a page (docs/ranking.md). */
export const REACH_KINDS = ['venue', 'area', 'remote', 'not_serving'] as const;
export type ReachKind = (typeof REACH_KINDS)[number];

export interface Coverage {
  /** 'maybe' where only part of an approximate place lies inside, or where its ward is not known. */
  answer: 'yes' | 'maybe' | 'no';
  /** The area that settled it; null where the service is open to everybody, or to nobody here. */
  area: ServiceArea | null;
}

/** Nations by the first letter of their ONS codes. */
const NATIONS: Record<string, string> = { E: 'E92000001', W: 'W92000004', S: 'S92000003', N: 'N92000002' };

/** A code is among those that a place may lie in: surely where it is the only one, perhaps where there are others. */
const among = (code: string, candidates: readonly string[]): Coverage['answer'] => {
  if (!candidates.includes(code)) return 'no';
  return candidates.every((candidate) => candidate === code) ? 'yes' : 'maybe';
};

function holds(area: ServiceArea, place: Place): Coverage['answer'] {
  const districts = place.districts.map((district) => district.code);
  switch (area.type) {
    case 'uk':
      return 'yes';
    case 'nation':
      return among(
        area.code,
        districts.map((code) => NATIONS[code[0] ?? ''] ?? ''),
      );
    case 'district':
      return among(area.code, districts);
    case 'ward':
      if (place.wards)
        return among(
          area.code,
          place.wards.map((ward) => ward.code),
        );
      return area.district !== undefined && districts.includes(area.district) ? 'maybe' : 'no';
    case 'outcode':
      return place.outcode === area.code ? 'yes' : 'no';
    case 'sector':
      if (place.sector !== null) return place.sector === area.code ? 'yes' : 'no';
      return place.outcode !== null && area.code.startsWith(`${place.outcode} `) ? 'maybe' : 'no';
  }
}

/**
 * Whether a service with those areas serves a place.
 * @param areas what the service gives; none at all means that it is open to everybody
 * @returns the surest answer over all areas, with the first area that gives it. Several that each say 'maybe' but
 *   together hold every part of the place (both districts that a sector straddles) make a 'yes'.
 */
export function coverage(areas: readonly ServiceArea[], place: Place): Coverage {
  if (areas.length === 0) return { answer: 'yes', area: null };
  let maybe: ServiceArea | null = null;
  for (const area of areas) {
    const answer = holds(area, place);
    if (answer === 'yes') return { answer, area };
    if (answer === 'maybe') maybe ??= area;
  }
  if (!maybe) return { answer: 'no', area: null };
  const codes = new Set(areas.map((area) => area.code));
  const whole =
    place.districts.every((district) => codes.has(district.code)) ||
    (place.wards !== null && place.wards.length > 0 && place.wards.every((ward) => codes.has(ward.code)));
  return { answer: whole && place.districts.length > 0 ? 'yes' : 'maybe', area: maybe };
}
