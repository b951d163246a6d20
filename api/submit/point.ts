import type { Directory } from '../directory/directory.ts';
import { singleAnswer } from '../domain/answers.ts';
import { metresBetween, toMetre } from '../geocode/metres.ts';
import { changeSubmission } from '../store/submissions.ts';
import { mostAway } from './checks-visit.ts';
import { keepSubmission } from './drafts.ts';
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

/** Where the point is; null where there is none. */
export function pointOfForm({ submission: { answers } }: SubmissionForm): Point | null {
  const [latitude, longitude] = [singleAnswer(answers, 'latitude'), singleAnswer(answers, 'longitude')];
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

/**
 * Puts the point elsewhere.
 * @param to the new point; null: back to that of the postcode
 * @returns 'too far' where it would be further from its postcode than it may: it stays where it was then
 */
export function putPoint({ db, now }: Directory, form: SubmissionForm, to: Point | null): 'saved' | 'too far' | 'gone' {
  return db
    .transaction(() => {
      const latest = keepSubmission(db, form, now());
      if (!latest || !mayChange(latest)) return 'gone' as const;
      const { answers } = latest;
      const post = {
        latitude: Number(singleAnswer(answers, 'postcode_latitude')),
        longitude: Number(singleAnswer(answers, 'postcode_longitude')),
      };
      if (singleAnswer(answers, 'postcode_latitude') === '') return 'gone' as const;
      const point = to ?? post;
      // What is not a number counts as too far away.
      if (!(metresBetween(post, point) <= mostAway(answers))) return 'too far' as const;
      const written = { latitude: String(toMetre(point.latitude)), longitude: String(toMetre(point.longitude)) };
      changeSubmission(db, latest.id, latest.version, { answers: { ...answers, ...written } }, now());
      return 'saved' as const;
    })
    .immediate();
}
