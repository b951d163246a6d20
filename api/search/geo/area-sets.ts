import type { Place } from '../../domain/place.ts';
import { type Coverage, coverage, isDistrict } from '../../domain/reach.ts';
import type { ServiceArea } from '../../domain/service.ts';
import { Cache } from '../packed/cache.ts';

/**
 * Which listings serve a place, worked out once for each query instead of once for each listing: listings with the same
 * service areas share one numbered set, and only sets with an area that may hold the place are looked at. The rule
 * itself is domain/reach.ts.
 */

/** The number of the empty set, which is open to everybody. */
export const OPEN = 0;
/** The number of what stands for no set: nobody knows where people must live. */
export const UNSAID = 1;
/** How large an area is, from the smallest. What is open to everybody is larger than all of them. */
const SIZES: Record<ServiceArea['type'], number> = { sector: 0, ward: 1, outcode: 2, district: 3, nation: 4, uk: 5 };
const EVERYWHERE = 6;

/** So many places are kept. */
const MOST_PLACES = 500;

export const NOT_SERVED = 0;
export const SERVED = 1;
const PERHAPS = 2;
/** Nobody knows: it is neither served nor turned away. */
export const UNKNOWN = 3;

/** The keys under which a set with this area is found: what must be true of a place in it. */
function keysOfArea(area: ServiceArea): string[] {
  switch (area.type) {
    case 'uk':
      return ['uk'];
    case 'nation':
      return [`nation ${area.code[0]}`];
    case 'district':
      return [`district ${area.code}`];
    case 'ward':
      return area.district === undefined ? [`ward ${area.code}`] : [`ward ${area.code}`, `wards of ${area.district}`];
    case 'outcode':
      return [`outcode ${area.code}`];
    case 'sector':
      return [`sector ${area.code}`, `sectors of ${outcodeOf(area.code)}`];
  }
}

const outcodeOf = (sector: string): string => sector.slice(0, sector.indexOf(' '));

/**
 * The keys of all areas that may hold a place. Too many do no harm, since `coverage` decides; with too few, sets would
 * be missed.
 */
function keysOfPlace(place: Place): string[] {
  const keys = ['uk'];
  for (const { code } of place.districts) {
    keys.push(`nation ${code[0]}`, `district ${code}`);
    if (!place.wards) keys.push(`wards of ${code}`);
  }
  for (const { code } of place.wards ?? []) keys.push(`ward ${code}`);
  if (place.outcode !== null) {
    keys.push(`outcode ${place.outcode}`);
    if (place.sector === null) keys.push(`sectors of ${place.outcode}`);
  }
  if (place.sector !== null) keys.push(`sector ${place.sector}`);
  for (const sector of place.sectors ?? []) keys.push(`sector ${sector}`);
  for (const outcode of new Set((place.sectors ?? []).map(outcodeOf))) keys.push(`outcode ${outcode}`);
  for (const code of place.bordering ?? []) keys.push(`nation ${code[0]}`, `district ${code}`, `ward ${code}`);
  return keys;
}

/** Which sets serve a place. */
export interface Serving {
  /** By set: NOT_SERVED, SERVED, PERHAPS or UNKNOWN. */
  answers: Uint8Array;
  /** The numbers of the sets that serve it, or may, and of UNSAID. */
  sets: number[];
  /** For one of these sets: the area that holds the place, and how large that is. */
  areaOf(set: number): ServiceArea | null;
  /** Whether it may, since the place lies at the border of that area. */
  isOnBorder(set: number): boolean;
  sizeOf(set: number): number;
}

/** All sets of service areas that listings have. It grows; a number keeps its set. */
export class AreaSets {
  readonly #sets: (readonly ServiceArea[])[] = [[], []];
  readonly #numbers = new Map<string, number>();
  readonly #byKey = new Map<string, number[]>();
  /** The types of area in any set. */
  readonly #types = new Set<ServiceArea['type']>();
  /** Sectors through which the border of an area runs that is drawn on a map. */
  readonly #crossed = new Set<string>();
  #all: Serving | null = null;
  /** Places in the same district, ward and sector are served alike. */
  readonly #known = new Cache<string, Serving>(MOST_PLACES);

