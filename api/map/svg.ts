/** Pieces of a tile's drawing. */

/** Units of a tile's drawing in a pixel: half pixels, in whole numbers. */
export const UNITS = 2;

/** Added to what is packed into one number with 16 bits for each axis, so that it is not negative. */
export const SHIFT = 1024;

/** Path data as lines of that width in pixels. */
export const svgLines = (data: string, colour: string, width: number, more = ''): string =>
  data === '' ? '' : `<path d="${data}" stroke="${colour}" stroke-width="${round(width * UNITS)}"${more}/>`;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Draws the same data several times over, in ever narrower lines. */
export const layers = (id: string, data: string, strokes: [string, number][]): string =>
  data === ''
    ? ''
    : `<defs><path id="${id}" d="${data}"/></defs>${strokes
        .map(([colour, width]) => `<use href="#${id}" stroke="${colour}" stroke-width="${round(width * UNITS)}"/>`)
        .join('')}`;
