/**
 * How the points of a cell are packed. Two levels: 'points' holds every point, for neighbourhoods and towns; 'counts'
 * holds how many points lie in each square of a fine grid, for regions and the whole country. Plain degrees, so that the
 * store knows nothing of how maps are drawn. Numbers are little-endian, as on every machine that Node runs on.
 */

/** South-west corner of the grid, in degrees: the corner of what api/domain/service.ts takes for a location. */
const SOUTH = 49;
const WEST = -9;

interface Level {
  number: number;
  /** Degrees. */
  height: number;
  /** Degrees. */
  width: number;
}

export const LEVELS = {
  /** About 3.5 km high and 4.3 km wide in London. */
  points: { number: 1, height: 1 / 32, width: 1 / 16 },
  /** 56 km high. Its squares are 217 m high and 270 m wide in London, about two pixels of zoom 10. */
  counts: { number: 2, height: 1 / 2, width: 1 },
} as const satisfies Record<string, Level>;

/** A cell is this many steps wide and high: 0.2 m on the level of points. */
const STEPS = 16_384;
/** Squares of the level of counts, along each side of a cell. */
const SQUARES = 256;

/** Column and row of the cell of a level that holds a point. */
export const postcodeCellOf = (level: Level, latitude: number, longitude: number): { column: number; row: number } => ({
  column: Math.floor((longitude - WEST) / level.width),
  row: Math.floor((latitude - SOUTH) / level.height),
});

/** The key of a cell in the table. */
export const cellId = (level: Level, column: number, row: number): number =>
  (level.number * 4096 + column) * 4096 + row;

/** Points of one cell. */
export interface PointCell {
  /** Degrees, WGS84. */
  latitudes: Float64Array;
  longitudes: Float64Array;
  /** A number for the local authority district of each point, the same in all cells; 0 is unknown. */
  districts: Uint16Array;
}

/** Packs the points of one cell of the level 'points'. */
export function packPoints(column: number, row: number, cell: PointCell): Uint8Array {
  const { height, width } = LEVELS.points;
  const points = cell.latitudes.length;
  const body = new Uint8Array(8 + 6 * points);
  new Uint32Array(body.buffer, 0, 2).set([points, points]);
  const numbers = new Int16Array(body.buffer, 8, 2 * points);
  for (let at = 0; at < points; at++) {
    numbers[at] = Math.round((((cell.latitudes[at] as number) - SOUTH) / height - row) * STEPS);
    numbers[points + at] = Math.round((((cell.longitudes[at] as number) - WEST) / width - column) * STEPS);
  }
  new Uint16Array(body.buffer, 8 + 4 * points, points).set(cell.districts);
  return body;
}

/**
 * The inverse of {@link packPoints}, to within a tenth of a metre. Before 0.4.0 a cell also held points of its neighbours,
 * behind its own, and lines between points, at the end: both are passed over.
 */
export function unpackPoints(column: number, row: number, packed: Uint8Array): PointCell {
  const { height, width } = LEVELS.points;
  // A copy, since what SQLite hands out need not start on a boundary of 4 bytes.
  const { buffer } = new Uint8Array(packed);
  const [points, inside] = new Uint32Array(buffer, 0, 2) as unknown as [number, number];
  const numbers = new Int16Array(buffer, 8, 2 * points);
  const latitudes = new Float64Array(inside);
  const longitudes = new Float64Array(inside);
  for (let at = 0; at < inside; at++) {
    latitudes[at] = SOUTH + (row + (numbers[at] as number) / STEPS) * height;
    longitudes[at] = WEST + (column + (numbers[points + at] as number) / STEPS) * width;
  }
  return {
    latitudes,
    longitudes,
    districts: new Uint16Array(buffer, 8 + 4 * points, inside),
  };
}

/** Where points lie, counted by squares of about 0.2 km; the point of each is the middle of its square. */
export interface CountCell {
  /** Degrees, WGS84. */
  latitudes: Float64Array;
  longitudes: Float64Array;
  /** The district that most points of the square lie in. */
  districts: Uint16Array;
  counts: Uint16Array;
}

/** The square of a cell of the level 'counts' that holds a point: a number from 0 to 65,535. */
export function squareInCell(column: number, row: number, latitude: number, longitude: number): number {
  const { height, width } = LEVELS.counts;
  const y = Math.floor(((latitude - SOUTH) / height - row) * SQUARES);
  const x = Math.floor(((longitude - WEST) / width - column) * SQUARES);
  return y * SQUARES + x;
}

/** Packs one cell of the level 'counts': parallel arrays, one entry for each square that holds anything. */
export function packCounts(squares: Uint16Array, counts: Uint16Array, districts: Uint16Array): Uint8Array {
  const numbers = new Uint16Array(3 * squares.length);
  numbers.set(squares);
  numbers.set(counts, squares.length);
  numbers.set(districts, 2 * squares.length);
  return new Uint8Array(numbers.buffer);
}

/** The inverse of {@link packCounts}. */
export function unpackCounts(column: number, row: number, packed: Uint8Array): CountCell {
  const { height, width } = LEVELS.counts;
  const numbers = new Uint16Array(new Uint8Array(packed).buffer);
  const length = numbers.length / 3;
  const latitudes = new Float64Array(length);
  const longitudes = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const square = numbers[at] as number;
    latitudes[at] = SOUTH + (row + (Math.floor(square / SQUARES) + 0.5) / SQUARES) * height;
    longitudes[at] = WEST + (column + ((square % SQUARES) + 0.5) / SQUARES) * width;
  }
  return {
    latitudes,
    longitudes,
    counts: numbers.subarray(length, 2 * length),
    districts: numbers.subarray(2 * length),
  };
}
