import { lookUp } from '../domain/look-up.ts';
import { readPostcode } from '../domain/postcode.ts';
import type { ServiceArea } from '../domain/service-area.ts';
import type { Geocoder } from '../geocode/geocoder.ts';

const NATIONS: Record<string, ServiceArea> = {
  uk: { type: 'uk', code: 'K02000001', name: 'the United Kingdom' },
  'united kingdom': { type: 'uk', code: 'K02000001', name: 'the United Kingdom' },
  england: { type: 'nation', code: 'E92000001', name: 'England' },
  wales: { type: 'nation', code: 'W92000004', name: 'Wales' },
  scotland: { type: 'nation', code: 'S92000003', name: 'Scotland' },
  'northern ireland': { type: 'nation', code: 'N92000002', name: 'Northern Ireland' },
};

/**
 * The area that a moderator means by 'Hackney', 'Homerton, Hackney', 'E8', 'E8 1' or 'Wales'.
 * @returns null where nothing has that name, or several things have
 */
export function areaNamed(geocoder: Pick<Geocoder, 'suggest' | 'placeOf'>, text: string): ServiceArea | null {
  const plain = text.trim().toLowerCase().replace(/^the /, '');
  const nation = lookUp(NATIONS, plain);
  if (nation) return nation;
  const typed = readPostcode(text);
  if (typed.kind === 'sector') return { type: 'sector', code: typed.sector, name: typed.sector };
  if (typed.kind === 'outcode') return { type: 'outcode', code: typed.outcode, name: typed.outcode };
  const named = geocoder.suggest(text, 8).filter(({ key, label }) => {
    const lower = label.toLowerCase();
    return (key.kind === 'district' || key.kind === 'ward') && (lower === plain || lower.startsWith(`${plain}, `));
  });
  const exact = named.filter(({ label }) => label.toLowerCase() === plain);
  const [only, ...others] = exact.length > 0 ? exact : named;
  const place = only && others.length === 0 ? geocoder.placeOf(only.key) : null;
  if (!place || !only) return null;
  const [district] = place.districts;
  const [ward] = place.wards ?? [];
  if (only.key.kind === 'district') return district ? { type: 'district', ...district } : null;
  return ward && district ? { type: 'ward', ...ward, district: district.code } : null;
}
