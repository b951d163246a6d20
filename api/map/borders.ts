/**
 * Where districts meet, found from postcodes alone. The map is divided into small squares; each takes the district of the
 * nearest postcode, if one is near enough, and a line runs between two squares of different districts. So the lines are
 * approximate, and they are drawn so.
 */

/**
 * How many squares more than `look` a tile needs on every side, so that its lines meet those of the next tile: one for each
 * time that lines are smoothed, and one more.
 */
export const SPARE_SQUARES = 4;
const SMOOTHINGS = 3;

export interface DistrictPoints {
  /** Pixels from the left edge of the tile. */
  xs: ArrayLike<number>;
  /** Pixels from the upper edge of the tile. */
  ys: ArrayLike<number>;
  /** 0 is unknown, and is passed over. */
  districts: ArrayLike<number>;
}

/**
 * @param points those of the tile and of a margin of `look` + SPARE_SQUARES squares around it
 * @param tile pixels along each side of the tile
 * @param size pixels along each side of a square; divides `tile`
 * @param look how many squares around itself a square looks for a postcode
 * @returns x1, y1, x2, y2 of each segment, in pixels. Lines of neighbouring tiles meet where both are given the points of their margins.
 */
export function borderSegments(points: DistrictPoints, tile: number, size: number, look: number): number[] {
  const margin = look + SPARE_SQUARES;
  const side = tile / size + 2 * margin;
  const own = majority(points, side, size, margin);
  const first = own.find((district) => district > 0);
  if (first === undefined || own.every((district) => district === 0 || district === first)) return [];

  const filled = new Uint16Array(side * side);
  const from = look;
  const to = side - look;
  for (let row = from; row < to; row++) {
    for (let column = from; column < to; column++) filled[row * side + column] = nearest(own, side, column, row, look);
  }

  const segments: number[] = [];
  for (let row = from; row < to - 1; row++) {
    for (let column = from; column < to - 1; column++) {
      const at = row * side + column;
      const corners = [filled[at], filled[at + 1], filled[at + side + 1], filled[at + side]] as number[];
      // The point where four squares meet, and the middles of the four edges that meet there.
      const x = (column + 1 - margin) * size;
      const y = (row + 1 - margin) * size;
      const half = size / 2;
      const sides: [number, number][] = [
        [x, y - half],
        [x + half, y],
        [x, y + half],
        [x - half, y],
      ];
      const crossed = sides.filter((_, side) => {
        const a = corners[side] as number;
        const b = corners[(side + 1) % 4] as number;
        return a !== b && a > 0 && b > 0;
      });
      if (crossed.length === 2) segments.push(...(crossed[0] as number[]), ...(crossed[1] as number[]));
      else for (const middle of crossed) segments.push(x, y, ...middle);
    }
  }
  return smooth(segments);
}

/** Makes bends of steps: each point where two segments meet is moved some way towards their other ends, a few times over. */
function smooth(segments: number[]): number[] {
  const ends = new Map<number, number[]>();
  for (let end = 0; end < segments.length / 2; end++) {
    const key = (segments[2 * end] as number) * 65_536 + (segments[2 * end + 1] as number);
    const known = ends.get(key);
    if (known) known.push(end);
    else ends.set(key, [end]);
  }
  let current = segments;
  for (let time = 0; time < SMOOTHINGS; time++) {
    const next = [...current];
    for (const [a, b, third] of ends.values()) {
      if (a === undefined || b === undefined || third !== undefined) continue;
      for (const axis of [0, 1]) {
        const here = current[2 * a + axis] as number;
        const other = ((current[2 * (a ^ 1) + axis] as number) + (current[2 * (b ^ 1) + axis] as number)) / 2;
        next[2 * a + axis] = (here + other) / 2;
        next[2 * b + axis] = (here + other) / 2;
      }
    }
    current = next;
  }
  return current;
}

/** The district with most postcodes in each square, by the vote of Boyer and Moore (1981), which needs no counting. */
function majority({ xs, ys, districts }: DistrictPoints, side: number, size: number, margin: number): Uint16Array {
  const leaders = new Uint16Array(side * side);
  const leads = new Uint16Array(side * side);
  for (let at = 0; at < districts.length; at++) {
    const district = districts[at] as number;
    const column = Math.floor((xs[at] as number) / size) + margin;
    const row = Math.floor((ys[at] as number) / size) + margin;
    if (district === 0 || column < 0 || row < 0 || column >= side || row >= side) continue;
    const square = row * side + column;
    if (leads[square] === 0) leaders[square] = district;
    if (leaders[square] === district) leads[square] = (leads[square] as number) + 1;
    else leads[square] = (leads[square] as number) - 1;
  }
  return leaders;
}

/** The district of the nearest square that has one, 0 where none is near. */
function nearest(own: Uint16Array, side: number, column: number, row: number, look: number): number {
  const here = own[row * side + column] as number;
  if (here > 0) return here;
  let found = 0;
  let best = (look + 0.5) ** 2;
  for (let dy = -look; dy <= look; dy++) {
    for (let dx = -look; dx <= look; dx++) {
      const distance = dx * dx + dy * dy;
      if (distance >= best) continue;
      const district = own[(row + dy) * side + column + dx] as number;
      if (district === 0) continue;
      found = district;
      best = distance;
    }
  }
  return found;
}
