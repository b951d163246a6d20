import type { Service } from './service.ts';

type Availability = Service['availability'];

/**
 * What the availability of a listing comes to on a day: 'full until 1 March' is open again on 2 March, by itself.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function availabilityOn(availability: Availability, today: string): Availability {
  const over = availability.until !== undefined && availability.until < today;
  return over ? { state: 'open' } : availability;
}
