import type { PaperSource } from './source.ts';

/** Links to directions on a map that the operator has chosen. That map learns nothing until somebody taps the link. */

/** What of a venue may be filled into the operator's link. */
export interface Destination {
  /** One line, with the postcode. */
  address: string;
  /** Degrees, WGS84; null where the venue has no point. */
  point: { latitude: number; longitude: number } | null;
}

/**
 * Where a venue is, for directions.
 * @returns null for a confidential venue, and where neither its address nor its point is known
 */
export function destinationOf(venue: PaperSource['locations'][number] | null): Destination | null {
  if (!venue || venue.confidential) return null;
  const { address, latitude, longitude } = venue;
  const line = [address?.address_1, address?.city, address?.postal_code].filter(Boolean).join(', ');
  const point = latitude === undefined || longitude === undefined ? null : { latitude, longitude };
  return line === '' && point === null ? null : { address: line, point };
}

/**
 * The link to directions.
 * @param template DIRECTIONS_URL: an address with {latitude} and {longitude}, or with {address}; null where none is
 *   chosen
 * @returns null where the template needs something that is not known of the venue
 */
export function directionsLink(template: string | null, destination: Destination | null): string | null {
  if (template === null || destination === null) return null;
  const { address, point } = destination;
  const values: Record<string, string | undefined> = {
    address: address === '' ? undefined : address,
    latitude: point?.latitude.toFixed(5),
    longitude: point?.longitude.toFixed(5),
  };
  let complete = true;
  const link = template.replaceAll(/\{(address|latitude|longitude)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) complete = false;
    return encodeURIComponent(value ?? '');
  });
  return complete ? link : null;
}
