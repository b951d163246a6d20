import type { Directory } from '../directory/directory.ts';
import { findFeed, type Harvest } from '../store/feeds.ts';
import { takeImportLease } from '../store/import-lease.ts';
import { HARVEST_LIMITS, type HarvestLimits, OverLimitError } from './harvest-limits.ts';
import { expectWanted, type HarvestOptions, HarvestRun } from './harvest-run.ts';

/** One harvest of one feed, from the first request to the report. */

/** Milliseconds between two looks whether it has been paused meanwhile. */
const LOOKS_MS = 1000;
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
  const timers: NodeJS.Timeout[] = [];
  try {
    const signal = AbortSignal.any([options.signal, cut.signal]);
    const run = new HarvestRun(directory, feed, { ...options, signal, limits }, cut);
    const look = (): void => {
      expectWanted(db, feed);
      run.expectPace();
    };
    timers.push(
      setInterval(attempt(lease.renew), 30_000),
      setInterval(attempt(look), LOOKS_MS),
      setTimeout(() => cut.abort(tooLong(limits)), limits.longest),
    );
    return await run.run();
  } finally {
    for (const timer of timers) clearTimeout(timer);
    lease.release();
  }
}

const tooLong = ({ longest }: HarvestLimits): OverLimitError =>
  new OverLimitError(`It took more than ${Math.round(longest / 60_000)} minutes, and goes on where it was.`);
