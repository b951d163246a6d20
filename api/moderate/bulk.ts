import type { Directory } from '../directory/directory.ts';
import { areaPhrases, withAreasSaid } from '../domain/said-areas.ts';
import { type Listing, type Location, Service, type ServiceArea } from '../domain/service.ts';
import { areaLabels } from '../domain/service-area.ts';
import { taxonomyTerm } from '../domain/taxonomy.ts';
import { listInWords } from '../domain/words/dates.ts';
import { addBulkEdit, type BulkPart, findBulkEdit, markUndone } from '../store/bulk.ts';
import { findListing } from '../store/listings.ts';

/** One change of many listings at once: category, area served, or venue. Shown before it is done, and undone as one. */

/** At most so many at a time: nobody reads a longer preview. */
export const MOST_IN_BULK = 500;
/** What the schema allows (domain/service.ts). */
const MOST_CATEGORIES = 6;
const MOST_AREAS = 400;

export type BulkChange =
  | { what: 'category'; mode: 'add' | 'remove' | 'only'; code: string }
  | { what: 'area'; mode: 'add' | 'only'; areas: ServiceArea[] }
  | { what: 'area'; mode: 'everywhere' }
  | { what: 'venue'; from: Location; to: Location };

/** What it would do to one listing. */
export interface BulkLine {
  id: string;
  name: string;
  /** What the field says, in words. */
  before: string;
  after: string;
  /** Why this listing is not changed; null where it is. */
  left: string | null;
  /** The service with the change; null where it is left. */
  service: Service | null;
}

/** What a change does, in words: 'Category added: Gardening'. */
export function bulkWords(change: BulkChange): string {
  if (change.what === 'category') {
    const name = taxonomyTerm(change.code)?.name ?? change.code;
    return { add: `Category added: ${name}`, remove: `Category taken out: ${name}`, only: `Category set: ${name}` }[
      change.mode
    ];
  }
  if (change.what === 'venue') return `Moved from ${change.from.name} to ${change.to.name}`;
  if (change.mode === 'everywhere') return 'Area set: open to people from anywhere';
  return `Area ${change.mode === 'add' ? 'added' : 'set'}: ${listInWords(areaLabels(change.areas))}`;
}

/** The listing with the change, or the reason why it is left as it is. */
function changed({ service, locations }: Listing, change: BulkChange): Service | string {
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
function fieldWords(what: BulkChange['what'], service: Service, nameOf: (id: string) => string): string {
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
    const words = (service: Service) => fieldWords(change.what, service, (at) => names.get(at) ?? '');
    const { service } = listing;
    const result = changed(listing, change);
    const before = words(service);
    const line = { id, name: service.name, before };
    if (typeof result === 'string') return [{ ...line, after: before, left: result, service: null }];
    const same = JSON.stringify(result) === JSON.stringify(service);
    return [{ ...line, after: words(result), left: same ? 'It is so already.' : null, service: same ? null : result }];
  });
}

/** A hash of what a preview showed: where a listing has changed since, it is another. */
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
    const parts = previewBulk(directory, ids, change).flatMap(({ id, service }): BulkPart[] => {
      const listing = service && findListing(db, id);
      return listing && service ? [{ id, before: listing.service, after: Service.parse(service) }] : [];
    });
    if (parts.length === 0) return null;
    const words = bulkWords(change);
    save(
      {
        services: parts.map(({ id, after }) => ({ service: after, state: findListing(db, id)?.state ?? 'published' })),
      },
      { action: 'edited', role: 'moderator', person, reason: words },
    );
    return addBulkEdit(db, { at: now().toISOString(), person, words, services: parts });
  });
}

/**
 * Undoes a change of many: each listing that is still as the change left it becomes what it was.
 * @returns how many were put back, and the names of those that were changed since and are left; null where the change is
 *   unknown or was undone before
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
      if (JSON.stringify(listing.service) === JSON.stringify(part.after))
        return [{ service: part.before, state: listing.state }];
      left.push(listing.service.name);
      return [];
    });
    save({ services }, { action: 'undone', role: 'moderator', person, reason: `Undone: ${edit.words}` });
    return { back: services.length, left };
  });
}
