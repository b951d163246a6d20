import type { Location as FhirLocation } from 'fhir/r4';
import { ACCESS, type Location } from '../domain/service.ts';
import { ACCESS_LABELS } from '../domain/words.ts';
import { metaOf } from './elements.ts';

/** A place as FHIR has it. Never call it with a confidential one: nothing of it is published. */
export function locationResource(it: Location): FhirLocation {
  if (it.confidential) throw new Error('A confidential location is not published.');
  const { address, latitude, longitude } = it;
  return {
    resourceType: 'Location',
    id: it.id,
    ...metaOf(undefined, it.example),
    status: 'active',
    name: it.name,
    mode: 'instance',
    ...describe(it),
    ...(address && {
      address: {
        use: 'work',
        type: it.location_type === 'postal' ? 'postal' : 'physical',
        line: [address.address_1, address.address_2].filter((line) => line !== undefined),
        city: address.city,
        ...(address.state_province !== undefined && { district: address.state_province }),
        postalCode: address.postal_code,
        country: address.country,
      },
    }),
    ...(latitude !== undefined && longitude !== undefined && { position: { latitude, longitude } }),
  };
}

/** How to get there, and what is known of getting in. */
function describe({ transportation, accessibility, accessibility_notes }: Location): { description?: string } {
  const access = ACCESS.filter((feature) => accessibility[feature] !== 'unknown').map(
    (feature) => `${ACCESS_LABELS[feature]}: ${accessibility[feature]}.`,
  );
  const words = [transportation, ...access, accessibility_notes].filter((sentence) => sentence !== undefined);
  return words.length > 0 ? { description: words.join(' ') } : {};
}
