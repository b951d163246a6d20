import { expect, test } from 'vitest';
import { readBases } from '../../matching/bases.ts';
import { judgedPairs, judgements } from '../../matching/judged.ts';
import { FLOORS, figures, judge } from '../../matching/measure.ts';
import { makePairs } from '../../matching/pairs.ts';

/** What `npm run matching` prints, on pairs that the weights were not set on. */

test('few pairs are joined wrongly and few are missed, on a labelled set of its own', () => {
  const { listings } = readBases();
  expect(listings.length).toBeGreaterThan(100);
  const pairs = makePairs(listings, 7_321, 400);
  expect(pairs.filter(({ same }) => same)).toHaveLength(200);
  const { precision, recall, shown } = figures(judge(pairs));
  expect(precision).toBeGreaterThanOrEqual(FLOORS.precision);
  expect(recall).toBeGreaterThanOrEqual(FLOORS.recall);
  expect(shown).toBeGreaterThan(0.97);
});

test('real pairs of the feed are joined rightly, and nearly all of them joined or shown', () => {
  const { listings, real } = readBases();
  const judged = judgedPairs(listings);
  if (!real) {
    // Without the feed there are the judgements alone.
    expect(judged).toEqual([]);
    expect(judgements().filter(({ same }) => same).length).toBeGreaterThan(50);
    return;
  }
  expect(judged.length).toBe(judgements().length);
  const { precision, recall, shown } = figures(judged);
  expect(precision).toBeGreaterThanOrEqual(FLOORS.precision);
  // What is left is put before a moderator: precision comes first.
  expect(recall).toBeGreaterThan(0.55);
  expect(shown).toBeGreaterThan(0.95);
});

test('the same seed makes the same pairs, another seed others', () => {
  const { listings } = readBases();
  const names = (seed: number) =>
    makePairs(listings, seed, 40).map(({ a, b }) => `${a.service.name}/${b.service.name}`);
  expect(names(3)).toEqual(names(3));
  expect(names(3)).not.toEqual(names(4));
});
