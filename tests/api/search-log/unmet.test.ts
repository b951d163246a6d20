import { beforeEach, expect, test } from 'vitest';
import { createApi } from '../../../api/app.ts';
import { sealPlace } from '../../../api/domain/privacy.ts';
import { describeHours, readFigures, unmetCsv } from '../../../api/moderate/figures.ts';
import { answerReport, ReportDesk } from '../../../api/moderate/reports.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { quarterBefore, quarterOf, UnmetCounter } from '../../../api/search-log/unmet.ts';
import { addUnmet, unmetAnywhere, unmetOf, unmetQuarters } from '../../../api/store/unmet.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { createDesk, HOUR } from '../moderate/desk.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const QUARTER = '2026-Q4';
let world: World;
let counter: UnmetCounter;
let api: ReturnType<typeof createApi>;
beforeEach(() => {
  world = createWorld();
  counter = new UnmetCounter(world.db, readVocabulary('fibromyalgia, fibro\nmovement > exercise'));
  api = createApi({ ...world.parts, unmet: counter });
});
/** A place some hundreds of metres from the last one, in E8. */
let made = 0;
const elsewhere = () => {
  made += 1;
  const latitude = 51.4 + made * 0.004;
  return sealPlace(
    { kind: 'point', latitude, longitude: -0.06, sector: 'E8 1', district: 'E09000012', ward: null },
    world.secret,
  );
};
const search = async (params: Record<string, string>) => {
  const response = await api.request(`/api/v1/search?${new URLSearchParams(params)}`);
  expect(response.status).toBe(200);
};
const times = async (count: number, params: Record<string, string>) => {
  for (let i = 0; i < count; i += 1) await search({ near: elsewhere(), radius: '0.5', ...params });
};
/** All that the file holds, below the threshold too. */
const kept = () => {
  counter.flush(NOW);
  return world.db.prepare('SELECT outcode, what, value, searches FROM unmet ORDER BY what, value').raw().all();
};

test('five searches in vain are shown, four are not', async () => {
  await times(4, { category: 'nature' });
  counter.flush(NOW);
  expect(unmetOf(world.db, QUARTER)).toEqual([]);
  await times(1, { category: 'nature' });
  counter.flush(NOW);
  expect(unmetOf(world.db, QUARTER)).toEqual([
    { quarter: QUARTER, outcode: 'E8', what: 'any', value: '', searches: 5 },
    { quarter: QUARTER, outcode: 'E8', what: 'category', value: 'nature', searches: 5 },
  ]);
});

test('counts of several outcodes come together only where their sum is five', () => {
  const row = (outcode: string, value: string, searches: number) => ({
    quarter: QUARTER,
    outcode,
    what: 'word' as const,
    value,
    searches,
  });
  addUnmet(world.db, [row('E8', 'knitting', 3), row('N16', 'knitting', 2), row('E8', 'chess', 4)]);
  expect(unmetOf(world.db, QUARTER)).toEqual([]);
  expect(unmetAnywhere(world.db, QUARTER)).toEqual([
    { quarter: QUARTER, what: 'word', value: 'knitting', searches: 5 },
  ]);
});

test('of what was typed only words of the vocabulary are kept, in one form, and never a name or a postcode', async () => {
  await search({ near: elsewhere(), radius: '0.5', q: 'Fatima Jenkins E8 1EA fibromyalgia gardening' });
  expect(kept()).toEqual([
    ['E8', 'any', '', 1],
    ['E8', 'word', 'fibromyalgia', 1],
    ['E8', 'word', 'gardening', 1],
  ]);
  const bytes = world.db.serialize().toString('latin1').toLowerCase();
  for (const secret of ['fatima', 'jenkins', 'e8 1ea', 'e81ea']) expect(bytes).not.toContain(secret);
});

test('the same place looking for the same thing counts once a day, however it is asked', async () => {
  const near = elsewhere();
  for (let i = 0; i < 6; i += 1) await search({ near, radius: '0.5', category: 'nature' });
  await search({ near, radius: '1', category: 'nature' });
  await search({ near, radius: '0.5', category: 'nature', page: '2' });
  expect(kept()).toEqual([
    ['E8', 'any', '', 1],
    ['E8', 'category', 'nature', 1],
  ]);
});

