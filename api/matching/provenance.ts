import type { Service } from '../domain/service.ts';
import { type HistoryEntry, historyOf, type Role } from '../store/changes.ts';
import { readService } from '../store/documents.ts';
import { type Join, joinsInto } from '../store/joined.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** Where each field of a listing comes from: which record said it, who vouches for it, and since when. */

export type Field = Exclude<keyof Service, 'id'>;

export interface Provenance {
  /** The listing that says so: its own id, or that of one that was joined into it. */
  from: string;
  /** Whose words they are. */
  role: Role;
  /** The name of the source. */
  source: string;
  /** ISO 8601, UTC: since when it has said so; the day of the last check where it was loaded like that. */
  at: string;
}

export type FieldsOf<T> = Partial<Record<Field, T>>;

/** A record, and who vouches for each of its fields. */
export interface Side {
  service: Service;
  provenance: FieldsOf<Provenance>;
}

/**
 * Sessions that are copied lose their venue where the other listing has another one; they are still the same sessions.
 */
const written = (value: unknown): string | undefined =>
  JSON.stringify(value, (key, it) => (key === 'location_id' ? undefined : it));

/** Whether two values of a field are the same. */
export const sameValue = (a: unknown, b: unknown): boolean => written(a) === written(b);

export const providedFields = (...services: readonly Partial<Service>[]): Field[] =>
  [...new Set(services.flatMap((service) => Object.keys(service) as (Field | 'id')[]))].filter(
    (field): field is Field => field !== 'id',
  );

/** Who stands for a record as it came: its source, where nobody has checked it. */
const vouching = ({ assured_by }: Service): Role => (assured_by === 'nobody' ? 'source' : assured_by);

/**
 * Whose words a change brought. What a moderator accepts is what the organization wrote; a new record was written by
 * whoever vouches for it.
 */
function roleOf({ action, role, before }: HistoryEntry, service: Service): Role {
  if (before === null) return vouching(service);
  return action === 'published' && role === 'moderator' ? 'organization' : role;
}

/** Who set each field last, as the history of the record itself tells. */
export function settersOf(db: Db, service: Service): FieldsOf<Provenance> {
  const { id, source, assured_date } = service;
  const found: FieldsOf<Provenance> = {};
  const loaded = { from: id, role: vouching(service), source: source.name, at: `${assured_date}T00:00:00.000Z` };
  const history = historyOf(db, [id]).filter(({ record }) => record === 'service');
  const documents = history.map(({ before }) => (before === null ? null : readService(before)));
  const fields = providedFields(service, ...documents.filter((document) => document !== null));
  let after: Service = service;
  for (const [at, entry] of history.entries()) {
    const before = documents[at] ?? null;
    for (const field of fields) {
      if (found[field] || (before && sameValue(before[field], after[field]))) continue;
      found[field] = { from: id, role: roleOf(entry, service), source: source.name, at: entry.at };
    }
    if (before === null) break;
    after = before;
  }
  for (const field of fields) found[field] ??= loaded;
  return found;
}

/** The fields of a listing that were taken from one joined into it and have not been changed since. */
export function takenFields(db: Db, stored: Service, { from_id, fields }: Join): Field[] {
  const from = findListing(db, from_id)?.service;
  if (!from) return [];
  return providedFields(stored, from).filter(
    (field) => fields[field]?.from === from_id && sameValue(stored[field], from[field]),
  );
}

/**
 * Who set each field of a listing last; of a listing into which others were joined, which of them each was taken from.
 * @param service as it stands in the database
 */
export function provenanceOf(db: Db, service: Service): FieldsOf<Provenance> {
  const found = settersOf(db, service);
  for (const join of joinsInto(db, service.id))
    for (const field of takenFields(db, service, join)) {
      const taken = join.fields[field];
      if (taken) found[field] = taken;
    }
  return found;
}
