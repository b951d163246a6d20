import type { Directory } from '../directory/directory.ts';
import type { HomeArea } from '../domain/service-area.ts';
import { letOthersWrite, withoutWaiting } from '../store/checkpoints.ts';
import type { Feed, HarvestCounts, NoteKind, ReportNote } from '../store/feeds.ts';
import { absentServices, isGone, markGone, seenInRun, serviceOf } from '../store/imported.ts';
import { keepersOf } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { applyImport } from './apply.ts';
import { SourceHome } from './home.ts';
import type { GoneRecord, Incoming, IncomingPiece, Note } from './incoming.ts';
import { type ImportPlan, type PlanItem, planImport } from './plan.ts';
import { noteAsked } from './questions/note-asked.ts';
import { isWithin } from './within.ts';

/** Takes in what a source yields, some records at a time, so that neither memory nor a running server feels it. */

/** Complete runs without a record after which its listing is unconfirmed. */
const ABSENT_RUNS = 3;
/** So many listings are marked as gone together. */
const GONE_TOGETHER = 50;

export interface RunOptions {
  /** Looks, and writes nothing. */
  dryRun: boolean;
  /** Records written together. */
  batch: number;
  /** The number of this run of the feed. */
  run: number;
  /** Whether a run before this one was stopped, whose records are not to be counted twice. */
  resumed: boolean;
  signal: AbortSignal;
  /** Counted up as it goes. */
  counts: HarvestCounts;
  onReport(notes: ReportNote[]): void;
  /** Called before new records are written. If it throws, the run ends and they are not written. */
  mayAdd?(added: number): void;
  /** Handed the ids of services that were added or changed, some hundreds at a time. */
  onSaved?(ids: string[]): Promise<void>;
  /** Told at the end where the source is at home, where that is known or its venues show it. */
  onHome?(home: HomeArea): void;
  /** Told after each page is written. */
  onPage?(next: number): void;
  /** Told at the end how many records lie outside the area that the feed is limited to. */
  onOutside?(count: number): void;
}

/** So many changed services are handed on together. */
const SAVED_TOGETHER = 500;

/** Figures to begin with. */
export const noCounts = (): HarvestCounts => ({
  added: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  repaired: 0,
  unconfirmed: 0,
});

/** A feed as the report needs it. */
export type RunFeed = Pick<Feed, 'id' | 'name' | 'url' | 'licence'> & Partial<Pick<Feed, 'home' | 'within'>>;

/**
 * Reads everything, plans it and, unless it is a dry run, writes it.
 * @returns whether everything that the source has was seen
 */
export async function takeIn(
  directory: Directory,
  feed: RunFeed,
  pieces: AsyncIterable<IncomingPiece>,
  options: RunOptions,
): Promise<boolean> {
  const { db } = directory;
  const seen = options.resumed ? seenInRun(db, feed.id, options.run) : new Map<string, string>();
  const { counts } = options;
  const home = new SourceHome(feed.home ?? null);
  let saved: string[] = [];
  let whole = true;
  let waiting: Incoming[] = [];
  let outside = 0;

  const plan = (records: Incoming[]) =>
    planImport(directory, records, { feed: feed.id, licence: feed.licence, run: options.run, seen });
  /**
   * Compares and writes in one transaction, since a server writes to the same file: a change between the two would be
   * lost.
   */
  const write = (records: Incoming[]) =>
    withoutWaiting(db, () =>
      directory.change(() => {
        const made = plan(records);
        options.mayAdd?.(made.counts.added);
        saved.push(...applyImport(directory, made));
        noteAsked(db, made);
        return made;
      }),
    );
  const handOn = async () => {
    const ids = saved;
    saved = [];
    if (ids.length > 0) await options.onSaved?.(ids);
  };
  /** What lies outside the area of the feed is left out, and taken away where it is here already. */
  const isWanted = ({ listing, record_id }: Incoming): boolean => {
    if (!feed.within || listing === null || isWithin(listing, feed.within.districts)) return true;
    outside++;
    const words = `It is not in ${feed.within.name}, to which this feed is limited.`;
    if (record_id !== null && !options.dryRun) takeAway({ kind: 'gone', record_id, words });
    return false;
  };
  const flush = async () => {
    const started = performance.now();
    if (waiting.length > 0) {
      const records = home.of(waiting).filter(isWanted);
      waiting = [];
      const made = options.dryRun ? plan(records) : write(records);
      for (const outcome of ['added', 'changed', 'unchanged', 'refused', 'repaired'] as const)
        counts[outcome] += made.counts[outcome];
      options.onReport(notesOfPlan(made));
    }
    await letOthersWrite(db, performance.now() - started);
    if (saved.length >= SAVED_TOGETHER) await handOn();
    options.signal.throwIfAborted();
  };

  const takeAway = (piece: GoneRecord) => {
    const name = withdraw(directory, feed, piece);
    if (name === null) return;
    counts.changed++;
    options.onReport([{ kind: 'changed', about: piece.record_id, name, field: 'state', words: piece.words }]);
  };

  for await (const piece of pieces) {
    options.signal.throwIfAborted();
    if (piece.kind === 'record') {
      waiting.push(piece.incoming);
      if (waiting.length >= options.batch) await flush();
    } else if (piece.kind === 'gone') {
      await flush();
      if (!options.dryRun) takeAway(piece);
    } else if (piece.kind === 'fault') {
      whole &&= !piece.loses;
      options.onReport([{ kind: 'feed', about: piece.about, name: null, field: '', words: piece.words }]);
    } else {
      await flush();
      await handOn();
      options.onPage?.(piece.next);
    }
  }
  await flush();
  await handOn();
  if (home.area) options.onHome?.(home.area);
  if (outside > 0 && feed.within) {
    const words = `Left out: ${outside.toLocaleString('en-GB')} that ${outside === 1 ? 'is' : 'are'} not in ${feed.within.name}.`;
    options.onReport([{ kind: 'feed', about: feed.name, name: null, field: '', words }]);
    options.onOutside?.(outside);
  }
  return whole;
}

