import { stem } from './stem.ts';

/**
 * Words that add colour to a search and do not say what it is about: 'group' in 'bereavement group', 'wednesday' in
 * 'turkish women wednesday'. Listings that have them come first, but none is dropped for lacking them, unless nothing
 * else was typed.
 */
const LIGHT_WORDS = new Set(
  `group class lesson learn club course session service support help activity programme program project scheme event local meeting
  meet centre place thing person somebody someone anybody anyone anything everything nothing something
  want like love try find know think feel feeling give take bring make start begin stop keep stay leave live stand let
  never not no more less much many lot bit very really too also still again ever always yet even well
  wont cannot dont doesnt didnt isnt wont wouldnt couldnt shouldnt
  year month week day hour time today tonight now soon old over under aged new young good bad best nice friendly easy free cheap
  monday tuesday wednesday thursday friday saturday sunday weekday weekend morning afternoon evening
  patient client clinic referral waiting list advice see ask use run work own one two other another before after through during
  speaking speaker available able but because though when while without around together away made make turn put hold
  come look said say tell told since else problem issue trouble suffer suffering struggle struggling afford language
  getting going goes went gone got having doing using anymore any more most such each every several almost nearly actually
  recently lately suddenly anywhere everywhere nowhere nearby ago yesterday tomorrow properly thanks hello hi im id ill
  arent havent hasnt hadnt wasnt werent youre theyre theres`
    .split(/\s+/)
    .map(stem),
);

export const isLightWord = (word: string): boolean => isLightStem(stem(word));

/** The same of a word of which the stem is known already. */
export const isLightStem = (stemmed: string): boolean => LIGHT_WORDS.has(stemmed);
