import { geography } from './geography.ts';

let words: Set<string> | undefined;

/**
 * Whether a word is part of the name of a district or a ward of Great Britain: 'stebbing' is a village, and no mistake for
 * another word.
 * @param word in lower case, without accents and apostrophes
 */
export function isPlaceWord(word: string): boolean {
  words ??= new Set(
    [...geography().districts.values(), ...geography().wards.values()].flatMap(
      ({ name }) =>
        name
          .normalize('NFKD')
          .replace(/[\p{M}'’]/gu, '')
          .toLowerCase()
          .match(/[a-z]+/g) ?? [],
    ),
  );
  return words.has(word);
}
