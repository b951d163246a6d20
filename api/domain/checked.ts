import type { Service } from './service.ts';

/**
 * What matters for a visit has a day of its own on which it was last checked. `assured_date` is the oldest of them: a
 * listing is only as fresh as its stalest part.
 */
export const CHECKED_FIELDS = ['time', 'place', 'cost', 'contact'] as const;
export type CheckedField = (typeof CHECKED_FIELDS)[number];

/** The day, 'YYYY-MM-DD', on which each was last checked. */
export const checkedDates = ({
  assured_date,
  checked = {},
}: Pick<Service, 'assured_date' | 'checked'>): Record<CheckedField, string> =>
  Object.fromEntries(CHECKED_FIELDS.map((field) => [field, checked[field] ?? assured_date])) as Record<
    CheckedField,
    string
  >;

/** The day, 'YYYY-MM-DD', of which somebody says that all of it was checked; null where nobody says of any. */
export const checkedOn = ({ assured_by, assured_date }: Pick<Service, 'assured_by' | 'assured_date'>): string | null =>
  assured_by === 'nobody' ? null : assured_date;

/** The same where a person checked it for this directory: what is copied says of a day only that its source had it so. */
export const checkedByPersonOn = (it: Pick<Service, 'assured_by' | 'assured_date' | 'clinical'>): string | null =>
  it.assured_by === 'source' || it.clinical?.check_before_use ? null : checkedOn(it);

/**
 * The service after somebody checked some of it. Days of their own are kept only while they differ.
 * @param fields what was checked; CHECKED_FIELDS for all of it ('still right')
 * @param day 'YYYY-MM-DD'
 */
export function withChecked(service: Service, fields: readonly CheckedField[], day: string): Service {
  const dates = checkedDates(service);
  for (const field of fields) dates[field] = day;
  const [assured_date = day] = Object.values(dates).sort();
  const newer = Object.fromEntries(Object.entries(dates).filter(([, date]) => date !== assured_date));
  const { checked: _former, ...rest } = service;
  return { ...rest, assured_date, ...(Object.keys(newer).length > 0 && { checked: newer }) };
}
