import type { Clinical } from './clinical.ts';
import type { Place } from './place.ts';
import { type Coverage, coverage } from './reach.ts';
import type { ServiceArea } from './service-area.ts';

/** Which tiers and referral routes of a clinical service are for a place: the catchment within the catchment. */

export interface PartAnswer {
  name: string;
  answer: Coverage['answer'];
}

/** What of a service decides it. */
interface Divided {
  service_areas: readonly ServiceArea[];
  clinical: Pick<Clinical, 'tiers' | 'referral_routes'>;
}

const isOutcode = ({ type }: ServiceArea): boolean => type === 'outcode';

/**
 * A part may be drawn twice: by wards, and by outcodes for places whose ward is not known. Where it is known, wards settle
 * it, since an outcode reaches across borders; where it is not, the outcodes do, since every ward of a district would be
 * possible.
 */
function drawn(areas: readonly ServiceArea[], place: Place): readonly ServiceArea[] {
  if (!areas.some(isOutcode) || areas.every(isOutcode)) return areas;
  if (place.wards?.length === 1) return areas.filter((area) => !isOutcode(area));
  return place.outcode === null ? areas : areas.filter(isOutcode);
}

function answerOf(areas: readonly ServiceArea[], place: Place, catchment: readonly ServiceArea[]): Coverage['answer'] {
  const { answer, area } = coverage(drawn(areas, place), place);
  if (answer !== 'yes' || area?.type !== 'outcode' || area.district === undefined) return answer;
  // An outcode is meant within its district; of the place's other districts only those matter that the service sees.
  const seen = new Set(catchment.map(({ code }) => code));
  const possible = place.districts.map(({ code }) => code).filter((code) => seen.has(code));
  if (!possible.includes(area.district)) return 'no';
  return possible.length === 1 ? 'yes' : 'maybe';
}

/** For each tier and each route, in their order, whether it is for people at a place. */
export function clinicalReach(
  { service_areas, clinical }: Divided,
  place: Place,
): { tiers: PartAnswer[]; referral_routes: PartAnswer[] } {
  const answers = (parts: readonly { name: string; service_areas: readonly ServiceArea[] }[]): PartAnswer[] =>
    parts.map((part) => ({ name: part.name, answer: answerOf(part.service_areas, place, service_areas) }));
  return { tiers: answers(clinical.tiers), referral_routes: answers(clinical.referral_routes) };
}
