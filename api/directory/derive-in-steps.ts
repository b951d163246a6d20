import { createBatchSize, giveWay } from '../runtime/load.ts';
import { withoutHurry, writeBackAside } from '../store/checkpoints.ts';
import type { Db } from '../store/open.ts';

/** For so many records a thread is started that writes the log back. */
const MANY = 2_000;

/**
 * Brings up to date what is derived from listings, while everything else goes on: a few records in each transaction,
 * and more while nobody is being served. What a power failure destroys, or another process prevents, is done later.
 * @param step does and writes at most so many records, and says whether all are done
 * @returns false where another process was writing and something is left to do
 */
export async function deriveInSteps(db: Db, step: (some: number) => boolean): Promise<boolean> {
  const size = createBatchSize();
  let done = 0;
  let writtenBack: (() => Promise<void>) | null = null;
  try {
    for (;;) {
      const some = size.next;
      const started = performance.now();
      const all = withoutHurry(db, () => step(some));
      if (all !== false) return all ?? false;
      const worked = performance.now() - started;
      size.took(some, worked);
      done += some;
      if (done >= MANY) writtenBack ??= writeBackAside(db);
      await giveWay(worked);
    }
  } finally {
    await writtenBack?.();
  }
}
