import { Recent } from '../domain/recent.ts';
import { type CsvFacts, csvFacts } from '../export/csv.ts';
import { type ReachWords, reachWords } from '../results/reach-reason.ts';
import type { SearchIndex } from '../search/types.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** Of a listing what its row in a spreadsheet says whoever asks, and what a reason is made of. */
export interface RowFacts extends CsvFacts {
  words: ReachWords;
}

/** Half of the rows that are kept: about a kilobyte each. */
const HALF = 8000;

/** Keeps the rows that were sent lately, each until its listing changes. */
export class KeptRows {
  readonly #db: Db;
  readonly #index: SearchIndex;
  readonly #kept = new Recent<string, RowFacts>(HALF);
  #version = -1;

  constructor(db: Db, index: SearchIndex) {
    this.#db = db;
    this.#index = index;
  }

  /** The rows of listings, by id; none of what has gone in the meantime. */
  of(ids: readonly string[]): Map<string, RowFacts> {
    this.#tidy();
    const found = new Map<string, RowFacts>();
    for (const id of ids) {
      const known = this.#kept.find(id);
      if (known) found.set(id, known);
    }
    for (const listing of findListings(
      this.#db,
      ids.filter((id) => !found.has(id)),
    )) {
      const facts = { ...csvFacts(listing), words: reachWords(listing) };
      found.set(listing.service.id, facts);
      this.#kept.put(listing.service.id, facts);
    }
    return found;
  }

  #tidy(): void {
    const { version } = this.#index;
    if (this.#version === version) return;
    const changed = this.#index.changedSince(this.#version);
    this.#version = version;
    if (changed === null) this.#kept.clear();
    else for (const id of changed) this.#kept.delete(id);
  }
}
