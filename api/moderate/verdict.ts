import type { Listing } from '../domain/service.ts';
import { type Action, type HistoryEntry, historyOf } from '../store/changes.ts';
import { readLocation, readOrganization, readService } from '../store/documents.ts';
import type { Db } from '../store/open.ts';
import { reportsOf } from '../store/reports.ts';
import { changesBetween } from '../submit/compare.ts';

/** What moderators last decided about a listing that was called unsafe. */

/** How long a verdict holds: whoever wants to silence a listing tires, and what is true of one may not be so for ever. */
export const VERDICT_DAYS = 14;
const DAY_MS = 86_400_000;

/** By one of these a listing may become something that no moderator has looked at. */
const CHANGES: readonly Action[] = ['edited', 'imported', 'merged', 'taken_apart', 'undone'];

/**
 * When a moderator last found a listing right that was called unsafe, or showed it again: ISO 8601, UTC.
 * @returns null where none did lately, or where it says something else since, by anybody but a moderator
 */
export function standingVerdict(db: Db, listing: Listing, now: Date): string | null {
  const { service, organization, locations } = listing;
  const since = new Date(now.getTime() - VERDICT_DAYS * DAY_MS).toISOString();
  const history = historyOf(db, [service.id, organization.id, ...locations.map(({ id }) => id)]).filter(
    ({ at }) => at > since,
  );
  const shown = history.find(
    ({ action, role, record_id }) => action === 'restored' && role === 'moderator' && record_id === service.id,
  );
  const cleared = reportsOf(db, service.id).flatMap(({ kind, outcome, decided_at }) =>
    kind === 'unsafe' && outcome !== null && outcome !== 'taken_out' ? (decided_at ?? []) : [],
  );
  const last = [...cleared, shown?.at ?? ''].sort().at(-1) ?? '';
  if (last <= since) return null;
  const changes = history.filter(
    ({ at, role, action }) => at > last && role !== 'moderator' && CHANGES.includes(action),
  );
  return saysTheSame(listing, changes) ? last : null;
}

/**
 * Whether a listing says what it said before some changes of it. A feed writes its records anew each time that its source
 * has looked at them, and a day of checking is nothing that anybody could call unsafe.
 * @param changes the newest first
 */
function saysTheSame(listing: Listing, changes: readonly HistoryEntry[]): boolean {
  // The oldest line of each record has it as it was when the moderator looked.
  const then = new Map(changes.map(({ record_id, before }) => [record_id, before]));
  const was = <T extends { id: string }>(record: T, read: (document: string) => T): T[] => {
    const before = then.get(record.id);
    if (before === undefined) return [record];
    return before === null ? [] : [read(before)];
  };
  const [service] = was(listing.service, readService);
  const [organization] = was(listing.organization, readOrganization);
  const locations = listing.locations.flatMap((location) => was(location, readLocation));
  if (!service || !organization || locations.length < listing.locations.length) return false;
  const { organization_id, location_ids } = listing.service;
  if (service.organization_id !== organization_id || service.location_ids.join() !== location_ids.join()) return false;
  return changesBetween({ ...listing, service, organization, locations }, listing).length === 0;
}
