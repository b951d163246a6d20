import { borderSegments, SPARE_SQUARES } from './borders.ts';
import { PALETTE } from './palette.ts';
import { dotsPath, linesPath } from './path.ts';
import { metresInPixel, TILE, type TileAddress, worldX, worldY } from './projection.ts';
import { layers, SHIFT, svgLines, UNITS } from './svg.ts';

/** Points in pixels from the upper left corner of a tile, with what lies around it. */
export interface Scatter {
  xs: Float64Array;
  ys: Float64Array;
  /** 0 is unknown. */
  districts: ArrayLike<number>;
  /** How many postcodes each point stands for. */
  counts: ArrayLike<number> | null;
  /** Where the points are the middles of sectors: pixels around each within which most of the sector lies. */
  spreads: ArrayLike<number> | null;
}

/** Degrees to a tile's own pixels. */
export function scatter(
  tile: TileAddress,
  cell: {
    latitudes: ArrayLike<number>;
    longitudes: ArrayLike<number>;
    districts: ArrayLike<number>;
    counts?: ArrayLike<number>;
    spreads?: ArrayLike<number>;
  },
): Scatter {
  const left = tile.column * TILE;
  const top = tile.row * TILE;
  return {
    xs: Float64Array.from(cell.longitudes, (longitude) => worldX(longitude, tile.zoom) - left),
    ys: Float64Array.from(cell.latitudes, (latitude) => worldY(latitude, tile.zoom) - top),
    districts: cell.districts,
    counts: cell.counts ?? null,
    spreads: cell.spreads ?? null,
  };
}

/**
 * How a neighbourhood is drawn at a zoom, in pixels: around each postcode a soft disc and a smaller one in it, which run
 * together where postcodes lie close. No line joins any two: what lies between them is not known, and a line would be
 * taken for a street. Null below that scale.
 */
const NEIGHBOURHOODS: Record<number, { wash: number; core: number; dot: number }> = {
  11: { wash: 9, core: 0, dot: 1.3 },
  12: { wash: 12, core: 0, dot: 1.1 },
  13: { wash: 18, core: 8, dot: 1.7 },
  14: { wash: 34, core: 15, dot: 2.2 },
  15: { wash: 66, core: 30, dot: 3.4 },
  16: { wash: 128, core: 56, dot: 5 },
  17: { wash: 230, core: 96, dot: 7 },
};

/** Units between the dots of postcodes at the scale of towns, where many would fall together. */
const DOT_STEPS: Record<number, number> = { 11: 4, 12: 2, 13: 2 };

/** Below this zoom, dots stand on a regular grid and grow with the number of postcodes. */
export const NEIGHBOURHOOD_ZOOM = 11;
/** Pixels between the dots of the grid. */
const STEP = 4;
const DENSITY_WASH = 9;
/** Postcodes in a square kilometre, and the diameter in pixels of the dot that stands for at least so many. */
const DENSITIES = [
  { from: 0, dot: 1.1 },
  { from: 3, dot: 1.7 },
  { from: 25, dot: 2.4 },
  { from: 90, dot: 3 },
  { from: 240, dot: 3.6 },
];

/** Pixels around the tile from which points are needed. */
export const groundMargin = (zoom: number): number =>
  Math.max(
    (lookAround(zoom) + SPARE_SQUARES) * squareOf(zoom),
    (NEIGHBOURHOODS[zoom]?.wash ?? DENSITY_WASH) / 2 + 2,
    20,
  );

/** Pixels along the squares by which borders are found: about 40 m at street scale, where postcodes lie further apart. */
function squareOf(zoom: number): number {
  if (zoom <= 14) return 8;
  return 2 ** (zoom - 11);
}

/** How many squares away the postcode may be whose district a square takes: more at street scale, where a park is wide. */
const lookAround = (zoom: number): number => (zoom < 12 ? 2 : 6);

/** So many dots a tile holds at most, however many postcodes there are: about 25 kB on the way. */
const MOST_DOTS = 9000;

