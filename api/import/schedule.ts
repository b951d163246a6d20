import type { Directory } from '../directory/directory.ts';
import { faultLines } from '../runtime/faults.ts';
import { dueFeeds, findFeed, type Harvest } from '../store/feeds.ts';
import { ImportAtWorkError, importAtWork } from '../store/import-lease.ts';
import { harvestFeed } from './harvest.ts';
import type { HarvestOptions } from './harvest-run.ts';

/** Harvests by a running server: each feed when its time has come, several at once, so that a slow one holds up none. */

/** So many run at once, since they mostly wait for their servers. Any more wait until one of these ends. */
const AT_ONCE = 8;
/** So many of them at one host, which is not to take all the places. */
const AT_ONE_HOST = 3;

export interface Harvester {
  /**
   * Harvests feeds, except those under way already and those for which there is no room now: give those again later.
   * What goes wrong is told in the log.
   */
  harvest(feeds: readonly string[]): Promise<void>;
  /** Stops what is under way between two records; it goes on there the next time. */
  stop(): void;
}

/** The ids of feeds whose time has come, and which nobody is harvesting. */
export const feedsToHarvest = ({ db, now }: Pick<Directory, 'db' | 'now'>): string[] =>
  dueFeeds(db, now().toISOString()).flatMap(({ id }) => (importAtWork(db, `harvest ${id}`) ? [] : [id]));

/** @param log told in a line what each harvest came to */
export function createHarvester(
  directory: Directory,
  options: Pick<HarvestOptions, 'allowPrivate' | 'client'>,
  log: (line: string) => void,
): Harvester {
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<void>>();

  const hostOf = (id: string): string | undefined => {
    const { url = null } = findFeed(directory.db, id) ?? {};
    return url === null ? undefined : URL.parse(url)?.hostname;
  };
  function hasRoom(id: string): boolean {
    const host = hostOf(id);
    const there = [...underWay.keys()].filter((other) => hostOf(other) === host);
    return underWay.size < AT_ONCE && there.length < AT_ONE_HOST;
  }

  async function one(id: string): Promise<void> {
    try {
      const harvest = await harvestFeed(directory, id, { ...options, signal: stopping.signal });
      log(`Harvest of ${findFeed(directory.db, id)?.name ?? id}: ${describeHarvest(harvest)}`);
    } catch (error) {
      if (!(error instanceof ImportAtWorkError)) log(`A harvest did not get through. ${faultLines(error)}`);
    } finally {
      underWay.delete(id);
    }
  }

  return {
    async harvest(feeds) {
      for (const id of feeds)
        if (!underWay.has(id) && hasRoom(id) && !stopping.signal.aborted) underWay.set(id, one(id));
      await Promise.all(underWay.values());
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
