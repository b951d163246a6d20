import type { Listing, Location } from '../domain/service.ts';
import { type HiddenListing, hiddenListings, isUsedByOthers } from '../store/hidden-places.ts';
import { type KnownRecord, rawRecordsOf } from '../store/imported.ts';
import { livingOrganization } from '../store/joined-organizations.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { findLocation } from '../store/records.ts';
import { isRenewed } from '../store/renewed-ids.ts';
import { importedId } from './hash.ts';

/**
 * Places of a record that are kept private here, whatever its source says of them. A source that gives a private place
 * another id, another postcode or another spelling is not to bring it into the open by that: so whatever a listing with a
 * private place has not had in the open before is private until a moderator says otherwise. Nothing is compared with the
 * address that is kept here, which may be another than the source's: it could find out what it is.
 */

/** What is known of a record when it comes. */
interface Coming {
  /** The feed that it is of; null for this directory's own tables. */
  feed: string | null;
  /** What it brought the last time. */
  known: KnownRecord | null;
}

/** Reads records for a plan, which writes nothing meanwhile: what is private here is read once, and not for each record. */
export class StillPrivate {
  readonly #db: Db;
  #hidden: Hidden | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * The record with its private places marked as such, so that nothing of them is published when it comes again.
   * @returns the names of the places that are private anew, too
   */
  keep(listing: Listing, { feed, known }: Coming): { listing: Listing; anew: string[] } {
    const db = this.#db;
    const isHidden = ({ id }: Location): boolean => findLocation(db, id)?.confidential === true;
    const open = known?.imported.locations.filter((it) => !isHidden(it)) ?? [];
    const self = known?.service_id ?? listing.service.id;
    const hasPrivate = findListing(db, self)?.locations.some(({ confidential }) => confidential) ?? false;
    const family = this.#familyOf(listing).filter(({ id }) => id !== self);
    // Another source may call it what it was called here before.
    const isTwin =
      family.some(({ name }) => plain(name) === plain(listing.service.name)) ||
      (known === null && isRenewed(db, listing.service.id));
    const brought = [
      ...rawRecordsOf(
        db,
        family.map(({ id }) => id),
      ).values(),
    ].flatMap(({ source, imported }) => (source.feed === feed ? imported.locations.filter(isHidden) : []));
    const isNew = (it: Location): boolean => !open.some((was) => isOneAddress(was, it));
    const mayBePrivate = (it: Location): boolean =>
      isNew(it) && (hasPrivate || isTwin || brought.some((was) => isSamePlace(was, it)));
    const ids = new Map<string, string>();
    const anew: string[] = [];
    const locations = listing.locations.map((it) => {
      if (isHidden(it)) return { ...it, confidential: true };
      if (!mayBePrivate(it)) return it;
      anew.push(it.name);
      // What others have in the open stays so: that this listing meets there is what is private.
      const id = isUsedByOthers(db, it.id, self) ? importedId(feed ?? '', 'private location', it.id, self) : it.id;
      ids.set(it.id, id);
      return { ...it, id, confidential: true };
    });
    return { listing: withPlaces(listing, locations, ids), anew };
  }

  /** The listings of the same organization, by its id or its name, that have a private place. */
  #familyOf({ organization: { id, name } }: Listing): HiddenListing[] {
    this.#hidden ??= readHidden(this.#db);
    const { byOrganization, byName } = this.#hidden;
    const living = livingOrganization(this.#db, id);
    const family = [byOrganization.get(living), byOrganization.get(id), byName.get(plain(name))];
    return [...new Set(family.flatMap((its = []) => its))];
  }
}

/** The listings that have a private place, by the id and by the name of their organization. */
interface Hidden {
  byOrganization: ReadonlyMap<string, readonly HiddenListing[]>;
  byName: ReadonlyMap<string, readonly HiddenListing[]>;
}

function readHidden(db: Db): Hidden {
  const all = hiddenListings(db);
  return {
    byOrganization: Map.groupBy(all, ({ organization_id }) => organization_id),
    byName: Map.groupBy(all, ({ organization_name }) => plain(organization_name)),
  };
}

function withPlaces(listing: Listing, locations: Location[], ids: ReadonlyMap<string, string>): Listing {
  const idOf = (id: string): string => ids.get(id) ?? id;
  const { service } = listing;
  const schedules = service.schedules.map((it) =>
    it.location_id === undefined ? it : { ...it, location_id: idOf(it.location_id) },
  );
  return { ...listing, locations, service: { ...service, location_ids: service.location_ids.map(idOf), schedules } };
}

const plain = (text: string | undefined): string => (text ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Whether two are written alike: what is in the open at one address is not so at another. */
const isOneAddress = (one: Location, other: Location): boolean =>
  (['postal_code', 'address_1', 'address_2'] as const).every(
    (line) => plain(one.address?.[line]) === plain(other.address?.[line]),
  ) &&
  (one.address !== undefined ||
    (plain(one.name) === plain(other.name) && plain(one.transportation) === plain(other.transportation)));

/** Whether two places of one organization may be one: they have one postcode, or one street. */
const isSamePlace = ({ address: one }: Location, { address: other }: Location): boolean =>
  (['postal_code', 'address_1'] as const).some(
    (line) => plain(one?.[line]) !== '' && plain(one?.[line]) === plain(other?.[line]),
  );
