import type { Directory } from '../directory/directory.ts';
import { today } from '../domain/london.ts';
import { joinAfterImport } from '../matching/after-import.ts';
import {
  addNotes,
  beginHarvest,
  type Feed,
  findFeed,
  type Harvest,
  type HarvestCounts,
  type HarvestOutcome,
  type ReportNote,
  updateFeed,
  updateHarvest,
} from '../store/feeds.ts';
import { takeImportLease } from '../store/import-lease.ts';
import { countSeen, seeAgain } from '../store/imported.ts';
import { CLIENT_DEFAULTS, type ClientOptions, createClient } from './fetch/client.ts';
import { formatOf } from './formats.ts';
import type { IncomingPiece } from './incoming.ts';
import { readRecords } from './oruk/read.ts';
import { markAbsent, noCounts, takeIn } from './run.ts';
import { type ApiFindings, type ApiOptions, readApi } from './source/api.ts';
import { fileAt } from './source/import-file.ts';

/** One harvest of one feed, from the first request to the report. */

/** What a harvest holds while it is at work, so that there is one at a time in one file. */
const LEASE = 'harvest';
const HOUR_MS = 3_600_000;
/** A feed that honours `modified_after` is read whole after so long all the same. */
const WHOLE_AGAIN_MS = 7 * 24 * HOUR_MS;
/** A run that was stopped longer ago than this begins anew. */
const RESUME_MS = 2 * 24 * HOUR_MS;
/** With fewer records than this there is no telling whether half of them are missing by mistake. */
const FEW = 20;

export interface HarvestOptions {
  signal: AbortSignal;
  /** Lets feeds on private addresses be asked. */
  allowPrivate: boolean;
  /** Records written together. */
  batch?: number;
  /** A file to read in place of the feed's address. */
  file?: string;
  onRead?(share: number): void;
  onReport?(notes: ReportNote[]): void;
  client?: Partial<ClientOptions>;
}

/**
 * Harvests a feed that is registered.
 * @returns its report
 * @throws ImportAtWorkError where another process, or this one, is harvesting
 */
export async function harvestFeed(directory: Directory, feedId: string, options: HarvestOptions): Promise<Harvest> {
  const { db } = directory;
  const feed = findFeed(db, feedId);
  if (feed === null || (feed.url === null && options.file === undefined))
    throw new Error('Only a feed with an address, or a file of it, can be harvested.');
  const lease = takeImportLease(db, LEASE);
  const taken = new AbortController();
  const renewing = setInterval(() => {
    try {
      lease.renew();
    } catch (error) {
      taken.abort(error);
    }
  }, 30_000).unref();
  try {
    const signal = AbortSignal.any([options.signal, taken.signal]);
    return await new HarvestRun(directory, feed, { ...options, signal }).run();
  } finally {
    clearInterval(renewing);
    lease.release();
  }
}

class HarvestRun {
  readonly #directory: Directory;
  readonly #feed: Feed;
  readonly #options: HarvestOptions;
  readonly #id: number;
  readonly #startedAt: string;
  readonly #counts: HarvestCounts = noCounts();

  constructor(directory: Directory, feed: Feed, options: HarvestOptions) {
    this.#directory = directory;
    this.#feed = feed;
    this.#options = options;
    this.#startedAt = directory.now().toISOString();
    this.#id = beginHarvest(directory.db, feed.id, this.#startedAt);
  }

  async run(): Promise<Harvest> {
    const { signal } = this.#options;
    try {
      return await this.#read();
    } catch (error) {
      if (signal.aborted) return this.#end('stopped', 'It was stopped, and goes on where it was.', { later: 0 });
      const words = error instanceof Error ? error.message : String(error);
      this.#report([{ kind: 'feed', about: this.#feed.name, name: null, field: '', words }]);
      return this.#fail(`${words} Nothing was taken away.`);
    }
  }

