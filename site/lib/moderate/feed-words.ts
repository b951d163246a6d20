import { capital } from '#api/domain/words/dates.ts';
import { describeHarvest } from '#api/import/schedule.ts';
import type { Feed, Harvest, NoteKind } from '#api/store/feeds.ts';
import { momentWords } from '../moment.ts';

/** Words of the moderators' pages about feeds. */

/** When a harvest was and what it came to: 'Today, 10:30am: complete. 3 added, …'. */
export const harvestWords = (harvest: Harvest, now: Date): string =>
  `${capital(momentWords(harvest.started_at, now))}: ${describeHarvest(harvest)}`;

/** Whether and how often a feed is harvested. */
export function stateWords({ state, every_hours, habits }: Pick<Feed, 'state' | 'every_hours' | 'habits'>): string {
  if (state === 'paused' && habits.held !== undefined)
    return `Paused, since it would have ${habits.held.toLocaleString('en-GB')} listings or more. Look at what it brings: is it all right?`;
  if (state === 'paused') return 'Paused.';
  if (state === 'by_hand') return 'Taken in by hand alone.';
  return every_hours === 24
    ? 'Harvested once a day.'
    : every_hours === 1
      ? 'Harvested every hour.'
      : `Harvested every ${every_hours} hours.`;
}

/** Where a feed is at home. */
export function homeWords({ home }: Pick<Feed, 'home'>): string {
  if (home === null) return 'Not known yet: the postcodes of its listings are looked at when it is harvested.';
  return home.guessed ? `${home.name}, as the postcodes of its listings show` : home.name;
}

/** To which area a feed is limited. */
export const limitWords = ({ within }: Pick<Feed, 'within'>): string =>
  within === null ? 'All that it has' : `What is in ${within.name}, or takes people from there`;

/** Heads of the kinds of lines in a report. */
export const NOTE_WORDS: Record<NoteKind, string> = {
  feed: 'Of the feed itself',
  refused: 'Refused',
  changed: 'Changed',
  repaired: 'Repaired',
  added: 'Added',
};

/** What was just done with a feed, by what its button is called. */
export const FEED_DONE: Readonly<Record<string, string>> = {
  registered: 'The feed is registered. It is harvested within seconds; load this page again to see what came.',
  home: 'The home area is kept. The feed is harvested within seconds, and its listings are read anew.',
  within: 'The limit is kept. The feed is harvested within seconds: what lies outside is taken away.',
  run: 'It is harvested within seconds; load this page again to see what came.',
  pause: 'The feed is paused.',
  resume: 'The feed is harvested again.',
  remove: 'The feed is not harvested any more. Its listings stay, so it stays as their source.',
};
