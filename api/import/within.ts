import { readPostcode } from '../domain/postcode.ts';
import type { Listing, Location } from '../domain/service.ts';
import type { ServiceArea } from '../domain/service-area.ts';
import { geography } from '../geocode/geography.ts';
import { sectorsAround } from '../geocode/sectors-around.ts';

/** Whether a listing belongs into a directory that is limited to some districts. */

/** ONS codes of the districts in which a sector lies. */
const ofSector = (sector: string): readonly string[] => geography().sectors.get(sector)?.districts ?? [];

/** ONS codes of the districts in which a venue lies, by its postcode or else its point; none where neither is known. */
function ofVenue({ address, latitude, longitude }: Location): readonly string[] {
  const typed = readPostcode(address?.postal_code ?? '');
  if (typed.kind === 'unit') return ofSector(typed.sector);
  if (latitude === undefined || longitude === undefined) return [];
  return sectorsAround({ latitude, longitude }, 1)[0]?.sector.districts ?? [];
}

/** Whether somebody from one of the districts may live in that area. */
function touches({ type, code, district }: ServiceArea, districts: readonly string[]): boolean {
  const { wards, outcodes } = geography();
  if (type === 'uk') return true;
  // Codes of districts and of their nation begin with the same letter.
  if (type === 'nation') return districts.some((each) => each[0] === code[0]);
  if (type === 'district') return districts.includes(code);
  if (type === 'ward') return districts.includes(district ?? wards.get(code)?.district ?? '');
  const around = type === 'outcode' ? (outcodes.get(code)?.districts ?? []) : ofSector(code);
  return around.some((each) => districts.includes(each));
}

/**
 * Whether a listing has a venue in one of the districts, or takes people from there. One without a venue that is open to
 * everybody does; one of which nobody says where it is or whom it takes does not.
 * @param districts ONS codes
 */
export function isWithin({ service, locations }: Listing, districts: readonly string[]): boolean {
  const venues = locations.flatMap(ofVenue);
  if (venues.some((each) => districts.includes(each))) return true;
  const { service_areas: areas, service_area_status: status } = service;
  if (areas.length > 0) return areas.some((area) => touches(area, districts));
  return status === 'said' && venues.length === 0;
}
