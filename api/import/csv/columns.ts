import type { TableColumn } from './column.ts';
import { CONTACT_COLUMNS } from './contact-columns.ts';
import { JOINING_COLUMNS } from './joining-columns.ts';
import { ORGANIZATION_COLUMNS } from './organization-columns.ts';
import { SESSION_COLUMNS } from './session-columns.ts';
import { STATE_COLUMNS } from './state-columns.ts';
import { VENUE_COLUMNS } from './venue-columns.ts';
import { WHAT_COLUMNS } from './what-columns.ts';

/**
 * The columns of the spreadsheet, in their order: what the template offers, what a reader takes, what the export of the
 * directory writes. One row is one listing. A cell that equals what `write` gives for the stored listing changes
 * nothing. So an export can come back unharmed, even where a column says less than the record does.
 */
export const TABLE_COLUMNS: readonly TableColumn[] = [
  ...WHAT_COLUMNS.slice(0, 2),
  ...ORGANIZATION_COLUMNS.slice(0, 1),
  ...WHAT_COLUMNS.slice(2),
  ...VENUE_COLUMNS,
  ...SESSION_COLUMNS,
  ...JOINING_COLUMNS,
  ...CONTACT_COLUMNS,
  ...STATE_COLUMNS,
  ...ORGANIZATION_COLUMNS.slice(1),
];
