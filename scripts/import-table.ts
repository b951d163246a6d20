import type { Directory } from '../api/directory/directory.ts';
import { today } from '../api/domain/london.ts';
import type { ImportFormat } from '../api/import/format.ts';
import { titleOf } from '../api/import/formats.ts';
import type { Incoming } from '../api/import/incoming.ts';
import { planImport } from '../api/import/plan.ts';
import { notesOfPlan } from '../api/import/run.ts';
import type { ImportFile } from '../api/import/source/import-file.ts';
import { writePlan } from '../api/import/write-plan.ts';
import { lastRevision } from '../api/store/changes.ts';
import { printReport, writeReport } from './import-report.ts';

/**
 * Takes in a file of the directory's own listings, such as its spreadsheet.
 * @param asked `report`: the file that every line of the report is written to
 * @param agreed asks whether to go on
 * @returns the exit code
 */
export async function importTable(
  directory: Directory,
  format: ImportFormat,
  file: ImportFile,
  asked: { source: string | null; dryRun: boolean; yes: boolean; report: string | null },
  agreed: () => Promise<boolean>,
): Promise<number> {
  const source = asked.source ?? titleOf(file.name);
  const records: Incoming[] = [];
  const feed = { id: '', name: source, url: null, licence: null };
  const context = { db: directory.db, feed, today: today(directory.now()) };
  for await (const piece of format.read(file, context))
    if (piece.kind === 'record') records.push(piece.incoming);
    else if (piece.kind === 'fault') console.log(piece.words);
  const since = lastRevision(directory.db);
  const plan = planImport(directory, records, { feed: null, cause: { action: 'imported', role: 'moderator' } });
  const { counts } = plan;
  const notes = notesOfPlan(plan);
  const head = `${file.name} was looked at; nothing is written yet.`;
  printReport(head, { ...counts, unconfirmed: 0 }, notes, asked.report !== null);
  if (asked.report !== null) {
    await writeReport(asked.report, notes);
    console.log(`Every line of the report is in ${asked.report}.`);
  }
  if (asked.dryRun || counts.added + counts.changed === 0) return 0;
  if (!asked.yes && !(await agreed())) return 0;
  const { written, left } = await writePlan(directory, plan, since);
  const again = counts.refused + left.size > 0;
  console.log(
    [
      `Written: ${written.toLocaleString('en-GB')} listings.`,
      ...(left.size > 0
        ? [`${left.size.toLocaleString('en-GB')} were changed here meanwhile, and left as they are.`]
        : []),
      ...(again ? ['Mend the rows that were refused, and run it again.'] : []),
    ].join(' '),
  );
  return again ? 1 : 0;
}
