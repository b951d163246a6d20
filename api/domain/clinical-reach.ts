import type { Clinical } from './clinical.ts';
import type { Place } from './place.ts';
import { type Coverage, coverage } from './reach.ts';
import type { ServiceArea } from './service-area.ts';

/** Which tiers and referral routes of a clinical service are for a place: the catchment within the catchment. */

export interface PartAnswer {
  name: string;
  answer: Coverage['answer'];
}

/**
 * Where the ward of a place is known, wards settle it: an outcode such as N19 is there for places known less well, and
 * reaches across borders that a ward keeps to.
 */
const sharpest = (areas: readonly ServiceArea[], place: Place): readonly ServiceArea[] => {
  const fine = areas.filter(({ type }) => type !== 'outcode' && type !== 'sector');
  return place.wards?.length === 1 && fine.some(({ type }) => type === 'ward') ? fine : areas;
};

const answers = (parts: readonly { name: string; service_areas: readonly ServiceArea[] }[], place: Place) =>
  parts.map(
    ({ name, service_areas }): PartAnswer => ({
      name,
      answer: coverage(sharpest(service_areas, place), place).answer,
    }),
  );

/**
 * For each tier and each route, in their order, whether it is for people at a place. Of several tiers of one level that
 * could be, those that surely are rule out those that only may be.
 */
export function clinicalReach(
  clinical: Pick<Clinical, 'tiers' | 'referral_routes'>,
  place: Place,
): { tiers: PartAnswer[]; referral_routes: PartAnswer[] } {
  const tiers = answers(clinical.tiers, place);
  const settled = new Set(clinical.tiers.filter((_, at) => tiers[at]?.answer === 'yes').map(({ level }) => level));
  return {
    tiers: tiers.map((it, at) =>
      it.answer === 'maybe' && settled.has(clinical.tiers[at]?.level ?? 0) ? { ...it, answer: 'no' } : it,
    ),
    referral_routes: answers(clinical.referral_routes, place),
  };
}
