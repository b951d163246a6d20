import type { Service } from '../domain/service.ts';
import { type Field, type FieldsOf, type Provenance, providedFields, type Side, sameValue } from './provenance.ts';

/**
 * Which record wins, field by field, where two of one thing differ (docs/matching.md): what somebody says beats what
 * nobody says. The organization's own words beat a moderator's, and those beat a source's. Among equals the record that
 * was checked later wins, then the one that remains.
 */

const RANK: Record<Provenance['role'], number> = { organization: 3, moderator: 2, source: 1, programme: 1, public: 0 };

/** The values that say nothing. */
const SAYS_NOTHING: readonly unknown[] = [undefined, null, '', 'unknown'];
function saysNothing(field: Field, value: unknown): boolean {
  if (SAYS_NOTHING.includes(value)) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (field === 'availability') return sameValue(value, { state: 'open' });
  if (typeof value === 'object') return Object.values(value as object).every((it) => saysNothing(field, it));
  return false;
}

/** Fields that only mean something together, under the one that decides. */
const TOGETHER: Partial<Record<Field, readonly Field[]>> = {
  description: ['written_in'],
  kind: ['clinical'],
  taxonomy_terms: ['guessed'],
  assured_date: ['assured_by', 'checked', 'source'],
  schedules: ['schedule_description'],
};
const DECIDED_ELSEWHERE = new Set<Field>(Object.values(TOGETHER).flat());
/** A sample record stays one, and nothing else becomes one. */
const NEVER_TAKEN = new Set<Field>(['example', 'status']);

function fromWins(field: Field, into: Side, from: Side): boolean {
  if (NEVER_TAKEN.has(field) || sameValue(into.service[field], from.service[field])) return false;
  if (saysNothing(field, from.service[field])) return false;
  if (saysNothing(field, into.service[field])) return true;
  const [mine, theirs] = [into.provenance[field], from.provenance[field]];
  const rank = RANK[theirs?.role ?? 'source'] - RANK[mine?.role ?? 'source'];
  if (rank !== 0) return rank > 0;
  return from.service.assured_date > into.service.assured_date;
}

/** Sessions keep their venue only where the listing has that venue. */
function withVenues(service: Service): Service {
  const venues = new Set(service.location_ids);
  return {
    ...service,
    schedules: service.schedules.map((schedule) => {
      if (schedule.location_id === undefined || venues.has(schedule.location_id)) return schedule;
      const { location_id: _, ...rest } = schedule;
      return rest;
    }),
  };
}

/**
 * Makes one record of two.
 * @param into the one whose id remains, as it is without the other
 * @param places the one whose places are taken, where one of them keeps a place private; null where the rule decides
 * @returns the record, and where each of its fields was taken from
 */
export function mergeRecords(into: Side, from: Side, places: Side | null = null): Side {
  const service: Record<string, unknown> = { ...into.service };
  const fields: FieldsOf<Provenance> = {};
  for (const field of providedFields(into.service, from.service)) {
    if (DECIDED_ELSEWHERE.has(field)) continue;
    const winner = fromWins(field, into, from) ? from : into;
    const side = field === 'location_ids' ? (places ?? winner) : winner;
    for (const each of [field, ...(TOGETHER[field] ?? [])]) {
      const value = side.service[each];
      if (value === undefined) delete service[each];
      else service[each] = value;
      const origin = side.provenance[each] ?? side.provenance[field];
      if (value !== undefined && origin) fields[each] = origin;
    }
  }
  return { service: withVenues(service as unknown as Service), provenance: fields };
}
