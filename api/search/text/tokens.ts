/**
 * Turns text into words, as they are indexed and looked up: lower case, without accents and apostrophes, in any script.
 */

/** Characters of a word that are kept, in listings as in queries. */
export const MAX_WORD = 40;

/** Letters that stand for others and that Unicode does not take apart. */
const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
const ODD_LETTERS = /[ßæœøłđðþı]/g;
/**
 * Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic: marks that people leave out when they
 * type. The signs of Bengali, Hindi and similar scripts stay, since a word without them is another word.
 */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
const ASCII = /^[\x20-\x7e]*$/;
const WORDS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'\u2019\u02bc\u05f3]*/gu;
/** Scripts without spaces between words: each character counts as a word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const PLAIN_WORDS = /[a-z0-9][a-z0-9']*/g;

/** Lower case with accents folded: 'Café' and 'CAFE' both come to 'cafe'. Names are sorted by this. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(ODD_LETTERS, (letter) => LETTERS[letter] ?? letter);
}

/** 'A&E' and 'Q & A' are words of their own, and not two letters. */
const AND_BETWEEN_LETTERS = /(?<![\p{L}\p{N}])(\p{L}) ?& ?(\p{L})(?![\p{L}\p{N}])/gu;

/** 'A.A.' is 'AA', and not two letters. */
const STOPS_BETWEEN_LETTERS = /(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])/gu;

/** The illness and the computers, where small letters stand around them: small words by their letters alone. */
export const CAPITALS = /(?<![A-Za-z\d'’])(?:ME|IT)(?![A-Za-z\d'’])/;
const ALL_CAPITALS = new RegExp(CAPITALS, 'g');
/** Two letters that keep their stop, without which they would be a small word. */
const KEEP_THEIR_STOP = new Set(['m.e', 'i.t']);
const WORDS_WITH_STOPS =
  /(?<![\p{L}\p{N}])(?:m\.e|i\.t)(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{M}\p{N}'\u2019\u02bc\u05f3]*/gu;

const withStops = (text: string): string =>
  CAPITALS.test(text) && /[a-z]/.test(text) ? text.replace(ALL_CAPITALS, ([first, last]) => `${first}.${last}`) : text;

const withoutStops = (letters: string): string =>
  KEEP_THEIR_STOP.has(letters) ? letters : letters.replaceAll('.', '');

/** "women's" and "women" are one word, "o'brien" and "obrien" too. */
function withoutApostrophes(word: string): string {
  const bare = word.replace(/['\u2019\u02bc\u05f3]s?$/, '');
  return bare.replace(/['\u2019\u02bc\u05f3]/g, '');
}

/** The words of a text in their order, folded. Stop words are still among them. */
export function tokens(text: string): string[] {
  const lower = fold(withStops(text));
  const joined = lower.includes('&') ? lower.replace(AND_BETWEEN_LETTERS, '$1$2') : lower;
  const hasStops = joined.includes('.');
  const folded = hasStops ? joined.replace(STOPS_BETWEEN_LETTERS, withoutStops) : joined;
  const plain = ASCII.test(folded);
  const words: string[] = [];
  for (const found of folded.match(hasStops ? WORDS_WITH_STOPS : plain ? PLAIN_WORDS : WORDS) ?? []) {
    const word = found.includes("'") || !plain ? withoutApostrophes(found) : found;
    if (word === '') continue;
    if (!plain && UNSPACED.test(word)) words.push(...word.slice(0, MAX_WORD));
    else words.push(word.length > MAX_WORD ? word.slice(0, MAX_WORD) : word);
  }
  return words;
}

/** Words that say nothing about what is looked for, left out of listings and queries ('help with my pain near me'). */
const STOP_WORDS = new Set(
  `a about all am an and any are as at be been by can could do does for from get go had has have he her here him his how
  i if in into is it its ive just looking me my near need of on or our out please she so some something somewhere than
  that the their them then there these they this those to up us was we were what when where which who will with would
  you your y yr`
    .split(/\s+/)
    .filter(Boolean),
);

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);
