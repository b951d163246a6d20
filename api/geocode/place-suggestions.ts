import type { NamedPlace } from '../domain/place.ts';
import { firstPlaces, PlaceBeginnings } from './place-beginnings.ts';
import { entryOfTown, LONDON, namedPlace, placeEntries } from './place-entries.ts';
import { fold } from './place-name.ts';
import type { DirectoryTown } from './wide-places.ts';

/** Places for a type-ahead. */

/** The beginnings of the places that come with the program, made on first use and kept. */
let known: PlaceBeginnings | null = null;
const knownBeginnings = (): PlaceBeginnings => {
  known ??= new PlaceBeginnings(placeEntries().all);
  return known;
};

export class PlaceSuggestions {
  readonly #towns: () => readonly DirectoryTown[];
  /** Of the towns of the directory, while they stay the same. */
  #own: { towns: readonly DirectoryTown[]; beginnings: PlaceBeginnings } | null = null;

  /** @param towns of the directory; another array once they have changed */
  constructor(towns: () => readonly DirectoryTown[]) {
    this.#towns = towns;
  }

  /**
   * Places that begin with the text, or of which a word does, for a type-ahead.
   * @returns none for text with a digit, which may be the beginning of somebody's postcode
   */
  beginning(text: string, limit: number): NamedPlace[] {
    const folded = fold(text);
    if (folded.length < 2 || /\d/.test(text.normalize('NFKC'))) return [];
    const first = firstPlaces(limit);
    for (const beginnings of [this.#ownBeginnings(), knownBeginnings()])
      for (const place of beginnings.first(folded, limit)) first.add(place);
    return first.all.map(({ entry }) => namedPlace(entry));
  }

  #ownBeginnings(): PlaceBeginnings {
    const towns = this.#towns();
    if (this.#own?.towns !== towns) {
      const lacking = towns.filter(({ name }) => {
        const folded = fold(name);
        return (
          folded !== LONDON &&
          !placeEntries()
            .called(folded)
            .some(({ kind }) => kind !== 'ward')
        );
      });
      this.#own = { towns, beginnings: new PlaceBeginnings(lacking.map(entryOfTown)) };
    }
    return this.#own.beginnings;
  }
}
