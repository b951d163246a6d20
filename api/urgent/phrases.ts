import { isStopWord } from '../search/text/tokens.ts';
import { AlikeWords } from './alike.ts';
import type { Block } from './blocks.ts';
import { keysOf, mayHold } from './keys.ts';
import { findPattern, type Taken } from './match.ts';
import { type Part, readPattern, readSet, type Sequence, type WordSets, wordsAlone } from './pattern.ts';
import { type Reading, Vocabulary } from './readings.ts';

/**
 * The phrases of danger: which subjects a text speaks of, and how. A line of a block `[phrases subject]` is a pattern
 * (pattern.ts). One after `~` speaks of the subject and not of danger now ('a group after a stroke'): help is shown too,
 * gently. One after `-` says that its words mean something else ('stroke the cat'). `@tr` says in which language the lines
 * after it are.
 */

/** `now`: help stands first. `gently`: it stands there, small. */
export type Level = 'now' | 'gently';

export interface Spoken {
  subject: string;
  level: Level;
  /** The language that it was said in, such as 'tr'. */
  language: string;
}

interface Phrase {
  subject: string;
  says: Level | 'nothing';
  language: string;
  sequences: Sequence[];
}

const MARKS: Record<string, Phrase['says']> = { '~': 'gently', '-': 'nothing' };
const SET = /^(<[a-z][a-z ]*>)\s*=\s*(\S.*)$/;

/** Whether it is more than one word. */
const isSeveral = (taken: Taken): boolean => (taken & (taken - 1n)) !== 0n;

export class Phrases {
  readonly #byKey = new Map<string, Phrase[]>();
  readonly #vocabulary: Vocabulary;
  /** Words that say by themselves that there is danger. */
  readonly wordsAlone = new Set<string>();

  /**
   * Takes in the blocks `[words]`, whose sets all others use, `[alike]` and `[phrases subject]`.
   * @param isName whether a word is a name, of a place say, and so no mistake for another word
   * @throws UrgentError for a line that is no phrase
   */
  constructor(blocks: readonly Block[], isName: (word: string) => boolean) {
    this.#vocabulary = new Vocabulary(new AlikeWords(blocks.filter(({ kind }) => kind === 'alike')), isName);
    const shared = new Map<string, Part>();
    for (const block of blocks.filter(({ kind }) => kind === 'words')) this.#read(block, shared);
    for (const block of blocks.filter(({ kind }) => kind === 'phrases')) this.#read(block, new Map(shared));
  }

  /** Makes ready in slices what a search would wait for. */
  prepare(): Generator<void> {
    return this.#vocabulary.prepare();
  }

  /** All words that phrases are made of. */
  get words(): ReadonlySet<string> {
    return this.#vocabulary.words;
  }

  #read({ kind, name, lines }: Block, sets: Map<string, Part>): void {
    let language = 'en';
    for (const line of lines) {
      const [, set = '', choices = ''] = SET.exec(line.text) ?? [];
      if (set !== '') {
        sets.set(set, readSet(line, choices, sets as WordSets));
        continue;
      }
      if (kind === 'words') throw line.wrong('here stand sets alone: ‘<me> = me | myself’.');
      const [, spoken] = /^@([a-z]{2,3})$/.exec(line.text) ?? [];
      if (spoken) {
        language = spoken;
        continue;
      }
      const says = MARKS[line.text[0]!] ?? 'now';
      const sequences = readPattern(line, says === 'now' ? line.text : line.text.slice(1).trim(), sets);
      this.#enter({ subject: name, says, language, sequences });
    }
  }

  #enter(phrase: Phrase): void {
    this.#vocabulary.add(phrase.sequences);
    const [sequence, ...others] = phrase.sequences;
    if (phrase.says !== 'nothing' && sequence && others.length === 0)
      for (const word of wordsAlone(sequence)) this.wordsAlone.add(word);
    for (const key of keysOf(phrase.sequences)) {
      const known = this.#byKey.get(key);
      if (known) known.push(phrase);
      else this.#byKey.set(key, [phrase]);
    }
  }

  /** The subjects that a text speaks of, each once. */
  in(text: string): Spoken[] {
    const spoken = new Map<string, Spoken>();
    for (const reading of this.#vocabulary.read(text))
      for (const each of this.#spokenIn(reading))
        if (spoken.get(each.subject)?.level !== 'now') spoken.set(each.subject, each);
    return [...spoken.values()];
  }

  #spokenIn(reading: Reading): Spoken[] {
    const found = new Map<string, { phrase: Phrase; ways: Taken[] }[]>();
    for (const phrase of this.#candidates(reading)) {
      const ways = findPattern(phrase.sequences, reading.words).filter(
        (taken) => reading.isSure || phrase.says === 'nothing' || isSeveral(taken),
      );
      if (ways.length === 0) continue;
      const others = found.get(phrase.subject);
      if (others) others.push({ phrase, ways });
      else found.set(phrase.subject, [{ phrase, ways }]);
    }
    const small = reading.words.reduce(
      (bits, [typed = ''], at) => (isStopWord(typed) ? bits | (1n << BigInt(at)) : bits),
      0n,
    );
    return [...found].flatMap(([subject, all]) => {
      const takenBy = (says: Phrase['says']) =>
        all.filter(({ phrase }) => phrase.says === says).flatMap((it) => it.ways);
      const otherwise = takenBy('nothing').reduce((bits, taken) => bits | taken, 0n) & ~small;
      const counts = (taken: Taken) => (taken & otherwise) === 0n;
      const gentle = takenBy('gently').filter(counts);
      // What is said gently is no danger now, unless more is said than that.
      const urgent = (taken: Taken) => counts(taken) && !gentle.some((other) => (taken & ~other) === 0n);
      const now = all.find(({ phrase, ways }) => phrase.says === 'now' && ways.some(urgent));
      const gently = all.find(({ phrase, ways }) => phrase.says !== 'nothing' && ways.some(counts));
      const shown = now ?? gently;
      return shown
        ? [{ subject, level: now ? 'now' : 'gently', language: shown.phrase.language } satisfies Spoken]
        : [];
    });
  }

  /** The phrases whose words were all typed, in whatever order. */
  #candidates(reading: Reading): Set<Phrase> {
    const typed = new Set<string>();
    for (const word of reading.words.flat()) {
      typed.add(word);
      for (const start of this.#vocabulary.beginningsOf(word)) typed.add(`${start}*`);
    }
    const candidates = new Set<Phrase>();
    for (const key of typed)
      for (const phrase of this.#byKey.get(key) ?? []) if (mayHold(phrase.sequences, typed)) candidates.add(phrase);
    return candidates;
  }
}
