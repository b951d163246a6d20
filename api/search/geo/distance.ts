/**
 * Distances on a sphere, without trigonometry, since a search measures thousands. A point is kept as three whole
 * numbers, centimetres from the centre of the Earth. The straight chord between two such points is longer exactly when
 * the distance over the surface is, so circles and orders go by squared chords: three subtractions and three
 * multiplications of whole numbers, exact, as right in Shetland as in Cornwall. Rounding to the centimetre is the only
 * error. (Web Mercator would read 3.5 km in London as 5.7.)
 */

/** Mean radius of the Earth (IUGG R1), metres. */
export const EARTH_RADIUS_M = 6_371_008.8;
const RADIUS_CM = EARTH_RADIUS_M * 100;
const RADIANS = Math.PI / 180;

/** Centimetres from the centre of the Earth, whole numbers of at most 32 bits. */
export interface EarthPoint {
  x: number;
  y: number;
  z: number;
}

/** The point of a latitude and longitude in degrees. */
export function earthPoint(latitude: number, longitude: number): EarthPoint {
  const flat = Math.cos(latitude * RADIANS) * RADIUS_CM;
  return {
    x: Math.round(flat * Math.cos(longitude * RADIANS)),
    y: Math.round(flat * Math.sin(longitude * RADIANS)),
    z: Math.round(Math.sin(latitude * RADIANS) * RADIUS_CM),
  };
}

/** The squared chord between two points, square centimetres. */
export function chordSquared(a: EarthPoint, b: EarthPoint): number {
  const x = a.x - b.x;
  const y = a.y - b.y;
  const z = a.z - b.z;
  return x * x + y * y + z * z;
}

/** The squared chord, in square centimetres, of a distance over the surface in metres. */
export function chordOfMetres(metres: number): number {
  if (!(metres >= 0)) return -1;
  const half = Math.min((metres * 50) / RADIUS_CM, Math.PI / 2);
  return (2 * RADIUS_CM * Math.sin(half)) ** 2;
}

/** The distance over the surface, in metres, of a squared chord in square centimetres. */
export const metresOfChord = (squared: number): number =>
  (2 * RADIUS_CM * Math.asin(Math.min(1, Math.sqrt(squared) / (2 * RADIUS_CM)))) / 100;
