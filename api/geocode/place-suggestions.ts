import type { NamedPlace } from '../domain/place.ts';
import { entryOfTown, LONDON, namedPlace, type PlaceEntry, type PlaceKind, placeEntries } from './place-entries.ts';
import { fold } from './place-name.ts';
import type { DirectoryTown } from './wide-places.ts';

/** Places for a type-ahead. */

/** Districts before counties and towns before wards. */
const RANKS: Readonly<Record<PlaceKind, number>> = { district: 0, county: 1, town: 1, ward: 2 };

export class PlaceSuggestions {
  readonly #entries = placeEntries();
  readonly #towns: () => DirectoryTown[];

  constructor(towns: () => DirectoryTown[]) {
    this.#towns = towns;
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
    for (const entry of [...own, ...this.#entries.withWord(folded.slice(0, 2))]) {
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
