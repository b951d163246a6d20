import type { Directory } from '../directory/directory.ts';
import { metresBetween, toMetre } from '../geocode/metres.ts';
import { changeSubmission, type Submission } from '../store/submissions.ts';
import { mostAway } from './checks-visit.ts';
import { keepSubmission } from './drafts.ts';
import { isPrivatePlace, placeAnswer, placeField, placesIn } from './places.ts';
import { mayChange, type SubmissionForm } from './submission-form.ts';

/** The point of a venue, corrected by hand. */

/** Metres by which the buttons move it. */
export const MOVES = [10, 50, 200] as const;
export const DIRECTIONS = ['north', 'south', 'east', 'west'] as const;
type Direction = (typeof DIRECTIONS)[number];

interface Point {
  latitude: number;
  longitude: number;
}

/** Metres in a degree of latitude, on the sphere that distances are measured on. */
const METRES_IN_DEGREE = 111_195;

/** Where the point of a place is; null where there is none. */
export function pointOfForm({ submission: { answers } }: SubmissionForm, place: number): Point | null {
  const [latitude, longitude] = [placeAnswer(answers, 'latitude', place), placeAnswer(answers, 'longitude', place)];
  return latitude === '' || longitude === '' ? null : { latitude: Number(latitude), longitude: Number(longitude) };
}

/** So many metres from a point, to the metre. */
export function movedPoint({ latitude, longitude }: Point, direction: Direction, metres: number): Point {
  const north = direction === 'north' ? metres : direction === 'south' ? -metres : 0;
  const east = direction === 'east' ? metres : direction === 'west' ? -metres : 0;
  return {
    latitude: toMetre(latitude + north / METRES_IN_DEGREE),
    longitude: toMetre(longitude + east / (METRES_IN_DEGREE * Math.cos((latitude * Math.PI) / 180))),
  };
}

/** The places whose point somebody may put right: not those that are kept private, which are shown by their area alone. */
export const pinnedPlaces = ({ answers }: Pick<Submission, 'answers'>): number[] =>
  placesIn(answers).filter(
    (place) => !isPrivatePlace(answers, place) && placeAnswer(answers, 'postcode_latitude', place) !== '',
  );

/**
 * Puts the point of a place elsewhere.
 * @param to the new point; null: back to that of the postcode
 * @returns 'too far' where it would be further from its postcode than it may: it stays where it was then
 */
export function putPoint(
  { db, now }: Directory,
  form: SubmissionForm,
  place: number,
  to: Point | null,
): 'saved' | 'too far' | 'gone' {
  return db
    .transaction(() => {
      const latest = keepSubmission(db, form, now());
      if (!latest || !mayChange(latest)) return 'gone' as const;
      const { answers } = latest;
      const post = {
        latitude: Number(placeAnswer(answers, 'postcode_latitude', place)),
        longitude: Number(placeAnswer(answers, 'postcode_longitude', place)),
      };
      if (!pinnedPlaces(latest).includes(place)) return 'gone' as const;
      const point = to ?? post;
      // What is not a number counts as too far away.
      if (!(metresBetween(post, point) <= mostAway(answers, place))) return 'too far' as const;
      const written = {
        [placeField('latitude', place)]: String(toMetre(point.latitude)),
        [placeField('longitude', place)]: String(toMetre(point.longitude)),
      };
      changeSubmission(db, latest.id, latest.version, { answers: { ...answers, ...written } }, now());
      return 'saved' as const;
    })
    .immediate();
}
