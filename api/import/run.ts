import { setImmediate } from 'node:timers/promises';
import type { Directory } from '../directory/directory.ts';
import type { Feed, HarvestCounts, NoteKind, ReportNote } from '../store/feeds.ts';
import { absentServices, markGone, seenInRun } from '../store/imported.ts';
import { findListing } from '../store/listings.ts';
import type { Incoming, IncomingPiece, Note } from './incoming.ts';
import { applyImport, type ImportPlan, type PlanItem, planImport } from './plan.ts';

/** Takes in what a source yields, some records at a time, so that neither memory nor a running server feels it. */

/** Complete runs without a record after which its listing is unconfirmed. */
const ABSENT_RUNS = 3;

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
  /** Told after each page is written. */
  onPage?(next: number): void;
}

export interface RunResult {
  /** Whether everything that the source has was seen. */
  whole: boolean;
  /** Ids of services that were added or changed. */
  ids: string[];
}

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
export type RunFeed = Pick<Feed, 'id' | 'name' | 'url' | 'licence'>;

/** Reads everything, plans it and, unless it is a dry run, writes it. */
export async function takeIn(
  directory: Directory,
  feed: RunFeed,
  pieces: AsyncIterable<IncomingPiece>,
  options: RunOptions,
): Promise<RunResult> {
  const { db } = directory;
  const seen = options.resumed ? seenInRun(db, feed.id, options.run) : new Map<string, string>();
  const { counts } = options;
  const ids: string[] = [];
  let whole = true;
  let waiting: Incoming[] = [];

  const flush = async () => {
    if (waiting.length > 0) {
      const plan = planImport(directory, waiting, { feed: feed.id, licence: feed.licence, run: options.run, seen });
      waiting = [];
      if (!options.dryRun) ids.push(...applyImport(directory, plan));
      for (const outcome of ['added', 'changed', 'unchanged', 'refused', 'repaired'] as const)
        counts[outcome] += plan.counts[outcome];
      options.onReport(notesOfPlan(plan));
    }
    await setImmediate();
    options.signal.throwIfAborted();
  };

  for await (const piece of pieces) {
    options.signal.throwIfAborted();
    if (piece.kind === 'record') {
      waiting.push(piece.incoming);
      if (waiting.length >= options.batch) await flush();
    } else if (piece.kind === 'fault') {
      whole &&= !piece.loses;
      options.onReport([{ kind: 'feed', about: piece.about, name: null, field: '', words: piece.words }]);
    } else {
      await flush();
      options.onPage?.(piece.next);
    }
  }
  await flush();
  return { whole, ids };
}

/**
 * Marks the listings that three complete runs have gone by without. They stay, as 'not confirmed'.
 * @returns how many
 */
export function markAbsent(directory: Directory, feed: RunFeed, run: number): number {
  const { db } = directory;
  const ids = absentServices(db, feed.id, run - ABSENT_RUNS + 1);
  if (ids.length === 0) return 0;
  const reason = `${feed.name} has not listed it in its last ${ABSENT_RUNS} complete harvests.`;
  return directory.change((save) => {
    const services = ids.flatMap((id) => {
      const listing = findListing(db, id);
      const shown = listing?.state === 'published' || listing?.state === 'due';
      return listing && shown ? [{ service: listing.service, state: 'unconfirmed' as const }] : [];
    });
    const saved = save({ services }, { action: 'unconfirmed', role: 'source', reason });
    markGone(db, ids);
    return saved.services.length;
  });
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
