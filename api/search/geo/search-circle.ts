import { chordOfMetres } from './distance.ts';
import { type GridCircle, gridCircle } from './grid-circle.ts';

/** A circle around the place: where its runs lie, and the squared chord (distance.ts) that decides. */
export interface Around {
  onGrid: GridCircle;
  chord: number;
}

/** The same with the radius that it came from, metres. */
export interface SearchCircle extends Around {
  radius_m: number;
}

export const searchCircle = (origin: { latitude: number; longitude: number }, radius_m: number): SearchCircle => ({
  radius_m,
  onGrid: gridCircle(origin.latitude, origin.longitude, radius_m),
  chord: chordOfMetres(radius_m),
});
