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
import { countSeen, seeAgain } from '../store/imported.ts';
import type { Db } from '../store/open.ts';
import { keepRpdeItems, rpdeItems } from '../store/rpde-items.ts';
import { CLIENT_DEFAULTS, type ClientOptions, createClient } from './fetch/client.ts';
import { formatOf } from './formats.ts';
import { GrowthError, type HarvestLimits, mostListings, OverLimitError } from './harvest-limits.ts';
import { dayBeforeLast, HOUR_MS, modifiedAfter, mustBeWhole, resumable, rpdeNext } from './harvest-reach.ts';
import type { IncomingPiece } from './incoming.ts';
import { readRecords } from './oruk/read.ts';
import { markAbsent, noCounts, takeIn } from './run.ts';
import { readApi } from './source/api.ts';
import { fileAt } from './source/import-file.ts';
import type { ApiFindings, ApiOptions } from './source/list/options.ts';
import type { RpdeEnd } from './source/rpde.ts';

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

/** A feed that was harvested by itself must still be there, and not be paused; by hand a paused one is harvested too. */
export function expectWanted(db: Db, { id, state }: Feed): void {
  const now = findFeed(db, id);
  if (now === null) throw new NotWantedError('It was taken off.');
  if (state === 'active' && now.state !== 'active')
    throw new NotWantedError('It was paused, and goes on where it was once it is harvested again.');
}

/** One harvest, from the first request to the report; its feed is not another's meanwhile. */
export class HarvestRun {
  readonly #directory: Directory;
  readonly #feed: Feed;
  readonly #options: HarvestOptions & { limits: HarvestLimits };
  readonly #cut: AbortController;
  readonly #id: number;
  readonly #startedAt: string;
  readonly #counts: HarvestCounts = noCounts();

  #bytes = 0;
  readonly #began = performance.now();

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
    const moment = now().getTime();
    const byFile = this.#options.file !== undefined;
    const progress = byFile ? null : resumable(feed, moment);
    const run = progress?.run ?? feed.runs + 1;
    const since = progress || byFile ? undefined : modifiedAfter(feed, moment);
    const next = rpdeNext(feed, moment);
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
      ...(feed.habits.withdrawals && { withdrawnSince: dayBeforeLast(feed) }),
      fromPage: progress?.page ?? 1,
      ...(next !== null && { rpde: { next, items: () => rpdeItems(db, feed.id) } }),
      ...(since !== undefined && { modifiedAfter: since }),
      ...(address !== undefined &&
        !mustBeWhole(feed, moment) && {
          conditions: { address, ...(etag && { etag }), ...(last_modified && { last_modified }) },
        }),
    };
    const before = countSeen(db, feed.id, feed.runs);
    let outside = 0;
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
      onOutside: (count) => {
        outside = count;
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
    if (since !== undefined)
      return this.#end('complete', `Only what has changed since ${since} was asked for.`, { habits });
    const came = countSeen(db, feed.id, run);
    if (before >= FEW && came + outside < before / 2) {
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

  /** If the process ends before the feed's own row is written, the next harvest brings the same changes again. */
  #keepRpde({ next, changes, anew }: RpdeEnd): Pick<Feed['habits'], 'rpde'> {
    keepRpdeItems(this.#directory.db, this.#feed.id, changes, anew);
    const begun_at = anew ? undefined : this.#feed.habits.rpde?.begun_at;
    return { rpde: { next, asked_at: this.#startedAt, begun_at: begun_at ?? this.#startedAt } };
  }

  /** Counts what was read, unzipped; too much ends the harvest. */
  #count(bytes: number): void {
    this.#bytes += bytes;
    const most = this.#options.limits.bytes;
    if (this.#bytes > most && !this.#cut.signal.aborted)
      this.#cut.abort(new OverLimitError(`It sent more than ${Math.round(most / 1024 ** 2)} MB in one harvest.`));
  }

  /** @throws OverLimitError where so little comes that nobody else is to wait for it */
  expectPace(): void {
    const { slowest, patience } = this.#options.limits;
    const took = performance.now() - this.#began;
    if (took < patience || this.#bytes >= (slowest * took) / 1000) return;
    throw new OverLimitError(
      `It sends less than ${slowest.toLocaleString('en-GB')} bytes a second, and goes on where it was.`,
    );
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
