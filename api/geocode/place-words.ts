import { geography } from './geography.ts';

let words: ReadonlySet<string> | undefined;

/** The words that the names of districts and wards of Great Britain are made of: lower case, no accents or apostrophes. */
export function placeWords(): ReadonlySet<string> {
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
  return words;
}
