import { readPostcode } from '../domain/postcode.ts';
import type { HomeArea } from '../domain/service-area.ts';
import { homeSaid } from '../geocode/area-words.ts';
import { geography } from '../geocode/geography.ts';
import { guessHome } from '../geocode/home-area.ts';
import { fold } from '../geocode/place-name.ts';
import { shortHash } from './hash.ts';
import type { Incoming } from './incoming.ts';

/** Where a source is at home, and what that means for its listings. */
export class SourceHome {
  readonly #known: HomeArea | null;
  readonly #venues = new Map<string, number>();
  #home: HomeArea | null;

  /** @param known as it was registered; null to have it guessed from the venues */
  constructor(known: HomeArea | null) {
    this.#known = known;
    this.#home = known;
  }

  /** As it was registered, or as the venues show by now; null where they show nothing. */
  get area(): HomeArea | null {
    return this.#home;
  }

  /**
   * Adds the home to records of the source: a listing that does not say where people must live names it. Its hash
   * changes with the home, so that it is then written anew.
   */
  of(records: Incoming[]): Incoming[] {
    if (this.#known === null) {
      this.#count(records);
      this.#home = guessHome(this.#venues);
    }
    const home = this.#home;
    return home === null ? records : records.map((record) => this.#named(record, home));
  }

  /** Counts the venues of some listings, each by the district of its postcode. */
  #count(records: readonly Incoming[]): void {
    for (const location of records.flatMap(({ listing }) => listing?.locations ?? [])) {
      const typed = readPostcode(location.address?.postal_code ?? '');
      const [district] = (typed.kind === 'unit' && geography().sectors.get(typed.sector)?.districts) || [];
      if (district !== undefined) this.#venues.set(district, (this.#venues.get(district) ?? 0) + 1);
    }
  }

  #named(record: Incoming, home: HomeArea): Incoming {
    const { listing } = record;
    if (!listing || listing.service.service_area_status === 'said') return record;
    const { service_area_home = home.name, service_area_words } = listing.service;
    // 'Borough-wide' can only be read once the home is known: at the next harvest.
    const waits = this.#known === null && service_area_words.some((words) => homeSaid(fold(words)) !== null);
    return {
      ...record,
      hash: shortHash([record.hash, service_area_home, waits]),
      listing: { ...listing, service: { ...listing.service, service_area_home } },
    };
  }
}
