import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stem } from '#api/search/text/stem.ts';
import { isStopWord, tokens } from '#api/search/text/tokens.ts';
import { readVocabulary, VocabularyError } from '#api/search/text/vocabulary.ts';

/**
 * The file of synonyms as a moderator would keep it: read here line by line beside the program's own reader, so that a
 * fault is named by the line on which it stands.
 */

const FILE = join(import.meta.dirname, '../../data/vocabulary/synonyms.txt');
const text = readFileSync(FILE, 'utf8');

interface Line {
  number: number;
  raw: string;
  /** One list of terms for a group, two for a one-way line. */
  sides: string[][];
}

const lines: Line[] = text.split('\n').flatMap((raw, index) => {
  const words = raw.replace(/#.*/, '').trim();
  if (words === '') return [];
  return [
    {
      number: index + 1,
      raw: words,
      sides: words.split('>').map((side) => side.split(',').map((term) => term.trim())),
    },
  ];
});

const terms = (line: Line) => line.sides.flat();
/** 'line 12: the words', for lines that break a rule: the message of a failing test says where to look. */
const offending = (breaks: (line: Line) => boolean) =>
  lines.filter(breaks).map((line) => `line ${line.number}: ${line.raw}`);

/** What typing a term finds beside itself. */
function finds(typed: string): Set<string> {
  const found = new Set<string>();
  for (const { sides } of lines) {
    const [from = [], to = from] = sides;
    if (from.includes(typed)) for (const term of to) found.add(term);
  }
  return found;
}

describe('data/vocabulary/synonyms.txt', () => {
  it('holds enough groups to be of use', () => {
    expect(lines.length).toBeGreaterThanOrEqual(220);
    expect(lines.filter((line) => line.sides.length === 1).length).toBeGreaterThanOrEqual(150);
  });

  it('joins at least two terms in every line', () => {
    expect(offending((line) => terms(line).length < 2)).toEqual([]);
  });

  it('is in lower case, with single spaces and characters in their composed form', () => {
    expect(
      offending((line) =>
        terms(line).some((term) => term !== term.toLowerCase().normalize('NFC').replace(/\s+/g, ' ')),
      ),
    ).toEqual([]);
  });

  it('keeps terms to words and short phrases', () => {
    const short = (term: string) => term.length >= 2 && term.length <= 45 && term.split(' ').length <= 6;
    expect(offending((line) => !terms(line).every(short))).toEqual([]);
  });

  it('uses only letters, numbers and the marks that words are written with', () => {
    // Stops only where each letter has one: 'm.e.'.
    const WRITTEN = /^(?:(?:\p{L}\.){2,}|[\p{L}\p{M}\p{N} '&/+-]+)$/u;
    expect(offending((line) => !terms(line).every((term) => WRITTEN.test(term)))).toEqual([]);
  });

  it('names no term twice in a line', () => {
    expect(offending((line) => new Set(terms(line)).size < terms(line).length)).toEqual([]);
  });

  it('says nothing twice', () => {
    const meaning = (line: Line) => line.sides.map((side) => side.toSorted().join(',')).join('>');
    const seen = new Map<string, number>();
    const again = offending((line) => {
      const first = seen.get(meaning(line));
      seen.set(meaning(line), first ?? line.number);
      return first !== undefined;
    });
    expect(again).toEqual([]);
  });

  it('does not say in one direction what a group says in both', () => {
    const groups = lines.filter((line) => line.sides.length === 1).map((line) => new Set(terms(line)));
    const said = (from: string, to: string) => groups.some((group) => group.has(from) && group.has(to));
    const redundant = (line: Line) => {
      const [from, to] = line.sides;
      return from !== undefined && to !== undefined && from.some((one) => to.some((other) => said(one, other)));
    };
    expect(offending(redundant)).toEqual([]);
  });

  it('lets no term stand in more than five lines, or everything would find everything', () => {
    const count = new Map<string, number>();
    for (const term of lines.flatMap(terms)) count.set(term, (count.get(term) ?? 0) + 1);
    expect([...count].filter(([, lineCount]) => lineCount > 5)).toEqual([]);
  });

  it('keeps a group small enough to be one thing', () => {
    expect(offending((line) => line.sides.length === 1 && terms(line).length > 12)).toEqual([]);
  });

  it('holds no group that stands whole within another', () => {
    const groups = lines.filter((line) => line.sides.length === 1);
    const within = (line: Line) =>
      line.sides.length === 1 &&
      groups.some((other) => other !== line && new Set(terms(line)).isSubsetOf(new Set(terms(other))));
    expect(offending(within)).toEqual([]);
  });

  // 'end of life' and 'end my life' come to the same once small words are left out, and must never be taken for each other.
  it('has no two terms beside each other that the search takes for the same words', () => {
    const heard = (term: string) =>
      tokens(term)
        .filter((word) => !isStopWord(word))
        .map(stem)
        .join(' ');
    const doubled = (side: string[]) => new Set(side.map(heard)).size < side.length;
    expect(offending((line) => line.sides.some(doubled))).toEqual([]);
    expect(offending((line) => terms(line).some((term) => heard(term) === ''))).toEqual([]);
  });

  it('is written in sections that a person can find', () => {
    const sections = text.split('\n').filter((line) => /^# -{4} \S/.test(line));
    expect(sections.length).toBeGreaterThanOrEqual(12);
    const first = text.split('\n').findIndex((line) => /^# -{4} \S/.test(line));
    expect(lines.every((line) => line.number > first)).toBe(true);
  });
});

describe('readVocabulary', () => {
  it('reads the whole file, each line as it stands', () => {
    const { groups } = readVocabulary(text);
    expect(groups).toEqual(lines.map(({ sides: [from = [], to = from] }) => ({ from, to })));
  });

  it('reads groups, directions, comments, blank lines and Windows line ends', () => {
    const { groups } = readVocabulary(
      '\uFEFF# words\r\n\r\nchoir, singing # both ways\r\nsciatica , rsi > back pain\r\n',
    );
    expect(groups).toEqual([
      { from: ['choir', 'singing'], to: ['choir', 'singing'] },
      { from: ['sciatica', 'rsi'], to: ['back pain'] },
    ]);
  });

  it.each([
    ['a term that is missing', 'choir,, singing'],
    ['a comma at the end', 'choir, singing,'],
    ['nothing before the >', '> back pain'],
    ['nothing after the >', 'sciatica >'],
    ['two of >', 'sciatica > back pain > pain'],
    ['a term alone', 'choir'],
    ['a capital letter', 'Choir, singing'],
    ['a term twice', 'choir, singing, choir'],
  ])('names the line of %s', (_, line) => {
    const broken = () => readVocabulary(`# words\npottery, clay\n\n${line}\nknitting, crochet\n`);
    expect(broken).toThrow(VocabularyError);
    expect(broken).toThrow(expect.objectContaining({ line: 4, message: expect.stringMatching(/^Line 4\b/) }));
  });
});

describe('what a term promises', () => {
  it.each([
    ['osteoarthritis', 'joint pain'],
    ['joint pain', 'osteoarthritis'],
    ['rheumatoid arthritis', 'arthritis'],
    ['persistent pain', 'chronic pain'],
    ['sciatica', 'back pain'],
    ['low mood', 'depression'],
    ['depression', 'low mood'],
    ['iapt', 'nhs talking therapies'],
    ['copd', 'breathing'],
    ['physio', 'physiotherapy'],
    ['chair exercise', 'seated exercise'],
    ['isolation', 'loneliness'],
    ['dv', 'domestic abuse'],
    ['foodbank', 'pantry'],
    ['dwp', 'benefits'],
    ['asylum seeker', 'refugee'],
    ['splw', 'link worker'],
    ["asperger's", 'autism'],
    ['wheelchair', 'step-free'],
    ['suicidal', 'crisis line'],
  ])('%s finds %s', (typed, listing) => {
    expect(finds(typed)).toContain(listing);
  });

  // What a clinician would never call the same, or what an everyday word must not drag in.
  it.each([
    ['back pain', 'sciatica'],
    ['osteoarthritis', 'rheumatoid arthritis'],
    ['stroke', 'tia'],
    ['ibs', 'ibd'],
    ['learning disability', 'learning difficulties'],
    ['fatigue', 'me/cfs'],
    ['me/cfs', 'exercise'],
    ['deaf', 'hard of hearing'],
    ['postnatal depression', 'baby blues'],
    ['acceptance and commitment therapy', 'act'],
    ['bereavement', 'loss'],
    ['dementia', 'forgetful'],
    ['psychosis', 'schizophrenia'],
    ['employment', 'work'],
    ['speech and language therapy', 'salt'],
  ])('%s does not find %s', (typed, listing) => {
    expect(finds(typed)).not.toContain(listing);
  });
});
