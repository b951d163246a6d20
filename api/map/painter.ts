import type { Geography, Middle } from '../geocode/geography.ts';
import type { Db } from '../store/open.ts';
import { type PostcodeCells, postcodeCells } from '../store/postcode-cells.ts';
import { tileEdition } from './drawing.ts';
import { groundMargin, type Scatter, scatter } from './ground.ts';
import type { MapLabel } from './labels.ts';
import { type PlacedLabels, placeLabels } from './labels.ts';
import { metresInPixel, TILE, type TileAddress, tileBounds } from './projection.ts';
import { drawTile } from './tile.ts';

/** From this zoom on, a tile is small enough to be drawn from the points themselves. */
const POINTS_ZOOM = 10;
/** Characters of drawn tiles that are kept: some 700 tiles. */
const KEPT = 20_000_000;

export interface TilePainter {
  /** Changes whenever tiles may look different: with the table of postcodes, and with the program. */
  edition(): string;
  /** An SVG document. The same tile of the same edition is always the same text. */
  paint(tile: TileAddress): string;
}

/** Paints tiles from the postcodes of the store, or from the built-in sectors while it has none; keeps those last used. */
export function createTilePainter(db: Db, geography: Geography): TilePainter {
  const cells = postcodeCells(db);
  const edition = tileEdition(db);
  const labels = mapLabels(geography);
  const placed = new Map<number, PlacedLabels>();
  const kept = new Map<string, string>();
  let size = 0;

  function labelsOf(zoom: number): PlacedLabels {
    const known = placed.get(zoom) ?? placeLabels(labels, zoom);
    placed.set(zoom, known);
    return known;
  }

  function draw(tile: TileAddress, filled: boolean): string {
    const left = tile.column * TILE;
    const top = tile.row * TILE;
    const names = labelsOf(tile.zoom).within(left, top, left + TILE, top + TILE);
    return drawTile(tile, filled ? partsFromCells(cells, tile) : [partFromSectors(geography, tile)], names);
  }

  function keep(key: string, svg: string): void {
    kept.set(key, svg);
    size += svg.length;
    // A Map hands out its keys in the order of their insertion: the first is the one not used for longest.
    for (const [oldest, { length }] of kept) {
      if (size <= KEPT) break;
      kept.delete(oldest);
      size -= length;
    }
  }

  return {
    edition,
    paint(tile) {
      const key = `${edition()}/${tile.zoom}/${tile.column}/${tile.row}`;
      const known = kept.get(key);
      if (known === undefined) {
        const svg = draw(tile, cells.edition() !== null);
        keep(key, svg);
        return svg;
      }
      kept.delete(key);
      kept.set(key, known);
      return known;
    },
  };
}

function partsFromCells(cells: PostcodeCells, tile: TileAddress): Scatter[] {
  const bounds = tileBounds(tile, groundMargin(tile.zoom));
  if (tile.zoom < POINTS_ZOOM) return cells.counts(bounds).map((cell) => scatter(tile, cell));
  return cells.points(bounds).map((cell) => scatter(tile, cell));
}

function partFromSectors({ sectors, districts }: Geography, tile: TileAddress): Scatter {
  const numbers = new Map([...districts.keys()].map((code, place) => [code, place + 1]));
  const placed = [...sectors.values()].flatMap(({ middle, districts: within, postcodes, ended }) =>
    middle && ended === null && postcodes >= FEWEST_POSTCODES
      ? [{ ...middle, district: numbers.get(within[0] ?? '') ?? 0 }]
      : [],
  );
  return scatter(tile, {
    latitudes: placed.map(({ latitude }) => latitude),
    longitudes: placed.map(({ longitude }) => longitude),
    districts: placed.map(({ district }) => district),
    spreads: placed.map(({ spread_m, latitude }) => spread_m / metresInPixel(latitude, tile.zoom)),
  });
}

/** What has fewer postcodes is a sorting office with a code of its own, such as N81: not a place that people look for. */
const FEWEST_POSTCODES = 5;

/** All that can be named on the map, from the built-in geography. */
export function mapLabels({ sectors, outcodes, districts, wards }: Geography): MapLabel[] {
  const labels: MapLabel[] = [];
  const add = (kind: MapLabel['kind'], name: string, middle: Middle | null, weight: number): void => {
    if (middle) labels.push({ kind, name, latitude: middle.latitude, longitude: middle.longitude, weight });
  };
  const ofDistrict = new Map<string, number>();
  for (const { sector, middle, postcodes, districts: within, ended } of sectors.values()) {
    if (ended !== null || postcodes < FEWEST_POSTCODES) continue;
    add('sector', sector, middle, postcodes);
    const district = within[0];
    if (district) ofDistrict.set(district, (ofDistrict.get(district) ?? 0) + postcodes);
  }
  for (const { outcode, sectors: parts, middle, live } of outcodes.values()) {
    const postcodes = parts.reduce((sum, part) => sum + part.postcodes, 0);
    if (live && postcodes >= FEWEST_POSTCODES) add('outcode', outcode, middle, postcodes);
  }
  for (const { code, name, middle } of districts.values()) add('district', name, middle, ofDistrict.get(code) ?? 0);
  // How many postcodes a ward has is not known; the more widely spread has more room for its name.
  for (const { name, middle } of wards.values()) add('ward', name, middle, middle.spread_m);
  return labels;
}
