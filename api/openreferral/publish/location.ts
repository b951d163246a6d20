import { ACCESS, type Location } from '../../domain/service.ts';
import { ACCESS_LABELS } from '../../domain/words.ts';
import { publishedId } from '../ids.ts';
import type { OrukLocation } from '../schema/location.ts';
import { answeredAttributes } from './attributes.ts';
import { withoutEmpty, withoutEmptyOrNothing } from './without-empty.ts';

/** The fields of one value alone. Never call it with a confidential location: nothing of one is published. */
function locationBasic(it: Location): OrukLocation {
  if (it.confidential) throw new Error('A confidential location is not published.');
  return withoutEmpty({
    id: it.id,
    location_type: it.location_type,
    name: it.name,
    latitude: it.latitude,
    longitude: it.longitude,
    transportation: it.transportation,
  });
}

/** The whole of it, as locationBasic. */
export const locationFull = (it: Location): OrukLocation =>
  withoutEmpty({
    ...locationBasic(it),
    addresses: addresses(it),
    accessibility: accessibility(it),
    attributes: answeredAttributes(it.id, 'location', 'accessibility', it.accessibility),
    signpost: withoutEmptyOrNothing({ example: it.example || undefined }),
  });

function addresses({ id, address, location_type }: Location): OrukLocation['addresses'] {
  if (!address) return [];
  return [
    withoutEmpty({
      id: publishedId(id, 'address'),
      location_id: id,
      address_1: address.address_1,
      address_2: address.address_2,
      city: address.city,
      state_province: address.state_province ?? address.city,
      postal_code: address.postal_code,
      country: address.country,
      address_type: location_type,
    }),
  ];
}

/** A line for each answer, and the notes as `details`. */
function accessibility({ id, accessibility: answers, accessibility_notes }: Location): OrukLocation['accessibility'] {
  const lines = ACCESS.filter((feature) => answers[feature] !== 'unknown').map((feature) => ({
    id: publishedId(id, 'accessibility', feature),
    location_id: id,
    description: `${ACCESS_LABELS[feature]}: ${answers[feature]}`,
  }));
  if (accessibility_notes === undefined) return lines;
  return [
    ...lines,
    {
      id: publishedId(id, 'accessibility', 'notes'),
      location_id: id,
      description: 'More about access',
      details: accessibility_notes,
    },
  ];
}
