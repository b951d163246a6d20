import type { Organization as FhirOrganization } from 'fhir/r4';
import { registersOf } from '../domain/registers.ts';
import type { Organization } from '../domain/service.ts';
import { metaOf, telecom } from './elements.ts';

/** An organization as FHIR has it, with its numbers in the registers as org-id.guide names them. */
export function organizationResource(it: Organization): FhirOrganization {
  const contacts = telecom({
    phones: it.phone === undefined ? [] : [{ number: it.phone }],
    email: it.email,
    url: it.url,
  });
  const identifier = registersOf(it).map(({ scheme, type, identifier }) => ({
    system: `http://org-id.guide/list/${scheme}`,
    value: identifier,
    type: { text: type },
  }));
  return {
    resourceType: 'Organization',
    id: it.id,
    ...metaOf(undefined, it.example),
    active: true,
    name: it.name,
    ...(it.alternate_name !== undefined && { alias: [it.alternate_name] }),
    ...(identifier.length > 0 && { identifier }),
    ...(contacts.length > 0 && { telecom: contacts }),
  };
}
