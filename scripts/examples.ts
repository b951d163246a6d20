import { loadClinical, removeClinical } from '../api/store/clinical-seed.ts';
import type { Db } from '../api/store/open.ts';
import { loadExamples, removeExamples } from '../api/store/seed.ts';
import { onDatabase } from './on-database.ts';

/**
 * `npm run examples -- drop` takes the sample directory out of the database; `npm run examples -- load` puts it back. With
 * `clinical` behind it, the same for the four clinical services, which are real and so no examples.
 */

const USAGE = `Say what to do with the example listings:
  npm run examples -- drop            takes out all that are made up
  npm run examples -- load            puts them back, with fresh dates
The four clinical services for pain that come with Signpost are real (City and Hackney; Southampton and Portsmouth;
Haringey and Islington; Gloucestershire). Check them before use, or, if your area is another, take them out:
  npm run examples -- drop clinical   takes those four out; whatever else you have listed stays
  npm run examples -- load clinical   puts them back as they came
DATABASE names the file; without it, it is data/signpost.sqlite.`;

const RUNNING = 'If Signpost is running, it shows this within seconds.';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function drop(db: Db): string {
  const { services, organizations, locations } = removeExamples(db);
  if (services + organizations + locations === 0)
    return 'There were no examples to take out. They will not be put in on the next start either.';
  return (
    `Taken out: ${counted(services, 'example listing', 'example listings')}, ` +
    `${counted(organizations, 'organization', 'organizations')} and ${counted(locations, 'venue', 'venues')}. ` +
    'They do not come back by themselves. ' +
    'Clinical services that are real stay: `npm run examples -- drop clinical` takes out the four that came with Signpost.'
  );
}

function dropClinical(db: Db): string {
  const { services, organizations, locations } = removeClinical(db);
  if (services + organizations + locations === 0)
    return 'The clinical services that come with Signpost were not there. They will not be put in on the next start either.';
  return (
    `Taken out: ${counted(services, 'clinical service', 'clinical services')}, ` +
    `${counted(organizations, 'organization', 'organizations')} and ${counted(locations, 'venue', 'venues')}. ` +
    'They do not come back by themselves.'
  );
}

const load = (db: Db): string =>
  `${counted(loadExamples(db, new Date()), 'example listing is', 'example listings are')} in the directory.`;

const putInClinical = (db: Db): string =>
  `${counted(loadClinical(db, new Date()), 'clinical service is', 'clinical services are')} in the directory. Please check each before use.`;

const COMMANDS = new Map([
  ['drop', drop],
  ['load', load],
  ['drop clinical', dropClinical],
  ['load clinical', putInClinical],
]);

/** What the command came to, in words; the exit code. */
function run(words: readonly string[]): number {
  const command = COMMANDS.get(words.join(' '));
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  return onDatabase((db) => `${command(db)}\n${RUNNING}`, { begins: true });
}

process.exitCode = run(process.argv.slice(2));