/** Dots of the parts that touch the tile, on a grid of `step` units or of a coarser one where they are too many. */
function dotsOf(parts: readonly Scatter[], step: number, reach: number): string {
  const keys = new Set<number>();
  for (const { xs, ys, districts } of parts) {
    for (let at = 0; at < districts.length; at++) {
      const x = xs[at] as number;
      const y = ys[at] as number;
      if (x < -reach || y < -reach || x > TILE + reach || y > TILE + reach) continue;
      const column = Math.round((x * UNITS) / step) * step + SHIFT;
      const row = Math.round((y * UNITS) / step) * step + SHIFT;
      keys.add(row * 65_536 + column);
    }
  }
  return keys.size > MOST_DOTS ? dotsOf(parts, step * 2, reach) : dotsPath(keys, SHIFT);
}

/** Where people live, at the scale of neighbourhoods and towns: shading, and a dot for each postcode. */
export function drawNeighbourhoods(zoom: number, parts: readonly Scatter[]): string {
  const style = NEIGHBOURHOODS[zoom];
  if (!style) throw new RangeError(`zoom ${zoom} is below the scale of neighbourhoods`);
  const { wash, core, dot } = style;
  // Discs so wide do not show single pixels; a coarser grid keeps the tile small.
  const homes = dotsOf(parts, zoom === 11 || zoom >= 15 ? 4 : 3, wash / 2);
  const shades: [string, number][] = [[PALETTE.wash, wash]];
  if (core > 0) shades.push([PALETTE.core, core]);
  return (
    layers('homes', homes, shades) +
    svgLines(dotsOf(parts, DOT_STEPS[zoom] ?? 1, dot), PALETTE.dots[zoom < 14 ? 2 : 3] as string, dot)
  );
}

/** Where people live, at the scale of regions: dots on a grid, the larger the more postcodes there are. */
export function drawDensity(tile: TileAddress, latitude: number, parts: readonly Scatter[]): string {
  const bins = new Map<number, number>();
  for (const { xs, ys, districts, counts } of parts) {
    for (let at = 0; at < districts.length; at++) {
      const column = Math.floor((xs[at] as number) / STEP);
      const row = Math.floor((ys[at] as number) / STEP);
      // Two dots beyond the edge, whose wash reaches in.
      if (column < -2 || row < -2 || column > TILE / STEP + 1 || row > TILE / STEP + 1) continue;
      const key = ((row * STEP + STEP / 2) * UNITS + SHIFT) * 65_536 + (column * STEP + STEP / 2) * UNITS + SHIFT;
      bins.set(key, (bins.get(key) ?? 0) + (counts?.[at] ?? 1));
    }
  }
  const area = ((STEP * metresInPixel(latitude, tile.zoom)) / 1000) ** 2;
  const classes: number[][] = DENSITIES.map(() => []);
  for (const [key, count] of bins) {
    const density = count / area;
    classes[DENSITIES.findLastIndex(({ from }) => density >= from)]?.push(key);
  }
  return (
    svgLines(dotsPath(bins.keys(), SHIFT), PALETTE.wash, DENSITY_WASH) +
    classes
      .map((keys, at) => svgLines(dotsPath(keys, SHIFT), PALETTE.dots[at] as string, DENSITIES[at]?.dot ?? 0))
      .join('')
  );
}

/** Where districts meet: a dotted line. */
export function drawBorders(zoom: number, parts: readonly Scatter[]): string {
  // Sectors lie too far apart to say where districts meet.
  if (zoom < 8 || parts.some(({ spreads }) => spreads !== null)) return '';
  const size = squareOf(zoom);
  const length = parts.reduce((sum, { districts }) => sum + districts.length, 0);
  const all = { xs: new Float64Array(length), ys: new Float64Array(length), districts: new Uint16Array(length) };
  let at = 0;
  for (const { xs, ys, districts } of parts) {
    all.xs.set(xs.subarray(0, districts.length), at);
    all.ys.set(ys.subarray(0, districts.length), at);
    all.districts.set(Array.from(districts), at);
    at += districts.length;
  }
  const segments = borderSegments(all, TILE, size, lookAround(zoom)).map((value) => Math.round(value * UNITS));
  const dash = zoom < 11 ? '0 6' : '0 9';
  return svgLines(linesPath(segments), PALETTE.border, zoom < 11 ? 1.3 : 1.8, ` stroke-dasharray="${dash}"`);
}
