import type { ServiceArea } from '../domain/service-area.ts';
import { type GazetteerPlace, gazetteer } from './gazetteer.ts';
import { geography } from './geography.ts';
import { type LargerArea, type LargerKind, largerAreas, SPOKEN } from './larger-areas.ts';
import type { GeoPoint } from './metres.ts';
import { bare, fold, shortOf } from './place-name.ts';
import { sectorsTouching } from './sectors-around.ts';

/** Who bears a name: the areas that it may stand for, indexed once. */

/**
 * How well a name fits what bears it, the best first: a district; an area that people take for a part of the country; an
 * authority or a board that is named after one; a district that is no more; what the name is short for; a town or a ward.
 */
export const RANKS = ['district', 'larger', 'board', 'former', 'short', 'local'] as const;

export interface Bearer {
  rank: (typeof RANKS)[number];
  kind: LargerKind | 'district' | 'former' | 'town' | 'ward';
  /** What to write so that it is meant and nothing else. */
  label: string;
  /** ONS code of the district that it lies in, or of which it is the first. */
  district: string;
  point: GeoPoint;
  /** What it comes to; worked out when it is asked for. */
  areas: () => ServiceArea[];
  /** What should be said where it is used. */
  note?: string;
}

interface Bearers {
  byName: ReadonlyMap<string, readonly Bearer[]>;
  byCode: ReadonlyMap<string, Bearer>;
}

/** Sectors that a town is made of, at most: what is larger is said to be its districts. */
const MOST_SECTORS = 60;

let indexed: Bearers | null = null;

/** All names and codes, indexed on first use (a twentieth of a second) and kept. */
export function bearers(): Bearers {
  indexed ??= index();
  return indexed;
}

function index(): Bearers {
  const { districts, wards } = geography();
  const { areas, former, otherNames } = largerAreas();
  const byName = new Map<string, Bearer[]>();
  const byCode = new Map<string, Bearer>();
  const put = (bearer: Bearer, names: readonly string[]) => {
    for (const name of new Set(names.map(fold))) {
      const others = byName.get(name);
      if (others) others.push(bearer);
      else byName.set(name, [bearer]);
    }
  };

  for (const { code, name, middle } of districts.values()) {
    const area: ServiceArea = { type: 'district', code, name };
    const bearer: Bearer = {
      rank: 'district',
      kind: 'district',
      label: name,
      district: code,
      point: middle,
      areas: () => [area],
    };
    byCode.set(code, bearer);
    const folded = fold(name);
    // The City is not what 'London' means.
    put(bearer, [name, ...(folded === 'city of london' ? [] : [bare(folded)]), ...(otherNames.get(code) ?? [])]);
    const short = shortOf(folded);
    if (short !== null) put({ ...bearer, rank: 'short' }, [short]);
  }
  for (const area of areas) {
    const bearer = largerBearer(area);
    if (!bearer) continue;
    if (area.code !== null) byCode.set(area.code, bearer);
    if (area.kind !== 'wider') put(bearer, [...area.names, area.label]);
  }
  for (const it of former) {
    const successor = districts.get(it.successor);
    if (!successor) continue;
    const area: ServiceArea = it.same
      ? { type: 'district', code: successor.code, name: successor.name }
      : { type: 'district', code: successor.code, name: successor.name, said_as: it.name, approximate: true };
    const bearer: Bearer = {
      rank: 'former',
      kind: 'former',
      label: it.name,
      district: successor.code,
      point: successor.middle,
      areas: () => [area],
      ...(!it.same && {
        note: `‘${it.name}’ has been a part of ${successor.name} since ${it.year}: who lives in ${successor.name} is perhaps served.`,
      }),
    };
    if (!districts.has(it.code)) byCode.set(it.code, bearer);
    put(
      bearer,
      it.names.filter((name) => fold(name) !== fold(successor.name)),
    );
  }
  for (const place of gazetteer().byId.values()) {
    const district = districts.get(place.district);
    if (district) put(townBearer(place, district.name), [place.name]);
  }
  for (const [name, places] of gazetteer().byOtherName)
    if (!byName.has(name))
      for (const place of places) put(townBearer(place, districts.get(place.district)?.name ?? ''), [name]);
  for (const { code, name, district, middle } of wards.values()) {
    const area: ServiceArea = { type: 'ward', code, name, district };
    const bearer: Bearer = {
      rank: 'local',
      kind: 'ward',
      label: `${name}, ${districts.get(district)?.name ?? district}`,
      district,
      point: middle,
      areas: () => [area],
    };
    byCode.set(code, bearer);
    put(bearer, [name]);
  }
  return { byName, byCode };
}

function largerBearer({ kind, name, label, districts, partly }: LargerArea): Bearer | null {
  const [first = ''] = districts.length > 0 ? districts : partly;
  const known = geography().districts;
  const point = known.get(first)?.middle;
  if (!point) return null;
  const areas = (): ServiceArea[] => [
    ...districts.map((code) => ({
      type: 'district' as const,
      code,
      name: known.get(code)?.name ?? code,
      said_as: name,
    })),
    ...partly.map((code) => ({
      type: 'district' as const,
      code,
      name: known.get(code)?.name ?? code,
      said_as: name,
      approximate: true,
    })),
  ];
  return { rank: SPOKEN.includes(kind) ? 'larger' : 'board', kind, label, district: first, point, areas };
}

/** A town: the sectors that lie in it, or may. Where it ends nobody here knows, so that all of them are approximate. */
function townBearer(place: GazetteerPlace, district: string): Bearer {
  let made: ServiceArea[] | null = null;
  return {
    rank: 'local',
    kind: 'town',
    label: fold(place.name) === fold(district) ? place.name : `${place.name}, ${district}`,
    district: place.district,
    point: place,
    areas: () => {
      made ??= areasOfTown(place);
      return made;
    },
    note: `‘${place.name}’ is a town or a part of one: who lives in or near it is perhaps served.`,
  };
}

function areasOfTown(place: GazetteerPlace): ServiceArea[] {
  const known = geography().districts;
  const about = { said_as: place.name, approximate: true };
  const sectors = sectorsTouching(place, place.spread_m).map(({ sector }) => sector);
  if (sectors.length <= MOST_SECTORS)
    return sectors.map(({ sector }) => ({ type: 'sector', code: sector, name: sector, ...about }));
  const codes = new Set([place.district, ...sectors.flatMap(({ districts }) => districts)]);
  return [...codes].map((code) => ({ type: 'district', code, name: known.get(code)?.name ?? code, ...about }));
}
