import type { Listing } from '../domain/service.ts';
import { type Action, historyOf } from '../store/changes.ts';
import type { Db } from '../store/open.ts';
import { reportsOf } from '../store/reports.ts';

/** What moderators last decided about a listing that was called unsafe. */

/** How long a verdict holds: whoever wants to silence a listing tires, and what is true of one may not be so for ever. */
export const VERDICT_DAYS = 14;
const DAY_MS = 86_400_000;

/** After one of these a listing is no longer what the moderator looked at. */
const CHANGES: readonly Action[] = ['edited', 'imported', 'merged', 'taken_apart', 'undone'];

/**
 * When a moderator last found a listing right that was called unsafe, or showed it again: ISO 8601, UTC.
 * @returns null where none did lately, or where somebody else has changed it since, so that nobody has looked at what it is
 */
export function standingVerdict(db: Db, { service, organization, locations }: Listing, now: Date): string | null {
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
  const changed = history.some(({ at, role, action }) => at > last && role !== 'moderator' && CHANGES.includes(action));
  return changed ? null : last;
}
