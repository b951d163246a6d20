/** Path data in whole units, relative, so that a tile of thousands of points stays small. */

/** Writes numbers for a path. Before a minus sign no space is needed. */
const pair = (x: number, y: number): string => (y < 0 ? `${x}${y}` : `${x} ${y}`);

/**
 * Dots: line segments without length, which round caps turn into discs.
 * @param keys y × 65,536 + x, both moved up by `shift` so that they are not negative; each dot once
 */
export function dotsPath(keys: Iterable<number>, shift: number): string {
  let data = '';
  let atX = 0;
  let atY = 0;
  for (const key of Float64Array.from(keys).sort()) {
    const y = Math.floor(key / 65_536) - shift;
    const x = (key % 65_536) - shift;
    data += data === '' ? `M${pair(x, y)}h0` : `m${pair(x - atX, y - atY)}h0`;
    atX = x;
    atY = y;
  }
  return data;
}

/**
 * Lines: segments joined to runs where one ends at the beginning of another.
 * @param segments x1, y1, x2, y2 of each, whole numbers
 */
export function linesPath(segments: readonly number[]): string {
  const ends = new Map<string, number[]>();
  const at = (end: number): string => `${segments[2 * end]},${segments[2 * end + 1]}`;
  const count = segments.length / 4;
  for (let end = 0; end < 2 * count; end++) {
    const known = ends.get(at(end));
    if (known) known.push(end);
    else ends.set(at(end), [end]);
  }
  const drawn = new Uint8Array(count);
  let data = '';
  let x = 0;
  let y = 0;
  const go = (letter: string, end: number): void => {
    const toX = segments[2 * end] as number;
    const toY = segments[2 * end + 1] as number;
    data += data === '' ? `M${pair(toX, toY)}` : `${letter}${pair(toX - x, toY - y)}`;
    x = toX;
    y = toY;
  };
  for (let segment = 0; segment < count; segment++) {
    if (drawn[segment]) continue;
    go('m', 2 * segment);
    let end: number | undefined = 2 * segment;
    while (end !== undefined) {
      drawn[end >> 1] = 1;
      const other: number = end ^ 1;
      go('l', other);
      end = ends.get(at(other))?.find((next) => !drawn[next >> 1]);
    }
  }
  return data;
}
