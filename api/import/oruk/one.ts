import { lookUp } from '../../domain/look-up.ts';
import { asWeekly } from './hours.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** A service of Open Referral UK 1.0 in the shape of 3.0, with whatever else it brought. */

const LINKS: Record<string, string> = {
  contact: 'contacts',
  contacts: 'contacts',
  eligibilitys: 'eligibilities',
  regular_schedules: 'schedules',
  holiday_schedules: 'holiday_schedules',
};

/** Whether a record has the names that only 1.0 has. */
export const isVersionOne = (record: JsonRecord): boolean =>
  ['regular_schedules', 'service_taxonomys', 'eligibilitys', 'attending_access', 'deliverable_type'].some(
    (name) => name in record,
  ) ||
  (Array.isArray(record['service_at_locations']) &&
    record['service_at_locations'].some(
      (it) => isObject(it) && isObject(it['location']) && 'physical_addresses' in it['location'],
    ));

/** The same in the names of 3.0. Fields that 3.0 does not have stay under their own. */
export function fromVersionOne(given: JsonRecord): JsonRecord {
  const record: JsonRecord = {};
  for (const [name, value] of Object.entries(given)) record[lookUp(LINKS, name) ?? name] = value;
  const { attending_type: attending } = record;
  const schedules = listOf(record['schedules']).map(schedule);
  for (const place of listOf(record['service_at_locations'])) {
    for (const name of ['regular_schedules', 'regular_schedule']) {
      for (const it of listOf(place[name])) schedules.push({ ...schedule(it), service_at_location_id: place['id'] });
      delete place[name];
    }
    if (isObject(place['location'])) location(place['location']);
  }
  if (typeof attending === 'string' && attending !== '') for (const it of schedules) it['attending_type'] ??= attending;
  if (schedules.length > 0) record['schedules'] = schedules;
  terms(record);
  for (const contact of listOf(record['contacts']))
    if (typeof contact['phone'] === 'string' && contact['phones'] === undefined) {
      contact['phones'] = [{ number: contact['phone'] }];
      delete contact['phone'];
    }
  return record;
}

const listOf = (value: unknown): JsonRecord[] =>
  value === undefined || value === null ? [] : (Array.isArray(value) ? value : [value]).filter(isObject);

/** A regular schedule of 1.0 is weekly by its name. */
function schedule(given: JsonRecord): JsonRecord {
  const it = { ...given };
  asWeekly(it);
  return it;
}

function location(it: JsonRecord): void {
  if (it['physical_addresses'] !== undefined && it['addresses'] === undefined) {
    it['addresses'] = listOf(it['physical_addresses']).map((address) => ({ address_type: 'physical', ...address }));
    delete it['physical_addresses'];
  }
  if (it['accessibility_for_disabilities'] !== undefined && it['accessibility'] === undefined) {
    it['accessibility'] = it['accessibility_for_disabilities'];
    delete it['accessibility_for_disabilities'];
  }
  it['location_type'] ??= 'physical';
}

/** service_taxonomys hold what 3.0 calls attributes. */
function terms(record: JsonRecord): void {
  const found = listOf(record['service_taxonomys']);
  if (found.length === 0) return;
  record['attributes'] = [
    ...listOf(record['attributes']),
    ...found.map((it) => {
      const { taxonomy, ...rest } = it;
      if (!isObject(taxonomy)) return it;
      const { vocabulary, ...term } = taxonomy;
      return {
        ...rest,
        link_id: record['id'],
        link_type: 'service',
        taxonomy_term: {
          description: term['name'],
          ...term,
          ...(vocabulary !== undefined && { taxonomy: vocabulary }),
        },
      };
    }),
  ];
  delete record['service_taxonomys'];
}
