import { beforeAll, describe, expect, test } from 'vitest';
import { loadClinical } from '../../../api/store/clinical-seed.ts';
import { readSeed } from '../../../api/store/seed.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';
import { allJudges, emptyIn, type Judge } from './official.ts';
import { ask, linesOf } from './world.ts';

/**
 * Every listing that comes with the program is a record of the standard: not some of them, every one, in every form. So
 * are those in which something is hidden, full or half known.
 */

let world: World;
let judge: Judge;
beforeAll(async () => {
  world = createWorld({}, readSeed(new Date(NOW)));
  loadClinical(world.db, new Date(NOW));
  judge = await allJudges(world);
});

type Named = { id: string; name?: string };

const FORMS: [string, string, string][] = [
  ['/services', '/services/{id}', '/services?format=ndjson&full=true'],
  ['/service_at_locations', '/service_at_locations/{id}', '/service_at_locations?format=ndjson&full=true'],
  ['/organizations', '/organizations/{id}', '/organizations?format=ndjson&full=true'],
  ['/taxonomies', '/taxonomies/{id}', '/taxonomies?format=ndjson'],
  ['/taxonomy_terms', '/taxonomy_terms/{id}', '/taxonomy_terms?format=ndjson'],
];

describe.each(FORMS)('%s', (listPath, onePath, all) => {
  test('every record, by itself', async () => {
    const records = await linesOf<Named>(world, all);
    expect(records.length).toBeGreaterThan(6);
    for (const { id } of records) {
      const { status, body } = await ask(world, onePath.replace('{id}', id));
      expect([id, status, body.id]).toEqual([id, 200, id]);
      expect([id, judge(onePath, body)]).toEqual([id, []]);
      expect([id, emptyIn(body)]).toEqual([id, []]);
    }
  });

  test('every record of every stream, whole and short', async () => {
    for (const path of [all, all.replace('&full=true', '')])
      for (const record of await linesOf<Named>(world, path)) {
        expect([record.id, judge(onePath, record)]).toEqual([record.id, []]);
        expect([record.id, emptyIn(record)]).toEqual([record.id, []]);
      }
  });

  test('every page', async () => {
    for (let page = 1; ; page++) {
      const { status, body } = await ask(world, `${listPath}?per_page=40&page=${page}`);
      expect([page, status, judge(listPath, body)]).toEqual([page, 200, []]);
      expect(emptyIn(body)).toEqual([]);
      if (body.last_page) break;
    }
  });
});

test('the sample directory and the clinical services are all among them', async () => {
  const ids = (await linesOf<Named>(world, '/services?format=ndjson')).map(({ id }) => id);
  expect(ids).toHaveLength(readSeed(new Date(NOW)).services.length + 4);
});

test('what is confidential, full, or has no place', async () => {
  const small = createWorld();
  const records = await linesOf<Named>(small, '/services?format=ndjson&full=true');
  expect(records).toHaveLength(6);
  for (const record of records) {
    expect([record.id, judge('/services/{id}', record)]).toEqual([record.id, []]);
    expect([record.id, emptyIn(record)]).toEqual([record.id, []]);
  }
});

test('the root says which standard it is', async () => {
  for (const path of ['', '/']) {
    const { status, body } = await ask(world, path);
    expect(status).toBe(200);
    expect(judge('/', body)).toEqual([]);
    expect(body).toEqual({
      version: 'HSDS-UK-3.0',
      profile: 'https://docs.openreferraluk.org/en/latest/',
      openapi_url: 'http://localhost/api/openreferral/v3/openapi.json',
    });
  }
});

test('the judge finds what is wrong', () => {
  expect(judge('/services/{id}', { id: 'x', name: 'A', status: 'open' }).join()).toMatch(/uuid|enum|allowed/);
  expect(judge('/services', { contents: [{ id: 'x' }] })).not.toEqual([]);
});
