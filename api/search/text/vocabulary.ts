import type { WordVectors } from '../meaning/word-vectors.ts';
import type { Need } from './needs.ts';

/**
 * Words that find each other: what clinicians write and what people say. The file (data/vocabulary/synonyms.txt) is for
 * a moderator to read and extend: UTF-8, `#` begins a comment, one group on a line, terms separated by commas. All
 * terms of a group find each other. In `a, b > c, d` a search for a or b also finds c and d, and not the other way
 * round. A term may be a phrase.
 */

interface SynonymGroup {
  /** A search for any of these … */
  from: string[];
  /** … finds these too. Both lists are the same in a group without direction. */
  to: string[];
}

export interface Vocabulary {
  groups: SynonymGroup[];
  /** Words that are spelt right though no term holds them: names of places, words of danger in other languages. */
  spelt?: readonly string[];
  /** Words that speak of danger by themselves: no mistake is put right into one of them, or into another, where both may be meant. */
  danger?: readonly string[];
  /** What people come with (needs.ts); none where only synonyms were read. */
  needs?: Need[];
  /** What words have to do with each other; none where the table of word vectors is not there. */
  vectors?: WordVectors | undefined;
}

/** A line of the vocabulary that cannot be understood; `line` counts from 1. */
export class VocabularyError extends Error {
  readonly line: number;
  constructor(line: number, problem: string) {
    super(`Line ${line} of the vocabulary: ${problem}`);
    this.name = 'VocabularyError';
    this.line = line;
  }
}

function termsOf(text: string, line: number): string[] {
  const terms = text.split(',').map((term) => term.trim());
  if (terms.some((term) => term === '')) throw new VocabularyError(line, 'a term is missing beside a comma or the >.');
  const loud = terms.find((term) => term !== term.toLowerCase());
  if (loud !== undefined) throw new VocabularyError(line, `write '${loud}' in lower case.`);
  return terms;
}

/**
 * Reads the vocabulary.
 * @throws VocabularyError that names the line of a mistake and what to do about it
 */
export function readVocabulary(text: string): Vocabulary {
  const groups: SynonymGroup[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    const content = (raw.split('#', 1)[0] ?? '').trim();
    if (content === '') continue;
    const sides = content.split('>');
    if (sides.length > 2) throw new VocabularyError(line, 'there may be one > at most; make two groups of it.');
    const from = termsOf(sides[0] ?? '', line);
    const to = sides[1] === undefined ? from : termsOf(sides[1], line);
    if (sides[1] === undefined && from.length < 2)
      throw new VocabularyError(line, `'${from[0]}' stands alone; a group has two terms or more, separated by commas.`);
    const twice = to.find((term, at) => to.indexOf(term) !== at);
    if (twice !== undefined) throw new VocabularyError(line, `'${twice}' is there twice; once is enough.`);
    groups.push({ from, to });
  }
  return { groups };
}
