import { objectsIn } from './cut.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** The schedules of a record wherever they hang: at the service, at a service_at_location, at a location. */

export interface FoundSchedule {
  it: JsonRecord;
  /** The way to it, for notes: 'service_at_locations[0].schedules[1]'. */
  field: string;
  /** Id of the service_at_location that it hangs under; null at the service itself. */
  place: string | null;
  /** Whether it stands in a list of regular schedules, as in Open Referral UK 1.0 and HSDS 1, and so is weekly. */
  regular: boolean;
}

const REGULAR = ['schedules', 'schedule', 'regular_schedules', 'regular_schedule'] as const;
const HOLIDAY = ['holiday_schedules', 'holiday_schedule'] as const;

const under = (owner: JsonRecord, names: readonly string[], way: string, place: string | null): FoundSchedule[] =>
  names.flatMap((name) =>
    owner[name] === undefined
      ? []
      : objectsIn(owner[name]).map((it, index) => ({
          it,
          field: `${way}${name}[${index}]`,
          place,
          regular: name.startsWith('regular'),
        })),
  );

function everywhere(record: JsonRecord, names: readonly string[]): FoundSchedule[] {
  const places = objectsIn(record['service_at_locations']).flatMap((place, index) => {
    const way = `service_at_locations[${index}].`;
    const id = String(place['id']);
    const { location } = place;
    return [
      ...under(place, names, way, id),
      ...(isObject(location) ? under(location, names, `${way}location.`, id) : []),
    ];
  });
  return [...under(record, names, '', null), ...places];
}

/** When it meets, in the order of the record. */
export const findSchedules = (record: JsonRecord): FoundSchedule[] => everywhere(record, REGULAR);

/** Closed periods, and days with other hours. */
export const findHolidays = (record: JsonRecord): FoundSchedule[] => everywhere(record, HOLIDAY);
