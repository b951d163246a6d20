import { CHECKED_FIELDS, withChecked } from '../domain/checked.ts';
import { type Listing, PUBLIC_STATES, type RecordState, type Service } from '../domain/service.ts';
import { isOver } from '../domain/upkeep.ts';
import { type HistoryEntry, historyOf } from '../store/changes.ts';
import type { Db } from '../store/open.ts';

/**
 * How a listing that was taken out comes back when somebody who looks after it confirms it. What a moderator has taken
 * out does not come back so.
 */

/** The line of the history that says how a listing was last taken out. */
const takenOut = (db: Db, id: string): HistoryEntry | undefined =>
  historyOf(db, [id]).find(({ action }) => action === 'archived' || action === 'stopped');

/**
 * The state of a listing after somebody who knows has said that it is right.
 * @param day today, 'YYYY-MM-DD' in Europe/London
 */
export function stateWhenRight(
  db: Db,
  { service, state }: Pick<Listing, 'service' | 'state'>,
  day: string,
): RecordState {
  // What is over needs new dates; a check is not enough.
  if (isOver(service, day)) return state;
  if (PUBLIC_STATES.includes(state)) return 'published';
  const line = state === 'archived' ? takenOut(db, service.id) : undefined;
  return line !== undefined && line.role !== 'moderator' ? 'published' : state;
}

/**
 * A listing after who looks after it has changed it. One that the upkeep had taken out, since it was over or nobody had
 * confirmed it, is back with that, and counts as checked: they had all of it before them.
 * @param service as it was changed
 * @param day today, 'YYYY-MM-DD' in Europe/London
 */
export function afterEdit(
  db: Db,
  { state }: Pick<Listing, 'state'>,
  service: Service,
  day: string,
): { service: Service; state: RecordState } {
  const back = state === 'archived' && takenOut(db, service.id)?.role === 'programme' && !isOver(service, day);
  if (!back) return { service, state };
  return { service: { ...withChecked(service, CHECKED_FIELDS, day), assured_by: 'organization' }, state: 'published' };
}
