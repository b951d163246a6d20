import { type Answers, singleAnswer } from '../domain/answers.ts';
import type { Schedule } from '../domain/service.ts';
import { placeAnswer, placesIn } from './places.ts';

/** At which of several places each time is. */

/** Said of a time that is at all of them. */
export const ALL_PLACES = 'all';

/** What is said of each schedule, in their order: the id of a place, ALL_PLACES, or '' where nobody has said. */
export function sessionPlaces(answers: Answers): string[] {
  const kept = singleAnswer(answers, 'session_places');
  return kept === '' ? [] : (JSON.parse(kept) as string[]);
}

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

/** The schedules of a form. */
export const schedulesIn = (answers: Answers): Schedule[] => {
  const text = singleAnswer(answers, 'schedules');
  return text === '' ? [] : JSON.parse(text);
};

/** Whether there are several places and times, so that it has to be said which is where. */
export const asksForPlaces = (answers: Answers): boolean =>
  placesIn(answers).length > 1 && schedulesIn(answers).length > 0;

/** Whether it is open where some time is, or said to be somewhere that is none of the places any more. */
export function lacksPlace(answers: Answers): boolean {
  if (!asksForPlaces(answers)) return false;
  const said = sessionPlaces(answers);
  const known = [ALL_PLACES, ...namedPlaces(answers).map(({ id }) => id)];
  return schedulesIn(answers).some((_, index) => !known.includes(said[index] ?? ''));
}
