import type { Listing, Location } from '../domain/service.ts';
import type { KnownRecord } from '../store/imported.ts';
import type { Db } from '../store/open.ts';
import { findLocation } from '../store/records.ts';

/** Places of a record that are kept private here, whatever its source says of them. */

/**
 * The record with those places marked, so that nothing of them is published when it comes again: neither in a text, nor under
 * another id that its source gives the place.
 * @param known what it brought the last time. Only that is compared: by the address that is kept here, which may be another,
 *   a source could find out what it is
 */
export function keptPrivate(db: Db, listing: Listing, known: KnownRecord | null): Listing {
  const isHidden = ({ id }: Location): boolean => findLocation(db, id)?.confidential === true;
  const hidden = known?.imported.locations.filter(isHidden) ?? [];
  const locations = listing.locations.map((it) =>
    isHidden(it) || hidden.some((was) => isSamePlace(was, it)) ? { ...it, confidential: true } : it,
  );
  return { ...listing, locations };
}

const plain = (text: string | undefined): string => (text ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Whether two have one postcode or, where one of them has none, one street. */
function isSamePlace({ address: one }: Location, { address: other }: Location): boolean {
  const [was, is] = [plain(one?.postal_code), plain(other?.postal_code)];
  if (was !== '' && is !== '') return was === is;
  return plain(one?.address_1) !== '' && plain(one?.address_1) === plain(other?.address_1);
}
