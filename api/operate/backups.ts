import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { stampOf } from '../store/copy.ts';

/** Copies of the database in a folder, by date, of which the newest are kept. */

const NAME = /^signpost-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.sqlite$/;

export interface Backup {
  /** Its path. */
  file: string;
  /** When it was begun: all that was committed before is in it. */
  at: Date;
}

/** The copies in a folder, the newest first. Files with other names are no business of ours; without a folder there are none. */
function backupsIn(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .sort()
    .reverse()
    .flatMap((name) => {
      const [, day, hour, minute, second] = NAME.exec(name) ?? [];
      return day === undefined
        ? []
        : [{ file: join(folder, name), at: new Date(`${day}T${hour}:${minute}:${second}Z`) }];
    });
}

/**
 * When the last copy was made; null where there is none. One with a date yet to come, made while the clock was wrong,
 * does not count.
 */
export const lastBackup = (folder: string, now: Date): Date | null =>
  backupsIn(folder).find(({ at }) => at <= now)?.at ?? null;

/**
 * Copies the database into a folder, making the folder where there is none, and removes the oldest copies.
 * @param keep how many copies stay, the new one among them
 * @throws where the database cannot be read or the folder not be written; then the older copies stay as they are
 */
export async function makeBackup(
  database: string,
  { folder, keep }: { folder: string; keep: number },
  now: Date,
): Promise<Backup & { bytes: number; dropped: number }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `signpost-${stampOf(now)}.sqlite`);
  await new Promise<void>((done, fail) => {
    const thread = new Worker(new URL('./copy-thread.ts', import.meta.url), { workerData: { database, copy: file } });
    thread.once('error', fail);
    thread.once('exit', () => done());
  });
  const old = backupsIn(folder).slice(keep);
  for (const backup of old) if (backup.file !== file) rmSync(backup.file, { force: true });
  return { file, at: now, bytes: statSync(file).size, dropped: old.length };
}
