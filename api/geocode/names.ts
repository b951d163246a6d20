import type { PlaceKey } from '../domain/place.ts';
import type { DirectoryTown } from './atlas.ts';
import type { Geography } from './geography.ts';
import { metresBetween } from './metres.ts';

/** A place that answers to a name. */
export interface NamedPlace {
  /** 'Hackney', 'Homerton, Hackney'. */
  label: string;
  key: PlaceKey;
}

interface Entry extends NamedPlace {
  /** As {@link fold} leaves it. */
  folded: string;
  rank: number;
}

/** Metres within which a town and a ward of one name are one place to whoever types it. */
const SAME_PLACE = 5000;

/** Suggestions: districts before towns before wards. */
const RANKS = { district: 0, town: 1, ward: 2 } as const;

/** Names that people use beside the official ones, folded: what those councils call themselves in Welsh, above all. */
const ALSO: Record<string, string[]> = {
  E06000010: ['hull'],
  S12000013: ['western isles', 'outer hebrides', 'eilean siar'],
  W06000001: ['ynys mon', 'anglesey', 'sir ynys mon'],
  W06000003: ['sir conwy'],
  W06000004: ['sir ddinbych'],
  W06000005: ['sir y fflint'],
  W06000006: ['wrecsam'],
  W06000008: ['sir ceredigion'],
  W06000009: ['sir benfro'],
  W06000010: ['sir gaerfyrddin', 'sir gar'],
  W06000011: ['abertawe'],
  W06000012: ['castell nedd port talbot'],
  W06000013: ['pen y bont ar ogwr'],
  W06000014: ['bro morgannwg'],
  W06000015: ['caerdydd'],
  W06000016: ['rhondda cynon taff'],
  W06000018: ['caerffili'],
  W06000020: ['tor faen'],
  W06000021: ['sir fynwy'],
  W06000022: ['casnewydd'],
  W06000024: ['merthyr tudful'],
};

/** London is its boroughs: no one point of it would be near to anybody. */
const LONDON = 'london';
const CITY_OF_LONDON = 'city of london';

/**
 * A name with case, accents and punctuation taken away: 'Ynys Môn' and 'ynys mon', 'Brighton & Hove' and 'brighton and
 * hove', 'St. Mary's' and 'st marys' come to the same.
 */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/['’‘ʼ`]/g, '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\bsaint\b/g, 'st')
    .trim();

/** 'city of hull', 'the london borough of hackney', 'homerton ward': what is said around a name. */
const bare = (folded: string): string =>
  folded
    .replace(/^(the )?((royal |london |metropolitan )*borough|city|county|isle) of /, '')
    .replace(/^(the|county) /, '')
    .replace(/ (city|city of|county of|ward|district|borough|council)$/, '');

/** Finds districts and wards of Great Britain, and towns of the directory, by name. */
export class PlaceNames {
  readonly #geography: Geography;
  readonly #towns: () => DirectoryTown[];
  readonly #entries: Entry[] = [];
  readonly #byName = new Map<string, Entry[]>();

  constructor(geography: Geography, towns: () => DirectoryTown[]) {
    this.#geography = geography;
    this.#towns = towns;
    for (const { code, name } of geography.districts.values()) this.#add(name, name, { kind: 'district', code });
    for (const { code, name, district } of geography.wards.values()) {
      const label = `${name}, ${geography.districts.get(district)?.name ?? district}`;
      this.#add(name, label, { kind: 'ward', code });
    }
    this.#entries.sort((a, b) => a.rank - b.rank || a.label.localeCompare(b.label, 'en'));
  }

  #add(name: string, label: string, key: { kind: 'district' | 'ward'; code: string }): void {
    const folded = fold(name);
    const entry: Entry = { folded, label, key, rank: RANKS[key.kind] };
    this.#entries.push(entry);
    const names = new Set([folded, fold(label)]);
    // The City is not what 'London' means.
    if (key.kind === 'district' && folded !== CITY_OF_LONDON) names.add(bare(folded));
    for (const also of ALSO[key.code] ?? []) names.add(also);
    for (const each of names) {
      const others = this.#byName.get(each);
      if (others) others.push(entry);
      else this.#byName.set(each, [entry]);
    }
  }

  /**
   * Places with that very name: a district alone where there is one, else towns of the directory and wards.
   * @returns none where nothing has the name, several where several have
   */
  find(text: string): NamedPlace[] {
    const folded = fold(text);
    if (folded === '' || /\d/.test(folded)) return [];
    if (bare(folded) === LONDON && folded !== CITY_OF_LONDON) return this.#boroughs();
    const exact = this.#exactly(folded);
    return exact.length > 0 ? exact : this.#exactly(bare(folded));
  }

  #exactly(folded: string): NamedPlace[] {
    const entries = (this.#byName.get(folded) ?? []).toSorted((a, b) => a.label.localeCompare(b.label, 'en'));
    const districts = entries.filter(({ key }) => key.kind === 'district');
    if (districts.length > 0) return districts.map(named);
    const town = this.#towns().find(({ name }) => fold(name) === folded);
    if (!town) return entries.map(named);
    const elsewhere = entries.filter(({ key }) => {
      const ward = key.kind === 'ward' ? this.#geography.wards.get(key.code) : undefined;
      return ward && metresBetween(ward.middle, town) > SAME_PLACE;
    });
    return [townPlace(town), ...elsewhere.map(named)];
  }

  #isDistrict = (name: string) => this.#byName.get(fold(name))?.some(({ key }) => key.kind === 'district') ?? false;

  #boroughs(): NamedPlace[] {
    return this.#entries.filter(({ key }) => key.kind === 'district' && key.code.startsWith('E09')).map(named);
  }

  /**
   * Places that begin with the text, or of which a word does, for a type-ahead.
   * @returns none for text with a digit, which may be the beginning of somebody's postcode
   */
  suggest(text: string, limit: number): NamedPlace[] {
    const folded = fold(text);
    if (folded.length < 2 || /\d/.test(text.normalize('NFKC'))) return [];
    const towns = this.#towns()
      .filter(({ name }) => fold(name) !== LONDON && !this.#isDistrict(name))
      .map((town): Entry => ({ ...townPlace(town), folded: fold(town.name), rank: RANKS.town }));
    const within = ` ${folded}`;
    const found: { entry: Entry; score: number }[] = [];
    for (const entry of [...towns, ...this.#entries]) {
      const full = entry.key.kind === 'ward' && folded.startsWith(entry.folded) ? fold(entry.label) : entry.folded;
      const begins = full.startsWith(folded);
      if (!begins && !full.includes(within)) continue;
      found.push({ entry, score: entry.rank + (full === folded ? -6 : begins ? 0 : 3) });
    }
    return found
      .sort((a, b) => a.score - b.score || (a.entry.label < b.entry.label ? -1 : 1))
      .slice(0, limit)
      .map(({ entry }) => named(entry));
  }
}

const named = ({ label, key }: Entry): NamedPlace => ({ label, key });

const townPlace = (town: DirectoryTown): NamedPlace => ({ label: town.name, key: { kind: 'town', code: town.name } });
