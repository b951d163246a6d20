import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { isEnglish } from '../../../api/search/text/english.ts';
import { Synonyms } from '../../../api/search/text/synonyms.ts';
import { readVocabularyFolder } from '../../../api/search/text/vocabulary-folder.ts';
import { listing, query } from './listings.ts';

/** What the vocabulary knows is found as people type it: short, with a mistake, or where no listing says the word. */

const vocabulary = readVocabularyFolder(join(import.meta.dirname, '../../../data'));
const needs = vocabulary.needs ?? [];
const indexOf = (...names: string[]) =>
  createSearchIndex(
    names.map((name) => listing({ name })),
    vocabulary,
  );
const asked = (index: ReturnType<typeof indexOf>, q: string) => index.search(query({ q, radius_m: null }));

/** The longest word of a text without one of the letters in its middle, as a mistake that makes no other word. */
function mistyped(name: string): string | null {
  const [longest = ''] = name.match(/[a-z]+/g)?.toSorted((a, b) => b.length - a.length) ?? [];
  for (let at = 2; at < longest.length - 1; at++) {
    const typed = longest.slice(0, at) + longest.slice(at + 1);
    if (longest.length >= 8 && longest[at] !== longest[at - 1] && !isEnglish(typed))
      return name.replace(longest, typed);
  }
  return null;
}

describe('a word of the vocabulary', () => {
  const terms = new Synonyms(vocabulary);
  const short = [...new Set(vocabulary.groups.flatMap(({ from }) => from))].flatMap((term) => {
    const full = terms.spelledOut(term);
    return full === null ? [] : [[term, full.join(' ')] as const];
  });

  it('finds what is written in full, typed as its abbreviation', () => {
    expect(short.map(([typed]) => typed)).toEqual(
      expect.arrayContaining(['pnd', 'copd', 'ptsd', 'adhd', 'smi', 'cmht', 'iapt', 'ltc']),
    );
    // One listing that is called by one after the other: an index with the whole vocabulary takes long to make.
    const [index, only] = [indexOf(), listing({ name: 'One' })];
    const lost = short.filter(([typed, full]) => {
      index.put([{ ...only, service: { ...only.service, name: full } }]);
      return asked(index, typed).hits[0]?.match !== 'words';
    });
    expect(lost).toEqual([]);
  });

  it('finds the need of its name, though typed with a mistake, or asks whether it was meant', () => {
    const index = indexOf(...needs.map(({ name }) => name));
    const typed = needs.flatMap(({ name }) => mistyped(name.toLowerCase()) ?? []);
    expect(typed.length).toBeGreaterThan(500);
    const unmet = typed.filter((q) => asked(index, q).matched.venue === 0);
    // Those are nearer to another word of English: 'hoading' may be a heading.
    expect(unmet.length).toBeLessThanOrEqual(12);
    const lost = unmet.filter((q) => {
      const { did_you_mean } = asked(index, q);
      return did_you_mean === null || asked(index, did_you_mean).matched.venue === 0;
    });
    // One of them is nearer to another word: 'beeaved' to 'behaved'.
    expect(lost.length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['diabeties', 'diabetes'],
    ['alzhimers', 'alzheimer'],
    ['balifs', 'bailiffs'],
    ['panic attaks', 'panic attacks'],
  ])('is what a mistake is put right into, though no listing has it: %s', (typed, right) => {
    const answer = asked(indexOf('Babies and toddlers', 'Something for panic'), typed);
    expect([answer.searched_for, ...answer.missing].join(' ')).toContain(right.split(' ').at(-1));
  });

  it('does not find by what it must not be taken for', () => {
    expect(asked(indexOf('Drink less', 'Bridge'), 'wine tasting').hits).toEqual([]);
    expect(asked(indexOf('Leave when you like', 'Bridge'), 'evicted').hits).toEqual([]);
  });
});

describe('what has a word in passing', () => {
  const index = createSearchIndex(
    [
      listing({
        name: 'Neighbours Reunited',
        summary: 'Free impartial mediation in disputes on the street',
        description: 'Noise, hedges, parking, children. We see each side alone first.',
      }),
      listing({ name: 'Bridge' }),
    ],
    vocabulary,
  );

  it('is no answer where it is about something else', () => {
    expect(asked(index, 'parking')).toMatchObject({ matched: { venue: 0 }, hits: [{ match: 'word_only' }] });
    expect(asked(index, 'mediation').matched.venue).toBe(1);
  });
});

describe('what is made ready beforehand', () => {
  it('changes no answer, whether it is made ready, half or not at all', () => {
    const answers = ['drinking every night', 'gambling and debt'].map((q) =>
      [0, 3, Number.POSITIVE_INFINITY].map((steps) => {
        const index = createSearchIndex(
          needs.slice(0, 300).map(({ name }) => listing({ name })),
          vocabulary,
        );
        const preparing = index.prepare('2026-11-20', Date.UTC(2026, 10, 20, 9));
        for (let step = 0; step < steps && !preparing.next().done; step++);
        const { hits } = index.search(
          query({ q, radius_m: null, today: '2026-11-20', now: Date.UTC(2026, 10, 20, 9) }),
        );
        return hits.map(({ match }) => match);
      }),
    );
    for (const [none, half, all] of answers) {
      expect(none).not.toEqual([]);
      expect(half).toEqual(none);
      expect(all).toEqual(none);
    }
  });
});
