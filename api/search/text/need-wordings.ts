import { alternative, alternativesFor, ITSELF, type KnownWords, SYNONYM, WIDER, type Wording } from './alternatives.ts';
import { isLightWord } from './light-words.ts';
import type { NearNeed } from './nearest-needs.ts';
import type { Meant } from './need-phrases.ts';

/** What finds listings that help with the needs that typed words say. */

/** So many wordings of one need are looked for at most. */
const MOST_WORDINGS = 40;
const MOST_NEAR_WORDINGS = 60;
/** A need that is so alike to what was typed is looked for; what helps with it is where it is more alike than that. */
const NEAR = 0.5;
const NEAR_FOR_HELP = 0.7;
/** What such a wording counts for, beside one of a need that was said. */
const NEARLY = 0.8;

const wordingsOfNames = (known: KnownWords, { names }: Meant): Wording[] =>
  names
    .flatMap((words) => alternativesFor(known, words, []))
    .map((each) => ({ ...each, weight: (each.weight * SYNONYM) / ITSELF }));

// 'Support group' is said by every other listing.
const wordingsOf = (known: KnownWords, phrases: readonly string[][]): Wording[] =>
  phrases.filter((words) => !words.every(isLightWord)).flatMap((words) => alternative(known, words, WIDER));

/** What finds listings that help with a need, whoever it was that said it. */
const wordingsOfNeed = (known: KnownWords, meant: Meant): Wording[] =>
  [...wordingsOfNames(known, meant), ...wordingsOf(known, meant.helps)].slice(0, MOST_WORDINGS);

/** What finds listings for a need that was nearly said. */
const wordingsOfNear = (known: KnownWords, meant: Meant, alike: number): Wording[] =>
  [
    ...wordingsOfNames(known, meant),
    ...wordingsOf(known, alike >= NEAR_FOR_HELP ? meant.helps : []),
    ...wordingsOf(known, meant.ways),
  ]
    .slice(0, MOST_NEAR_WORDINGS)
    .map((each) => ({ ...each, weight: each.weight * NEARLY, isNear: true }));

/**
 * For each word what finds help with the needs that it says, alone or with its neighbours, and with those that it nearly says. The
 * phrase of a need does not bind its words: each is still looked for by itself.
 */
export function wordingsOfNeeds(
  known: KnownWords,
  words: readonly string[],
  small: readonly string[][],
  near: readonly NearNeed[],
): Wording[][] {
  const wordings = words.map((): Wording[] => []);
  for (let at = 0; at < words.length; ) {
    const said = known.needs.at(words, small, at);
    const length = said?.length ?? 1;
    const found = said?.needs.flatMap((meant) => wordingsOfNeed(known, meant)) ?? [];
    if (found.length > 0) wordings.fill(found, at, at + length);
    at += length;
  }
  for (const { need, alike, by } of near) {
    if (alike < NEAR) continue;
    const found = wordingsOfNear(known, known.needs.meant[need]!, alike);
    for (const [at, word] of words.entries()) if (by.includes(word)) wordings[at] = [...wordings[at]!, ...found];
  }
  return wordings;
}

/** What finds help with the few needs of which a word is said that no listing has. */
export const wordingsOfHint = (known: KnownWords, word: string, all: readonly string[]): Wording[] =>
  isLightWord(word) ? [] : known.needs.ofWord(word, all).flatMap((meant) => wordingsOfNeed(known, meant));
