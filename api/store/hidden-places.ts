import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

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

  /** Ids of the listings that had no confidential place before the batch and have one now. */
  newlyHidden(): string[] {
    const candidates = new Set(this.#metAt.keys());
    const at = prepared(this.#db, 'SELECT service_id FROM service_at_location WHERE location_id = ?').pluck();
    for (const location of this.#becameHidden) for (const id of at.all(location)) candidates.add(id as string);
    return [...candidates].filter((id) => {
      if (this.#new.has(id)) return false;
      const now = this.#placesOf(id);
      const before = this.#metAt.get(id) ?? now;
      return now.some((place) => this.#isHidden(place)) && !before.some((place) => this.#wasHidden(place));
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
