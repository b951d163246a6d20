import type { Directory } from '../../directory/directory.ts';
import { today } from '../../domain/london.ts';
import type { Listing, Service } from '../../domain/service.ts';
import { providedFields, sameValue } from '../../matching/provenance.ts';
import { lastLine } from '../../store/changes.ts';
import { joinedInto } from '../../store/joined.ts';
import { findListing } from '../../store/listings.ts';
import { uploadOfRow } from '../../store/table-rows.ts';
import { noteProgress } from '../../store/uploads.ts';
import { applyImport } from '../apply.ts';
import type { Incoming } from '../incoming.ts';
import { planImport } from '../plan.ts';
import type { Answering } from '../questions/asked-source.ts';
import { noteAsked } from '../questions/note-asked.ts';
import { readKeptRow } from './own-row.ts';

/**
 * Reads rows anew with an answer. It changes what the answer is about, where nobody has changed that since the row came
 * in; undoing the import undoes it too. Call it in a change.
 * @param ids of the rows' listings
 * @returns ids of the listings that have changed
 */
export function rereadRows(directory: Directory, answering: Answering, ids: readonly string[]): string[] {
  const { db } = directory;
  const { source, person, reason } = answering;
  const byUpload = Map.groupBy(ids, (id) => uploadOfRow(db, source.id, id));
  return [...byUpload].flatMap(([upload, some]) => {
    const records = some.flatMap((id) => answered(directory, answering, id) ?? []);
    const plan = planImport(directory, records, {
      feed: null,
      cause: { action: 'imported', role: 'moderator', person, reason },
    });
    const before = lastLine(db);
    const saved = applyImport(directory, plan);
    noteAsked(db, plan, upload);
    if (upload !== null) noteProgress(db, upload, 0, [before + 1, lastLine(db)]);
    return saved;
  });
}

/** The row with its answer, as the listing that it would make of the one that is here; null where it is none any more. */
function answered(directory: Directory, { source, before, now }: Answering, id: string): Incoming | null {
  const { db } = directory;
  const day = today(directory.now());
  const was = readKeptRow(db, source.id, id, day, before)?.listing;
  const read = readKeptRow(db, source.id, id, day, now);
  const stored = findListing(db, joinedInto(db, id) ?? id);
  if (!was || !read?.listing || !stored) return null;
  return { ...read, listing: withDifference(stored, was.service, read.listing.service), repairs: [] };
}

/** The listing with what two readings of a row differ in, as far as it is still what the first of them made it. */
function withDifference(stored: Listing, was: Service, read: Service): Listing {
  const service: Record<string, unknown> = { ...stored.service };
  for (const field of providedFields(was, read)) {
    if (sameValue(was[field], read[field]) || !sameValue(was[field], stored.service[field])) continue;
    if (read[field] === undefined) delete service[field];
    else service[field] = read[field];
  }
  return { ...stored, service: service as unknown as Service };
}
