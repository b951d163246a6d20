import { nationOf } from './nations.ts';
import { sideOf } from './outline.ts';
import type { Place } from './place.ts';
import type { Service, ServiceArea } from './service.ts';

/**
 * Who is served: whether the areas that a service gives hold a place, and which of them settles it. The search packs the
 * answer for speed; the rule stands here once.
 */

/** How a listing is reached from a place, in the order of the sections of a page (docs/ranking.md). */
export const REACH_KINDS = ['venue', 'area', 'remote', 'unclear', 'not_serving'] as const;
export type ReachKind = (typeof REACH_KINDS)[number];

/** Whether a listing so reached serves the place, or may: these alone are answers, and count. */
export const isServing = (kind: ReachKind): kind is Exclude<ReachKind, 'unclear' | 'not_serving'> =>
  kind !== 'unclear' && kind !== 'not_serving';

/** How a listing stands to the address that was searched from. */
export interface Standing {
  kind: ReachKind;
  certain: boolean;
  /** Metres to the nearest venue; null where nobody travels to it. */
  distance_m: number | null;
  location_id: string | null;
}

export interface Coverage {
  /** 'maybe' where part of the place may lie inside, where its ward is not known, or where the area is approximate. */
  answer: 'yes' | 'maybe' | 'no';
  /** The area that settled it; null where the service is open to everybody, or to nobody here. */
  area: ServiceArea | null;
  /** Whether it is 'maybe' since the place is a postcode so near to the border of the area that it may lie on either side. */
  onBorder: boolean;
}

/**
 * What {@link coverage} goes by: the areas that a service gives, none where it is open to everybody; null where nobody
 * knows where people must live, since its source says nothing of it, or nothing that can be read.
 */
export const areasOfReach = ({
  service_areas,
  service_area_status,
}: Pick<Service, 'service_areas' | 'service_area_status'>): readonly ServiceArea[] | null =>
  service_areas.length === 0 && service_area_status !== 'said' ? null : service_areas;

/** A code is among those that a place may lie in: surely where it is the only one, perhaps where there are others. */
const among = (code: string, candidates: readonly string[]): Coverage['answer'] => {
  if (!candidates.includes(code)) return 'no';
  return candidates.every((candidate) => candidate === code) ? 'yes' : 'maybe';
};

function within(area: ServiceArea, place: Place): Coverage['answer'] {
  const districts = place.districts.map((district) => district.code);
  const sectors = place.sectors ?? [];
  switch (area.type) {
    case 'uk':
      return 'yes';
    case 'nation':
      return among(
        area.code,
        districts.map((code) => nationOf(code)?.code ?? ''),
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
      if (place.outcode !== null) return place.outcode === area.code ? 'yes' : 'no';
      return sectors.some((sector) => sector.startsWith(`${area.code} `)) ? 'maybe' : 'no';
    case 'sector':
      if (place.sector !== null) return place.sector === area.code ? 'yes' : 'no';
      if (place.outcode !== null) return area.code.startsWith(`${place.outcode} `) ? 'maybe' : 'no';
      return sectors.includes(area.code) ? 'maybe' : 'no';
  }
}

/** Whether a postcode lies so near to an area that some of its addresses may be of it. */
const isNear = ({ type, code }: ServiceArea, { bordering = [] }: Place): boolean =>
  type === 'nation' ? bordering.some((other) => nationOf(other)?.code === code) : bordering.includes(code);

/** Whether a postcode in an area lies so near to its border that some of its addresses may be outside. */
function isLeftNearby({ type, code }: ServiceArea, { bordering = [] }: Place): boolean {
  if (type === 'nation') return bordering.some((other) => nationOf(other)?.code !== code);
  // Within a district its wards meet.
  if (type === 'district') return bordering.some(isDistrict);
  return type === 'ward' && bordering.length > 0;
}

/** On which side of a border that is drawn on a map a postcode lies; null where nothing is drawn through its sector. */
const sideOfDrawn = ({ outline, code }: ServiceArea, place: Place) =>
  outline && place.precision === 'postcode' && place.sector === code ? sideOf(outline, place) : null;

const DRAWN = { inside: 'yes', border: 'maybe', outside: 'no' } as const;

function holds(area: ServiceArea, place: Place): Omit<Coverage, 'area'> & { isInside: boolean } {
  const side = sideOfDrawn(area, place);
  if (side) return { answer: DRAWN[side], onBorder: side === 'border', isInside: side === 'inside' };
  const answer = within(area, place);
  const onBorder =
    (answer === 'yes' && !area.approximate && isLeftNearby(area, place)) || (answer === 'no' && isNear(area, place));
  const isRough = answer === 'yes' && area.approximate === true;
  return { answer: onBorder || isRough ? 'maybe' : answer, onBorder, isInside: answer === 'yes' };
}

/**
 * Whether a service with those areas serves a place.
 * @param areas as of {@link areasOfReach}; none at all means that it is open to everybody
 * @returns the surest answer over all areas, with the first area that gives it. Several that each say 'maybe' but
 *   together hold every part of the place (both districts that a sector straddles) make a 'yes'.
 */
export function coverage(areas: readonly ServiceArea[], place: Place): Coverage {
  if (areas.length === 0) return { answer: 'yes', area: null, onBorder: false };
  let maybe: { area: ServiceArea; onBorder: boolean; isInside: boolean } | null = null;
  for (const area of areas) {
    const { answer, onBorder, isInside } = holds(area, place);
    if (answer === 'yes') return { answer, area, onBorder };
    // What the point itself lies in is named before what is across the border.
    if (answer === 'maybe' && (maybe === null || (isInside && !maybe.isInside))) maybe = { area, onBorder, isInside };
  }
  if (!maybe) return { answer: 'no', area: null, onBorder: false };
  const codes = new Set(areas.flatMap(({ code, approximate }) => (approximate ? [] : [code])));
  const { bordering = [] } = place;
  const districts = [...place.districts.map(({ code }) => code), ...bordering.filter(isDistrict)];
  // Where the ward of a place is known, so are those around it.
  const wards = [...(place.wards ?? []).map(({ code }) => code), ...bordering.filter((code) => !isDistrict(code))];
  const whole =
    districts.every((code) => codes.has(code) || codes.has(nationOf(code)?.code ?? '')) ||
    (place.wards !== null && place.wards.length > 0 && wards.every((code) => codes.has(code)));
  if (whole && place.districts.length > 0) return { answer: 'yes', area: maybe.area, onBorder: false };
  return { answer: 'maybe', area: maybe.area, onBorder: maybe.onBorder };
}

/** Codes of districts by how they begin: those of wards and electoral divisions (E05, W05, S13 …) are others. */
export const isDistrict = (code: string): boolean => /^(E0[6-9]|W06|S12|N09)/.test(code);
