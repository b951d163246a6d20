import { readPostcode } from '../../domain/postcode.ts';
import type { Location } from '../../domain/service.ts';
import { geography } from '../../geocode/geography.ts';
import { metresBetween } from '../../geocode/metres.ts';
import type { PostcodeTable } from '../../store/postcodes.ts';
import type { Partially } from './column.ts';
import { plainText } from './values.ts';

/** Venues of a row, made whole: an id, an address, a point. */

type Address = NonNullable<Location['address']>;

/** A thing to say about a venue, with the column that it is about. */
interface VenueNote {
  column: string;
  words: string;
}

interface Notes {
  reasons: VenueNote[];
  repairs: VenueNote[];
}

/** Metres: a point farther than this from its postcode is a mistake in one of the two, and the postcode is the likelier to be right. */
const FAR = 2 * 1609.344;

interface Found {
  latitude: number;
  longitude: number;
  /** Name of the council's area, null where it is not known. */
  district: string | null;
  exact: boolean;
}

/**
 * Where a postcode is: 'unknown' where, by the table and the built-in sectors, there is no such postcode; null where
 * they cannot tell.
 */
function find(table: PostcodeTable, postcode: string): Found | 'unknown' | null {
  const { districts, sectors } = geography();
  const row = table.find(postcode);
  if (row && row.latitude !== null && row.longitude !== null)
    return {
      latitude: row.latitude,
      longitude: row.longitude,
      district: row.district === null ? null : (districts.get(row.district)?.name ?? null),
      exact: true,
    };
  const read = readPostcode(postcode);
  if (row || read.kind !== 'unit') return null;
  const sector = sectors.get(read.sector);
  const { live } = table.countOfSector(read.sector);
  if (live > 0 || (!sector && read.realm === 'great_britain')) return 'unknown';
  if (!sector?.middle) return null;
  const [district = ''] = sector.districts;
  const { latitude, longitude } = sector.middle;
  return { latitude, longitude, district: districts.get(district)?.name ?? null, exact: false };
}

/** The point, by the postcode where none is given or the one given is elsewhere. */
function place(table: PostcodeTable, venue: Partially<Location>, moved: boolean, notes: Notes): void {
  const postcode = venue.address?.postal_code;
  if (postcode === undefined) return;
  const { latitude, longitude } = venue;
  const given = latitude !== undefined && longitude !== undefined && !moved;
  const found = find(table, postcode);
  if (found === 'unknown' && given) {
    notes.repairs.push({ column: 'postcode', words: `${postcode} is not in the table of postcodes: it may be new.` });
    return;
  }
  if (found === 'unknown') {
    notes.reasons.push({
      column: 'postcode',
      words: `There is no postcode ${postcode}. Look at the sector: one letter may be wrong.`,
    });
    return;
  }
  if (!venue.address?.city && found?.district) {
    venue.address = { ...(venue.address as Address), city: found.district };
    notes.repairs.push({
      column: 'town',
      words: `The town was not given: ‘${found.district}’, the council area of ${postcode}, was put there.`,
    });
  }
  if (!found) return;
  if (given && (!found.exact || metresBetween({ latitude, longitude }, found) <= FAR)) return;
  if (given)
    notes.repairs.push({
      column: 'latitude',
      words: `The point is more than 2 miles from ${postcode}: the point of the postcode was taken.`,
    });
  else if (!found.exact)
    notes.repairs.push({
      column: 'postcode',
      words: `${postcode} is not in the table of postcodes: the middle of its sector was taken.`,
    });
  venue.latitude = found.latitude;
  venue.longitude = found.longitude;
}

/** An address that has its postcode, and a house or street, which is the venue's name where nothing else says it. */
function address(venue: Partially<Location>, notes: Notes): void {
  const given = venue.address as Partial<Address> | undefined;
  if (!given) return;
  const name = venue.name ?? given.address_1 ?? given.postal_code ?? '';
  if (!given.postal_code) notes.reasons.push({ column: 'postcode', words: `The postcode of ‘${name}’ is missing.` });
  else if (!given.city) notes.reasons.push({ column: 'town', words: `The town of ‘${name}’ is missing.` });
  venue.name ??= given.address_1;
  if (!given.address_1 && venue.name !== undefined)
    venue.address = { ...(given as Address), address_1: venue.name.slice(0, 120) };
}

/**
 * Makes the venues of a row whole.
 * @param drafts as the columns left them
 * @param stored the venues that the listing has now, in the same order
 * @param idOf the id of a new venue, by what it is known by: its name and postcode
 */
export function finishVenues(
  table: PostcodeTable,
  drafts: readonly Partially<Location>[],
  stored: readonly Location[],
  idOf: (...words: string[]) => string,
): Notes & { venues: Partially<Location>[] } {
  const notes: Notes = { reasons: [], repairs: [] };
  const venues = drafts
    .filter((venue, at) => stored[at] !== undefined || Object.keys(venue).length > 0)
    .map((draft, at) => {
      const was = stored[at];
      if (was && JSON.stringify(was) === JSON.stringify(draft)) return draft;
      const venue = { ...draft };
      const postcode = venue.address?.postal_code;
      const moved = was !== undefined && was.address?.postal_code !== postcode;
      const pointKept = was?.latitude === venue.latitude && was?.longitude === venue.longitude;
      place(table, venue, moved && pointKept, notes);
      address(venue, notes);
      if (venue.name === undefined)
        notes.reasons.push({ column: 'venue', words: 'The venue has no name. Write one, or its address.' });
      // Where both name and postcode differ, it is another venue, not the stored one renamed.
      const another = moved && plainText(was.name) !== plainText(venue.name ?? '');
      if (!was || another)
        venue.id = idOf(plainText(venue.name ?? ''), postcode ?? plainText(venue.address?.address_1 ?? ''));
      return venue;
    });
  return { ...notes, venues };
}
