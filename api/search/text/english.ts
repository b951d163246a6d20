import dictionary from 'dictionary-en-gb';
import { fold } from './tokens.ts';

/**
 * Whether a word is an English one, by the British dictionary of Hunspell (SCOWL, which leaves out the rarest words since
 * they are mostly mistakes for common ones). The dictionary holds some 50,000 words, each with flags that say which endings and
 * beginnings it takes; a word is looked up by taking these off, and not by making all 120,000 forms. It is read when it is
 * first asked.
 */

interface Affix {
  flag: string;
  /** What stands on the word in place of `instead`. */
  added: string;
  instead: string;
  /** What the word without it must look like. */
  fits: RegExp;
}

interface English {
  /** Flags by word, folded, without apostrophes. */
  words: Map<string, string>;
  prefixes: Affix[];
  suffixes: Affix[];
}

let english: English | undefined;

const PLAIN = /^[a-z]+$/;
const bare = (word: string): string => fold(word).replaceAll("'", '');

/** Lines such as `SFX D   y     ied        [^aeiou]y`; see hunspell(5). */
function affixesOf(text: string, kind: 'PFX' | 'SFX'): Affix[] {
  const lines = text.matchAll(new RegExp(`^${kind} (\\w) +(\\S+) +(\\S+) +(\\S+)$`, 'gm'));
  return [...lines].map(([, flag = '', instead = '', added = '', condition = '']) => ({
    flag,
    added: bare(added),
    instead: instead === '0' ? '' : instead,
    fits: new RegExp(kind === 'SFX' ? `${condition}$` : `^${condition}`),
  }));
}

function readDictionary(): English {
  const decoder = new TextDecoder();
  const rules = decoder.decode(dictionary.aff);
  const words = new Map<string, string>();
  // The first line says how many follow.
  for (const line of decoder.decode(dictionary.dic).split('\n').slice(1)) {
    const [word = '', flags = ''] = line.split('/');
    const key = PLAIN.test(word) ? word : bare(word);
    if (key !== '') words.set(key, (words.get(key) ?? '') + flags);
  }
  return { words, prefixes: affixesOf(rules, 'PFX'), suffixes: affixesOf(rules, 'SFX') };
}

/** Whether it is a word of the dictionary with one of its endings taken off; `also` is a flag that it must have besides. */
function isEnding({ words, suffixes }: English, word: string, also: string): boolean {
  return suffixes.some(({ flag, added, instead, fits }) => {
    if (!word.endsWith(added) || word.length <= added.length) return false;
    const base = word.slice(0, -added.length) + instead;
    const flags = words.get(base);
    return flags?.includes(flag) === true && flags.includes(also) && fits.test(base);
  });
}

/**
 * Whether it is a word of English, a common name included, in any of its forms.
 * @param word as tokens.ts makes them: folded, without apostrophes
 */
export function isEnglish(word: string): boolean {
  english ??= readDictionary();
  const { words, prefixes } = english;
  if (words.has(word) || isEnding(english, word, '')) return true;
  return prefixes.some(({ flag, added }) => {
    if (!word.startsWith(added)) return false;
    const rest = word.slice(added.length);
    return words.get(rest)?.includes(flag) === true || isEnding(english as English, rest, flag);
  });
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** All that is one mistake away from a word: a letter too many, a missing one, a wrong one, or two neighbours swapped. */
function* oneMistakeAway(word: string): Generator<string> {
  for (let at = 0; at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    if (after !== '') yield before + after.slice(1);
    if (after.length > 1) yield before + after[1] + after[0] + after.slice(2);
    for (const letter of LETTERS) {
      if (after !== '') yield before + letter + after.slice(1);
      yield before + letter + after;
    }
  }
}

/**
 * The words of English that are one typing mistake away from what is none.
 * @param typed folded, of letters alone
 */
export const englishNear = (typed: string): string[] => [...new Set(oneMistakeAway(typed))].filter(isEnglish);
