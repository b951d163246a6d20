import type { Line } from './blocks.ts';
import { wordsTyped } from './words.ts';

/**
 * A way to say something, for all who say it a little differently. In a pattern
 *   (a | b c)  is one of several          [a]   may be missing
 *   word*      is any word that begins so  ..    is up to three other words, or none
 *   <name>     is a set written once       +     parts what may stand anywhere, in any order
 *   ^ and $    are the beginning and the end of what was typed
 *   <number>   is a number of ten or more
 */

export type Part =
  | { kind: 'word'; word: string }
  | { kind: 'begins'; start: string }
  | OneOf
  | { kind: 'gap' | 'start' | 'end' | 'number' };

export type Sequence = Part[];

/** Choices, kept by how they begin, since a set may have hundreds of them. */
export interface OneOf {
  kind: 'one of';
  choices: readonly Sequence[];
  /** Choices of one word. */
  words: ReadonlySet<string>;
  /** Longer ones by their first word. */
  longer: ReadonlyMap<string, readonly Sequence[]>;
  /** Those that begin with something else than a word, or are empty. */
  others: readonly Sequence[];
}

/** By name: what `<name>` stands for. */
export type WordSets = ReadonlyMap<string, Part>;

/** Letters: a shorter beginning would be that of too many words. */
export const SHORTEST_BEGINNING = 2;
const TOKEN = /[()[\]|+^$]|<[^>]*>?|\.\.|[^\s()[\]|+^$<]+/g;
const PLAIN = /^[a-z]+$/;
const SIGNS: Record<string, Part> = { '..': { kind: 'gap' }, '^': { kind: 'start' }, $: { kind: 'end' } };

/** Choices as they are kept. */
function oneOf(choices: readonly Sequence[]): OneOf {
  const words = new Set<string>();
  const longer = new Map<string, Sequence[]>();
  const others: Sequence[] = [];
  for (const choice of choices) {
    const [first] = choice;
    if (first?.kind !== 'word') others.push(choice);
    else if (choice.length === 1) words.add(first.word);
    else longer.set(first.word, [...(longer.get(first.word) ?? []), choice]);
  }
  return { kind: 'one of', choices, words, longer, others };
}

/** Reads one line of choices, `a | b c`, or what stands between the brackets of a pattern. */
class Reader {
  readonly #tokens: string[];
  readonly #sets: WordSets;
  readonly #line: Line;
  #at = 0;

  constructor(line: Line, text: string, sets: WordSets) {
    this.#line = line;
    this.#tokens = text.match(TOKEN) ?? [];
    this.#sets = sets;
  }

  /** All choices up to a closing bracket, or to the end. */
  choices(closing: string | null): Sequence[] {
    const choices: Sequence[] = [[]];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      if (token === closing) return this.#complete(choices);
      if (token === '|') choices.push([]);
      else choices.at(-1)!.push(...this.#part(token));
    }
    if (closing !== null) throw this.#line.wrong(`a bracket is open: close it with ‘${closing}’.`);
    return this.#complete(choices);
  }

  #complete(choices: Sequence[]): Sequence[] {
    if (choices.some((choice) => choice.length === 0))
      throw this.#line.wrong('a word is missing beside a | or a bracket.');
    return choices;
  }

  #part(token: string): Part[] {
    const sign = SIGNS[token];
    if (sign) return [sign];
    if (token === '(' || token === '[') {
      this.#at++;
      const choices = this.choices(token === '(' ? ')' : ']');
      return [oneOf(token === '[' ? [...choices, []] : choices)];
    }
    if (token.startsWith('<')) return [this.#set(token)];
    if (/[()[\]+]/.test(token)) throw this.#line.wrong(`‘${token}’ cannot stand here.`);
    return this.#words(token);
  }

  #set(token: string): Part {
    if (token === '<number>') return { kind: 'number' };
    const set = this.#sets.get(token);
    if (!set) throw this.#line.wrong(`there is no set ${token}; write it above, as ‘${token} = one | another’.`);
    return set;
  }

  #words(token: string): Part[] {
    // Nearly all of them, and there are ten thousands.
    if (PLAIN.test(token)) return [{ kind: 'word', word: token }];
    const words = wordsTyped(token.replace(/\*$/, '')).map(([word]) => word ?? '');
    if (words.length === 0) throw this.#line.wrong(`‘${token}’ is no word.`);
    const last = words.at(-1)!;
    if (!token.endsWith('*')) return words.map((word) => ({ kind: 'word', word }));
    if (last.length < SHORTEST_BEGINNING)
      throw this.#line.wrong(
        `‘${token}’ would be the beginning of too many words: give ${SHORTEST_BEGINNING} letters.`,
      );
    return [...words.slice(0, -1).map((word): Part => ({ kind: 'word', word })), { kind: 'begins', start: last }];
  }
}

/**
 * Reads what a set stands for.
 * @throws UrgentError for what is no list of choices
 */
export const readSet = (line: Line, text: string, sets: WordSets): Part =>
  oneOf(new Reader(line, text, sets).choices(null));

const canBeEmpty = (sequence: Sequence): boolean =>
  sequence.every((part) =>
    part.kind === 'one of' ? part.choices.some(canBeEmpty) : part.kind !== 'word' && part.kind !== 'begins',
  );

/**
 * Reads a pattern: its sequences, all of which must be found.
 * @throws UrgentError for what is no pattern, or one that would be found in everything
 */
export function readPattern(line: Line, text: string, sets: WordSets): Sequence[] {
  return text.split(/\s\+\s/).map((part) => {
    const choices = new Reader(line, part, sets).choices(null);
    const sequence: Sequence = choices.length === 1 ? choices[0]! : [oneOf(choices)];
    if (canBeEmpty(sequence))
      throw line.wrong('this would be found in everything: a word that must be there is missing.');
    return sequence;
  });
}

/** The words that are the whole of what a sequence needs: those of its one part that cannot be left out. */
export function wordsAlone(sequence: Sequence): string[] {
  const needed = sequence.filter((part) => !canBeEmpty([part]));
  const [part] = needed;
  if (needed.length !== 1 || !part) return [];
  if (part.kind === 'word') return [part.word];
  return part.kind === 'one of' ? part.choices.flatMap(wordsAlone) : [];
}
