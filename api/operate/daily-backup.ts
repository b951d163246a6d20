import type { WriteLine } from '../runtime/faults.ts';
import { lastBackup, makeBackup } from './backups.ts';

const DAY_MS = 86_400_000;
/** After a failure it is tried again this much later, and not at every run of the job. */
const AGAIN_MS = 3_600_000;

/**
 * Makes the job that copies the database once a day: at its first run already, where the last copy is older than a day.
 * @param folder null: no copies are made
 */
export function createDailyBackup(
  { database, folder, keep, now }: { database: string; folder: string | null; keep: number; now: () => Date },
  log: WriteLine,
): () => Promise<void> {
  let notBefore = Number.NEGATIVE_INFINITY;
  return async () => {
    if (folder === null || performance.now() < notBefore) return;
    const last = lastBackup(folder, now());
    if (last !== null && now().getTime() - last.getTime() < DAY_MS) return;
    notBefore = performance.now() + AGAIN_MS;
    try {
      const { file, bytes } = await makeBackup(database, { folder, keep }, now());
      log(`Backup: ${file}, ${Math.ceil(bytes / 1e6)} MB.`);
    } catch (error) {
      log(`No backup could be made (${(error as Error).message}). It is tried again in an hour.`);
    }
  };
}
