import { type Circle, circleAround } from './circle.ts';
import { chordOfMetres } from './distance.ts';

/** A circle around the place: where its runs lie, and the squared chord (distance.ts) that decides. */
export interface Around {
  circle: Circle;
  chord: number;
}

/** The same with the radius that it came from, metres. */
export interface Circled extends Around {
  radius_m: number;
}

export const circledAround = (origin: { latitude: number; longitude: number }, radius_m: number): Circled => ({
  radius_m,
  circle: circleAround(origin.latitude, origin.longitude, radius_m),
  chord: chordOfMetres(radius_m),
});
