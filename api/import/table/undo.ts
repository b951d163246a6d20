import type { Directory, Save } from '../../directory/directory.ts';
import { type Cause, type HistoryEntry, linesBetween, newestLine } from '../../store/changes.ts';
import { letOthersWrite, withoutWaiting } from '../../store/checkpoints.ts';
import { readLocation, readOrganization, readRecord, readService } from '../../store/documents.ts';
import { findListing } from '../../store/listings.ts';
import { currentId } from '../../store/renewed-ids.ts';
import { forgetRows } from '../../store/table-rows.ts';
import { findUpload, keepLines, linesOfUpload, markUploadUndone } from '../../store/uploads.ts';
import type { Batch } from '../../store/write.ts';

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
 * Undoes it, piece by piece, the last first, and with it what answers about its rows have changed. A listing that it
 * added is archived, until the same table is imported again; one that it changed is put back to what it was. Its rows ask
 * nothing any more; the answers stay remembered for the next table.
 * @returns null where there is no such file, it was not taken in, or was undone before
 */
export async function undoUpload(directory: Directory, person: number, id: string): Promise<Undone | null> {
  const { db, now } = directory;
  const at = now().toISOString();
  const upload = findUpload(db, id, at);
  if (!upload || upload.done_at === null || upload.undone !== null) return null;
  const cause = {
    action: 'undone',
    role: 'moderator',
    person,
    reason: `Undone: the import from ${upload.source}`,
  } as const;
  const undoing = new Undoing(directory, cause);
  forgetRows(db, id);
  const pieces = linesOfUpload(db, id);
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const [first, last] = piece;
    const started = performance.now();
    withoutWaiting(db, () =>
      directory.change((save) => {
        for (const line of linesBetween(db, first, last)) if (line.action === 'imported') undoing.undo(line, save);
        // Cut off here, the rest can be undone later.
        keepLines(db, id, pieces);
      }),
    );
    await letOthersWrite(db, performance.now() - started);
  }
  const undone: Undone = { at, ...undoing.cameTo() };
  return markUploadUndone(db, id, JSON.stringify(undone)) ? undone : null;
}

/** What becomes of the records of one import. */
class Undoing {
  readonly #directory: Directory;
  readonly #cause: Cause;
  /** The newest line of each record that was undone so far: what was there before that line is undone in turn. */
  readonly #written = new Map<string, number>();
  readonly #archived = new Set<string>();
  readonly #left = new Map<string, Undone['left'][number]>();

  constructor(directory: Directory, cause: Cause) {
    this.#directory = directory;
    this.#cause = cause;
  }

  /**
   * Undoes what a line of the history says, where its record is as the import left it, and under the id that it had: what
   * has become private goes on under another.
   */
  undo(line: HistoryEntry, save: Save): void {
    const { db } = this.#directory;
    const { seq, record, record_id, before } = line;
    const newest = newestLine(db, record_id);
    const id = currentId(db, record_id);
    if ((newest !== seq && newest !== this.#written.get(record_id)) || id !== record_id) {
      if (record === 'service') this.#left.set(id, { id, name: findListing(db, id)?.service.name ?? '' });
      else if (before !== null) this.#left.set(id, { id: null, name: readRecord(record, before).name });
      return;
    }
    const batch = this.#formerly(line);
    if (batch === null) return;
    save(batch, this.#cause);
    this.#written.set(record_id, newestLine(db, record_id));
    if (before === null) this.#archived.add(record_id);
  }

  /** What was there before the line; a listing that was not is archived. */
  #formerly({ record, record_id, before, state }: HistoryEntry): Batch | null {
    if (before === null) {
      const listing = record === 'service' ? findListing(this.#directory.db, record_id) : null;
      return listing && { services: [{ service: listing.service, state: 'archived' }] };
    }
    if (record === 'service') return { services: [{ service: readService(before), state: state ?? 'published' }] };
    return record === 'organization'
      ? { organizations: [readOrganization(before)] }
      : { locations: [readLocation(before)] };
  }

  cameTo(): Omit<Undone, 'at'> {
    const archived = this.#archived.size;
    return { archived, restored: this.#written.size - archived, left: [...this.#left.values()] };
  }
}
