import type { Place } from '../domain/place.ts';
import { isInGreatBritain } from '../http/origin.ts';
import type { ApiContext } from '../http/resource.ts';
import { nearestPlaces } from '../openreferral/records.ts';
import { Selector } from '../openreferral/select.ts';
import { termFor } from '../openreferral/vocabulary.ts';
import { tokens } from '../search/text/tokens.ts';
import type { Db } from '../store/open.ts';
import { countServices, placesOf, serviceNames, servicePage, wantedOf } from '../store/published.ts';
import { countLocations, findLocations, locationPage, servicesAt } from '../store/published-locations.ts';
import { countOrganizations, organizationPage } from '../store/published-organizations.ts';
import { Refusal } from './outcome.ts';
import { type Asked, type Near, pageOf } from './parameters.ts';

/** Finds what a FHIR search asks for, as ids: of services and locations what Open Referral UK finds. */

/** The ids of one page, and how many there are in all. */
export interface Found {
  ids: string[];
  total: number;
}

const pageOfIds = (
  ids: readonly string[],
  asked: { _count?: number | undefined; page?: number | undefined },
): Found => {
  const { skip, limit } = pageOf(asked);
  return { ids: ids.slice(skip, skip + limit), total: ids.length };
};

/** Searches for services, locations and organizations. */
export class Finder {
  readonly #parts: ApiContext;
  readonly #selector: Selector;

  constructor(parts: ApiContext) {
    this.#parts = parts;
    this.#selector = new Selector(parts);
  }

  /** Services in the order of their ids; the nearest first, or those that fit the name best. */
  async services(asked: Asked<'HealthcareService'>): Promise<Found> {
    const { db } = this.#parts;
    const { _id, name, location, organization, near } = asked;
    const categories = asked['service-category'];
    const at = location === undefined ? undefined : new Set(servicesAt(db, location));
    const selection = await this.#selector.select({
      organization_id: organization,
      search: name,
      term_ids: categories?.flatMap((category) => termFor('category', codeIn(category))?.id ?? []),
      place: near && this.#place(near),
      proximity_m: near?.metres,
    });
    const some = selection.whole ? (_id ?? (at && [...at])) : selection.ids;
    if (some === undefined) {
      const wanted = { organization_id: organization };
      const { skip, limit } = pageOf(asked);
      return { ids: servicePage(db, wanted, { skip }, limit).map(({ id }) => id), total: countServices(db, wanted) };
    }
    const known = selection.whole ? wantedOf(db, selection.wanted, some) : some;
    const ids = (name === undefined ? known : called(db, known, name)).filter(
      (id) => (_id?.includes(id) ?? true) && (at?.has(id) ?? true),
    );
    return pageOfIds(ids, asked);
  }

  /** Locations that may be shown, in the order of their ids, or the nearest first. */
  async locations(asked: Asked<'Location'>): Promise<Found> {
    const { db } = this.#parts;
    const { _id, near } = asked;
    if (near === undefined && _id === undefined) {
      const { skip, limit } = pageOf(asked);
      return { ids: locationPage(db, skip, limit), total: countLocations(db) };
    }
    let ids = _id && findLocations(db, _id).map(({ id }) => id);
    if (near !== undefined) {
      const within = await this.#locationsNear(near);
      ids = ids ? within.filter((id) => ids?.includes(id)) : within;
    }
    return pageOfIds(ids ?? [], asked);
  }

  /** Organizations that offer something published, in the order of their ids. */
  organizations({ _id, name = '', ...asked }: Asked<'Organization'>): Found {
    const { db } = this.#parts;
    const words = name.toLowerCase().split(/\s+/).filter(Boolean);
    if (_id !== undefined) return pageOfIds(_id, asked);
    const { skip, limit } = pageOf(asked);
    return { ids: organizationPage(db, words, { skip }, limit), total: countOrganizations(db, words) };
  }

  async #locationsNear(near: Near): Promise<string[]> {
    const { db } = this.#parts;
    const place = this.#place(near);
    const selection = await this.#selector.select({ place, proximity_m: near.metres });
    const pairs = selection.whole ? [] : placesOf(db, selection.ids);
    return [...new Set(nearestPlaces(db, pairs, place, near.metres).map(({ location_id }) => location_id))];
  }

  #place({ latitude, longitude }: Near): Place {
    const key = { kind: 'point' as const, latitude, longitude, sector: null, district: null, ward: null };
    const place = isInGreatBritain(latitude, longitude) ? this.#parts.geocoder.placeOf(key) : null;
    if (!place) throw new Refusal(400, 'near: lies outside of Great Britain, for which this directory knows nothing.');
    return place;
  }
}

/** Of some services those in whose name each of the words begins a word. */
function called(db: Db, ids: readonly string[], words: string): string[] {
  const wanted = tokens(words);
  return serviceNames(db, ids).flatMap(({ id, name }) => {
    const its = tokens(name);
    return wanted.every((word) => its.some((one) => one.startsWith(word))) ? [id] : [];
  });
}

/** 'system|code' or the code alone; the system is ours, whatever it is called. */
const codeIn = (token: string): string => token.slice(token.lastIndexOf('|') + 1);
