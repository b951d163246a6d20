import type { Column } from './column.ts';
import { CONTACT } from './contact-columns.ts';
import { JOINING } from './joining-columns.ts';
import { ORGANIZATION } from './organization-columns.ts';
import { WHEN } from './session-columns.ts';
import { STANDING } from './standing-columns.ts';
import { VENUE } from './venue-columns.ts';
import { WHAT } from './what-columns.ts';

/**
 * The columns of the spreadsheet, in their order: what the template offers, what a reader takes, what the export of the
 * directory writes. One row is one listing. A cell that is just what `write` gives for the listing that is there leaves
 * it alone, so an export that comes back changes nothing, even where a column says less than the record does.
 */
export const COLUMNS: readonly Column[] = [
  ...WHAT.slice(0, 2),
  ...ORGANIZATION.slice(0, 1),
  ...WHAT.slice(2),
  ...VENUE,
  ...WHEN,
  ...JOINING,
  ...CONTACT,
  ...STANDING,
  ...ORGANIZATION.slice(1),
];
