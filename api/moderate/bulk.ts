import type { Directory } from '../directory/directory.ts';
import { CHECKED_FIELDS, withChecked } from '../domain/checked.ts';
import { withoutGuess } from '../domain/guesses.ts';
import { areaPhrases, withAreasSaid } from '../domain/said-areas.ts';
import {
  type Listing,
  type Location,
  PUBLIC_STATES,
  type RecordState,
  Service,
  type ServiceArea,
} from '../domain/service.ts';
import { areaLabels } from '../domain/service-area.ts';
import { taxonomyTerm } from '../domain/taxonomy.ts';
import { describeDate, listInWords } from '../domain/words/dates.ts';
import { ASSURED_BY_LABELS, RECORD_STATE_LABELS } from '../domain/words/labels.ts';
import { addBulkEdit, findBulkEdit, markUndone } from '../store/bulk.ts';
import type { Action } from '../store/changes.ts';
import { findListing } from '../store/listings.ts';
import { tellKeepers } from './state.ts';

/**
 * One change of many listings at once: category, area served, venue, found right, or taken out. Shown before it is done, and
 * undone as one.
 */

/** At most so many at a time: all of a council’s own table, written within a second. */
export const MOST_IN_BULK = 1000;
/** What the schema allows (domain/service.ts). */
const MOST_CATEGORIES = 6;
const MOST_AREAS = 400;

export type BulkChange =
  | { what: 'category'; mode: 'add' | 'remove' | 'only'; code: string }
  | { what: 'area'; mode: 'add' | 'only'; areas: ServiceArea[] }
  | { what: 'area'; mode: 'everywhere' }
  | { what: 'venue'; from: Location; to: Location }
  /** Somebody has looked at all of them, on that day: 'YYYY-MM-DD'. */
  | { what: 'checked'; day: string }
  | { what: 'state'; state: 'archived' | 'suspended'; reason: string };

/** What a change would do to one listing. */
export interface BulkLine {
  id: string;
  name: string;
  /** What the field says, in words. */
  before: string;
  after: string;
  /** Why this listing is not changed; null where it is. */
  left: string | null;
  /** The service with the change, and the state that it then has; null where it is left. */
  becomes: { service: Service; state: RecordState } | null;
}

/** What a change does, in words: 'Category added: Gardening'. */
export function bulkWords(change: BulkChange): string {
  if (change.what === 'category') {
    const name = taxonomyTerm(change.code)?.name ?? change.code;
    return { add: `Category added: ${name}`, remove: `Category taken out: ${name}`, only: `Category set: ${name}` }[
      change.mode
    ];
  }
  if (change.what === 'checked') return 'Found right';
  if (change.what === 'state') return `${STATE_DONE[change.state]}: ${change.reason}`;
  if (change.what === 'venue') return `Moved from ${change.from.name} to ${change.to.name}`;
  if (change.mode === 'everywhere') return 'Area set: open to people from anywhere';
  return `Area ${change.mode === 'add' ? 'added' : 'set'}: ${listInWords(areaLabels(change.areas))}`;
}

const STATE_DONE = { archived: 'Archived', suspended: 'Suspended' } as const;

/** The listing in the state that the change gives it, or the reason why it is left as it is. */
function moved({ service, state }: Listing, change: BulkChange): { service: Service; state: RecordState } | string {
  if (change.what === 'state') {
    if (state === change.state) return 'It is so already.';
    return state === 'draft' || state === 'awaiting_review'
      ? 'It is not published yet.'
      : { service, state: change.state };
  }
  if (change.what !== 'checked') return { service, state };
  if (!PUBLIC_STATES.includes(state)) return 'It is not public. Show it again first.';
  const checked = withChecked(service, CHECKED_FIELDS, change.day);
  return { service: { ...checked, assured_by: 'moderator' }, state: 'published' };
}

/** The listing with the change, or the reason why it is left as it is. */
function changed({ service: before, locations }: Listing, change: BulkChange): Service | string {
  if (change.what === 'checked' || change.what === 'state') return before;
  // Whoever chooses a category has looked at the listing: its category is no guess any more.
  const service = change.what === 'category' ? withoutGuess(before, 'taxonomy_terms') : before;
  if (change.what === 'category') {
    const { mode, code } = change;
    const others = service.taxonomy_terms.filter((term) => term !== code);
    if (mode === 'only') return { ...service, taxonomy_terms: [code] };
    if (mode === 'add') {
      if (others.length >= MOST_CATEGORIES) return `It has ${MOST_CATEGORIES} categories, which is the most.`;
      return others.length < service.taxonomy_terms.length
        ? service
        : { ...service, taxonomy_terms: [...others, code] };
    }
    return others.length > 0 ? { ...service, taxonomy_terms: others } : 'It is its only category.';
  }
  if (change.what === 'area') {
    if (change.mode === 'everywhere') return withAreasSaid(service, []);
    const { areas, mode } = change;
    if (mode === 'only') return withAreasSaid(service, areas);
    if (service.service_areas.length === 0 && service.service_area_status === 'said')
      return 'It is open to people from anywhere; adding an area would narrow it.';
    const added = areas.filter(({ code }) => !service.service_areas.some((known) => known.code === code));
    const together = [...service.service_areas, ...added];
    if (together.length > MOST_AREAS) return `It would have more than ${MOST_AREAS} areas, which is the most.`;
    return added.length === 0 ? service : withAreasSaid(service, together);
  }
  const { from, to } = change;
  if (!locations.some(({ id }) => id === from.id)) return `It is not at ${from.name}.`;
  const moved = (id: string) => (id === from.id ? to.id : id);
  return {
    ...service,
    location_ids: [...new Set(service.location_ids.map(moved))],
    schedules: service.schedules.map((schedule) =>
      schedule.location_id === undefined ? schedule : { ...schedule, location_id: moved(schedule.location_id) },
    ),
  };
}

