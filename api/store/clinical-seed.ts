import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Location, Organization, RECORD_STATES, Service } from '../domain/service.ts';
import { type Batch, saveBatch } from './listings.ts';
import type { Db } from './open.ts';
import { readSetting, writeSetting } from './settings.ts';

/**
 * The clinical services of data/seed/clinical. They are real, taken from what the services publish, so they are no part
 * of the sample directory: they are not marked as examples, their dates are never moved, and dropping the examples
 * leaves them. Somebody who runs a directory elsewhere takes them out with `npm run examples -- drop clinical`.
 */

const FOLDER = join(import.meta.dirname, '../../data/seed/clinical');

/** What was last done with them: 'loaded' or 'dropped'; nothing where neither was. */
const SETTING = 'clinical';

const SeedService = z.strictObject({ state: z.enum(RECORD_STATES), service: Service });

const read = <T>(file: string, schema: z.ZodType<T>): T[] =>
  z.array(schema).parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

/**
 * The clinical services as they were written down.
 * @throws z.ZodError where a record does not fit the schema
 */
export const readClinical = (): Required<Batch> => ({
  organizations: read('organizations.json', Organization),
  locations: read('locations.json', Location),
  services: read('services.json', SeedService),
});

/**
 * Puts them in, in one transaction, in place of what is left of them.
 * @returns how many listings
 */
export function loadClinical(db: Db, now: Date): number {
  const batch = readClinical();
  db.transaction(() => {
    saveBatch(db, batch, now.toISOString());
    writeSetting(db, SETTING, 'loaded');
  }).immediate();
  return batch.services.length;
}

/** Takes them out, with the organizations and locations of theirs that nothing else uses; they do not come back. */
export function removeClinical(db: Db): { services: number; organizations: number; locations: number } {
  const { services, organizations, locations } = readClinical();
  const all = (statement: string, ids: string[]): number => db.prepare(statement).run(JSON.stringify(ids)).changes;
  const ids = (records: { id: string }[]) => records.map(({ id }) => id);
  return db
    .transaction(() => {
      writeSetting(db, SETTING, 'dropped');
      return {
        services: all(
          'DELETE FROM service WHERE id IN (SELECT value FROM json_each(?))',
          ids(services.map(({ service }) => service)),
        ),
        organizations: all(
          `DELETE FROM organization WHERE id IN (SELECT value FROM json_each(?))
             AND id NOT IN (SELECT organization_id FROM service)`,
          ids(organizations),
        ),
        locations: all(
          `DELETE FROM location WHERE id IN (SELECT value FROM json_each(?))
             AND id NOT IN (SELECT location_id FROM service_at_location)`,
          ids(locations),
        ),
      };
    })
    .immediate();
}

/**
 * Puts them beside the sample directory, once: into a new database, and into one whose sample directory is from before
 * there were any. An operator's own directory, or one whose examples were dropped, is left as it is.
 * @returns how many listings were put in
 */
export function seedClinical(db: Db, now: Date): number {
  if (readSetting(db, SETTING) !== null || readSetting(db, 'examples') !== 'loaded') return 0;
  return loadClinical(db, now);
}
