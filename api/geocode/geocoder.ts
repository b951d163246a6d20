import type { Geocoding, NamedPlace, Place, PlaceKey } from '../domain/place.ts';
import { outcodesOfGroup, type Realm, readPostcode, type TypedPostcode } from '../domain/postcode.ts';
import { repairs } from '../domain/repair.ts';
import type { Db } from '../store/open.ts';
import { postcodeTable } from '../store/postcodes.ts';
import { Atlas } from './atlas.ts';
import { geography } from './geography.ts';
import { PlaceNames } from './names.ts';
import { locateOnline } from './online.ts';
import { createPostcodesIo, type PostcodesIoOptions } from './postcodes-io.ts';
import { type TablePrecision, tablePrecision } from './precision.ts';
import { SharedCells } from './shared-cells.ts';
import { UnitLocator } from './unit.ts';
import type { DirectoryTown } from './wide-places.ts';

export interface GeocoderOptions {
  db: Db;
  /** Null: nothing is ever asked of anybody else. */
  postcodesIoUrl: string | null;
  /** Towns of the directory's own venues. */
  towns: () => DirectoryTown[];
  postcodesIo?: PostcodesIoOptions;
}

export interface Geocoder {
  /** Finds a typed postcode, a part of one, or a place name. Never throws for any text. */
  locate: (text: string) => Promise<Geocoding>;
  /** The place behind an unsealed key; null where its code is not in use (any more). */
  placeOf: (key: PlaceKey) => Place | null;
  /** The key of a place that may be shared in an address: of a single point that of its cell (shared-cells.ts). */
  shared: (key: PlaceKey) => PlaceKey;
  /** Other places that bear the name of one that was found by its name. */
  namesakes: (place: Place, key: PlaceKey) => NamedPlace[];
  /** Districts, towns and wards whose name begins so; none for text with a digit. */
  suggest: (text: string, limit: number) => NamedPlace[];
  /** Which table is in force, for the health answer and at start-up. */
  precision: () => TablePrecision;
}