/** What a field says of a listing, in words. */
function fieldWords(
  what: BulkChange['what'],
  { service, state }: Pick<Listing, 'service' | 'state'>,
  nameOf: (id: string) => string,
): string {
  if (what === 'state') return RECORD_STATE_LABELS[state];
  if (what === 'checked')
    return `${RECORD_STATE_LABELS[state]}, checked ${describeDate(service.assured_date)} by ${ASSURED_BY_LABELS[service.assured_by]}`;
  if (what === 'category') return listInWords(service.taxonomy_terms.map((code) => taxonomyTerm(code)?.name ?? code));
  if (what === 'venue') return listInWords(service.location_ids.map(nameOf));
  return listInWords(areaPhrases(service));
}

/** What a change would do to each of some listings, in their order; ids that name none are left out. */
export function previewBulk({ db }: Pick<Directory, 'db'>, ids: readonly string[], change: BulkChange): BulkLine[] {
  return ids.slice(0, MOST_IN_BULK).flatMap((id): BulkLine[] => {
    const listing = findListing(db, id);
    if (!listing) return [];
    const names = new Map(listing.locations.map((location) => [location.id, location.name]));
    if (change.what === 'venue') names.set(change.to.id, change.to.name);
    const words = (it: Pick<Listing, 'service' | 'state'>) => fieldWords(change.what, it, (at) => names.get(at) ?? '');
    const { service, state } = listing;
    const result = changed(listing, change);
    const becomes = typeof result === 'string' ? result : moved({ ...listing, service: result }, change);
    const before = words(listing);
    const line = { id, name: service.name, before };
    if (typeof becomes === 'string') return [{ ...line, after: before, left: becomes, becomes: null }];
    const same = JSON.stringify(becomes) === JSON.stringify({ service, state });
    return [
      { ...line, after: words(becomes), left: same ? 'It is so already.' : null, becomes: same ? null : becomes },
    ];
  });
}

/** The change as the history calls it. By that it is decided later who may bring a listing back that was taken out. */
const actionOf = (change: BulkChange): Action =>
  change.what === 'state' ? change.state : change.what === 'checked' ? 'confirmed' : 'edited';

/** Stands for what a preview showed: it differs once any of the listings has changed. */
export const bulkMark = (lines: readonly BulkLine[]): string =>
  lines.map(({ id, before, after }) => `${id} ${before} ${after}`).join('\n');

/**
 * Does what the preview showed, all of it or nothing.
 * @returns the number of the change, to undo it by; null where there is nothing to do
 */
export function applyBulk(
  directory: Directory,
  person: number,
  ids: readonly string[],
  change: BulkChange,
): number | null {
  const { db, now } = directory;
  return directory.change((save) => {
    const parts = previewBulk(directory, ids, change).flatMap(({ id, becomes }) => {
      const listing = becomes && findListing(db, id);
      if (!listing || !becomes) return [];
      const states = { before: listing.state, after: becomes.state };
      return [{ id, before: listing.service, after: Service.parse(becomes.service), states }];
    });
    if (parts.length === 0) return null;
    const words = bulkWords(change);
    save(
      { services: parts.map(({ after, states }) => ({ service: after, state: states.after })) },
      { action: actionOf(change), role: 'moderator', person, reason: words },
    );
    const hidden = parts.filter(({ states }) => states.after === 'suspended').map(({ after }) => after);
    if (change.what === 'state' && hidden.length > 0) tellKeepers(db, hidden, person, now());
    return addBulkEdit(db, { at: now().toISOString(), person, words, services: parts });
  });
}

/**
 * Undoes a change of many listings, for each of them that is still as the change left it.
 * @returns how many were put back, and the names of those that were changed since and are left; null where the change
 *   is unknown or was undone before
 */
export function undoBulk(directory: Directory, person: number, id: number): { back: number; left: string[] } | null {
  const { db, now } = directory;
  return directory.change((save) => {
    const edit = findBulkEdit(db, id);
    if (!edit || !markUndone(db, id, now().toISOString())) return null;
    const left: string[] = [];
    const services = edit.services.flatMap((part) => {
      const listing = findListing(db, part.id);
      if (!listing) return [];
      const { states = { before: listing.state, after: listing.state } } = part;
      if (JSON.stringify(listing.service) === JSON.stringify(part.after) && listing.state === states.after)
        return [{ service: part.before, state: states.before }];
      left.push(listing.service.name);
      return [];
    });
    save({ services }, { action: 'undone', role: 'moderator', person, reason: `Undone: ${edit.words}` });
    return { back: services.length, left };
  });
}
