import { geographyTable, type Middle } from './geography.ts';
import { fold } from './place-name.ts';

/** The towns, suburbs and villages of data/geography/places.csv. */

/** A town, a suburb or a village. */
export interface GazetteerPlace extends Middle {
  /** A number of GeoNames, or a name of our own such as 'e5-clapton'. */
  id: string;
  name: string;
  /** Null where nobody counts it. */
  population: number | null;
  /** ONS code; 'N' alone for all of Northern Ireland. */
  district: string;
}

/** People to a square kilometre of a town in Great Britain, about: 4,000 in the built-up areas of the census of 2021. */
const PEOPLE_PER_KM2 = 4000;
const METRES_IN_KM = 1000;
/** Metres that a place reaches at the least and at the most. A village without a count reaches as far as one of 3,000. */
const LEAST_SPREAD = 500;
const MOST_SPREAD = 8000;
const UNCOUNTED = 3000;

/** Metres from the middle of a town to its edge: the radius of a disc with as many people. */
const spreadOf = (population: number | null): number => {
  const radius = METRES_IN_KM * Math.sqrt((population ?? UNCOUNTED) / PEOPLE_PER_KM2 / Math.PI);
  return Math.round(Math.min(MOST_SPREAD, Math.max(LEAST_SPREAD, radius)) / 10) * 10;
};

interface Gazetteer {
  byId: ReadonlyMap<string, GazetteerPlace>;
  /** By folded name, the most populous first. */
  byName: ReadonlyMap<string, GazetteerPlace[]>;
  /** By a folded name in another language of the country: Welsh or Gaelic. */
  byOtherName: ReadonlyMap<string, GazetteerPlace[]>;
}

let loaded: Gazetteer | null = null;

/** The gazetteer, read on first use and kept. */
export function gazetteer(): Gazetteer {
  loaded ??= load();
  return loaded;
}

function load(): Gazetteer {
  const byId = new Map<string, GazetteerPlace>();
  const byName = new Map<string, GazetteerPlace[]>();
  const byOtherName = new Map<string, GazetteerPlace[]>();
  const put = (names: Map<string, GazetteerPlace[]>, name: string, place: GazetteerPlace) => {
    const folded = fold(name);
    const others = names.get(folded);
    if (others) others.push(place);
    else names.set(folded, [place]);
  };
  for (const row of geographyTable('places.csv')) {
    const { id = '', name = '', also = '', district = '' } = row;
    const population = row['population'] === '' ? null : Number(row['population']);
    const point = { latitude: Number(row['latitude']), longitude: Number(row['longitude']) };
    const place: GazetteerPlace = { id, name, ...point, spread_m: spreadOf(population), population, district };
    byId.set(id, place);
    put(byName, name, place);
    for (const other of also.split(';')) if (other !== '') put(byOtherName, other, place);
  }
  for (const places of byName.values()) places.sort((a, b) => (b.population ?? 0) - (a.population ?? 0));
  return { byId, byName, byOtherName };
}
