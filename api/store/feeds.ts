import { randomBytes } from 'node:crypto';
import type { HomeArea } from '../domain/service-area.ts';
import type { Db } from './open.ts';

/** Other people's directories, and the harvests of each. */

type FeedState = 'active' | 'paused' | 'by_hand';

/** What a feed was seen to support, and what it said of itself. */
interface Habits {
  /** Whether `modified_after` leaves out what is older. */
  modified_after?: boolean;
  /** Whether it is another Signpost, which says what it has withdrawn. */
  withdrawals?: boolean;
  /** Of the last answer that was the whole feed at one address. */
  etag?: string;
  last_modified?: string;
  address?: string;
  /** When the last run that looked at everything began: ISO 8601, UTC. */
  complete_at?: string;
  /** It is paused since it would have had so many listings, until a moderator agrees. */
  held?: number;
  /** So many listings may it have: a moderator has agreed to that. */
  agreed?: number;
  /** Of a feed that is paged by what has changed: its next page, and when it and its first one were asked for last. */
  rpde?: { next: string; asked_at: string; begun_at: string };
}

/** Where a run that was stopped goes on. */
interface Progress {
  run: number;
  /** The next page. */
  page: number;
  started_at: string;
}

export interface Feed {
  id: string;
  name: string;
  /** Null for what is only ever imported from a file. */
  url: string | null;
  licence: string | null;
  state: FeedState;
  every_hours: number;
  created_at: string;
  next_at: string | null;
  /** Runs in a row that came to nothing. */
  failures: number;
  /** Complete runs so far. */
  runs: number;
  habits: Habits;
  progress: Progress | null;
  /** Where it is at home; null where nobody knows. */
  home: HomeArea | null;
  /** The area that it is limited to; null where all is taken in. */
  within: FeedLimit | null;
}

/** What is taken in of a feed: what is in some districts, or takes people from there. */
export type FeedLimit = Pick<HomeArea, 'name' | 'districts'>;

type FeedRow = Omit<Feed, 'habits' | 'progress' | 'home' | 'within'> & {
  habits: string;
  progress: string | null;
  home: string | null;
  within: string | null;
};

const fromRow = (row: FeedRow): Feed => ({
  ...row,
  habits: JSON.parse(row.habits),
  progress: row.progress === null ? null : JSON.parse(row.progress),
  home: row.home === null ? null : JSON.parse(row.home),
  within: row.within === null ? null : JSON.parse(row.within),
});

/** Every feed, by name. */
export const listFeeds = (db: Db): Feed[] =>
  (db.prepare('SELECT * FROM feed ORDER BY name, id').all() as FeedRow[]).map(fromRow);

/** The feed of that id, or null. */
export function findFeed(db: Db, id: string): Feed | null {
  const row = db.prepare('SELECT * FROM feed WHERE id = ?').get(id) as FeedRow | undefined;
  return row ? fromRow(row) : null;
}

/** The feed at that address, or of that name, or null. */
export function feedAt(db: Db, { url, name }: { url: string | null; name: string }): Feed | null {
  const row = db
    .prepare('SELECT * FROM feed WHERE (url IS NOT NULL AND url = :url) OR (url IS :url AND name = :name)')
    .get({ url, name }) as FeedRow | undefined;
  return row ? fromRow(row) : null;
}

/** Feeds that brought so much that a moderator is to look, by name. */
export const heldFeeds = (db: Db): Feed[] => listFeeds(db).filter(({ habits }) => habits.held !== undefined);

/** Active feeds whose time has come, the longest waiting first. */
export const dueFeeds = (db: Db, now: string): Feed[] =>
  (
    db
      .prepare(
        "SELECT * FROM feed WHERE state = 'active' AND url IS NOT NULL AND coalesce(next_at, '') <= ? ORDER BY next_at, id",
      )
      .all(now) as FeedRow[]
  ).map(fromRow);

const SECRET_BYTES = 8;

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || 'feed';

/**
 * Registers a feed.
 * @returns it, with an id that begins with its name and ends at random: the id becomes part of the ids of its records,
 *   which nobody must be able to work out
 */
export function addFeed(
  db: Db,
  it: Pick<Feed, 'name' | 'url' | 'licence' | 'state' | 'every_hours'> & Partial<Pick<Feed, 'home' | 'within'>>,
  now: string,
): Feed {
  const id = `${slug(it.name)}-${randomBytes(SECRET_BYTES).toString('hex')}`;
  db.prepare(
    `INSERT INTO feed (id, name, url, licence, state, every_hours, created_at, next_at, home, within)
     VALUES (:id, :name, :url, :licence, :state, :every_hours, :now, :now, :home, :within)`,
  ).run({
    ...it,
    home: it.home ? JSON.stringify(it.home) : null,
    within: it.within ? JSON.stringify(it.within) : null,
    id,
    now,
  });
  return findFeed(db, id) as Feed;
}

/** Changes what is given of a feed. */
export function updateFeed(db: Db, id: string, change: Partial<Omit<Feed, 'id' | 'created_at'>>): void {
  const { habits, progress, home, within, ...plain } = change;
  const values: Record<string, unknown> = {
    ...plain,
    ...(habits !== undefined && { habits: JSON.stringify(habits) }),
    ...(progress !== undefined && { progress: progress === null ? null : JSON.stringify(progress) }),
    ...(home !== undefined && { home: home === null ? null : JSON.stringify(home) }),
    ...(within !== undefined && { within: within === null ? null : JSON.stringify(within) }),
  };
  const names = Object.keys(values);
  if (names.length === 0) return;
  db.prepare(`UPDATE feed SET ${names.map((name) => `${name} = :${name}`).join(', ')} WHERE id = :id`).run({
    ...values,
    id,
  });
}

