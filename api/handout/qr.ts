import { encodeQR } from 'qr';

/** A QR code as one path, so that a page draws it without a picture, a script or a style of its own. */

export interface QrDrawing {
  /** The side of the square in modules, with the quiet zone: the viewBox is `0 0 size size`. */
  size: number;
  /** The dark modules, for the `d` of a path. */
  path: string;
}

/** Modules of white around it, without which readers do not find it (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/**
 * Draws a text so that it can be read with a quarter of the code spoilt: paper gets folded and wet, and printers are
 * bad.
 */
export function drawQr(text: string): QrDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'quartile', border: QUIET });
  const path = rows.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark && !row[x - 1] ? [`M${x} ${y}h${runFrom(row, x)}v1h-${runFrom(row, x)}z`] : [])),
  );
  return { size: rows.length, path: path.join('') };
}

/** How many dark modules follow one another from there. */
function runFrom(row: readonly boolean[], x: number): number {
  const end = row.indexOf(false, x);
  return (end < 0 ? row.length : end) - x;
}
