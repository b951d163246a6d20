import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { dateOf, dayOf, today } from '../domain/london.ts';
import { Location, Organization, RECORD_STATES, type Schedule, Service } from '../domain/service.ts';
import { type Batch, countListings, dropExamples, saveBatch } from './listings.ts';
import type { Db } from './open.ts';
import { getOrCreateSetting, readSetting, writeSetting } from './settings.ts';

/**
 * The sample directory of data/seed, which fills an empty database on its first start. Its dates are plain ones, written
 * for one day and moved to the day on which they are loaded, so that an event is as far ahead, and a check as long ago,
 * as it was when they were written:
 * - a date that stands by itself (an event, a first or an extra meeting, 'full until', 'last checked') moves by whole
 *   weeks, so that a Saturday stays a Saturday;
 * - a stretch of the year (a season, a school holiday) moves by whole years to the next one that is not over, so that
 *   Christmas stays in December;
 * - weekly and monthly recurrences need neither. The words of a listing name no date.
 * What is loaded is ordinary data from then on and ages like any other; dropped and loaded again it is fresh.
 */

const FOLDER = join(import.meta.dirname, '../../data/seed');

/** The day that the dates in data/seed are written for. */
export const SEED_WRITTEN_FOR = '2026-11-21';

/** What was last done with the examples: 'loaded' or 'dropped'; nothing where neither was. */
const SETTING = 'examples';

const SeedService = z.strictObject({ state: z.enum(RECORD_STATES), service: Service });

const read = <T>(file: string, schema: z.ZodType<T>): T[] =>
  z.array(schema).parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

/** Moves the dates of one service to the day on which it is loaded. */
function mover(now: string): (service: Service) => Service {
  const days = Math.floor((dayOf(now) - dayOf(SEED_WRITTEN_FOR)) / 7) * 7;
  const byWeeks = (date: string) => dateOf(dayOf(date) + days);

  const yearsLater = (date: string, years: number) => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  /** How many years bring a stretch that ends on that day to the next one that is not over. */
  const yearsTo = (end: string) => {
    const years = Number(now.slice(0, 4)) - Number(end.slice(0, 4));
    return yearsLater(end, years) < now ? years + 1 : years;
  };

  const schedule = (it: Schedule): Schedule => {
    const season = it.valid_to === undefined ? null : yearsTo(it.valid_to);
    return {
      ...it,
      ...(it.dtstart !== undefined && { dtstart: byWeeks(it.dtstart) }),
      ...(it.valid_from !== undefined && season !== null && { valid_from: yearsLater(it.valid_from, season) }),
      ...(it.valid_to !== undefined && season !== null && { valid_to: yearsLater(it.valid_to, season) }),
      exceptions: it.exceptions.map(({ from, to, ...rest }) => {
        const years = yearsTo(to);
        return { from: yearsLater(from, years), to: yearsLater(to, years), ...rest };
      }),
      additional_dates: it.additional_dates.map(byWeeks),
    };
  };

  return (service) => ({
    ...service,
    schedules: service.schedules.map(schedule),
    availability: {
      ...service.availability,
      ...(service.availability.until !== undefined && { until: byWeeks(service.availability.until) }),
    },
    assured_date: byWeeks(service.assured_date),
  });
}

/**
 * The sample directory with its dates moved to a day.
 * @param now the day on which it is to be loaded
 * @throws z.ZodError where a record in data/seed does not fit the schema
 */
export function readSeed(now: Date): Required<Batch> {
  const move = mover(today(now));
  return {
    organizations: read('organizations.json', Organization),
    locations: read('locations.json', Location),
    services: readdirSync(join(FOLDER, 'services'))
      .filter((file) => file.endsWith('.json'))
      .sort()
      .flatMap((file) => read(`services/${file}`, SeedService))
      .map(({ state, service }) => ({ state, service: move(service) })),
  };
}

/**
 * Puts the sample directory in, in one transaction, in place of what is left of an older one.
 * @returns how many listings
 */
export function loadExamples(db: Db, now: Date): number {
  const batch = readSeed(now);
  db.transaction(() => {
    dropExamples(db);
    saveBatch(db, batch, now.toISOString());
    writeSetting(db, SETTING, 'loaded');
  }).immediate();
  return batch.services.length;
}

/** Takes the sample directory out and remembers it, so that the next start does not put it back. */
export const removeExamples = (db: Db): ReturnType<typeof dropExamples> =>
  db
    .transaction(() => {
      writeSetting(db, SETTING, 'dropped');
      return dropExamples(db);
    })
    .immediate();

/** Begins a new database without the sample directory. One that has been begun stays as it is. */
export const leaveEmpty = (db: Db): void => void getOrCreateSetting(db, SETTING, () => 'dropped');

/** Whether a database has never held listings, and nobody has said that it shall begin without the sample directory. */
export const isUnfilled = (db: Db): boolean => readSetting(db, SETTING) === null && countListings(db) === 0;

/**
 * Fills a new database with the sample directory. Does nothing where there are listings, or where the examples have been
 * loaded or dropped before.
 * @returns how many listings were put in
 */
export function seedExamples(db: Db, now: Date): number {
  if (!isUnfilled(db)) return 0;
  // Another process may have come between the look and the lock.
  return db.transaction(() => (isUnfilled(db) ? loadExamples(db, now) : 0)).immediate();
}