/** Takes a feed off the list, with the reports of its harvests. Throws where listings came from it. */
export function removeFeed(db: Db, id: string): void {
  db.prepare('DELETE FROM feed WHERE id = ?').run(id);
}

/** How many listings a feed has brought, and how many of them are gone from it. */
export const countImported = (db: Db, id: string): { listings: number; gone: number } =>
  db.prepare('SELECT count(*) AS listings, coalesce(sum(gone), 0) AS gone FROM imported WHERE feed = ?').get(id) as {
    listings: number;
    gone: number;
  };

export type HarvestOutcome = 'running' | 'complete' | 'incomplete' | 'stopped' | 'failed';

export interface HarvestCounts {
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
  repaired: number;
  unconfirmed: number;
}

export interface Harvest extends HarvestCounts {
  id: number;
  feed: string;
  started_at: string;
  ended_at: string | null;
  outcome: HarvestOutcome;
  /** The reason for the outcome, for people. */
  words: string | null;
}

/** Kinds of lines in a report, in the order in which people need them. */
export const NOTE_KINDS = ['feed', 'refused', 'changed', 'repaired', 'added'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** A line of a report: of a record, or of the feed itself. */
export interface ReportNote {
  kind: NoteKind;
  field: string;
  words: string;
  /** The record as its source calls it, or an address of the feed. */
  about: string;
  name: string | null;
}

/** Lines that are kept of one harvest. */
const MOST_NOTES = 20_000;
/** Harvests of a feed whose lines are kept. */
const REPORTS_KEPT = 5;
/** Harvests of a feed that are kept at all. */
const HARVESTS_KEPT = 100;

/** Begins the report of a harvest, and lets go of the oldest. @returns its number */
export function beginHarvest(db: Db, feed: string, now: string): number {
  return db
    .transaction(() => {
      db.prepare(
        "UPDATE harvest SET outcome = 'stopped', ended_at = ?, words = 'The program ended meanwhile.' WHERE feed = ? AND outcome = 'running'",
      ).run(now, feed);
      const { lastInsertRowid } = db
        .prepare("INSERT INTO harvest (feed, started_at, outcome) VALUES (?, ?, 'running')")
        .run(feed, now);
      const older = (keep: number) =>
        db.prepare('SELECT id FROM harvest WHERE feed = ? ORDER BY id DESC LIMIT -1 OFFSET ?').pluck().all(feed, keep);
      for (const id of older(REPORTS_KEPT)) db.prepare('DELETE FROM harvest_note WHERE harvest = ?').run(id);
      for (const id of older(HARVESTS_KEPT)) db.prepare('DELETE FROM harvest WHERE id = ?').run(id);
      return Number(lastInsertRowid);
    })
    .immediate();
}

/** Adds lines to a report, behind those that are there. */
export function addNotes(db: Db, harvest: number, notes: readonly ReportNote[]): void {
  const last = db.prepare('SELECT coalesce(max(seq), 0) FROM harvest_note WHERE harvest = ?').pluck();
  const insert = db.prepare(
    `INSERT INTO harvest_note (harvest, seq, kind, about, name, field, words)
     VALUES (:harvest, :seq, :kind, :about, :name, :field, :words)`,
  );
  db.transaction(() => {
    let seq = last.get(harvest) as number;
    for (const note of notes) {
      if (seq >= MOST_NOTES) return;
      insert.run({ ...note, harvest, seq: ++seq });
    }
  }).immediate();
}

/** Writes the figures of a harvest so far, or its end. */
export function updateHarvest(
  db: Db,
  id: number,
  change: HarvestCounts & Pick<Harvest, 'outcome' | 'words' | 'ended_at'>,
): void {
  db.prepare(
    `UPDATE harvest SET added = :added, changed = :changed, unchanged = :unchanged, refused = :refused,
       repaired = :repaired, unconfirmed = :unconfirmed, outcome = :outcome, words = :words, ended_at = :ended_at
     WHERE id = :id`,
  ).run({ ...change, id });
}

/** The harvests of a feed, the newest first. */
export const harvestsOf = (db: Db, feed: string, limit: number): Harvest[] =>
  db.prepare('SELECT * FROM harvest WHERE feed = ? ORDER BY id DESC LIMIT ?').all(feed, limit) as Harvest[];

/** One harvest, or null. */
export const findHarvest = (db: Db, id: number): Harvest | null =>
  (db.prepare('SELECT * FROM harvest WHERE id = ?').get(id) as Harvest | undefined) ?? null;

/** Lines of a report of one kind, in their order. */
export function notesOfHarvest(
  db: Db,
  harvest: number,
  kind: NoteKind,
  from: number,
  count: number,
): { notes: ReportNote[]; total: number } {
  const notes = db
    .prepare(
      'SELECT kind, about, name, field, words FROM harvest_note WHERE harvest = ? AND kind = ? ORDER BY seq LIMIT ? OFFSET ?',
    )
    .all(harvest, kind, count, from) as ReportNote[];
  const total = db
    .prepare('SELECT count(*) FROM harvest_note WHERE harvest = ? AND kind = ?')
    .pluck()
    .get(harvest, kind) as number;
  return { notes, total };
}
