import { parseArgs } from 'node:util';
import { EVERY_HOURS, pauseFeed, registerFeed, resumeFeed, takeOffFeed } from '../api/import/feeds.ts';
import { describeHarvest } from '../api/import/schedule.ts';
import { SettingsError } from '../api/runtime/settings.ts';
import { countImported, type Feed, findFeed, harvestsOf, listFeeds } from '../api/store/feeds.ts';
import type { Db } from '../api/store/open.ts';
import { onDatabase } from './on-database.ts';

/** `npm run feeds`: the feeds that the running server harvests by itself. */

const USAGE = `The directories of others that the running server harvests by itself.
  npm run feeds                                         lists them, and what the last harvest of each did
  npm run feeds -- add URL --source "NAME" [--licence "CC BY 4.0"] [--home AREA] [--within AREA]
                               [--every HOURS] [--allow-private]
  npm run feeds -- pause ID      npm run feeds -- resume ID      npm run feeds -- remove ID
--home says where the directory is at home, such as Derbyshire; without it, the postcodes of its listings tell.
--within takes in only what is in that area, or takes people from there.
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

interface Asked {
  command: string;
  what: string;
  values: Values;
}

type Values = {
  source?: string;
  licence?: string;
  every?: string;
  home?: string;
  within?: string;
  'allow-private'?: boolean;
};

const COMMANDS = ['add', 'pause', 'resume', 'remove'];

/** What is asked for, or null where that makes no sense. */
function readWords(words: string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: {
        source: { type: 'string' },
        licence: { type: 'string' },
        every: { type: 'string' },
        home: { type: 'string' },
        within: { type: 'string' },
        'allow-private': { type: 'boolean' },
      },
      allowPositionals: true,
    });
    const [command = 'list', what = '', ...rest] = positionals;
    const known = command === 'list' ? positionals.length === 0 : what !== '' && COMMANDS.includes(command);
    return known && rest.length === 0 ? { command, what, values } : null;
  } catch {
    return null;
  }
}

/** @returns words to print */
function act(db: Db, { command, what, values }: Asked): string {
  const store = { db, now: () => new Date() };
  if (command === 'list') return list(db);
  if (command === 'add') {
    const form = {
      name: values.source ?? '',
      url: what,
      licence: values.licence ?? '',
      every_hours: values.every ?? String(EVERY_HOURS),
      home: values.home ?? '',
      within: values.within ?? '',
    };
    const made = registerFeed(store, form, values['allow-private'] ?? false);
    if ('faults' in made) throw new SettingsError(made.faults.map(({ words }) => words));
    return `Registered as ${made.feed.id}. The running server harvests it within a minute; \`npm run import -- ${made.feed.url}\` does it now.`;
  }
  if (findFeed(db, what) === null) throw new SettingsError([`There is no feed ${what}. \`npm run feeds\` lists them.`]);
  if (command === 'remove')
    return takeOffFeed(store, what)
      ? 'Gone.'
      : 'It is not harvested any more. Its listings stay, and it stays as their source.';
  if (command === 'pause') {
    pauseFeed(store, what);
    return 'Paused.';
  }
  resumeFeed(store, what);
  return 'It is harvested again.';
}

/** What the command came to; the exit code. */
function run(words: string[]): number {
  const asked = readWords(words);
  if (asked === null) {
    console.error(USAGE);
    return 2;
  }
  return onDatabase((db) => act(db, asked), { begins: asked.command === 'add' });
}

process.exitCode = run(process.argv.slice(2));
