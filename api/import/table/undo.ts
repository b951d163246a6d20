import type { Directory } from '../../directory/directory.ts';
import { linesBetween, newestLine } from '../../store/changes.ts';
import { letOthersWrite } from '../../store/checkpoints.ts';
import { readLocation, readOrganization, readRecord, readService } from '../../store/documents.ts';
import { findListing } from '../../store/listings.ts';
import { currentId } from '../../store/renewed-ids.ts';
import { findUpload, linesOfUpload, markUploadUndone, replaceUndone } from '../../store/uploads.ts';

/** Undoes what taking in a table did, as far as nobody has touched it since. */

/** What undoing came to; kept with the file, and shown. */
export interface Undone {
  at: string;
  /** Listings that were added, and are archived now. */
  archived: number;
  /** Listings, organizations and venues that are what they were before. */
  restored: number;
  /** What has been changed since, and stays as it is. */
  left: { id: string | null; name: string }[];
}

/**
 * Undoes it, piece by piece, the last first. A listing that it added is archived, until the same table is imported
 * again; one that it changed is put back to what it was.
 * @returns null where there is no such file, it was not taken in, or was undone before
 */
export async function undoUpload(directory: Directory, person: number, id: string): Promise<Undone | null> {
  const { db, now } = directory;
  const at = now().toISOString();
  const upload = findUpload(db, id, at);
  if (!upload || upload.done_at === null || upload.undone !== null) return null;
  const undone: Undone = { at, archived: 0, restored: 0, left: [] };
  if (!markUploadUndone(db, id, JSON.stringify(undone))) return null;
  const cause = {
    action: 'undone',
    role: 'moderator',
    person,
    reason: `Undone: the import from ${upload.source}`,
  } as const;
  for (const [first, last] of linesOfUpload(db, id).reverse()) {
    const started = performance.now();
    directory.change((save) => {
      for (const line of linesBetween(db, first, last)) {
        const { record, record_id, before, state } = line;
        if (line.action !== 'imported') continue;
        // Only what is as the import left it, and under the id that it had: what has become private goes on under another.
        const id = currentId(db, record_id);
        if (newestLine(db, record_id) !== line.seq || id !== record_id) {
          if (record === 'service') undone.left.push({ id, name: findListing(db, id)?.service.name ?? '' });
          else if (before !== null) undone.left.push({ id: null, name: readRecord(record, before).name });
          continue;
        }
        if (before === null) {
          const listing = record === 'service' ? findListing(db, record_id) : null;
          if (!listing) continue;
          save({ services: [{ service: listing.service, state: 'archived' }] }, cause);
          undone.archived++;
          continue;
        }
        if (record === 'service')
          save({ services: [{ service: readService(before), state: state ?? 'published' }] }, cause);
        else if (record === 'organization') save({ organizations: [readOrganization(before)] }, cause);
        else save({ locations: [readLocation(before)] }, cause);
        undone.restored++;
      }
    });
    await letOthersWrite(db, performance.now() - started);
  }
  replaceUndone(db, id, JSON.stringify(undone));
  return undone;
}
