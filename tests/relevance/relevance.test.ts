import { beforeAll, describe, expect, it } from 'vitest';
import { type Directory, openDirectory } from './directory.ts';
import { readJudgements } from './judgements.ts';
import { FLOORS, figures, type Measured, measure } from './measure.ts';

/** The figures of `npm run relevance`, held to their floors. */
describe('the judged queries', () => {
  const judgements = readJudgements();
  const measured: Measured[] = [];
  let directory: Directory;

  beforeAll(async () => {
    directory = openDirectory();
    for (const judged of judgements) measured.push(await measure(directory, judged));
  });

  it('are enough, of many kinds, and none is asked twice', () => {
    expect(judgements.length).toBeGreaterThanOrEqual(140);
    expect(new Set(judgements.map(({ theme }) => theme)).size).toBeGreaterThanOrEqual(8);
    const asked = judgements.map(({ query, near }) => `${query} near ${near}`);
    expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([]);
  });

  it(`have an nDCG@10 of ${FLOORS.ndcg} or more`, () => {
    expect(figures(measured).ndcg).toBeGreaterThanOrEqual(FLOORS.ndcg);
  });

  it(`have something that helps among the first three in ${FLOORS.success * 100} of 100`, () => {
    expect(figures(measured).success).toBeGreaterThanOrEqual(FLOORS.success);
  });

  it('lead to nothing that must not come', () => {
    const wrong = measured.filter(({ violations }) => violations.length > 0);
    expect(wrong.map(({ judged, violations }) => [judged.query, violations])).toEqual([]);
  });
});

describe('the queries held out', () => {
  it('name listings that can be found from their places, and none is among the others', async () => {
    const directory = openDirectory();
    const known = new Set(readJudgements().map(({ query }) => query));
    const fresh = readJudgements('held-out');
    expect(fresh.filter(({ query }) => known.has(query))).toEqual([]);
    for (const judged of fresh) await expect(measure(directory, judged)).resolves.toMatchObject({ violations: [] });
  });
});

describe('the queries over another directory', () => {
  it('are enough, find what helps by what they mean, and seldom what must not match', async () => {
    const directory = openDirectory('development');
    const measured: Measured[] = [];
    for (const judged of readJudgements('development')) measured.push(await measure(directory, judged));
    const { successOneList, ndcgOneList } = figures(measured);
    expect(measured.length).toBeGreaterThanOrEqual(150);
    expect(successOneList).toBeGreaterThanOrEqual(0.9);
    expect(ndcgOneList).toBeGreaterThanOrEqual(0.8);
    expect(measured.filter(({ violations }) => violations.length > 0).length).toBeLessThanOrEqual(8);
  });
});

describe('the test set', () => {
  it('is large enough, and judges listings that can be found', async () => {
    const directory = openDirectory('test');
    const judgements = readJudgements('test');
    expect(judgements.length).toBeGreaterThanOrEqual(150);
    for (const judged of judgements) await expect(measure(directory, judged)).resolves.toBeDefined();
  });
});

describe('the measure', () => {
  it('refuses a judgement of a listing that is not there', async () => {
    const directory = openDirectory();
    const judged = {
      theme: '',
      query: 'tea',
      near: null,
      grades: new Map([['No such tea', 3]]),
      not: new Set(''),
      nothing: false,
    };
    await expect(measure(directory, judged)).rejects.toThrow("'No such tea'");
  });

  it('is 1 for the best order, and less where it is turned round', async () => {
    const directory = openDirectory();
    const [first = '', last = ''] = ['Kettle Ring', 'Ladder Line'];
    const judged = (grades: [string, number][]) => ({
      theme: '',
      query: 'kettle ring',
      near: null,
      grades: new Map(grades),
      not: new Set<string>(),
      nothing: false,
    });
    expect((await measure(directory, judged([[first, 3]]))).ndcg).toBe(1);
    expect((await measure(directory, judged([[last, 3]]))).ndcg).toBe(0);
    expect((await measure(directory, judged([[last, 3]]))).success).toBe(false);
  });
});
