import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Directory } from '../api/directory/directory.ts';
import { today } from '../api/domain/london.ts';
import { readCsv, UnreadableCsv } from '../api/import/csv/csv.ts';
import { FeedError } from '../api/import/fetch/client.ts';
import { applyPlan, makePlan } from '../api/import/plan.ts';
import { notesOfPlan } from '../api/import/run.ts';
import { joinAfterImport } from '../api/matching/after-import.ts';
import { printReport } from './import-report.ts';

/**
 * Takes in the directory's own spreadsheet.
 * @param agreed asks whether to go on
 * @returns the exit code
 */
export async function importTable(
  directory: Directory,
  path: string,
  asked: { source: string | null; dryRun: boolean; yes: boolean },
  agreed: () => Promise<boolean>,
): Promise<number> {
  const source = asked.source ?? basename(path).replace(/\.(csv|txt|tsv)$/i, '');
  const { records, notes } = await readTable(directory, path, source);
  const plan = makePlan(directory, records, { feed: null, cause: { action: 'imported', role: 'moderator' } });
  for (const note of notes) console.log(note);
  const { counts } = plan;
  printReport(
    `${basename(path)} was looked at; nothing is written yet.`,
    { ...counts, unconfirmed: 0 },
    notesOfPlan(plan),
    false,
  );
  if (asked.dryRun || counts.added + counts.changed === 0) return 0;
  if (!asked.yes && !(await agreed())) return 0;
  const ids = applyPlan(directory, plan);
  await joinAfterImport(directory, ids);
  console.log(
    `Written: ${ids.length.toLocaleString('en-GB')} listings. ${counts.refused > 0 ? 'Mend the rows that were refused, and run it again.' : ''}`,
  );
  return counts.refused > 0 ? 1 : 0;
}

async function readTable(directory: Directory, path: string, source: string) {
  try {
    return await readCsv(await readFile(path), { db: directory.db, source, today: today(directory.now()) });
  } catch (error) {
    if (error instanceof UnreadableCsv) throw new FeedError(error.message);
    throw error;
  }
}
