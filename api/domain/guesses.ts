import type { Service } from './service.ts';

/**
 * What nobody has said of a listing. An import puts what a source does not say, or not so that it can be read, by the words of the
 * record: under a category, and as the kind that goes with it. That is of use to find a listing, and no fact.
 */

/** A part of a listing that may have been guessed. */
type Guessed = NonNullable<Service['guessed']>[number];

/** What of a listing is still a guess: nothing any more once a person has checked it, or its source says it. */
export const guessesIn = ({ guessed = [], assured_by }: Pick<Service, 'guessed' | 'assured_by'>): readonly Guessed[] =>
  assured_by === 'organization' || assured_by === 'moderator' ? [] : guessed;

/** Whether a directory has put a listing among others by its words alone; a guess of its language puts it nowhere. */
export const isSortedByWords = (guesses: readonly string[]): boolean => guesses.some((part) => part !== 'written_in');

/** Whether a part of a listing is a guess. */
export const isGuess = (service: Pick<Service, 'guessed' | 'assured_by'>, part: Guessed): boolean =>
  guessesIn(service).includes(part);

/** In place of a category, of what has none: for moderators alone, since it is no subject and the API does not take it. */
export const UNSORTED = 'unsorted';

/** Whether nothing says what a listing is: it has no category, and its kind is one since each has one, and is not shown. */
export const isUnsorted = (shown: {
  taxonomy_terms: readonly string[];
  guessed?: readonly string[] | undefined;
}): boolean => shown.taxonomy_terms.length === 0 && (shown.guessed ?? []).includes('kind');

/** A listing of which somebody has said a part. */
export const withoutGuess = (service: Service, part: Guessed): Service => {
  const { guessed = [], ...rest } = service;
  const left = guessed.filter((it) => it !== part);
  return left.length > 0 ? { ...rest, guessed: left } : rest;
};