/** The own table first, then the built-in sectors, then postcodes.io where the operator allows it. */
export function createGeocoder({ db, postcodesIoUrl, towns, postcodesIo }: GeocoderOptions): Geocoder {
  const table = postcodeTable(db);
  const atlas = new Atlas(geography(), table, towns);
  const names = new PlaceNames(towns);
  const units = new UnitLocator(atlas, table);
  const cells = new SharedCells(atlas, db);
  const online = postcodesIoUrl === null ? null : createPostcodesIo(postcodesIoUrl, postcodesIo);

  async function locate(text: string): Promise<Geocoding> {
    const typed = readPostcode(text);
    if (typed.kind === 'invalid') return named(text) ?? repaired(typed.compact) ?? misshapen(typed.compact, text);
    if (typed.kind === 'unit' && typed.realm === 'great_britain' && online && !table.find(typed.postcode)) {
      const answer = locateOnline(await online.ask(typed.postcode), typed, atlas);
      if (answer) return answer;
    }
    const answer = locally(typed);
    // A well-formed postcode in an outcode that does not exist may be a slip all the same: 'B51 1AA' for 'BS1 1AA'.
    if (answer.outcome === 'unknown' && answer.nearby === null && 'outcode' in typed) {
      return (
        repaired(
          ('postcode' in typed ? typed.postcode : 'sector' in typed ? typed.sector : typed.outcode).replace(' ', ''),
        ) ?? answer
      );
    }
    return answer.outcome === 'not_a_postcode' ? (named(text) ?? answer) : answer;
  }

  function locally(typed: Exclude<TypedPostcode, { kind: 'invalid' }>): Geocoding {
    if (
      typed.realm !== 'great_britain' &&
      !(typed.realm === 'northern_ireland' && 'outcode' in typed && atlas.outcode(typed.outcode))
    ) {
      return abroad(typed.realm);
    }
    switch (typed.kind) {
      case 'unit':
        return units.locate(typed);
      case 'sector':
        return units.sector(typed.sector, 'typed') ?? unknownIn(typed.outcode);
      case 'outcode':
        return outcode(typed.outcode);
      case 'area':
        return several(typed.area, atlas.outcodesOfArea(typed.area)) ?? { outcome: 'not_a_postcode', empty: false };
    }
  }

  function outcode(code: string): Geocoding {
    const known = units.outcode(code);
    if (known && known.outcome !== 'terminated') return known;
    const group = several(code, outcodesOfGroup(code, liveOutcodes()));
    if (group) return group;
    // 'E81' without a space is the sector E8 1, since there is no outcode E81.
    const inner = /\d\d$/.test(code) ? units.sector(`${code.slice(0, -1)} ${code.at(-1)}`, 'typed') : null;
    return known ?? inner ?? { outcome: 'unknown', nearby: null };
  }

  const liveOutcodes = () =>
    [...atlas.geography.outcodes.values()].filter(({ live, middle }) => live && middle).map((each) => each.outcode);

  function several(typed: string, outcodes: string[]): Geocoding | null {
    if (outcodes.length === 0) return null;
    const choices = outcodes.map((code) => ({ label: code, key: { kind: 'outcode', code } as const }));
    return { outcome: 'several', typed, choices };
  }

  const unknownIn = (code: string): Geocoding => ({ outcome: 'unknown', nearby: units.nearby([code]) });

  function named(text: string): Geocoding | null {
    const found = names.find(text);
    if (!found)
      return !atlas.outcode('BT1') && names.isInNorthernIreland(text)
        ? { outcome: 'outside_coverage', where: 'Northern Ireland' }
        : null;
    const { taken, others } = found;
    if (!taken) return { outcome: 'several', typed: text.trim(), choices: others };
    const place = atlas.place(taken.key);
    return (
      place && { outcome: 'approximate', why: 'typed', place, key: taken.key, ...(others.length > 0 && { others }) }
    );
  }

  /** The likeliest reading of a slip that exists, to be confirmed. */
  function repaired(compact: string): Geocoding | null {
    let second: Geocoding | null = null;
    for (const typed of repairs(compact)) {
      const suggestion = 'postcode' in typed ? typed.postcode : 'sector' in typed ? typed.sector : typed.outcode;
      const answer = locally(typed);
      if (answer.outcome === 'found' || answer.outcome === 'approximate') {
        return { outcome: 'confirm', suggestion, place: answer.place, key: answer.key };
      }
      if (answer.outcome === 'terminated' && answer.place && answer.key) {
        second ??= { outcome: 'confirm', suggestion, place: answer.place, key: answer.key };
      } else if (answer.outcome !== 'unknown' && answer.outcome !== 'several') second ??= answer;
    }
    return second;
  }

  /** What looks like a postcode and cannot be one ('S01 4AA', or 'E8 1EO' with an O at the end) is unknown, not nonsense. */
  function misshapen(compact: string, text: string): Geocoding {
    const [, code] = /^([A-Z]{1,2}\d{1,2}[A-Z]?)\d[A-Z]{2}$/.exec(compact) ?? [];
    if (code === undefined) return { outcome: 'not_a_postcode', empty: text.trim() === '' };
    return { outcome: 'unknown', nearby: units.nearby([`${code} ${compact.at(-3)}`, code]) };
  }

  return {
    locate,
    placeOf: (key) => atlas.place(key),
    shared: (key) => cells.keyOf(key),
    namesakes: (place, key) => names.namesakes(place, key),
    suggest: (text, limit) => names.suggest(text, limit),
    precision: () => tablePrecision(db),
  };
}

function abroad(realm: Exclude<Realm, 'great_britain'>): Geocoding {
  switch (realm) {
    case 'northern_ireland':
      return { outcome: 'outside_coverage', where: 'Northern Ireland' };
    case 'jersey':
      return { outcome: 'outside_coverage', where: 'Jersey' };
    case 'guernsey':
      return { outcome: 'outside_coverage', where: 'Guernsey' };
    case 'isle_of_man':
      return { outcome: 'outside_coverage', where: 'the Isle of Man' };
    case 'overseas':
      return { outcome: 'outside_coverage', where: 'elsewhere' };
    case 'bfpo':
      return { outcome: 'no_point', reason: 'bfpo', nearby: null };
    case 'non_geographic':
      return { outcome: 'no_point', reason: 'non_geographic', nearby: null };
    case 'pseudo':
      return { outcome: 'no_fixed_abode' };
  }
}
