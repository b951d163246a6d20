import type { Location } from '../domain/service.ts';
import { readLocation } from './documents.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** A place that is kept private, and a listing that meets there. */
export interface PrivatePlace {
  organization_id: string;
  service_id: string;
  location: Location;
}

/** The places of some organizations that are kept private. */
export const privatePlacesOf = (db: Db, organizations: readonly string[]): PrivatePlace[] =>
  (
    prepared(
      db,
      `SELECT organization_id, service_id, location.document
       FROM location INDEXED BY location_confidential
         JOIN service_at_location AS at ON at.location_id = location.id JOIN service ON service.id = at.service_id
       WHERE confidential = 1 AND organization_id IN (SELECT value FROM json_each(?))
       ORDER BY service_id, at.position`,
    ).all(JSON.stringify(organizations)) as { organization_id: string; service_id: string; document: string }[]
  ).map(({ document, ...of }) => ({ ...of, location: readLocation(document) }));

/** The ids of the listings that meet at a private place. */
export const privateListings = (db: Db): string[] =>
  prepared(
    db,
    `SELECT DISTINCT service_id FROM location INDEXED BY location_confidential
       JOIN service_at_location AS at ON at.location_id = location.id WHERE confidential = 1 ORDER BY service_id`,
  )
    .pluck()
    .all() as string[];

/** A listing that has a private place, by what the public knows of it. */
export interface HiddenListing {
  id: string;
  name: string;
  organization_id: string;
  organization_name: string;
}

/** All of them. */
export const hiddenListings = (db: Db): HiddenListing[] =>
  prepared(
    db,
    `SELECT DISTINCT service.id, service.name, organization_id, organization.name AS organization_name
     FROM location INDEXED BY location_confidential JOIN service_at_location AS at ON at.location_id = location.id
       JOIN service ON service.id = at.service_id JOIN organization ON organization.id = organization_id
     WHERE confidential = 1 ORDER BY service.id`,
  ).all() as HiddenListing[];

/** Whether a listing meets at a private place. */
export const meetsPrivately = (db: Db, service: string): boolean =>
  prepared(
    db,
    `SELECT 1 FROM service_at_location JOIN location ON location.id = location_id
     WHERE service_id = ? AND confidential = 1 LIMIT 1`,
  ).get(service) !== undefined;

/** Whether other listings than this one meet at a location. */
export const isUsedByOthers = (db: Db, location: string, service: string): boolean =>
  prepared(db, 'SELECT 1 FROM service_at_location WHERE location_id = ? AND service_id <> ? LIMIT 1').get(
    location,
    service,
  ) !== undefined;

/** The organizations of the listings that show something of what was changed. */
export const organizationsTouched = (db: Db, { services, organizations, locations }: Touched): string[] =>
  prepared(
    db,
    `SELECT organization_id FROM service WHERE id IN (SELECT value FROM json_each(:services))
     UNION SELECT value FROM json_each(:organizations)
     UNION SELECT organization_id FROM service_at_location AS at JOIN service ON service.id = at.service_id
       WHERE location_id IN (SELECT value FROM json_each(:locations))`,
  )
    .pluck()
    .all({
      services: JSON.stringify(services),
      organizations: JSON.stringify(organizations),
      locations: JSON.stringify(locations),
    }) as string[];

/** The ids of what a change has written. */
interface Touched {
  services: readonly string[];
  organizations: readonly string[];
  locations: readonly string[];
}

/** The ids of the listings that meet at some locations. */
export const meetingAt = (db: Db, locations: readonly string[]): string[] =>
  prepared(db, 'SELECT service_id FROM service_at_location WHERE location_id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(locations)) as string[];

/** All listings of an organization, as they are written down. */
export const documentsOf = (db: Db, organization: string): Iterable<[id: string, document: string]> =>
  prepared(db, 'SELECT id, document FROM service WHERE organization_id = ?').raw().all(organization) as [
    string,
    string,
  ][];

/** Finds, while a batch is written, the listings that met in the open before it and meet at a confidential place after it. */
export class HiddenPlaces {
  readonly #db: Db;
  /** Whether a location that changed was confidential before. */
  readonly #before = new Map<string, boolean>();
  readonly #becameHidden = new Set<string>();
  /** Where listings met before that were written anew. */
  readonly #metAt = new Map<string, readonly string[]>();
  /** Nobody knows them by their id yet. */
  readonly #new = new Set<string>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** A location that was there already has been written. */
  changed(id: string, was: boolean, is: boolean): void {
    if (was === is) return;
    this.#before.set(id, was);
    if (is) this.#becameHidden.add(id);
  }

  /** A service has been written. @param metAt the locations that it had before; null where it is new */
  written(id: string, metAt: readonly string[] | null): void {
    if (metAt) this.#metAt.set(id, metAt);
    else this.#new.add(id);
  }

  /**
   * Ids of the listings that had no confidential place before the batch and have one now, and of those of whose places another
   * one has become so: copies of them hold that address beside their id.
   */
  newlyHidden(): string[] {
    const candidates = new Set(this.#metAt.keys());
    const at = prepared(this.#db, 'SELECT service_id FROM service_at_location WHERE location_id = ?').pluck();
    for (const location of this.#becameHidden) for (const id of at.all(location)) candidates.add(id as string);
    return [...candidates].filter((id) => {
      if (this.#new.has(id)) return false;
      const now = this.#placesOf(id);
      const before = this.#metAt.get(id) ?? now;
      const hidden = now.filter((place) => this.#isHidden(place));
      return (
        hidden.some((place) => before.includes(place) && !this.#wasHidden(place)) ||
        (hidden.length > 0 && !before.some((place) => this.#wasHidden(place)))
      );
    });
  }

  #placesOf(service: string): string[] {
    return prepared(this.#db, 'SELECT location_id FROM service_at_location WHERE service_id = ?')
      .pluck()
      .all(service) as string[];
  }

  #isHidden(location: string): boolean {
    return prepared(this.#db, 'SELECT confidential FROM location WHERE id = ?').pluck().get(location) === 1;
  }

  #wasHidden(location: string): boolean {
    return this.#before.get(location) ?? this.#isHidden(location);
  }
}