  /** By number; OPEN and UNSAID hold nothing. */
  get sets(): readonly (readonly ServiceArea[])[] {
    return this.#sets;
  }

  /** The number of a set (domain/reach.ts `areasOfReach`). A new set is given one. */
  numberOf(areas: readonly ServiceArea[] | null): number {
    if (areas === null) return UNSAID;
    if (areas.length === 0) return OPEN;
    const text = areas
      .map(({ type, code, name, district = '', said_as = '', approximate = false, outline }) =>
        [type, code, name, district, said_as, approximate, outline ? JSON.stringify(outline) : ''].join('\t'),
      )
      .join('\n');
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#sets.length;
    this.#sets.push(areas);
    for (const { type, code, outline } of areas) {
      this.#types.add(type);
      if (outline) this.#crossed.add(code);
    }
    this.#known.clear();
    this.#numbers.set(text, number);
    for (const key of new Set(areas.flatMap(keysOfArea))) {
      const list = this.#byKey.get(key);
      if (list) list.push(number);
      else this.#byKey.set(key, [number]);
    }
    return number;
  }

  /** Which sets serve a place. */
  serving(place: Place): Serving {
    // There the point itself decides, which is never remembered.
    if (place.precision === 'postcode' && this.#crossed.has(place.sector ?? '')) return this.#servingOf(place);
    return this.#known.get(this.#whatMatters(place), () => this.#servingOf(place));
  }

  /** What of a place the answer can depend on: a ward, sector or outcode that no set names makes no difference. */
  #whatMatters({ label, latitude, districts, wards, outcode, sector, sectors, bordering = [] }: Place): string {
    const knows = (type: ServiceArea['type'], key: string) => this.#types.has(type) && this.#byKey.has(key);
    let key = sector === null ? '- ' : knows('sector', `sector ${sector}`) ? `${sector} ` : '+ ';
    if (outcode !== null && (knows('outcode', `outcode ${outcode}`) || knows('sector', `sectors of ${outcode}`)))
      key += outcode;
    for (const { code } of districts) key += ` ${code}`;
    // Near a border a yes is not sure, whether or not anything is for those across it.
    for (const code of bordering) if (isDistrict(code) || this.#types.has('ward')) key += ` near ${code}`;
    // The sectors of a wide place follow from what it is; two towns of a district may have one name.
    if (sectors !== undefined && (this.#types.has('sector') || this.#types.has('outcode')))
      key += ` ${label} ${latitude}`;
    if (wards === null) return `${key} -`;
    if (wards.some(({ code }) => knows('ward', `ward ${code}`))) for (const { code } of wards) key += ` ${code}`;
    return key;
  }

  #servingOf(place: Place): Serving {
    const answers = new Uint8Array(this.#sets.length);
    const settled = new Map<number, Coverage>();
    answers[OPEN] = SERVED;
    answers[UNSAID] = UNKNOWN;
    const sets = [OPEN, UNSAID];
    for (const key of keysOfPlace(place)) {
      for (const set of this.#byKey.get(key) ?? []) {
        if (settled.has(set)) continue;
        const answer = coverage(this.#sets[set]!, place);
        settled.set(set, answer);
        if (answer.answer === 'no') continue;
        answers[set] = answer.answer === 'yes' ? SERVED : PERHAPS;
        sets.push(set);
      }
    }
    const areaOf = (set: number) => settled.get(set)?.area ?? null;
    const sizeOf = (set: number) => {
      const area = areaOf(set);
      return area ? SIZES[area.type] : EVERYWHERE;
    };
    return { answers, sets, areaOf, sizeOf, isOnBorder: (set) => settled.get(set)?.onBorder ?? false };
  }

  /** Without a place every set serves, and no area is the reason. */
  everywhere(): Serving {
    if (this.#all?.answers.length !== this.#sets.length) {
      this.#all = {
        answers: new Uint8Array(this.#sets.length).fill(SERVED),
        sets: this.#sets.map((_, set) => set),
        areaOf: () => null,
        isOnBorder: () => false,
        sizeOf: () => EVERYWHERE,
      };
    }
    return this.#all;
  }
}
