import type { Directory } from '../directory/directory.ts';
import { joinAfterImport } from '../matching/after-import.ts';
import { lastLine, lastRevision } from '../store/changes.ts';
import { letOthersWrite, withoutWaiting } from '../store/checkpoints.ts';
import { idsSince } from '../store/listings.ts';
import { noteProgress } from '../store/uploads.ts';
import { applyImport } from './apply.ts';
import type { ImportPlan } from './plan.ts';
import { noteAsked } from './questions/note-asked.ts';

/** Writes a large plan while others write to the same file, as a harvest is written (run.ts). */

/** Rows written together. Nobody else can write meanwhile: a few hundredths of a second, which nobody notices. */
const TOGETHER = 50;
/** After so many changed listings, duplicates are looked for. */
const COMPARED_TOGETHER = 500;

/**
 * Writes a plan, some rows at a time, and joins what is listed already. Cut off half-way, what was written stays; a plan
 * that is made then has the rest.
 * @param since the revision of the directory before the plan was made
 * @param upload the file that it is of: in each change it is noted how far it has come, and with which lines of the history
 * @returns how many listings were added or changed; and the places of rows that were left out, since their listings have
 *   changed since the plan was made
 */
export async function writePlan(
  directory: Directory,
  plan: ImportPlan,
  since: number,
  upload: string | null = null,
): Promise<{ written: number; left: Set<number> }> {
  const { db } = directory;
  const left = new Set<number>();
  const theirs = new Set<string>();
  let ours = since;
  let written = 0;
  let saved: string[] = [];
  for (let at = 0; at < plan.items.length; at += TOGETHER) {
    const started = performance.now();
    const rows = plan.items.slice(at, at + TOGETHER);
    const write = () => {
      for (const id of idsSince(db, ours).changed) theirs.add(id);
      const items = rows.filter(({ action, service_id }, place) => {
        const meanwhile = action === 'changed' && service_id !== null && theirs.has(service_id);
        if (meanwhile) left.add(at + place);
        return !meanwhile;
      });
      const before = lastLine(db);
      const some = applyImport(directory, { ...plan, items });
      noteAsked(db, { items }, upload);
      if (upload !== null) noteProgress(db, upload, rows.length, [before + 1, lastLine(db)]);
      ours = lastRevision(db);
      return some;
    };
    const ids = withoutWaiting(db, () => directory.change(write));
    written += ids.length;
    saved.push(...ids);
    await letOthersWrite(db, performance.now() - started);
    if (saved.length < COMPARED_TOGETHER && at + TOGETHER < plan.items.length) continue;
    await joinAfterImport(directory, saved);
    saved = [];
  }
  return { written, left };
}
