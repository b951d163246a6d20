import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dayOf, weekdayOf } from '../../api/domain/london.ts';
import type { Service } from '../../api/domain/service.ts';
import { countListings, findListing, publicListings, saveBatch } from '../../api/store/listings.ts';
import { closeStore, type Db, openStore } from '../../api/store/open.ts';
import { loadExamples, readSeed, removeExamples, SEED_WRITTEN_FOR, seedExamples } from '../../api/store/seed.ts';
import { AT_NOW } from '../helpers/clock.ts';

const at = (day: string): Date => new Date(`${day}T12:00:00Z`);
const WRITTEN = at(SEED_WRITTEN_FOR);
const rowsIn = (db: Db, table: string): number => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;

describe('dates', () => {
  const byName = (day: string) => new Map(readSeed(at(day)).services.map(({ service }) => [service.name, service]));
  const then = byName(SEED_WRITTEN_FOR);
  const each = (day: string): [Service, Service][] =>
    [...byName(day)].map(([name, service]) => [then.get(name) as Service, service]);
  const oneOffs = ({ schedules }: Service) => schedules.filter(({ freq }) => freq === undefined);

  test('stay as written on the day that they were written for, and for six days more', () => {
    for (const day of [SEED_WRITTEN_FOR, '2026-11-27'])
      for (const [old, moved] of each(day)) expect(moved).toEqual(old);
  });

  test.each(['2026-11-28', '2027-03-05', '2028-02-29', '2031-07-14', '2025-05-01'])(
    'loaded on %s, all are as fresh',
    (day) => {
      for (const [old, moved] of each(day)) {
        expect(moved.assured_date <= day, moved.name).toBe(true);
        const age = (service: Service, today: string) => dayOf(today) - dayOf(service.assured_date);
        expect(age(moved, day) - age(old, SEED_WRITTEN_FOR), moved.name).toBeLessThan(7);
        if (moved.availability.until !== undefined) expect(moved.availability.until > day, moved.name).toBe(true);
        for (const [index, { dtstart = '' }] of oneOffs(moved).entries()) {
          expect(dtstart > day, moved.name).toBe(true);
          expect(weekdayOf(dayOf(dtstart))).toBe(weekdayOf(dayOf(oneOffs(old)[index]?.dtstart ?? '')));
        }
      }
    },
  );

  test.each(['2027-01-02', '2027-01-04', '2030-08-31'])(
    'loaded on %s, seasons and breaks keep their place in the year',
    (day) => {
      let breaks = 0;
      for (const [old, moved] of each(day))
        for (const [index, schedule] of moved.schedules.entries()) {
          const was = old.schedules[index];
          expect(schedule.valid_from?.slice(5)).toBe(was?.valid_from?.slice(5));
          if (schedule.valid_to !== undefined) expect(schedule.valid_to >= day).toBe(true);
          for (const [place, { from, to }] of schedule.exceptions.entries()) {
            breaks++;
            expect(from.slice(5)).toBe(was?.exceptions[place]?.from.slice(5));
            expect(to >= day && to < `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`, `${moved.name} ${to}`).toBe(true);
            expect(from <= to && dayOf(to) - dayOf(from) < 60).toBe(true);
          }
        }
      expect(breaks).toBeGreaterThan(20);
    },
  );
});