  async #read(): Promise<Harvest> {
    const { db, now } = this.#directory;
    const feed = this.#feed;
    const progress = this.#resumable();
    const run = progress?.run ?? feed.runs + 1;
    const modifiedAfter = progress ? undefined : this.#modifiedAfter();
    const findings: ApiFindings = {};
    const { address, etag, last_modified } = feed.habits;
    const options: ApiOptions = {
      client: createClient({
        ...CLIENT_DEFAULTS,
        allowPrivate: this.#options.allowPrivate,
        signal: this.#options.signal,
        ...this.#options.client,
      }),
      onRead: this.#options.onRead ?? (() => {}),
      fromPage: progress?.page ?? 1,
      ...(modifiedAfter !== undefined && { modifiedAfter }),
      ...(address !== undefined &&
        !this.#mustBeWhole() && {
          conditions: { address, ...(etag && { etag }), ...(last_modified && { last_modified }) },
        }),
    };
    const before = countSeen(db, feed.id, feed.runs);
    const result = await takeIn(this.#directory, feed, this.#stopping(this.#pieces(options, findings)), {
      dryRun: false,
      batch: this.#options.batch ?? 25,
      run,
      resumed: progress !== null,
      signal: this.#options.signal,
      counts: this.#counts,
      onReport: (notes) => this.#report(notes),
      onPage: (page) => {
        updateFeed(db, feed.id, { progress: { run, page, started_at: progress?.started_at ?? this.#startedAt } });
      },
    });
    const honours = findings.modified_after === undefined ? {} : { modified_after: findings.modified_after };
    const habits = { ...feed.habits, ...honours, ...findings.conditions };

    if (findings.unchanged) {
      seeAgain(db, feed.id, feed.runs, run);
      this.#counts.unchanged = before;
    }
    await joinAfterImport(this.#directory, result.ids);
    if (!result.whole)
      return this.#end('incomplete', 'Not everything could be read. Nothing was taken away.', { habits });
    if (modifiedAfter !== undefined)
      return this.#end('complete', `Only what has changed since ${modifiedAfter} was asked for.`, { habits });
    const came = countSeen(db, feed.id, run);
    if (before >= FEW && came < before / 2) {
      const words = `Only ${came} of the ${before} listings that were there last time came. That may be a mistake of the feed: nothing was taken away.`;
      return this.#end('incomplete', words, { habits });
    }
    this.#counts.unconfirmed = markAbsent(this.#directory, feed, run);
    return this.#end('complete', findings.unchanged ? 'Nothing has changed since the last time.' : null, {
      runs: run,
      habits: { ...habits, complete_at: progress?.started_at ?? now().toISOString() },
    });
  }

  async *#pieces(options: ApiOptions, findings: ApiFindings): AsyncGenerator<IncomingPiece> {
    const { db, now } = this.#directory;
    const context = { db, feed: this.#feed, today: today(now()) };
    const path = this.#options.file;
    if (path === undefined) return yield* readRecords(readApi(this.#feed.url as string, options, findings), context);
    const file = await fileAt(path, options.onRead);
    yield* formatOf(file).read(file, context);
  }

  #resumable(): Feed['progress'] {
    const { progress } = this.#feed;
    if (this.#options.file !== undefined) return null;
    const at = this.#directory.now().getTime();
    return progress !== null && at - Date.parse(progress.started_at) < RESUME_MS ? progress : null;
  }

  #mustBeWhole(): boolean {
    const { complete_at } = this.#feed.habits;
    const at = this.#directory.now().getTime();
    return complete_at === undefined || at - Date.parse(complete_at) > WHOLE_AGAIN_MS;
  }

  /** A day before the last complete run: clocks differ, and some feeds know days alone. */
  #modifiedAfter(): string | undefined {
    const { modified_after, complete_at } = this.#feed.habits;
    if (this.#options.file !== undefined) return undefined;
    if (modified_after !== true || complete_at === undefined || this.#mustBeWhole()) return undefined;
    return new Date(Date.parse(complete_at) - 24 * HOUR_MS).toISOString().slice(0, 10);
  }

  /** Told to stop, it stops between two pieces. */
  async *#stopping(pieces: AsyncIterable<IncomingPiece>): AsyncGenerator<IncomingPiece> {
    for await (const piece of pieces) {
      this.#options.signal.throwIfAborted();
      yield piece;
    }
  }

  /** Lines and figures go together, so that whoever looks on in the middle sees no lines that the figures deny. */
  #report(notes: ReportNote[]): void {
    addNotes(this.#directory.db, this.#id, notes);
    this.#save('running', null);
    this.#options.onReport?.(notes);
  }

  #fail(words: string): Harvest {
    const failures = this.#feed.failures + 1;
    // An hour, then twice as long each time, up to a day.
    const later = Math.min(24, 2 ** (failures - 1)) * HOUR_MS;
    return this.#end('failed', words, { failures, later });
  }

  #end(
    outcome: HarvestOutcome,
    words: string | null,
    change: Partial<Pick<Feed, 'runs' | 'habits' | 'failures'>> & { later?: number },
  ): Harvest {
    const { later = this.#feed.every_hours * HOUR_MS, ...rest } = change;
    const { db, now } = this.#directory;
    const next_at = new Date(now().getTime() + later).toISOString();
    const kept =
      outcome === 'stopped' || outcome === 'failed'
        ? { failures: rest.failures ?? this.#feed.failures }
        : { progress: null, failures: rest.failures ?? 0 };
    updateFeed(db, this.#feed.id, { ...rest, next_at, ...kept });
    return this.#save(outcome, words);
  }

  #save(outcome: HarvestOutcome, words: string | null): Harvest {
    const ended_at = outcome === 'running' ? null : this.#directory.now().toISOString();
    updateHarvest(this.#directory.db, this.#id, { ...this.#counts, outcome, words, ended_at });
    return {
      ...this.#counts,
      id: this.#id,
      feed: this.#feed.id,
      started_at: this.#startedAt,
      ended_at,
      outcome,
      words,
    };
  }
}
