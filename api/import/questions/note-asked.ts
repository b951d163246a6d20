import { keepAsked } from '../../store/import-questions.ts';
import type { Db } from '../../store/open.ts';
import { keepRow } from '../../store/table-rows.ts';
import type { ImportPlan } from '../plan.ts';

/**
 * Notes what the records of a plan ask. Call it in the change that writes them.
 * @param upload the file that the rows of a table came in; null for feeds, and for the command line
 */
export function noteAsked(db: Db, { items }: Pick<ImportPlan, 'items'>, upload: string | null = null): void {
  for (const { action, record_id, incoming } of items) {
    const { asked } = incoming;
    if (action === 'refused' || record_id === null || asked === undefined) continue;
    if (asked.by === 'table') keepRow(db, asked.of, record_id, upload);
    keepAsked(db, asked.of, record_id, asked.questions, asked.raw);
  }
}
