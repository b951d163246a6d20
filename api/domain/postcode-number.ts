/**
 * A postcode as an integer below 2³¹, so that a table of 1.8 million takes four bytes for each key and a sector or an
 * outcode is one range of it: number = ((area × 360 + district) × 10 + sector digit) × 400 + unit.
 */

/** Numbers that one sector spans: 20 × 20 letters. */
export const UNITS_IN_SECTOR = 400;
/** Numbers that one outcode spans. */
export const UNITS_IN_OUTCODE = 10 * UNITS_IN_SECTOR;
/** Outcodes that one area's letters may begin. */
export const OUTCODES_IN_AREA = 360;

const UNIT_LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
/** By character code: the place of a letter among the twenty of a unit, or -1. */
const UNIT_PLACE = new Int8Array(128).fill(-1);
for (const [place, letter] of [...UNIT_LETTERS].entries()) UNIT_PLACE[letter.charCodeAt(0)] = place;

const digit = (code: number): number => (code >= 48 && code <= 57 ? code - 48 : -1);
const letter = (code: number): number => (code >= 65 && code <= 90 ? code - 65 : -1);

/** The outcode in `text` from `start` to `end`, as a number; -1 where it is none. */
function outcodeBetween(text: string, start: number, end: number): number {
  let at = start;
  const first = letter(text.charCodeAt(at++));
  if (first < 0 || end - start < 2) return -1;
  const second = letter(text.charCodeAt(at));
  if (second >= 0) at++;
  // Without a second letter: 0; so that E sorts before EC.
  const area = first * 27 + second + 1;
  const left = end - at;
  const tens = digit(text.charCodeAt(at));
  if (tens < 0 || left < 1 || left > 2) return -1;
  if (left === 1) return area * OUTCODES_IN_AREA + tens * 27;
  const units = digit(text.charCodeAt(at + 1));
  if (units >= 0) return tens === 0 ? -1 : area * OUTCODES_IN_AREA + 270 + tens * 10 + units - 10;
  const suffix = letter(text.charCodeAt(at + 1));
  return suffix < 0 ? -1 : area * OUTCODES_IN_AREA + tens * 27 + suffix + 1;
}

/** 'EC1A' as a number, or -1 where it is no outcode. */
export const outcodeNumber = (outcode: string): number => outcodeBetween(outcode, 0, outcode.length);

/** 'EC1A 1' as a number, or -1 where it is no sector. */
export function sectorNumber(sector: string): number {
  const outcode = outcodeBetween(sector, 0, sector.length - 2);
  const last = digit(sector.charCodeAt(sector.length - 1));
  return outcode < 0 || last < 0 || sector.charCodeAt(sector.length - 2) !== 32 ? -1 : outcode * 10 + last;
}

/**
 * A postcode in capitals, with any number of spaces before its last three characters, as a number.
 * @returns -1 where it has not the form of one
 */
export function postcodeNumber(postcode: string): number {
  let end = postcode.length - 3;
  if (end < 2) return -1;
  const sector = digit(postcode.charCodeAt(end));
  const first = UNIT_PLACE[postcode.charCodeAt(end + 1)] ?? -1;
  const second = UNIT_PLACE[postcode.charCodeAt(end + 2)] ?? -1;
  while (end > 0 && postcode.charCodeAt(end - 1) === 32) end--;
  const outcode = outcodeBetween(postcode, 0, end);
  if (outcode < 0 || sector < 0 || first < 0 || second < 0) return -1;
  return (outcode * 10 + sector) * UNITS_IN_SECTOR + first * 20 + second;
}

/** The inverse of {@link outcodeNumber}. */
export function outcodeOf(number: number): string {
  const area = Math.floor(number / OUTCODES_IN_AREA);
  const district = number % OUTCODES_IN_AREA;
  const second = (area % 27) - 1;
  const letters =
    String.fromCharCode(65 + Math.floor(area / 27)) + (second < 0 ? '' : String.fromCharCode(65 + second));
  if (district >= 270) return `${letters}${district - 260}`;
  const suffix = (district % 27) - 1;
  return `${letters}${Math.floor(district / 27)}${suffix < 0 ? '' : String.fromCharCode(65 + suffix)}`;
}

/** The inverse of {@link sectorNumber}. */
export const sectorOf = (number: number): string => `${outcodeOf(Math.floor(number / 10))} ${number % 10}`;

/** The inverse of {@link postcodeNumber}: 'EC1A 1BB'. */
export function postcodeOf(number: number): string {
  const unit = number % UNITS_IN_SECTOR;
  return `${sectorOf(Math.floor(number / UNITS_IN_SECTOR))}${UNIT_LETTERS[Math.floor(unit / 20)]}${UNIT_LETTERS[unit % 20]}`;
}
