import { dateOf, dayOf, today } from '../domain/london.ts';
import { queueMail } from '../notify/mail.ts';
import { watchPage } from '../notify/page-links.ts';
import { nameOnOneLine, onOneLine } from '../notify/template.ts';
import { joinsInto, openlyJoinedInto } from '../store/joined.ts';
import { findListing } from '../store/listings.ts';
import {
  dropWatch,
  dropWatched,
  findWatch,
  isRefused,
  moveWatched,
  noteLooked,
  noteWatched,
  staleWatches,
  type Watch,
  type WatchedRow,
  watchedRows,
  watchesToLookAt,
  watchMails,
} from '../store/watches.ts';
import { changedWords, type Shown, shownOf } from './changes.ts';
import { openListing, type WatchParts } from './listings.ts';

/** The mail of a day to each who asked to be told of changes, where there are any. */

/** What is no longer listed for so many days is let go of: until then it may come back. */
const GONE_DAYS = 60;
const CONFIRMED_WITHIN_MS = 86_400_000;

/** Lets go of what nobody has confirmed within a day. */
export function dropUnconfirmed({ directory }: WatchParts): void {
  const { db, now } = directory;
  const stale = staleWatches(db, new Date(now().getTime() - CONFIRMED_WITHIN_MS).toISOString());
  if (stale.length === 0) return;
  directory.change(() => {
    for (const id of stale) dropWatch(db, id);
  });
}

/**
 * Looks what has changed, for each address once a day, and queues its mail. What was looked at and its mail are one
 * transaction, so that a day that is cut off tells nobody twice and leaves nothing out.
 * @param pause awaited now and then, so that the server can answer; told how many milliseconds the work took
 * @returns what went wrong with single addresses; the others were told all the same
 */
export async function tellChanges(parts: WatchParts, pause: (worked: number) => Promise<void>): Promise<unknown[]> {
  const { directory } = parts;
  const day = today(directory.now());
  const faults: unknown[] = [];
  for (const id of watchesToLookAt(directory.db, day)) {
    const started = performance.now();
    try {
      directory.change(() => tellOne(parts, id, day));
    } catch (error) {
      faults.push(error);
    }
    await pause(performance.now() - started);
  }
  return faults;
}

function tellOne(parts: WatchParts, id: number, day: string): void {
  const { db, now } = parts.directory;
  const watch = findWatch(db, id);
  if (!watch) return;
  const rows = watchedRows(db, id);
  // All of it is gone, or the address is.
  if (rows.length === 0 || isRefused(db, id)) {
    dropWatch(db, id);
    return;
  }
  const lines = rows.flatMap((row) => newsOf(parts, watch, row, day));
  noteLooked(db, id, day);
  if (lines.length === 0) return;
  const values = { changes: lines.join('\n').trim(), stop: watchPage(db, id, now()) };
  queueMail(db, { key: `${watchMails(id)}${day}`, to: watch.email, template: 'watch', values }, now());
}

/** What is to be told of one listing, as lines of the mail; notes that it was. */
function newsOf(parts: WatchParts, { id: watch, looked }: Watch, row: WatchedRow, day: string): string[] {
  const { db } = parts.directory;
  const into = openlyJoinedInto(db, row.service_id);
  // It is the same thing, described once: what of that reads otherwise is no change.
  if (into !== null) moveWatched(db, watch, row.service_id, into);
  const id = into ?? row.service_id;
  const listing = openListing(parts, id);
  const shown = row.shown === null ? null : (JSON.parse(row.shown) as Shown);
  if (!listing) {
    const since = row.gone ?? day;
    const isBack = findListing(db, id) !== null && since > dateOf(dayOf(day) - GONE_DAYS);
    if (isBack) noteWatched(db, watch, { service_id: id, shown: row.shown, gone: since });
    else dropWatched(db, watch, id);
    return row.gone === null && shown ? [nameOnOneLine(shown.service.name), '- It is no longer listed.', ''] : [];
  }
  noteWatched(db, watch, { service_id: id, shown: JSON.stringify(shownOf(listing)), gone: null });
  if (shown === null || into !== null || listing.service.example) return [];
  // What was joined into it fills gaps, and that is no change either.
  const filled = !joinsInto(db, id).some(({ at }) => at >= (looked ?? day));
  const changes = [...(row.gone === null ? [] : ['It is listed again.']), ...changedWords(shown, listing, filled)];
  if (changes.length === 0) return [];
  return [
    nameOnOneLine(listing.service.name),
    ...changes.map((change) => `- ${onOneLine(change)}`),
    `/services/${id}`,
    '',
  ];
}
