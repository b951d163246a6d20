import { z } from '@hono/zod-openapi';
import { PHONE_TYPES } from '../../domain/telephone/phone.ts';
import { hsds, id, own, text, uri } from './fields.ts';

/** Who runs a service. */

export const OrukPhone = z
  .object({
    id,
    service_id: id.optional(),
    organization_id: id.optional(),
    contact_id: id.optional(),
    number: text,
    extension: z.int().optional(),
    type: z.enum(PHONE_TYPES).optional(),
    description: text.optional(),
  })
  .openapi('Phone');

const OrukIdentifier = z
  .object({
    id,
    organization_id: id.optional(),
    identifier_scheme: text
      .optional()
      .openapi({ description: 'As org-id.guide has it: GB-CHC, GB-SC, GB-NIC, GB-COH.' }),
    identifier_type: text,
    identifier: text,
  })
  .openapi('OrganizationIdentifier');

export const OrukOrganization = z
  .object({
    id,
    name: text,
    description: text.openapi({ description: 'Required by the standard: the name, where nothing more is known.' }),
    email: z.email().optional(),
    website: uri.optional(),
    logo: uri.optional(),
    uri: uri.optional(),
    parent_organization_id: id.optional(),
    alternate_name: text.optional().openapi(hsds('another name.')),
    legal_status: text.optional().openapi(hsds('what it is in law.')),
    phones: z.array(OrukPhone).optional().openapi(hsds('its telephone numbers.')),
    organization_identifiers: z.array(OrukIdentifier).optional(),
    services: z
      .array(z.looseObject({ id }))
      .optional()
      .openapi(own('its published services, by id; whole with `full_service`.')),
    signpost: z.object({ example: z.boolean().optional() }).optional().openapi(own('`example`: made up.')),
  })
  .openapi('Organization');

export type OrukOrganization = z.infer<typeof OrukOrganization>;
