import { lookUp } from '#api/domain/look-up.ts';
import {
  EVERY_HOURS,
  harvestSoon,
  pauseFeed,
  registerFeed,
  resumeFeed,
  setFeedHome,
  setFeedLimit,
  takeOffFeed,
} from '#api/import/feeds.ts';
import { directory, settings } from '#api/instance.ts';
import {
  countImported,
  type Feed,
  findFeed,
  findHarvest,
  type Harvest,
  harvestsOf,
  listFeeds,
  NOTE_KINDS,
  type NoteKind,
  notesOfHarvest,
  type ReportNote,
} from '#api/store/feeds.ts';
import { serviceOf } from '#api/store/imported.ts';
import { numberIn } from '../page-number.ts';
import { FEED_DONE } from './feed-words.ts';
import { field, formOf, type PageContext, seeOther } from './session.ts';

const PER_PAGE = 50;
const HARVESTS_SHOWN = 20;

/** A feed of another directory, and the report of one of its harvests. */
export interface FeedView {
  feed: Feed;
  counted: { listings: number; gone: number };
  /** The newest first. */
  harvests: Harvest[];
  /** The harvest that is reported on: the one asked for, or the newest; undefined while there was none. */
  shown: Harvest | undefined;
  counts: { kind: NoteKind; total: number }[];
  kind: NoteKind;
  /** Lines of the report, with the listing that each is about. */
  lines: (ReportNote & { service: string | null })[];
  page: { number: number; per_page: number; total: number; pages: number };
  /** What is typed for its home area, and what is wrong with that. */
  home: string;
  /** What is typed for the area that it is limited to. */
  within: string;
  errors: Record<string, string>;
  /** What was just done, in words. */
  done: string | null;
}

/**
 * The page of one feed at /moderate/feeds/ID, after what its form asked for has been done.
 * @returns where to go on to; null where there is no such feed
 */
export function feedPage(context: PageContext & { params: { id?: string | undefined } }): Response | FeedView | null {
  const { db } = directory;
  const feed = findFeed(db, context.params.id ?? '');
  if (!feed) return null;
  const form = formOf(context);
  const errors = form ? setArea(feed, form) : {};
  if (form && Object.keys(errors).length === 0) return act(feed, field(form, 'act'));
  const typed = (name: 'home' | 'within') =>
    form && field(form, 'act') === name ? field(form, name) : (feed[name]?.name ?? '');
  const { searchParams } = context.url;
  const harvests = harvestsOf(db, feed.id, HARVESTS_SHOWN);
  const asked = findHarvest(db, numberIn(searchParams.get('harvest'), 0));
  const shown = asked?.feed === feed.id ? asked : harvests[0];
  const counts = NOTE_KINDS.map((kind) => ({
    kind,
    total: shown ? notesOfHarvest(db, shown.id, kind, 0, 0).total : 0,
  }));
  const kind =
    NOTE_KINDS.find((each) => each === searchParams.get('kind')) ??
    counts.find(({ total }) => total > 0)?.kind ??
    'feed';
  const number = numberIn(searchParams.get('page'));
  const report = shown
    ? notesOfHarvest(db, shown.id, kind, (number - 1) * PER_PAGE, PER_PAGE)
    : { notes: [], total: 0 };
  return {
    feed,
    counted: countImported(db, feed.id),
    harvests,
    shown,
    counts,
    kind,
    lines: report.notes.map((note) => ({
      ...note,
      service: note.kind === 'feed' ? null : serviceOf(db, feed.id, note.about),
    })),
    page: { number, per_page: PER_PAGE, total: report.total, pages: Math.ceil(report.total / PER_PAGE) },
    home: typed('home'),
    within: typed('within'),
    errors,
    done: lookUp(FEED_DONE, searchParams.get('done') ?? '') ?? null,
  };
}

/** Keeps an area where the form gives one. @returns what is wrong with it, by its field */
function setArea(feed: Feed, form: FormData): Record<string, string> {
  const what = field(form, 'act');
  if (what !== 'home' && what !== 'within') return {};
  const wrong = (what === 'home' ? setFeedHome : setFeedLimit)(directory, feed.id, field(form, what));
  return wrong === null ? {} : { [what]: wrong };
}

function act(feed: Feed, what: string): Response {
  if (what === 'run') harvestSoon(directory, feed.id);
  else if (what === 'pause') pauseFeed(directory, feed.id);
  else if (what === 'resume') resumeFeed(directory, feed.id);
  else if (what === 'remove' && takeOffFeed(directory, feed.id)) return seeOther('/moderate/feeds?done=removed');
  return seeOther(`/moderate/feeds/${feed.id}?done=${Object.hasOwn(FEED_DONE, what) ? what : ''}`);
}

/** All feeds, and the form that registers another. */
export interface FeedsView {
  feeds: (Feed & { listings: number; gone: number; last: Harvest | undefined })[];
  typed: Record<'name' | 'url' | 'licence' | 'every_hours' | 'home' | 'within', string>;
  errors: Record<string, string>;
}

/**
 * The page at /moderate/feeds, after what its form asked for has been done.
 * @returns where to go on to once a feed is registered
 */
export function feedsPage(context: PageContext): Response | FeedsView {
  const { db } = directory;
  const form = formOf(context);
  const given = (name: string, otherwise = ''): string => (form ? field(form, name) : otherwise);
  const typed = {
    name: given('name'),
    url: given('url'),
    licence: given('licence'),
    every_hours: given('every_hours', String(EVERY_HOURS)),
    home: given('home'),
    within: given('within'),
  };
  const made = form ? registerFeed(directory, typed, settings.IMPORT_PRIVATE === 1) : { faults: [] };
  if ('feed' in made) return seeOther(`/moderate/feeds/${made.feed.id}?done=registered`);
  return {
    feeds: listFeeds(db).map((feed) => ({
      ...feed,
      ...countImported(db, feed.id),
      last: harvestsOf(db, feed.id, 1)[0],
    })),
    typed,
    errors: Object.fromEntries(made.faults.map(({ field: name, words }) => [name, words])),
  };
}
