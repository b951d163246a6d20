import { describe, expect, it } from 'vitest';
import type { Listing } from '../../../api/domain/service.ts';
import { TAXONOMY } from '../../../api/domain/taxonomy.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { fold, isStopWord, tokens } from '../../../api/search/text/tokens.ts';
import type { Suggestion } from '../../../api/search/types.ts';
import { listing } from './listings.ts';
import { Random } from './random.ts';

const NOUNS = ['walk', 'Walking', 'café', 'Choir', 'debt', 'Q&A', "men's", 'shed', 'Łódź', 'the', 'of', 'St. Mary’s'];
const LIMIT = 6;

const someName = (random: Random): string =>
  Array.from({ length: 1 + random.below(4) }, () => random.pick(NOUNS)).join(' ');

const someListing = (random: Random): Listing =>
  listing({ name: someName(random) }, { organization: random.chance(0.5) ? 'The Debt Trust' : someName(random) });

/** Every name there is, looked at one by one. */
function bySlowMeans(listings: readonly Listing[], text: string): Suggestion[] {
  const typed = fold(text).trim();
  const words = tokens(typed);
  const fits = (name: string): boolean => {
    const held = tokens(name);
    return words.every((word, at) =>
      at === words.length - 1 ? held.some((it) => it.startsWith(word)) : isStopWord(word) || held.includes(word),
    );
  };
  const inOrder = (kind: Suggestion['kind'], names: readonly { id: string; label: string }[]) =>
    names
      .filter(({ label }) => fits(label))
      .map(({ id, label }) => ({ kind, id, label, folded: fold(label) }))
      .sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.id < b.id ? -1 : 1));
  const categories = TAXONOMY.flatMap(({ terms }) => terms.map(({ code, name }) => ({ id: code, label: name })));
  // Small words are not in the index: 'the' finds 'therapy', and not every name with an article.
  const indexed = ({ label }: { label: string }) =>
    tokens(label).some((it) => !isStopWord(it) && it.startsWith(words.at(-1) ?? ''));
  const organizations = new Map(listings.map(({ organization: { id, name } }) => [id, { id, label: name }]));
  const services = inOrder(
    'service',
    listings.map(({ service: { id, name } }) => ({ id, label: name })).filter(indexed),
  ).filter(({ folded }, at, all) => all[at - 1]?.folded !== folded);
  const all = [
    ...inOrder('category', categories),
    ...inOrder('organization', [...organizations.values()].filter(indexed)),
    ...services,
  ];
  return [true, false]
    .flatMap((begins) => all.filter(({ folded }) => folded.startsWith(typed) === begins))
    .slice(0, LIMIT)
    .map(({ kind, id, label }) => ({ kind, id, label }));
}

const TYPED = [
  'w',
  'wal',
  'walk',
  'walking c',
  'the w',
  'the',
  'cafe',
  'CAFÉ ch',
  'mens s',
  'lo',
  'q&a',
  'st',
  'debt tr',
];

describe('what is suggested while somebody types', () => {
  it.each([41, 42])('is what looking at every name comes to, also after changes, seed %i', (seed) => {
    const random = new Random(seed);
    const current = new Map<string, Listing>();
    const add = (it: Listing) => current.set(it.service.id, it);
    for (let k = 0; k < 150; k++) add(someListing(random));
    const index = createSearchIndex(current.values(), { groups: [] });
    for (let round = 0; round < 3; round++) {
      for (const typed of TYPED)
        expect(index.suggest(typed, LIMIT), typed).toEqual(bySlowMeans([...current.values()], typed));
      const gone = [...current.keys()].filter(() => random.chance(0.1));
      for (const id of gone) current.delete(id);
      index.remove(gone);
      const fresh = Array.from({ length: 20 }, () => someListing(random));
      const renamed = [...current.values()].slice(0, 5).map(({ organization, ...rest }) => ({
        ...rest,
        organization: { ...organization, name: someName(random) },
      }));
      for (const it of [...fresh, ...renamed]) add(it);
      index.put([...fresh, ...renamed]);
    }
  });

  it('is none for nothing typed', () => {
    expect(createSearchIndex([], { groups: [] }).suggest(' ', LIMIT)).toEqual([]);
  });
});
