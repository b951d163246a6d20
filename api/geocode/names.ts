import type { NamedPlace, Place, PlaceKey } from '../domain/place.ts';
import { gazetteer } from './gazetteer.ts';
import { liesIn } from './larger-areas.ts';
import { metresBetween } from './metres.ts';
import { CITY_OF_LONDON, entryOfTown, LONDON, namedPlace, type PlaceEntry, placeEntries } from './place-entries.ts';
import { bare, fold } from './place-name.ts';
import { PlaceSuggestions } from './place-suggestions.ts';
import type { DirectoryTown } from './wide-places.ts';

/** Places by the names that people type: which one is meant, and which others bear the name. */

/** What a name comes to: a place that is taken, with others of the name; or several that have to be asked about. */
export type Found = { taken: NamedPlace; others: NamedPlace[] } | { taken: null; others: NamedPlace[] };

/** Metres within which two places of one name are one place to whoever types it. */
const SAME_PLACE = 5000;
/** Metres from the directory's own venues within which a place is at hand, and none is nearer than another. */
const AT_HAND = 20_000;
/** Metres beyond which a district is so far from everything listed that a town of its name at hand is meant. */
const FAR_OFF = 100_000;
/** Others of a name that are told. */
const MOST_OTHERS = 6;

/** Metres within which a town of the directory's addresses is the one of the gazetteer: addresses name post towns. */
const TOWN_REACH = 10_000;

/** Finds districts, counties, wards, and towns of the gazetteer and of the directory, by name. */
export class PlaceNames {
  readonly #towns: () => DirectoryTown[];
  readonly #suggestions: PlaceSuggestions;

  constructor(towns: () => DirectoryTown[]) {
    this.#towns = towns;
    this.#suggestions = new PlaceSuggestions(towns);
  }

  /**
   * Places that begin with the text, or of which a word does, for a type-ahead.
   * @returns none for text with a digit, which may be the beginning of somebody's postcode
   */
  suggest = (text: string, limit: number): NamedPlace[] => this.#suggestions.beginning(text, limit);

  /**
   * The place with that very name. A district comes before a county, a county before a town; of towns and wards the one that
   * is nearest to what the directory lists, and of those at hand the most populous. Wards alone are asked about.
   * @returns null where nothing has the name
   */
  find(text: string): Found | null {
    const folded = fold(text);
    if (folded === '' || /\d/.test(folded)) return null;
    if (bare(folded) === LONDON && folded !== CITY_OF_LONDON) return { taken: null, others: this.#boroughs() };
    const towns = this.#towns();
    return this.#exactly(folded, towns) ?? this.#qualified(text, towns) ?? this.#exactly(bare(folded), towns);
  }

  /** The other places that bear the name of one; none for what is no named place, and for London, which is many. */
  namesakes({ label, precision }: Place, key: PlaceKey): NamedPlace[] {
    const isLocal = precision === 'town' || precision === 'ward';
    if (!isLocal && precision !== 'district' && precision !== 'county') return [];
    // 'Richmond, North Yorkshire' is so called to tell it from the others.
    const name = isLocal ? (label.split(',')[0] ?? label) : label;
    const found = bare(fold(name)) === LONDON ? null : this.find(name);
    if (!found) return [];
    const own = JSON.stringify(key);
    const all = found.taken ? [found.taken, ...found.others] : found.others;
    return all.filter((other) => JSON.stringify(other.key) !== own).slice(0, MOST_OTHERS);
  }

  /** Whether a place of that name lies in Northern Ireland, and none elsewhere. */
  isInNorthernIreland = (text: string): boolean =>
    gazetteer()
      .byName.get(fold(text))
      ?.some(({ district }) => district === 'N') ?? false;

  #exactly(folded: string, towns: readonly DirectoryTown[]): Found | null {
    const known = placeEntries().called(folded);
    const own = towns.find(({ name }) => fold(name) === folded);
    const entries =
      own && !known.some(({ kind, point }) => kind !== 'ward' && metresBetween(point, own) <= TOWN_REACH)
        ? [...known, entryOfTown(own)]
        : known;
    return entries.length === 0 ? null : this.#choose(entries, towns);
  }

  /** 'Newport, Isle of Wight', 'Tonbridge, Kent': the name of a place, and a larger one that it lies in. */
  #qualified(text: string, towns: readonly DirectoryTown[]): Found | null {
    const comma = text.lastIndexOf(',');
    if (comma < 0) return null;
    const larger = fold(text.slice(comma + 1));
    const entries = placeEntries()
      .called(fold(text.slice(0, comma)))
      .filter(({ district }) => district !== null && liesIn(district, larger));
    return entries.length === 0 ? null : this.#choose(entries, towns);
  }

  #choose(entries: readonly PlaceEntry[], towns: readonly DirectoryTown[]): Found | null {
    const districts = entries.filter(({ kind }) => kind === 'district');
    const counties = entries.filter(({ kind }) => kind === 'county');
    if (districts.length > 1) return { taken: null, others: inOrder(districts) };
    if (districts.length === 0 && counties.length > 1) return { taken: null, others: inOrder(counties) };
    const away = (entry: PlaceEntry): number =>
      towns.reduce((least, town) => Math.min(least, metresBetween(entry.point, town)), Number.POSITIVE_INFINITY);
    const bySize = entries
      .filter(({ kind }) => kind === 'town')
      .map((entry) => ({ entry, away: Math.max(AT_HAND, away(entry)) }))
      .sort((a, b) => (a.away === b.away ? b.entry.population - a.entry.population : a.away - b.away))
      .map(({ entry }) => entry);
    const [district] = districts;
    const [town] = bySize;
    const official = district ?? counties[0];
    const isMeant = !official || !town || away(town) > AT_HAND || away(official) <= FAR_OFF;
    // A ward is drawn, and a suburb only said to be there.
    const ward = entries.find((entry) => entry.kind === 'ward' && entry.label === town?.label);
    const taken = isMeant ? (official ?? ward ?? town) : town;
    if (!taken) {
      const wards = inOrder(entries);
      const [only] = wards;
      return wards.length === 1 && only ? { taken: only, others: [] } : { taken: null, others: wards };
    }
    const others = [...bySize, ...districts, ...(town ? entries.filter(({ kind }) => kind === 'ward') : [])];
    return { taken: namedPlace(taken), others: elsewhere(taken, others).slice(0, MOST_OTHERS).map(namedPlace) };
  }

  #boroughs(): NamedPlace[] {
    return inOrder(
      placeEntries().all.filter(({ kind, district }) => kind === 'district' && district?.startsWith('E09')),
    );
  }
}

const inOrder = (entries: readonly PlaceEntry[]): NamedPlace[] =>
  entries.toSorted((a, b) => a.label.localeCompare(b.label, 'en')).map(namedPlace);

/** Those that are another place than the one taken, and than one another. */
function elsewhere(taken: PlaceEntry, entries: readonly PlaceEntry[]): PlaceEntry[] {
  const places: PlaceEntry[] = [taken];
  for (const entry of entries) {
    const isKnown = places.some(
      (place) =>
        (place.kind === 'district' && place.district === entry.district) ||
        metresBetween(place.point, entry.point) <= SAME_PLACE,
    );
    if (!isKnown) places.push(entry);
  }
  return places.slice(1);
}
