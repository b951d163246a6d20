import { z } from 'zod';
import type { Directory, Save } from '../directory/directory.ts';
import type { RecordState, Service } from '../domain/service.ts';
import { keepPage } from '../notify/page-links.ts';
import { type Action, type HistoryEntry, historyOf, linesOfChange, newestLine } from '../store/changes.ts';
import { readLocation, readOrganization, readService } from '../store/documents.ts';
import { keepsRecord } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { useToken } from '../store/tokens.ts';
import { recordsOf } from './link-target.ts';

/** Undoes what a keeper did from a mail. */

export type Undone =
  | { outcome: 'done'; page: string | null }
  /** It has been changed since, which undoing would undo as well. */
  | { outcome: 'changed' }
  /** The key does not work. */
  | { outcome: 'ended' };

/** Something that the change was about has been changed again since. */
class ChangedSinceError extends Error {}

const CAUSE = { action: 'undone', role: 'organization', reason: 'Taken back by whoever did it' } as const;

/**
 * Brings back what was there before a change. 'Still right' and 'stopped' give back the dates, the status and the state
 * only, whatever else has changed since. Of an edit everything is given back, if nobody has changed it since.
 * @param token a key of the purpose 'undo', which cannot be used again unless the outcome is 'changed'
 */
export function undoChange(directory: Directory, token: string): Undone {
  const { db, now } = directory;
  try {
    return directory.change((save): Undone => {
      const opened = useToken(db, token, 'undo', now());
      const lines = opened ? linesOfChange(db, Number(opened.subject)) : [];
      if (!opened || !keepsRecord(db, opened.person, recordsOf(db, lines))) return { outcome: 'ended' };
      // Venues and organizations first, since the listing refers to them.
      for (const line of lines.toSorted(
        (one, other) => Number(one.record === 'service') - Number(other.record === 'service'),
      ))
        giveBack(directory, line, opened.person, save);
      const about = lines.find(({ record }) => record === 'service');
      const page = about && opened.person !== null ? keepPage(db, about.record_id, opened.person, now()) : null;
      return { outcome: 'done', page };
    });
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
    if (gone || error instanceof ChangedSinceError || error instanceof z.ZodError) return { outcome: 'changed' };
    throw error;
  }
}

function giveBack({ db }: Directory, line: HistoryEntry, person: number | null, save: Save): void {
  const cause = { ...CAUSE, person };
  // A new venue stays: others may meet there by now, and nobody sees it by itself.
  const { before } = line;
  if (before === null) return;
  const changed = newestLine(db, line.record_id) > line.seq;
  if (line.record === 'service') {
    const was = readService(before);
    const current = findListing(db, line.record_id);
    if (!current) return;
    const answered = line.action === 'confirmed' || line.action === 'stopped';
    if (changed && !answered) throw new ChangedSinceError();
    const service = answered ? withAnswerOf(current.service, was) : was;
    save({ services: [{ service, state: stateGivenBack(db, line, current.state) }] }, cause);
    return;
  }
  if (changed) throw new ChangedSinceError();
  if (line.record === 'location') save({ locations: [readLocation(before)] }, cause);
  else save({ organizations: [readOrganization(before)] }, cause);
}

/** The listing as it is, with what 'still right' and 'stopped' change as it was. */
function withAnswerOf({ checked: _checked, ...current }: Service, was: Service): Service {
  const { assured_date, assured_by, status, checked } = was;
  return { ...current, assured_date, assured_by, status, ...(checked && { checked }) };
}

/** What others do to take a listing out, and to bring it back. */
const BY_OTHERS: readonly Action[] = ['suspended', 'archived', 'restored', 'merged', 'taken_apart'];

/** What a moderator or a report has changed since stays. */
function stateGivenBack(db: Db, { record_id, seq, state }: HistoryEntry, current: RecordState): RecordState {
  const decided = historyOf(db, [record_id]).some(
    (line) => line.seq > seq && line.role !== 'programme' && BY_OTHERS.includes(line.action),
  );
  return decided || current === 'suspended' ? current : (state ?? current);
}
