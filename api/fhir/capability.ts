import type { CapabilityStatement, CapabilityStatementRestResourceSearchParam } from 'fhir/r4';
import manifest from '../../package.json' with { type: 'json' };
import { FHIR_VERSION } from './elements.ts';
import { PARAMETERS, type ResourceType } from './parameters.ts';

type SearchParam = CapabilityStatementRestResourceSearchParam;

const SPECIFICATION = 'http://hl7.org/fhir/SearchParameter';
const NEAR =
  'latitude|longitude|distance|unit (km, m or mi), the nearest first; 5 km where no distance is said. Send it by POST to _search, so that it stands in no address.';

/** What each parameter is, for who reads the statement. Those with an underscore are FHIR's own and need no line. */
const ABOUT: Readonly<Record<ResourceType, readonly SearchParam[]>> = {
  HealthcareService: [
    { name: 'name', type: 'string', documentation: 'Each word begins a word of the name; the best fit first.' },
    { name: 'service-category', type: 'token', documentation: 'A category of this directory: /api/v1/categories.' },
    { name: 'location', type: 'reference', definition: `${SPECIFICATION}/HealthcareService-location` },
    { name: 'organization', type: 'reference', definition: `${SPECIFICATION}/HealthcareService-organization` },
    { name: 'near', type: 'special', documentation: `Of one of its locations: ${NEAR}` },
  ],
  Location: [{ name: 'near', type: 'special', definition: `${SPECIFICATION}/Location-near`, documentation: NEAR }],
  Organization: [{ name: 'name', type: 'string', documentation: 'Each word is in the name or the description.' }],
};

const OWN: readonly SearchParam[] = [{ name: '_id', type: 'token', definition: `${SPECIFICATION}/Resource-id` }];

/** What is served here, as FHIR describes it. @param date when it last changed, 'YYYY-MM-DD' */
export function capabilityStatement(base: string, name: string, date: string): CapabilityStatement {
  const types = Object.keys(PARAMETERS) as ResourceType[];
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    publisher: name,
    kind: 'instance',
    software: { name: 'Signpost', version: manifest.version },
    implementation: { description: `${name}: local support groups, activities and services`, url: base },
    fhirVersion: FHIR_VERSION,
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation: 'Read-only, and open to everybody: no key, no account. Of a search nothing is kept.',
        security: { cors: true },
        resource: [
          ...types.map((type) => ({
            type,
            interaction: [{ code: 'read' as const }, { code: 'search-type' as const }],
            searchParam: [...OWN, ...ABOUT[type]],
            ...(type === 'HealthcareService' && {
              searchInclude: ['HealthcareService:location', 'HealthcareService:organization'],
            }),
          })),
          {
            type: 'Bundle',
            interaction: [{ code: 'read' as const }],
            documentation: 'The listings of a handout, by the code of its short link.',
          },
        ],
      },
    ],
  };
}
