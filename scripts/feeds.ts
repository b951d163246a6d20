import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EVERY_HOURS, pauseFeed, registerFeed, resumeFeed, takeOffFeed } from '../api/import/feeds.ts';
import { describeHarvest } from '../api/import/schedule.ts';
import { readSettings, SettingsError } from '../api/runtime/settings.ts';
import { countImported, type Feed, findFeed, harvestsOf, listFeeds } from '../api/store/feeds.ts';
import { closeStore, type Db, NewerFileError, openStore } from '../api/store/open.ts';

/** `npm run feeds`: the feeds that the running server harvests by itself. */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `The directories of others that the running server harvests by itself.
  npm run feeds                                         lists them, and what the last harvest of each did
  npm run feeds -- add URL --source "NAME" [--licence "CC BY 4.0"] [--home AREA] [--every HOURS]
                               [--allow-private]
  npm run feeds -- pause ID      npm run feeds -- resume ID      npm run feeds -- remove ID
--home says where the directory is at home, such as Derbyshire; without it, the postcodes of its listings tell.
DATABASE names the file; without it, it is data/signpost.sqlite.`;

const homeWords = ({ home }: Feed): string =>
  home === null ? '' : `, at home in ${home.name}${home.guessed ? ' by its postcodes' : ''}`;

function list(db: Db): string {
  const feeds = listFeeds(db).map((feed) => {
    const [last] = harvestsOf(db, feed.id, 1);
    const { listings } = countImported(db, feed.id);
    const when = { active: `every ${feed.every_hours} hours`, paused: 'paused', by_hand: 'by hand alone' }[feed.state];
    return `${feed.id}: ${feed.name}, ${when}, ${listings.toLocaleString('en-GB')} listings${homeWords(feed)}${feed.url === null ? '' : `\n  ${feed.url}`}${
      last ? `\n  ${last.started_at}: ${describeHarvest(last)}` : '\n  Not harvested yet.'
    }`;
  });
  return feeds.length > 0
    ? feeds.join('\n')
    : 'There are none yet. `npm run feeds -- add URL --source "NAME"` registers one.';
}

type Values = { source?: string; licence?: string; every?: string; home?: string; 'allow-private'?: boolean };

/** @returns words to print, or null where the command makes no sense */
function act(db: Db, [command, what]: string[], values: Values): string | null {
  const store = { db, now: () => new Date() };
  if (command === undefined) return list(db);
  if (what === undefined) return null;
  if (command === 'add') {
    const form = {
      name: values.source ?? '',
      url: what,
      licence: values.licence ?? '',
      every_hours: values.every ?? String(EVERY_HOURS),
      home: values.home ?? '',
    };
    const made = registerFeed(store, form, values['allow-private'] ?? false);
    if ('faults' in made) throw new SettingsError(made.faults.map(({ words }) => words));
    return `Registered as ${made.feed.id}. The running server harvests it within a minute; \`npm run import -- ${made.feed.url}\` does it now.`;
  }
  if (findFeed(db, what) === null) throw new SettingsError([`There is no feed ${what}. \`npm run feeds\` lists them.`]);
  if (command === 'pause') pauseFeed(store, what);
  else if (command === 'resume') resumeFeed(store, what);
  else if (command === 'remove')
    return takeOffFeed(store, what)
      ? 'Gone.'
      : 'It is not harvested any more. Its listings stay, and it stays as their source.';
  else return null;
  return command === 'pause' ? 'Paused.' : 'It is harvested again.';
}

function run(words: string[]): number {
  let db: Db | undefined;
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: {
        source: { type: 'string' },
        licence: { type: 'string' },
        every: { type: 'string' },
        home: { type: 'string' },
        'allow-private': { type: 'boolean' },
      },
      allowPositionals: true,
    });
    db = openStore(resolve(ROOT, readSettings(process.env).DATABASE));
    const answer = act(db, positionals, values);
    if (answer !== null) console.log(answer);
    else console.error(USAGE);
    return answer === null ? 2 : 0;
  } catch (error) {
    if (error instanceof SettingsError || error instanceof NewerFileError) console.error(error.message);
    else if (error instanceof TypeError) console.error(USAGE);
    else throw error;
    return 1;
  } finally {
    if (db) closeStore(db);
  }
}

process.exitCode = run(process.argv.slice(2));
