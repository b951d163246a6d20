import { BANK_HOLIDAY_NATIONS, type BankHolidayNation } from './bank-holidays.ts';
import type { Listing, Location } from './service.ts';
import type { ServiceArea } from './service-area.ts';

/** In which nation a listing meets, by its venue or else by the area that it serves: what its bank holidays hang on. */

const SCOTTISH_AREAS = new Set('AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE'.split(' '));
/**
 * Outcodes on both sides of the border of England and Scotland.
 * Source: Code-Point Open (Ordnance Survey), the nation of each postcode.
 */
const AT_THE_BORDER = new Set('DG16 TD5 TD9 TD12 TD15'.split(' '));

/** The nations that a postcode, or its first part, may lie in. */
export function nationsOfPostcode(postcode: string): readonly BankHolidayNation[] {
  const outcode = postcode
    .trim()
    .toUpperCase()
    .replace(/\d[A-Z]{2}$/, '')
    .trimEnd();
  if (AT_THE_BORDER.has(outcode)) return ['england_and_wales', 'scotland'];
  const area = /^[A-Z]+/.exec(outcode)?.[0] ?? '';
  if (area === 'BT') return ['northern_ireland'];
  return [SCOTTISH_AREAS.has(area) ? 'scotland' : 'england_and_wales'];
}

/** By the first letter of ONS codes. */
const OF_CODE: Record<string, readonly BankHolidayNation[]> = {
  E: ['england_and_wales'],
  W: ['england_and_wales'],
  S: ['scotland'],
  N: ['northern_ireland'],
};

const nationsOfArea = ({ type, code }: ServiceArea): readonly BankHolidayNation[] =>
  type === 'outcode' || type === 'sector'
    ? nationsOfPostcode(type === 'sector' ? `${code}AA` : code)
    : (OF_CODE[code[0] ?? ''] ?? BANK_HOLIDAY_NATIONS);

/** By the day that a listing pauses, nobody is to learn in which nation its private place is. */
const postcodesOf = (locations: readonly Location[]): string[] =>
  locations.flatMap(({ address, confidential }) =>
    address === undefined || confidential ? [] : [address.postal_code],
  );

/**
 * The nations whose bank holidays touch a listing's sessions: of the venue where that is known and public, else of the areas
 * that it serves, else all of them.
 * @returns asks for one location of the listing, or, without an id, for any of them
 */
export function nationsOf({
  service,
  locations,
}: Pick<Listing, 'service' | 'locations'>): (locationId?: string) => readonly BankHolidayNation[] {
  const served = service.service_areas.flatMap(nationsOfArea);
  return (locationId) => {
    const here = locations.filter(({ id }) => locationId === undefined || id === locationId);
    const found = [...postcodesOf(here).flatMap(nationsOfPostcode), ...(postcodesOf(here).length > 0 ? [] : served)];
    return found.length > 0 ? [...new Set(found)] : BANK_HOLIDAY_NATIONS;
  };
}
