import { type Answers, jsonAnswer, sameAnswer } from '../domain/answers.ts';
import { Schedule } from '../domain/service.ts';
import { placeAnswer, placesIn } from './places.ts';

/** At which of several places each time is. */

/** Said of a time that is at all of them. */
export const ALL_PLACES = 'all';

/** What is said of each schedule, in their order: the id of a place, ALL_PLACES, or '' where nobody has said. */
export const sessionPlaces = (answers: Answers): string[] => jsonAnswer(answers, 'session_places', []);

/** The same for schedules that were read anew: what was said of all places stays while there are as many. */
export function placesOf(schedules: readonly Schedule[], before: readonly string[]): string {
  const isAll = (index: number) => before.length === schedules.length && before[index] === ALL_PLACES;
  return JSON.stringify(schedules.map(({ location_id }, index) => location_id ?? (isAll(index) ? ALL_PLACES : '')));
}

/** The places of a form, to choose one from. */
export const namedPlaces = (answers: Answers): { id: string; name: string }[] =>
  placesIn(answers).map((place) => ({
    id: placeAnswer(answers, 'place_id', place),
    name: placeAnswer(answers, 'venue_name', place) || placeAnswer(answers, 'postcode', place) || `Place ${place}`,
  }));

/** The schedules of a form: when it meets, as rules. */
export const schedulesIn = (answers: Answers): Schedule[] =>
  Schedule.array().parse(jsonAnswer(answers, 'schedules', []));

/** Whether some time is said to be at a place that was taken out. */
function isAtFormerPlace(answers: Answers): boolean {
  const known = ['', ALL_PLACES, ...namedPlaces(answers).map(({ id }) => id)];
  return placesIn(answers).length > 0 && sessionPlaces(answers).some((place) => !known.includes(place));
}

/** Whether it has to be said which time is where: there are several places, or one of them has gone. */
export const asksForPlaces = (answers: Answers): boolean =>
  schedulesIn(answers).length > 0 && (placesIn(answers).length > 1 || isAtFormerPlace(answers));

/**
 * Whether it is open where some time is.
 * @param base the answers as the form was first filled: what nobody had said then may stay so
 */
export function lacksPlace(answers: Answers, base: Answers | null): boolean {
  if (!asksForPlaces(answers)) return false;
  if (base !== null && sameAnswer(base, answers, 'session_places')) return isAtFormerPlace(answers);
  const said = sessionPlaces(answers);
  return isAtFormerPlace(answers) || schedulesIn(answers).some((_, index) => (said[index] ?? '') === '');
}