test('what was found near, or covers the place, or was looked for without a place, is not unmet', async () => {
  await search({ postcode: 'E8 1EA', radius: '5' });
  await search({ postcode: 'E8 1EA', radius: '0.1', category: 'befriending' });
  await search({ q: 'fibromyalgia' });
  await search({ near: elsewhere() });
  expect(kept()).toEqual([]);
});

test('without a radius, what is more than five miles away is not near', async () => {
  const far = { kind: 'point', latitude: 51.7, longitude: -0.06, sector: 'E8 1', district: null, ward: null } as const;
  await search({ near: sealPlace(far, world.secret), category: 'movement' });
  expect(kept()).toEqual([
    ['E8', 'any', '', 1],
    ['E8', 'category', 'movement', 1],
  ]);
});

test('nothing is written while people search, and what could not be written is not lost', async () => {
  await times(1, { category: 'faith' });
  expect(unmetQuarters(world.db)).toEqual([]);
  world.db.exec('ALTER TABLE unmet RENAME TO elsewhere');
  expect(() => counter.flush(NOW)).toThrow();
  world.db.exec('ALTER TABLE elsewhere RENAME TO unmet');
  const once = [
    ['E8', 'any', '', 1],
    ['E8', 'category', 'faith', 1],
  ];
  expect(kept()).toEqual(once);
  expect(kept(), 'a second time').toEqual(once);
});

test('after two years it is forgotten', async () => {
  const old = { outcode: 'E8', what: 'any', value: '', searches: 9 } as const;
  addUnmet(world.db, [
    { ...old, quarter: '2024-Q3' },
    { ...old, quarter: '2024-Q4' },
  ]);
  await times(1, { category: 'faith' });
  counter.flush(NOW);
  expect(unmetQuarters(world.db)).toEqual(['2026-Q4', '2024-Q4']);
});

test('quarters', () => {
  expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map(quarterOf)).toEqual([
    '2026-Q1',
    '2026-Q1',
    '2026-Q2',
    '2026-Q4',
  ]);
  expect(quarterBefore('2026-Q1', 1)).toBe('2025-Q4');
  expect(quarterBefore('2026-Q4', 8)).toBe('2024-Q4');
});

test('as a spreadsheet reads it', () => {
  const row = { quarter: QUARTER, outcode: 'E8', what: 'category', value: 'nature', searches: 5 } as const;
  const [head, line, ...rest] = unmetCsv([row]).split('\r\n');
  expect(head).toBe('quarter,outcode,what,wanted,searches');
  expect(line).toMatch(/^2026-Q4,E8,category,"?.*[Gg]ardening.*"?,5$/);
  expect(rest).toEqual(['']);
});

test('figures: states, the age of the directory, and how long deciding takes', async () => {
  const desk = createDesk();
  const reports = new ReportDesk(desk.directory, []);
  for (const hours of [1, 2, 3, 4, 100]) {
    reports.take({ service: IDS.class, kind: 'wrong', words: 'Its time.', email: '', client: String(hours) });
    desk.wait(hours * HOUR);
    answerReport(desk.directory, desk.mo, { id: reportCount(desk.db), version: 1, outcome: 'mended', note: '' });
  }
  const figures = await readFigures(desk.directory);
  expect(figures.states).toEqual({ awaiting_review: 1, due: 1, published: 5 });
  expect(figures.quarters).toEqual([{ quarter: '2026-Q4', listings: 6 }]);
  expect(figures.review).toEqual({ count: 0, median: null, p90: null });
  expect(figures.reports.count).toBe(5);
  expect([figures.reports.median, figures.reports.p90].map((hours) => describeHours(hours ?? 0))).toEqual([
    '3 hours',
    '4 days',
  ]);
});

const reportCount = (db: World['db']): number => db.prepare('SELECT count(*) FROM report').pluck().get() as number;
