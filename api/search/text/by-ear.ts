/**
 * Finds what somebody meant who wrote a word as it sounds: 'numonia', 'alzimers', 'skitsofrenia'. Several letters are then
 * wrong at once, and as typing mistakes they would be too many.
 */

/** How letters sound, in the order in which they are heard; `A` is any vowels, `S` is 'sh'. British, and rough. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^sc(?=[eiy])/, 's'],
  [/^coel/, 'sel'],
  [/sthm/g, 'sm'],
  [/cz(?=em)/g, 'ks'],
  [/^x/, 's'],
  [/chet$/, 'Say'],
  [/(?:ough|augh)t/g, 'ot'],
  [/ph/g, 'f'],
  [/sch/g, 'sk'],
  [/t?ch/g, 'k'],
  [/(?:[tc]i(?=a|o[nu])|s?si(?=on))/g, 'S'],
  [/sh/g, 'S'],
  [/[tc]?z+/g, 's'],
  [/ts/g, 's'],
  [/sc(?=[eiy])/g, 's'],
  [/cc(?=[eiy])/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/cz?s/g, 'ks'],
  [/x/g, 'ks'],
  [/(?:ck|[cq])/g, 'k'],
  [/d?g(?=[eiy])/g, 'j'],
  [/gh/g, ''],
  [/m[bn]$/, 'm'],
  [/[hw]/g, ''],
  [/(.)\1+/g, '$1'],
  [/(?<=[^aeiouy])e$/, ''],
  [/[aeiouy]+/g, 'A'],
];

/** A shorter word, or one of fewer consonants, sounds like too many others. */
const SHORTEST = 5;
const FEWEST_CONSONANTS = 3;
/** What share of the letters must be the same at the beginning and at the end together: 'Nacro' is not 'nicker'. */
const LEAST_ALIKE = 0.4;
/** With so many consonants that sound alike, a smaller share will do: 'disleksia'. */
const MANY_CONSONANTS = 4;
const LEAST_OF_MANY = 0.3;
const PLAIN = /^[a-z]+$/;

/** "Alzheimer's" is in the vocabulary without its ending. */
const withoutEnding = (word: string): string => word.replace(/(?<=[^s])s$/, '');

/** How a word sounds; the same for 'fizzio' and 'physio'. */
const heardAs = (word: string): string =>
  SOUNDS.reduce((sound, [letters, heard]) => sound.replace(letters, heard), withoutEnding(word));

const consonants = (sound: string): number => sound.replaceAll('A', '').length;

/** Whether a word can be known by its sound. */
const isHeard = (word: string): boolean =>
  word.length >= SHORTEST && PLAIN.test(word) && consonants(heardAs(word)) >= FEWEST_CONSONANTS;

function sharedLetters(a: string, b: string): number {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a[shared] === b[shared]) shared++;
  return shared;
}

/** How alike two words are written at their beginnings and their ends, from 0 to 1. */
function alike(a: string, b: string): number {
  const ends = sharedLetters([...a].reverse().join(''), [...b].reverse().join(''));
  return (sharedLetters(a, b) + ends) / Math.max(a.length, b.length);
}

/** Which of some words is meant by one that sounds as they do: the one that is written most alike; null where none is. */
export function meantByEar(typed: string, words: Iterable<string>): string | null {
  if (!isHeard(typed)) return null;
  const sound = heardAs(typed);
  const least = consonants(sound) >= MANY_CONSONANTS ? LEAST_OF_MANY : LEAST_ALIKE;
  let best: { word: string; likeness: number } | null = null;
  for (const word of words) {
    const likeness = Math.max(alike(word, typed), alike(withoutEnding(word), withoutEnding(typed)));
    if (likeness < least || heardAs(word) !== sound || !isHeard(word)) continue;
    if (best === null || likeness > best.likeness || (likeness === best.likeness && word < best.word))
      best = { word, likeness };
  }
  return best?.word ?? null;
}

/** So many words are heard between two pauses. */
const SLICE = 100;

/** The words of the vocabulary by how they sound. */
export class WordsByEar {
  readonly #bySound = new Map<string, string[]>();
  readonly #unheard: Iterator<string>;

  /** @param words as they are written; heard by `prepare`, or when the first is looked for */
  constructor(words: ReadonlySet<string>) {
    this.#unheard = words.values();
  }

  /** The word that is meant by one that was typed; null where none sounds so. */
  of(typed: string): string | null {
    for (const _ of this.prepare());
    return meantByEar(typed, this.#bySound.get(heardAs(typed)) ?? []);
  }

  /** Hears the words in slices, so that the first search that needs them does not wait. */
  *prepare(): Generator<void> {
    let heard = 0;
    for (let next = this.#unheard.next(); !next.done; next = this.#unheard.next()) {
      const sound = heardAs(next.value);
      const others = this.#bySound.get(sound);
      if (others) others.push(next.value);
      else this.#bySound.set(sound, [next.value]);
      if (++heard % SLICE === 0) yield;
    }
  }
}
