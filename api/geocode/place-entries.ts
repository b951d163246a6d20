import type { NamedPlace } from '../domain/place.ts';
import { gazetteer } from './gazetteer.ts';
import { geography } from './geography.ts';
import { countyKey, largerAreas, searchableCounties } from './larger-areas.ts';
import type { GeoPoint } from './metres.ts';
import { bare, fold, shortOf } from './place-name.ts';
import { type DirectoryTown, townLabel } from './wide-places.ts';

/** All places that have a name: districts, counties, wards, and towns of the gazetteer. */

export type PlaceKind = 'district' | 'county' | 'town' | 'ward';

export interface PlaceEntry extends NamedPlace {
  kind: PlaceKind;
  /** As {@link fold} leaves it. */
  folded: string;
  point: GeoPoint;
  /** People in a town of the gazetteer; 0 where nobody counts them. */
  population: number;
  /** ONS code of the district that it lies in; null of what lies in several, or where nobody says. */
  district: string | null;
}

/** London is its boroughs: no one point of it would be near to anybody. */
export const LONDON = 'london';
export const CITY_OF_LONDON = 'city of london';

/** The places, indexed by what they are called. */
class PlaceEntries {
  readonly #geography = geography();
  readonly all: PlaceEntry[] = [];
  readonly #byName = new Map<string, PlaceEntry[]>();
  readonly #byBeginning = new Map<string, PlaceEntry[]>();

  constructor() {
    this.#addDistricts();
    this.#addCounties();
    this.#addTowns();
    this.#addWards();
    this.#addShortNames();
  }

  /** All that bear a folded name. */
  called = (folded: string): readonly PlaceEntry[] => this.#byName.get(folded) ?? [];

  /** All whose label has a word that begins with these two letters, folded. */
  withWord = (beginning: string): readonly PlaceEntry[] => this.#byBeginning.get(beginning) ?? [];

  #addDistricts(): void {
    const { otherNames } = largerAreas();
    for (const { code, name, middle } of this.#geography.districts.values()) {
      // The City is not what 'London' means.
      const names = [
        name,
        ...(fold(name) === CITY_OF_LONDON ? [] : [bare(fold(name))]),
        ...(otherNames.get(code) ?? []),
      ];
      this.#add(
        { label: name, key: { kind: 'district', code }, kind: 'district', point: middle, district: code },
        names,
      );
    }
  }

  #addCounties(): void {
    for (const county of searchableCounties()) {
      const [first = ''] = county.districts;
      const point = this.#geography.districts.get(first)?.middle;
      const isDistrict = this.#byName.get(fold(county.name))?.some(({ kind }) => kind === 'district');
      if (!point || isDistrict) continue;
      const key = { kind: 'county', code: countyKey(county) } as const;
      this.#add({ label: county.label, key, kind: 'county', point, district: null }, [...county.names, county.label]);
    }
  }

  #addTowns(): void {
    const towns = new Map<string, PlaceEntry>();
    for (const place of gazetteer().byId.values()) {
      const district = this.#geography.districts.get(place.district);
      if (!district) continue;
      const label = townLabel(place, district.name);
      const key = { kind: 'town', code: place.id } as const;
      const { population, name } = place;
      const town = { label, key, kind: 'town', point: place, district: district.code } as const;
      towns.set(place.id, this.#add(town, [name, label], population ?? 0));
    }
    for (const [folded, places] of gazetteer().byOtherName)
      if (!this.#byName.has(folded))
        this.#byName.set(
          folded,
          places.flatMap(({ id }) => towns.get(id) ?? []),
        );
  }

  #addWards(): void {
    for (const { code, name, district, middle } of this.#geography.wards.values()) {
      const label = `${name}, ${this.#geography.districts.get(district)?.name ?? district}`;
      this.#add({ label, key: { kind: 'ward', code }, kind: 'ward', point: middle, district }, [name, label]);
    }
  }

  /** 'Newcastle', 'Southend', 'Berwick': where nothing else is called so, what it is short for. */
  #addShortNames(): void {
    const short = new Map<string, PlaceEntry[]>();
    for (const entry of this.all) {
      const name = entry.kind === 'district' || entry.kind === 'town' ? shortOf(entry.folded.replace(/,.*/, '')) : null;
      if (name !== null && !this.#byName.get(name)?.some(({ kind }) => kind !== 'ward')) put(short, name, entry);
    }
    for (const [name, entries] of short) for (const entry of entries) put(this.#byName, name, entry);
  }

  #add(it: Omit<PlaceEntry, 'folded' | 'population'>, names: readonly string[], population = 0): PlaceEntry {
    const [folded = fold(it.label), ...more] = names.map(fold);
    const entry: PlaceEntry = { ...it, population, folded };
    this.all.push(entry);
    for (const name of new Set([folded, ...more])) put(this.#byName, name, entry);
    for (const beginning of new Set(folded.split(' ').map((word) => word.slice(0, 2))))
      put(this.#byBeginning, beginning, entry);
    return entry;
  }
}

function put(entries: Map<string, PlaceEntry[]>, key: string, entry: PlaceEntry): void {
  const others = entries.get(key);
  if (others) others.push(entry);
  else entries.set(key, [entry]);
}

let made: PlaceEntries | null = null;

/** The places that come with the program, made on first use and kept. */
export function placeEntries(): PlaceEntries {
  made ??= new PlaceEntries();
  return made;
}

/** A town of the directory's own venues, which the gazetteer lacks. */
export const entryOfTown = (town: DirectoryTown): PlaceEntry => ({
  kind: 'town',
  label: town.name,
  folded: fold(town.name),
  key: { kind: 'town', code: town.name },
  point: town,
  population: 0,
  district: null,
});

/** What is given to whoever chooses. */
export const namedPlace = ({ label, key }: PlaceEntry): NamedPlace => ({ label, key });
