import { lookUp } from '../../domain/look-up.ts';
import type { Note } from '../incoming.ts';
import { type Asker, readAsTold } from '../questions/asker.ts';
import type { JsonRecord } from './walk.ts';

/** Whether a service runs, as feeds say it. */

/** What a listing knows. */
export const STATUSES = ['active', 'inactive', 'defunct', 'temporarily closed'];
/** What feeds write in place of the four; any other word is no promise that it runs. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  open: 'active',
  live: 'active',
  running: 'active',
  current: 'active',
  published: 'active',
  suspended: 'temporarily closed',
  paused: 'temporarily closed',
  'on hold': 'temporarily closed',
  'closed temporarily': 'temporarily closed',
  'closed for now': 'temporarily closed',
  'closed permanently': 'defunct',
  'permanently closed': 'defunct',
  'closed for good': 'defunct',
  ceased: 'defunct',
  ended: 'defunct',
  discontinued: 'defunct',
};

/**
 * Puts the status right, in place. A record without a status counts as running, since its source lists it. One with an
 * unknown word may not be running, and is not shown as if it were.
 */
export function mendStatus(record: JsonRecord, repairs: Note[], asker: Asker): void {
  const given = record['status'];
  if (given === undefined) {
    record['status'] = 'active';
    return;
  }
  const word = String(given)
    .slice(0, 40)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  const known = STATUSES.includes(word) ? word : lookUp(STATUS_WORDS, word);
  const told = known === undefined ? asker.about('status', String(given)) : null;
  const status = known ?? told ?? 'inactive';
  record['status'] = status;
  if (told !== null) repairs.push({ field: 'status', words: readAsTold(String(given), told) });
  else if (!STATUSES.includes(word))
    repairs.push({
      field: 'status',
      words: `‘${String(given).slice(0, 40)}’ is none of the four; it was taken as ${status}.`,
    });
}
