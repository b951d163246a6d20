import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../../../api/app.ts';
import { createGeocoder } from '../../../api/geocode/geocoder.ts';
import { readExamples } from '../../../api/routes/examples.ts';
import { readSettings } from '../../../api/runtime/settings.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { openStore } from '../../../api/store/open.ts';
import { loadExamples, SEED_WRITTEN_FOR } from '../../../api/store/seed.ts';
import { openUrgentHelp } from '../../../api/urgent/urgent.ts';
import { allJudges, type Judge } from './official.ts';

/**
 * The examples of data/examples/openreferral are what the page for developers shows. Each is asked of the sample directory
 * on the day that it was written for, and must be answered so. After a change that is meant:
 * `UPDATE_EXAMPLES=1 npx vitest run tests/api/openreferral/documented.test.ts && npx biome format --write data/examples`.
 */
const DATA = join(import.meta.dirname, '../../../data');
const NOW = new Date(`${SEED_WRITTEN_FOR}T12:00:00Z`);

let api: Api;
let judge: Judge;
let paths: string[];
beforeAll(async () => {
  const db = openStore(':memory:');
  loadExamples(db, NOW);
  const vocabulary = readVocabulary(readFileSync(join(DATA, 'vocabulary/synonyms.txt'), 'utf8'));
  const index = createSearchIndex(publicListings(db), vocabulary);
  const geocoder = createGeocoder({ db, postcodesIoUrl: null, towns: () => index.towns() });
  const secret = new Uint8Array(32).fill(1);
  api = createApi({
    db,
    index,
    geocoder,
    secret,
    settings: readSettings({}),
    now: () => NOW,
    urgent: openUrgentHelp(null),
  });
  judge = await allJudges({ api });
  const document = await (await api.request('/api/openreferral/v3/openapi.json')).json();
  paths = Object.keys(document.paths);
});

const examples = readExamples('openreferral');

/** The path of the description that an address is of. */
const pathOf = (request: string): string => {
  const [path = ''] = request.replace('/api/openreferral/v3', '').split('?');
  return path.replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}$/, '/{id}') || '/';
};

describe('examples', () => {
  test.each(examples.map(({ file, example }) => [file, example] as const))('%s', async (file, example) => {
    const response = await api.request(example.request);
    const text = await response.text();
    const lines = response.headers.get('content-type')?.includes('ndjson');
    const answer = lines
      ? text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : JSON.parse(text);
    const now = { title: example.title, request: example.request, status: response.status, answer };
    if (process.env['UPDATE_EXAMPLES'])
      writeFileSync(join(DATA, 'examples/openreferral', file), `${JSON.stringify(now, null, 2)}\n`);
    else expect(now).toEqual(example);
    if (
      response.status === 200 &&
      !lines &&
      paths.includes(pathOf(example.request)) &&
      !example.request.includes('minimal')
    )
      expect(pathOf(example.request) === '/withdrawals' ? [] : judge(pathOf(example.request), answer)).toEqual([]);
  });

  test('the description is OpenAPI 3.1, and describes every parameter', async () => {
    const document = await (await api.request('/api/openreferral/v3/openapi.json')).json();
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(paths).toHaveLength(12);
    for (const [path, { get }] of Object.entries<{ get: { parameters?: { name: string; description?: string }[] } }>(
      document.paths,
    ))
      for (const { name, description } of get.parameters ?? [])
        expect([path, name, description]).toEqual([path, name, expect.any(String)]);
  });

  test('there is one for every address', () => {
    expect([...new Set(examples.map(({ example }) => pathOf(example.request)))].sort()).toEqual(paths.sort());
  });

  test('no full postcode of a person is in an address that is shown', () => {
    for (const { example } of examples) expect(example.request).not.toMatch(/[A-Z]{1,2}\d[A-Z\d]?(%20|\+)\d[A-Z]{2}/);
  });
});
