import { lookUp } from '../../domain/look-up.ts';

/**
 * What the forms of an English word have in common: 'exercise', 'exercises', 'exercised' and 'exercising' all become
 * 'exercis'. It is our own and small on purpose: the usual stemmers go further and join words that people keep apart
 * here ('organisation' with 'organ', 'universal' with 'university'). Only endings of grammar go: plural, -ing, -ed.
 * Words of other scripts, and those with a digit, stay as they are.
 */

const PLAIN = /^[a-z]+$/;
const VOWEL = /[aeiouy]/;
/** Words that look like plurals or like forms with -ing, and are not; and plurals without an s. */
const EXCEPTIONS: Record<string, string> = {
  cant: 'cannot',
  news: 'news',
  series: 'series',
  bus: 'bus',
  buses: 'bus',
  gas: 'gas',
  yes: 'yes',
  being: 'being',
  wellbeing: 'wellbeing',
  during: 'during',
  evening: 'even-ing',
  evenings: 'even-ing',
  spring: 'spring',
  string: 'string',
  thing: 'thing',
  nothing: 'nothing',
  meeting: 'meet',
  wedding: 'wedding',
  // Who asks for model trains asks for no training.
  trains: 'train-s',
  clothing: 'cloth-ing',
  ache: 'ache',
  aches: 'ache',
  aching: 'ache',
  aged: 'age',
  ageing: 'age',
  aging: 'age',
  men: 'man',
  women: 'woman',
  children: 'child',
  people: 'person',
  feet: 'foot',
  teeth: 'tooth',
  knives: 'knif',
  lives: 'lif',
  wives: 'wif',
  mens: 'man',
  womens: 'woman',
  childrens: 'child',
};

/**
 * Brings what is left to one form: no doubled letter ('runn'), no e at the end of a longer word ('exercise'), i for y
 * ('party', 'parties').
 */
function tidy(rest: string): string {
  const last = rest[rest.length - 1] ?? '';
  const before = rest[rest.length - 2] ?? '';
  if (rest.length > 3 && last === before && !VOWEL.test(last)) return rest.slice(0, -1);
  if (last === 'e' && rest.length > 4) return rest.slice(0, -1);
  if (last === 'y' && rest.length > 2 && !VOWEL.test(before)) return `${rest.slice(0, -1)}i`;
  return rest;
}

/** 'caring' comes from 'care' and not from 'car': a short word of consonant, vowel, consonant has lost an e. */
const LOST_E = /^[^aeiouy][aeiouy][^aeiouwxy]$/;

function singular(word: string): string {
  if (!word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** The stem of a folded word: a key to compare by, and not always a word. */
export function stem(word: string): string {
  const exception = lookUp(EXCEPTIONS, word);
  if (exception !== undefined) return exception;
  if (word.length < 4 || !PLAIN.test(word)) return word;
  const one = singular(word);
  for (const ending of ['ing', 'ed']) {
    const rest = one.slice(0, -ending.length);
    if (one.endsWith(ending) && rest.length >= 3 && VOWEL.test(rest) && !one.endsWith('eed'))
      return LOST_E.test(rest) ? `${rest}e` : tidy(rest);
  }
  return tidy(one);
}
