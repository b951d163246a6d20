import type { Directory } from '../directory/directory.ts';
import { today } from '../domain/london.ts';
import { joinAfterImport } from '../matching/after-import.ts';
import {
  addNotes,
  beginHarvest,
  countImported,
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
import type { Db } from '../store/open.ts';
import { keepRpdeItems, rpdeItems } from '../store/rpde-items.ts';
import { CLIENT_DEFAULTS, type ClientOptions, createClient } from './fetch/client.ts';
import { formatOf } from './formats.ts';
import { GrowthError, HARVEST_LIMITS, type HarvestLimits, mostListings, OverLimitError } from './harvest-limits.ts';
import type { IncomingPiece } from './incoming.ts';
import { readRecords } from './oruk/read.ts';
import { markAbsent, noCounts, takeIn } from './run.ts';
import { type ApiFindings, type ApiOptions, readApi } from './source/api.ts';
import { fileAt } from './source/import-file.ts';
import type { RpdeEnd } from './source/rpde.ts';

/** One harvest of one feed, from the first request to the report. */

/** Milliseconds between two looks whether it has been paused meanwhile. */
const LOOKS_MS = 1000;
const HOUR_MS = 3_600_000;
/** A feed that honours `modified_after` is read whole after so long all the same. */
const WHOLE_AGAIN_MS = 7 * 24 * HOUR_MS;
/** A run that was stopped longer ago than this begins anew. */
const RESUME_MS = 2 * 24 * HOUR_MS;
/**
 * How long an RPDE feed goes on naming what it has deleted. Where the last harvest is longer ago, the feed is read
 * anew.
 */
const DELETED_TOLD_MS = 7 * 24 * HOUR_MS;
/** An RPDE feed is read anew after so long in any case, since sessions that are over may just be missing from it. */
const RPDE_ANEW_MS = 28 * 24 * HOUR_MS;
/** With fewer records than this nobody can tell whether half of them are missing by mistake. */
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
  limits?: Partial<HarvestLimits>;
}

/** A feed was paused or taken off while it was harvested. */
class NotWantedError extends Error {
  override name = 'NotWantedError';
}

/**
 * Harvests a feed that is registered.
 * @returns its report
 * @throws ImportAtWorkError where another process, or this one, is harvesting it
 */
export async function harvestFeed(directory: Directory, feedId: string, options: HarvestOptions): Promise<Harvest> {
  const { db } = directory;
  const feed = findFeed(db, feedId);
  if (feed === null || (feed.url === null && options.file === undefined))
    throw new Error('Only a feed with an address, or a file of it, can be harvested.');
  const limits = { ...HARVEST_LIMITS, ...options.limits };
  const lease = takeImportLease(db, `harvest ${feed.id}`);
  const cut = new AbortController();
  const attempt = (work: () => void) => () => {
    try {
      work();
    } catch (error) {
      cut.abort(error);
    }
  };
  const timers = [
    setInterval(attempt(lease.renew), 30_000),
    setInterval(
      attempt(() => expectWanted(db, feed)),
      LOOKS_MS,
    ),
    setTimeout(() => cut.abort(tooLong(limits)), limits.longest),
  ];
  try {
    const signal = AbortSignal.any([options.signal, cut.signal]);
    return await new HarvestRun(directory, feed, { ...options, signal, limits }, cut).run();
  } finally {
    for (const timer of timers) clearTimeout(timer);
    lease.release();
  }
}

const tooLong = ({ longest }: HarvestLimits): OverLimitError =>
  new OverLimitError(`It took more than ${Math.round(longest / 60_000)} minutes, and goes on where it was.`);

/** A feed that was harvested by itself must still be there, and not be paused; by hand a paused one is harvested too. */
function expectWanted(db: Db, { id, state }: Feed): void {
  const now = findFeed(db, id);
  if (now === null) throw new NotWantedError('It was taken off.');
  if (state === 'active' && now.state !== 'active')
    throw new NotWantedError('It was paused, and goes on where it was once it is harvested again.');
}

