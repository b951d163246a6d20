import type { NamedPlace } from '../domain/place.ts';
import {
  entryOfTown,
  LONDON,
  namedPlace,
  type PlaceEntries,
  type PlaceEntry,
  type PlaceKind,
} from './place-entries.ts';
import { fold } from './place-name.ts';
import type { DirectoryTown } from './wide-places.ts';

/** Places for a type-ahead. */

/** Districts before counties and towns before wards. */
const RANKS: Readonly<Record<PlaceKind, number>> = { district: 0, county: 1, town: 1, ward: 2 };

export class PlaceSuggestions {
  readonly #entries: PlaceEntries;
  readonly #towns: () => DirectoryTown[];
  /** By the first two letters of each word. */
  readonly #byBeginning = new Map<string, PlaceEntry[]>();

  constructor(entries: PlaceEntries, towns: () => DirectoryTown[]) {
    this.#entries = entries;
    this.#towns = towns;
    for (const entry of entries.all)
      for (const beginning of new Set(entry.folded.split(' ').map((word) => word.slice(0, 2)))) {
        const others = this.#byBeginning.get(beginning);
        if (others) others.push(entry);
        else this.#byBeginning.set(beginning, [entry]);
      }
  }

  /**
   * Places that begin with the text, or of which a word does, for a type-ahead.
   * @returns none for text with a digit, which may be the beginning of somebody's postcode
   */
  beginning(text: string, limit: number): NamedPlace[] {
    const folded = fold(text);
    if (folded.length < 2 || /\d/.test(text.normalize('NFKC'))) return [];
    const own = this.#towns()
      .filter(
        ({ name }) => fold(name) !== LONDON && !this.#entries.called(fold(name)).some(({ kind }) => kind !== 'ward'),
      )
      .map(entryOfTown);
    const within = ` ${folded}`;
    const found: { entry: PlaceEntry; score: number }[] = [];
    for (const entry of [...own, ...(this.#byBeginning.get(folded.slice(0, 2)) ?? [])]) {
      const full = folded.startsWith(entry.folded) ? fold(entry.label) : entry.folded;
      const begins = full.startsWith(folded);
      if (!begins && !full.includes(within)) continue;
      found.push({ entry, score: RANKS[entry.kind] + (full === folded ? -6 : begins ? 0 : 3) });
    }
    return once(
      found
        .sort(
          (a, b) =>
            a.score - b.score || b.entry.population - a.entry.population || (a.entry.label < b.entry.label ? -1 : 1),
        )
        .map(({ entry }) => entry),
    )
      .slice(0, limit)
      .map(namedPlace);
  }
}

/** Each label once, the first of those that have it: a district and its main town are called the same. */
function once(entries: readonly PlaceEntry[]): PlaceEntry[] {
  const labels = new Set<string>();
  return entries.filter(({ label }) => {
    const folded = fold(label);
    return !labels.has(folded) && labels.add(folded);
  });
}
