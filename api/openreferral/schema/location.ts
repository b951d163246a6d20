import { z } from '@hono/zod-openapi';
import { hsds, id, own, text, uri } from './fields.ts';
import { OrukAttribute } from './terms.ts';

/** Where a service is. */

const OrukAddress = z
  .object({
    id,
    location_id: id.optional(),
    address_1: text,
    address_2: text.optional().openapi(hsds('the second line.')),
    city: text,
    state_province: text.openapi({ description: 'Required by the standard: the city, where nothing more is known.' }),
    postal_code: text,
    country: text,
    address_type: z.enum(['physical', 'postal', 'virtual']),
  })
  .openapi('Address');

const OrukAccessibility = z
  .object({
    id,
    location_id: id.optional(),
    description: text.optional(),
    details: text.optional(),
    url: uri.optional(),
  })
  .openapi('Accessibility');

export const OrukLocation = z
  .object({
    id,
    location_type: z.enum(['physical', 'postal', 'virtual']),
    name: text.optional(),
    description: text.optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    external_identifier: text.optional(),
    external_identifier_type: text.optional(),
    transportation: text.optional().openapi(hsds('how to get there.')),
    addresses: z.array(OrukAddress).optional(),
    accessibility: z.array(OrukAccessibility).optional(),
    attributes: z.array(OrukAttribute).optional(),
    signpost: z.object({ example: z.boolean().optional() }).optional().openapi(own('`example`: made up.')),
  })
  .openapi('Location');

export type OrukLocation = z.infer<typeof OrukLocation>;
