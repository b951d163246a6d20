import { type Answers, multipleAnswers, singleAnswer } from '../domain/answers.ts';

/** The places of a form: a listing may be at several. The fields of the first have plain names, those of others a number. */

/** Places that the form asks for. A listing may have more: they stay as they are. */
export const PLACE_NUMBERS = [1, 2, 3, 4, 5, 6] as const;

/** What is asked of each place. */
const ASKED = ['venue_name', 'address_1', 'address_2', 'city', 'postcode', 'confidential'] as const;

/** The name that a field of the first place has for another one: 'postcode_2'. */
export const placeField = (name: string, place: number): string => (place === 1 ? name : `${name}_${place}`);

/** All fields in which a place is said. */
export const PLACE_FIELDS: readonly string[] = PLACE_NUMBERS.flatMap((place) =>
  ASKED.map((name) => placeField(name, place)),
);

/** The answer to a field of a place, trimmed; '' where there is none. */
export const placeAnswer = (answers: Answers, name: string, place: number): string =>
  singleAnswer(answers, placeField(name, place));

/** Whether people come to places that have an address, so that there is one to write. */
export const hasAddress = (answers: Answers): boolean =>
  multipleAnswers(answers, 'attending').includes('in_person') && singleAnswer(answers, 'various_places') !== 'yes';

/** Whether anything of a place is written; the first is always asked for. */
export const isWritten = (answers: Answers, place: number): boolean =>
  place === 1 || ASKED.some((name) => placeAnswer(answers, name, place) !== '');

/** The numbers of the places that the answers name. */
export const placesIn = (answers: Answers): number[] =>
  hasAddress(answers) ? PLACE_NUMBERS.filter((place) => isWritten(answers, place)) : [];

/** Whether the address of a place is kept private. */
export const isPrivatePlace = (answers: Answers, place: number): boolean =>
  placeAnswer(answers, 'confidential', place) === 'yes';
