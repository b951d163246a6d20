import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../../api/app.ts';
import { taxonomyTerm } from '../../api/domain/taxonomy.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import { readExamples } from '../../api/routes/examples.ts';
import { readSettings } from '../../api/runtime/settings.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import { publicListings } from '../../api/store/listings.ts';
import { openStore } from '../../api/store/open.ts';
import { loadExamples, SEED_WRITTEN_FOR } from '../../api/store/seed.ts';
import { openUrgentHelp } from '../../api/urgent/urgent.ts';

/**
 * The examples of data/examples are what the documentation page shows. Each is asked of the sample directory on the day
 * that it was written for, with the built-in table of sectors, and must be answered so. After a change that is meant:
 * `UPDATE_EXAMPLES=1 npx vitest run tests/api/documented.test.ts && npx biome format --write data/examples`.
 */
const DATA = join(import.meta.dirname, '../../data');
const NOW = new Date(`${SEED_WRITTEN_FOR}T12:00:00Z`);
const SEALED = '(sealed)';
const RANDOM = '(random)';

let api: Api;
beforeAll(() => {
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
});

/** The answer as an example shows it: a sealed place differs each time, and of the facets the first is enough. */
function shown(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (name, value) => {
    if (name === 'near' && typeof value === 'string') return SEALED;
    // A handout's code, which a category of ten letters must not be taken for.
    if (name === 'code' && /^[2-9b-df-hjkmnp-tv-z]{10}$/.test(value) && !taxonomyTerm(value)) return RANDOM;
    if (name === 'facets') return { kind: value.kind };
    return value;
  });
}

describe('examples', () => {
  test.each(readExamples().map(({ file, example }) => [file, example] as const))('%s', async (file, example) => {
    const response = await api.request(
      example.request,
      example.body === undefined
        ? undefined
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(example.body) },
    );
    const text = await response.text();
    const answer = response.headers.get('content-type')?.includes('json')
      ? shown(JSON.parse(text))
      : text.split('\r\n');
    const { title, request, body } = example;
    const now = { title, request, ...(body !== undefined && { body }), status: response.status, answer };
    if (process.env['UPDATE_EXAMPLES'])
      writeFileSync(join(DATA, 'examples', file), `${JSON.stringify(now, null, 2)}\n`);
    else expect(now).toEqual(example);
  });

  test('there is one for every address, and their links are on the page', async () => {
    const document = (await (await api.request('/api/v1/openapi.json')).json()) as { paths: Record<string, unknown> };
    const page = await (await api.request('/api/v1/docs')).text();
    const examples = readExamples().map(({ example }) => example);
    const requests = examples.map(({ request }) => request);
    for (const path of Object.keys(document.paths).filter((it) => !/health|ready/.test(it))) {
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[a-z]+\}/g, '[^/?]+')}(\\?|$)`);
      expect([path, requests.some((request) => pattern.test(request))]).toEqual([path, true]);
    }
    for (const { request } of examples.filter(({ body }) => body === undefined))
      expect(page).toContain(`href="${request.replaceAll('&', '&amp;')}"`);
  });

  test('no full postcode of a person is in an address that is shown', () => {
    for (const { example } of readExamples())
      if (example.status === 200) expect(example.request).not.toMatch(/[A-Z]{1,2}\d[A-Z\d]?(%20|\+)\d[A-Z]{2}/);
  });
});
