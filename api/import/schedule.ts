import type { Directory } from '../directory/directory.ts';
import { dueFeeds, type Harvest } from '../store/feeds.ts';
import { ImportAtWorkError } from '../store/import-lease.ts';
import { type HarvestOptions, harvestFeed } from './harvest.ts';

/** Harvests by a running server: each feed when its time has come, one after the other. */

export interface Harvester {
  /** Harvests what is due. Where another process is at it, nothing is done, and it is tried again at the next call. */
  run(): Promise<void>;
  /** Stops what is under way between two records; it goes on there the next time. */
  stop(): void;
}

/** @param log told in a line what each harvest came to */
export function createHarvester(
  directory: Directory,
  options: Pick<HarvestOptions, 'allowPrivate' | 'client'>,
  log: (line: string) => void,
): Harvester {
  let stopping = new AbortController();
  return {
    async run() {
      stopping = new AbortController();
      for (const feed of dueFeeds(directory.db, directory.now().toISOString())) {
        if (stopping.signal.aborted) return;
        try {
          const harvest = await harvestFeed(directory, feed.id, { ...options, signal: stopping.signal });
          log(`Harvest of ${feed.name}: ${describeHarvest(harvest)}`);
        } catch (error) {
          if (!(error instanceof ImportAtWorkError)) throw error;
          return;
        }
      }
    },
    stop: () => stopping.abort(new Error('The server is stopping.')),
  };
}

const OUTCOMES: Record<Harvest['outcome'], string> = {
  running: 'under way',
  complete: 'complete',
  incomplete: 'not complete',
  stopped: 'stopped',
  failed: 'failed',
};

/** What a harvest came to, on one line: 'complete. 3 added, 1 changed, 8,876 unchanged, 0 refused.' */
export function describeHarvest({
  outcome,
  words,
  added,
  changed,
  unchanged,
  refused,
  repaired,
  unconfirmed,
}: Harvest): string {
  const count = (number: number) => number.toLocaleString('en-GB');
  const figures = [
    `${count(added)} added`,
    `${count(changed)} changed`,
    `${count(unchanged)} unchanged`,
    `${count(refused)} refused`,
    `${count(repaired)} with something repaired`,
    ...(unconfirmed > 0 ? [`${count(unconfirmed)} gone and marked as not confirmed`] : []),
  ];
  return [`${OUTCOMES[outcome]}.`, `${figures.join(', ')}.`, words].filter(Boolean).join(' ');
}