/**
 * Takes away a listing that its source says is gone: it is archived, or, where somebody looks after it here, not confirmed
 * until they say so.
 * @returns its name; null where nothing was to be done
 */
function withdraw(directory: Directory, feed: RunFeed, { record_id, words }: GoneRecord): string | null {
  const { db } = directory;
  const id = serviceOf(db, feed.id, record_id);
  const listing = id === null ? null : findListing(db, id);
  if (id === null || !listing || isGone(db, id)) return null;
  const state = keepersOf(db, id).length > 0 ? 'unconfirmed' : 'archived';
  directory.change((save) => {
    if (!['archived', 'suspended'].includes(listing.state))
      save(
        { services: [{ service: listing.service, state }] },
        { action: state, role: 'source', reason: `${feed.name}: ${words}` },
      );
    markGone(db, [id]);
  });
  return listing.service.name;
}

/**
 * Marks the listings that three complete runs have gone by without, some at a time. They stay, as 'not confirmed'.
 * @returns how many
 */
export async function markAbsent(directory: Directory, feed: RunFeed, run: number): Promise<number> {
  const { db } = directory;
  const reason = `${feed.name} has not listed it in its last ${ABSENT_RUNS} complete harvests.`;
  const absent = absentServices(db, feed.id, run - ABSENT_RUNS + 1);
  let marked = 0;
  for (let at = 0; at < absent.length; at += GONE_TOGETHER) {
    const started = performance.now();
    const ids = absent.slice(at, at + GONE_TOGETHER);
    marked += directory.change((save) => {
      const services = ids.flatMap((id) => {
        const listing = findListing(db, id);
        const shown = listing?.state === 'published' || listing?.state === 'due';
        return listing && shown ? [{ service: listing.service, state: 'unconfirmed' as const }] : [];
      });
      const saved = save({ services }, { action: 'unconfirmed', role: 'source', reason });
      markGone(db, ids);
      return saved.services.length;
    });
    await letOthersWrite(db, performance.now() - started);
  }
  return marked;
}

/** The lines of a report that a plan gives. */
export function notesOfPlan({ items }: ImportPlan): ReportNote[] {
  return items.flatMap((item) => {
    const line = (kind: NoteKind, { field, words }: Pick<Note, 'field' | 'words'>): ReportNote => ({
      kind,
      about: aboutOf(item),
      name: item.name,
      field,
      words,
    });
    return [
      ...(item.action === 'added' ? [line('added', { field: '', words: '' })] : []),
      ...item.changes.map((field) => line('changed', { field, words: '' })),
      ...item.reasons.map((note) => line('refused', note)),
      ...(item.action === 'refused' ? [] : item.repairs.map((note) => line('repaired', note))),
    ];
  });
}

const aboutOf = ({ record_id, line }: PlanItem): string =>
  record_id ?? (line === undefined ? 'a record' : `line ${line}`);
