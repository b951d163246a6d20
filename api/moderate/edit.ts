import { randomUUID } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { findListing } from '../store/listings.ts';
import { addSubmission, openEdit } from '../store/submissions.ts';
import { baseOf, draftKey } from '../submit/drafts.ts';

/**
 * Begins a moderator's own change of a listing, in the form that everybody fills in, or goes on with one begun. Sent, it
 * comes to the queue like any other, so that what it changes is seen field by field before it is published.
 * @returns the key of the form; null where there is no such listing
 */
export function beginEdit({ db, now }: Directory, id: string, person: number): string | null {
  const moment = now();
  return db
    .transaction(() => {
      const current = findListing(db, id);
      if (!current) return null;
      const begun = openEdit(db, id, person);
      if (begun) return draftKey(db, begun.id, person, moment);
      const base = baseOf(db, current, moment);
      const submission = randomUUID();
      addSubmission(db, { id: submission, kind: 'edit', service_id: id, answers: base, base, person }, moment);
      return draftKey(db, submission, person, moment);
    })
    .immediate();
}
