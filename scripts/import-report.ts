import { writeFile } from 'node:fs/promises';
import type { HarvestCounts, NoteKind, ReportNote } from '../api/store/feeds.ts';

/** What an import came to, on a terminal. */

/** Lines of one kind that are printed. */
const PRINTED = 20;

const HEADS: Record<NoteKind, string> = {
  feed: 'Of the feed itself',
  refused: 'Refused',
  changed: 'Changed',
  repaired: 'Repaired',
  added: 'Added',
};

/**
 * Prints the figures, and of each kind of line the first.
 * @param inFile whether all lines are written elsewhere
 */
export function printReport(head: string, counts: HarvestCounts, notes: readonly ReportNote[], inFile: boolean): void {
  const count = (number: number) => number.toLocaleString('en-GB').padStart(8);
  console.log(head);
  console.log(`${count(counts.added)} added`);
  console.log(`${count(counts.changed)} changed`);
  console.log(`${count(counts.unchanged)} unchanged`);
  console.log(`${count(counts.refused)} refused`);
  console.log(`${count(counts.repaired)} with something repaired`);
  if (counts.unconfirmed > 0)
    console.log(`${count(counts.unconfirmed)} gone from the feed, and marked as not confirmed`);
  for (const kind of ['feed', 'refused', 'changed', 'repaired'] as const) {
    const lines = notes.filter((note) => note.kind === kind);
    if (lines.length === 0) continue;
    console.log(`\n${HEADS[kind]}:`);
    for (const { about, name, field, words } of lines.slice(0, PRINTED))
      console.log(
        `  ${name === null ? about : `${name} (${about})`}${field === '' ? '' : `, ${field}`}${words === '' ? '' : `: ${words}`}`,
      );
    const more = lines.length - PRINTED;
    if (more > 0)
      console.log(`  … and ${more.toLocaleString('en-GB')} more${inFile ? '' : '; --report FILE writes them all'}`);
  }
}

/** Writes every line of a report to a file, tab-separated. */
export async function writeReport(file: string, notes: readonly ReportNote[]): Promise<void> {
  const cell = (text: string): string => text.replace(/[\t\n\r]+/g, ' ');
  const lines = notes.map(({ kind, about, name, field, words }) => [kind, about, name ?? '', field, words]);
  const rows = [['what', 'record', 'name', 'field', 'words'], ...lines].map((cells) => cells.map(cell).join('\t'));
  await writeFile(file, `${rows.join('\n')}\n`);
}
