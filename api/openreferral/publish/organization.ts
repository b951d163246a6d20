import { registersOf } from '../../domain/registers.ts';
import type { Organization } from '../../domain/service.ts';
import { publishedId } from '../ids.ts';
import type { OrukOrganization } from '../schema/organization.ts';
import { asUri } from '../uri.ts';
import { phoneParts } from './phone.ts';
import { withoutEmpty, withoutEmptyOrNothing } from './without-empty.ts';

/** The fields of one value alone. */
export const organizationBasic = (it: Organization): OrukOrganization =>
  withoutEmpty({
    id: it.id,
    name: it.name,
    alternate_name: it.alternate_name,
    description: it.description ?? it.name,
    email: it.email,
    website: it.url === undefined ? undefined : asUri(it.url),
    legal_status: it.legal_status,
  });

/** The whole of it. */
export const organizationFull = (it: Organization): OrukOrganization =>
  withoutEmpty({
    ...organizationBasic(it),
    phones:
      it.phone === undefined
        ? []
        : [
            withoutEmpty({
              id: publishedId(it.id, 'phone', 0),
              organization_id: it.id,
              ...phoneParts({ number: it.phone }),
            }),
          ],
    organization_identifiers: identifiers(it),
    signpost: withoutEmptyOrNothing({ example: it.example || undefined }),
  });

const identifiers = (it: Organization): OrukOrganization['organization_identifiers'] =>
  registersOf(it).map(({ scheme, type, identifier }) => ({
    id: publishedId(it.id, 'identifier', scheme),
    organization_id: it.id,
    identifier_scheme: scheme,
    identifier_type: type,
    identifier,
  }));
