import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readKeysInSteps } from '../../../api/matching/alike.ts';
import { keepResultsPrepared } from '../../../api/results/prepare-results.ts';
import { closeStore, type Db, openStore } from '../../../api/store/open.ts';
import { seedExamples } from '../../../api/store/seed.ts';
import { NOW } from '../../helpers/clock.ts';

/** What is made ready in the background stands back while another process writes, and is made all the same. */

const now = () => new Date(NOW);
let folder: string;
let db: Db;
let other: Db;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signpost-hurry-'));
  db = openStore(join(folder, 'a.sqlite'));
  seedExamples(db, now());
  other = openStore(join(folder, 'a.sqlite'));
  other.exec('BEGIN IMMEDIATE');
});
afterEach(() => {
  closeStore(other);
  closeStore(db);
  rmSync(folder, { recursive: true });
});
const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

test('results are made at the next call', async () => {
  await keepResultsPrepared(db, now);
  expect(count('result')).toBe(0);
  other.exec('COMMIT');
  await keepResultsPrepared(db, now);
  expect(count('result')).toBeGreaterThan(200);
  expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
});

test('keys are read as soon as it has ended', async () => {
  const reading = readKeysInSteps(db);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(count('match_listing')).toBe(0);
  other.exec('COMMIT');
  await reading;
  expect(count('match_listing')).toBe(count('service'));
});
