import { chordOfMetres } from './distance.ts';
import { type GridCircle, gridCircle } from './grid-circle.ts';

/** A circle around the place that a search is from. */
export interface SearchCircle {
  radius_m: number;
  /** Where the circle lies on the grid. */
  onGrid: GridCircle;
  /** The squared chord (distance.ts) of its radius: a point no farther off than that is in it. */
  chord: number;
}

/** Makes a circle around a point in degrees. */
export const searchCircle = (origin: { latitude: number; longitude: number }, radius_m: number): SearchCircle => ({
  radius_m,
  onGrid: gridCircle(origin.latitude, origin.longitude, radius_m),
  chord: chordOfMetres(radius_m),
});