describe('filling and dropping', () => {
  let db: Db;
  beforeEach(() => {
    db = openStore(':memory:');
  });
  afterEach(() => closeStore(db));

  test('a new database is filled once', () => {
    const put = seedExamples(db, WRITTEN);
    expect(put).toBeGreaterThanOrEqual(160);
    expect(countListings(db)).toBe(put);
    expect([...publicListings(db)]).toHaveLength(put);
    expect(seedExamples(db, WRITTEN)).toBe(0);
  });

  test('what is read back is what was written', () => {
    seedExamples(db, WRITTEN);
    for (const { service, state } of readSeed(WRITTEN).services) {
      const listing = findListing(db, service.id);
      expect(listing?.service).toEqual(service);
      expect(listing?.state).toBe(state);
      expect(listing?.locations.map(({ id }) => id)).toEqual(service.location_ids);
    }
  });

  test('dropping leaves nothing, and nothing comes back by itself', () => {
    const put = seedExamples(db, WRITTEN);
    expect(removeExamples(db).services).toBe(put);
    for (const table of ['service', 'organization', 'location', 'service_at_location'])
      expect(rowsIn(db, table), table).toBe(0);
    expect(seedExamples(db, WRITTEN)).toBe(0);
    expect(countListings(db)).toBe(0);
    expect(loadExamples(db, WRITTEN)).toBe(put);
    expect(countListings(db)).toBe(put);
  });

  test('loaded over those of an earlier version, what is in the seed no more goes', () => {
    const { organizations, locations, services } = readSeed(WRITTEN);
    const [organization, venue] = [organizations[0], locations[0]];
    const old = services.find(({ service }) => service.location_ids.length > 0);
    if (!organization || !venue || !old) throw new Error('the seed is empty');
    const id = '22222222-2222-4222-8222-222222222222';
    const retired = { ...old.service, id, organization_id: id, location_ids: [id] };
    saveBatch(
      db,
      {
        organizations: [{ ...organization, id }],
        locations: [{ ...venue, id }],
        services: [{ service: retired, state: old.state }],
      },
      WRITTEN.toISOString(),
    );
    const put = loadExamples(db, WRITTEN);
    expect(countListings(db)).toBe(put);
    expect(findListing(db, id)).toBeNull();
    expect([rowsIn(db, 'organization'), rowsIn(db, 'location')]).toEqual([organizations.length, locations.length]);
  });

  test("an operator's own listings stay, and keep the examples away", () => {
    const { organizations, services } = readSeed(WRITTEN);
    const [organization] = organizations;
    const own = services.find(({ service }) => service.location_ids.length === 0);
    if (!organization || !own) throw new Error('the seed is empty');
    const id = '11111111-1111-4111-8111-111111111111';
    const mine = { ...own.service, id, organization_id: id, example: false };
    const batch = {
      organizations: [{ ...organization, id, example: false }],
      services: [{ service: mine, state: own.state }],
    };
    saveBatch(db, batch, WRITTEN.toISOString());
    expect(seedExamples(db, WRITTEN)).toBe(0);
    loadExamples(db, WRITTEN);
    removeExamples(db);
    expect(countListings(db)).toBe(1);
    expect(findListing(db, id)?.service.name).toBe(mine.name);
  });
});

describe('npm run examples', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signpost-examples-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const DATABASE = join(folder, 'directory.sqlite');
  const SCRIPT = join(import.meta.dirname, '../../scripts/examples.ts');
  const env = { ...process.env, ...AT_NOW.env, DATABASE };

  test('load and drop, in plain words', () => {
    const say = (word: string) =>
      execFileSync(process.execPath, [...AT_NOW.before, SCRIPT, word], { env, encoding: 'utf8' });
    expect(say('load')).toMatch(
      /^\d{3} example listings are in the directory\.\nIf Signpost is running, it shows this within seconds/,
    );
    expect(say('drop')).toMatch(/^Taken out: \d{3} example listings, \d+ organizations and \d+ venues\./);
    expect(say('drop')).toMatch(/^There were no examples to take out\./);
    const db = openStore(DATABASE);
    try {
      expect(seedExamples(db, WRITTEN)).toBe(0);
    } finally {
      closeStore(db);
    }
  });

  test.each([[[]], [['erase']], [['drop', 'load']], [['toString']]])('says how it is used: %j', (words) => {
    const { status, stderr } = spawnSync(process.execPath, [...AT_NOW.before, SCRIPT, ...words], {
      env,
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('npm run examples -- drop');
  });

  test('a file that is no database is left alone', () => {
    const { status, stderr } = spawnSync(process.execPath, [...AT_NOW.before, SCRIPT, 'drop'], {
      env: { ...env, DATABASE: SCRIPT },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('Check which file DATABASE names');
  });
});