class HarvestRun {
  readonly #directory: Directory;
  readonly #feed: Feed;
  readonly #options: HarvestOptions & { limits: HarvestLimits };
  readonly #cut: AbortController;
  readonly #id: number;
  readonly #startedAt: string;
  readonly #counts: HarvestCounts = noCounts();

  #bytes = 0;

  /** @param cut ends it where a limit is reached */
  constructor(
    directory: Directory,
    feed: Feed,
    options: HarvestOptions & { limits: HarvestLimits },
    cut: AbortController,
  ) {
    this.#directory = directory;
    this.#feed = feed;
    this.#options = options;
    this.#cut = cut;
    this.#startedAt = directory.now().toISOString();
    this.#id = beginHarvest(directory.db, feed.id, this.#startedAt);
  }

  async run(): Promise<Harvest> {
    const { signal } = this.#options;
    try {
      return await this.#read();
    } catch (thrown) {
      const error = signal.aborted ? signal.reason : thrown;
      const words = error instanceof Error ? error.message : String(error);
      if (findFeed(this.#directory.db, this.#feed.id) === null || error instanceof NotWantedError)
        return this.#end('stopped', words, { later: 0 });
      if (error instanceof GrowthError) return this.#hold(error);
      if (signal.aborted && !(error instanceof OverLimitError))
        return this.#end('stopped', 'It was stopped, and goes on where it was.', { later: 0 });
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
        onBytes: (count) => this.#count(count),
        ...this.#options.client,
      }),
      onRead: this.#options.onRead ?? (() => {}),
      today: today(now()),
      ...(feed.habits.withdrawals && { withdrawnSince: this.#dayBeforeLast() }),
      fromPage: progress?.page ?? 1,
      ...this.#rpdeStart(),
      ...(modifiedAfter !== undefined && { modifiedAfter }),
      ...(address !== undefined &&
        !this.#mustBeWhole() && {
          conditions: { address, ...(etag && { etag }), ...(last_modified && { last_modified }) },
        }),
    };
    const before = countSeen(db, feed.id, feed.runs);
    const whole = await takeIn(this.#directory, feed, this.#stopping(this.#pieces(options, findings)), {
      dryRun: false,
      batch: this.#options.batch ?? 25,
      run,
      resumed: progress !== null,
      signal: this.#options.signal,
      counts: this.#counts,
      onReport: (notes) => this.#report(notes),
      mayAdd: this.#growthLimit(before),
      onSaved: async (ids) => void (await joinAfterImport(this.#directory, ids)),
      onHome: (home) => {
        if (feed.home === null) updateFeed(db, feed.id, { home });
      },
      onPage: (page) => {
        updateFeed(db, feed.id, { progress: { run, page, started_at: progress?.started_at ?? this.#startedAt } });
      },
    });
    const honours = {
      ...(findings.modified_after !== undefined && { modified_after: findings.modified_after }),
      ...(findings.withdrawals && { withdrawals: true }),
    };
    const habits = { ...feed.habits, ...honours, ...findings.conditions };

    if (findings.unchanged) {
      seeAgain(db, feed.id, feed.runs, run);
      this.#counts.unchanged = before;
    }
    if (!whole) return this.#end('incomplete', 'Not everything could be read. Nothing was taken away.', { habits });
    if (modifiedAfter !== undefined)
      return this.#end('complete', `Only what has changed since ${modifiedAfter} was asked for.`, { habits });
    const came = countSeen(db, feed.id, run);
    if (before >= FEW && came < before / 2) {
      const words = `Only ${came} of the ${before} listings that were there last time came. That may be a mistake of the feed: nothing was taken away.`;
      return this.#end('incomplete', words, { habits });
    }
    this.#counts.unconfirmed = await markAbsent(this.#directory, feed, run);
    return this.#end('complete', findings.unchanged ? 'Nothing has changed since the last time.' : null, {
      runs: run,
      habits: {
        ...habits,
        ...(findings.rpde && this.#keepRpde(findings.rpde)),
        complete_at: progress?.started_at ?? now().toISOString(),
      },
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

  /** Where the harvest of an RPDE feed goes on; nothing where it is to be read anew. */
  #rpdeStart(): Pick<ApiOptions, 'rpde'> {
    const { rpde } = this.#feed.habits;
    const { db, now } = this.#directory;
    if (rpde === undefined) return {};
    const since = (at: string): number => now().getTime() - Date.parse(at);
    if (since(rpde.asked_at) > DELETED_TOLD_MS || since(rpde.begun_at) > RPDE_ANEW_MS) return {};
    return { rpde: { next: rpde.next, items: () => rpdeItems(db, this.#feed.id) } };
  }

  /** If the process ends before the feed's own row is written, the next harvest brings the same changes again. */
  #keepRpde({ next, changes, anew }: RpdeEnd): Pick<Feed['habits'], 'rpde'> {
    keepRpdeItems(this.#directory.db, this.#feed.id, changes, anew);
    const begun_at = anew ? undefined : this.#feed.habits.rpde?.begun_at;
    return { rpde: { next, asked_at: this.#startedAt, begun_at: begun_at ?? this.#startedAt } };
  }

  #mustBeWhole(): boolean {
    const { complete_at } = this.#feed.habits;
    const at = this.#directory.now().getTime();
    return complete_at === undefined || at - Date.parse(complete_at) > WHOLE_AGAIN_MS;
  }

  /** A day before: clocks differ, and some feeds know days alone. */
  #modifiedAfter(): string | undefined {
    const { modified_after, complete_at } = this.#feed.habits;
    if (this.#options.file !== undefined) return undefined;
    if (modified_after !== true || complete_at === undefined || this.#mustBeWhole()) return undefined;
    return this.#dayBeforeLast();
  }

  /** The day before the last complete run, or the beginning of time. */
  #dayBeforeLast(): string {
    const { complete_at } = this.#feed.habits;
    if (complete_at === undefined) return '1970-01-01';
    return new Date(Date.parse(complete_at) - 24 * HOUR_MS).toISOString().slice(0, 10);
  }

  /** Counts what was read, unzipped; too much ends the harvest. */
  #count(bytes: number): void {
    this.#bytes += bytes;
    const most = this.#options.limits.bytes;
    if (this.#bytes > most && !this.#cut.signal.aborted)
      this.#cut.abort(new OverLimitError(`It sent more than ${Math.round(most / 1024 ** 2)} MB in one harvest.`));
  }

  /**
   * Told of records that are new, says whether the feed is still wanted, and whether it has grown too much. By hand,
   * somebody is looking.
   * @param before how many listings the last complete run saw
   */
  #growthLimit(before: number): (added: number) => void {
    const { db } = this.#directory;
    const { limits } = this.#options;
    const byItself = this.#feed.state === 'active' && this.#options.file === undefined;
    const known = this.#feed.runs === 0 ? null : before;
    const most = mostListings(this.#feed, known, limits);
    const had = countImported(db, this.#feed.id).listings;
    return (added) => {
      expectWanted(db, this.#feed);
      const listings = had + this.#counts.added + added;
      if (byItself && added > 0 && listings > most) throw new GrowthError(listings, most, known);
    };
  }

  /** Paused until a moderator has looked. */
  #hold({ message, listings }: GrowthError): Harvest {
    this.#report([{ kind: 'feed', about: this.#feed.name, name: null, field: '', words: message }]);
    const habits = findFeed(this.#directory.db, this.#feed.id)?.habits;
    updateFeed(this.#directory.db, this.#feed.id, { state: 'paused', habits: { ...habits, held: listings } });
    return this.#end('stopped', message, { later: 0 });
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
