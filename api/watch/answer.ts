import { today } from '../domain/london.ts';
import { watchPage } from '../notify/page-links.ts';
import type { Db } from '../store/open.ts';
import { tokenState, useToken } from '../store/tokens.ts';
import { confirmWatch, dropWatch, dropWatched, findWatch, noteWatched, watchedRows } from '../store/watches.ts';
import { type Shown, shownOf } from './changes.ts';
import { openListing, type WatchParts } from './listings.ts';

/** The pages that mails about changes lead to. Looking changes nothing, since mail scanners open every link. */

/** A listing that somebody is told of, or would be. */
interface WatchedListing {
  id: string;
  name: string;
  /** BCP 47 tag of the language that the name is written in; null where it is no longer listed. */
  lang: string | null;
}

export type WatchLink =
  | { kind: 'confirm' | 'watching'; listings: WatchedListing[] }
  /** It was confirmed by this very link. */
  | { kind: 'confirmed' }
  /** It was stopped, or all of it is gone. */
  | { kind: 'stopped' }
  /** Nobody confirmed it within a day. */
  | { kind: 'late' }
  | { kind: 'unknown' };

/** What a link opens. */
export function watchLink(parts: WatchParts, key: string): WatchLink {
  const { db, now } = parts.directory;
  const found = tokenState(db, key, now());
  if (found?.purpose === 'watch_confirm') {
    if (found.standing === 'used') return { kind: 'confirmed' };
    if (found.standing === 'expired' || !findWatch(db, Number(found.subject))) return { kind: 'late' };
    return { kind: 'confirm', listings: listingsOf(parts, Number(found.subject)) };
  }
  if (found?.purpose !== 'watch') return { kind: 'unknown' };
  const watch = Number(found.subject);
  if (found.standing !== 'works' || !findWatch(db, watch)) return { kind: 'stopped' };
  return { kind: 'watching', listings: listingsOf(parts, watch) };
}

const listingsOf = (parts: WatchParts, watch: number): WatchedListing[] =>
  watchedRows(parts.directory.db, watch).flatMap(({ service_id: id, shown }): WatchedListing[] => {
    const listing = openListing(parts, id);
    if (listing) return [{ id, name: listing.service.name, lang: listing.service.written_in }];
    return shown === null ? [] : [{ id, name: (JSON.parse(shown) as Shown).service.name, lang: null }];
  });

/**
 * Says yes: from now on the address is told of changes.
 * @returns the page on which it stops again; null where the link does not work
 */
export const confirmWatching = (parts: WatchParts, key: string): string | null =>
  parts.directory.change(() => {
    const { db, now } = parts.directory;
    const opened = useToken(db, key, 'watch_confirm', now());
    const asked = opened && findWatch(db, Number(opened.subject));
    if (!asked) return null;
    const watch = confirmWatch(db, asked, today(now()));
    for (const { service_id, shown } of watchedRows(db, watch)) {
      const listing = shown === null ? openListing(parts, service_id) : null;
      if (listing) noteWatched(db, watch, { service_id, shown: JSON.stringify(shownOf(listing)), gone: null });
      else if (shown === null) dropWatched(db, watch, service_id);
    }
    return watchPage(db, watch, now());
  });

/** The number of what a key stops; null where it works no more. */
function watchOf(db: Db, key: string, now: Date): number | null {
  const opened = useToken(db, key, 'watch', now);
  return opened && Number(opened.subject);
}

/** Stops it: the address and the listings are let go of at once. Where that was done before, nothing happens. */
export function stopWatching({ directory }: WatchParts, key: string): void {
  directory.change(() => {
    const watch = watchOf(directory.db, key, directory.now());
    if (watch !== null) dropWatch(directory.db, watch);
  });
}

/** Is told no more of one of the listings; of the last one, it stops. */
export function stopWatchingOne({ directory }: WatchParts, key: string, id: string): void {
  directory.change(() => {
    const { db } = directory;
    const watch = watchOf(db, key, directory.now());
    if (watch === null) return;
    dropWatched(db, watch, id);
    if (watchedRows(db, watch).length === 0) dropWatch(db, watch);
  });
}
