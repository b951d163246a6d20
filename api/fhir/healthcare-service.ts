import type { CodeableConcept, HealthcareService, HealthcareServiceEligibility } from 'fhir/r4';
import { isGuess } from '../domain/guesses.ts';
import { ACCESS, type Listing, type Service } from '../domain/service.ts';
import {
  ACCESS_LABELS,
  ATTENDING_LABELS,
  describeAges,
  describeCost,
  describeLanguage,
  JOIN_LABELS,
  warningsOf,
} from '../domain/words.ts';
import { availability } from './availability.ts';
import { concept, metaOf, referenceTo, telecom, termConcept } from './elements.ts';

const PROVISION = 'http://terminology.hl7.org/CodeSystem/service-provision-conditions';
const LANGUAGES = 'urn:ietf:bcp:47';

/**
 * A listing as FHIR has it (hl7.org/fhir/R4/healthcareservice.html). What is not known, or only guessed, is left out; what
 * FHIR has no field for stands in words.
 * @param site the address of this directory, without a slash at the end
 */
export function healthcareService(listing: Listing, site: string) {
  const { service: it, organization, locations } = listing;
  const shown = locations.filter(({ confidential }) => !confidential);
  const category = isGuess(it, 'taxonomy_terms') ? [] : it.taxonomy_terms;
  const kind = isGuess(it, 'kind') ? null : termConcept(site, 'kind', it.kind);
  const resource: HealthcareService = {
    resourceType: 'HealthcareService',
    id: it.id,
    ...metaOf(listing.last_modified, it.example),
    active: it.status === 'active' || it.status === 'temporarily closed',
    providedBy: referenceTo('Organization', organization.id, organization.name),
    category: category.flatMap((code) => termConcept(site, 'category', code) ?? []),
    type: kind ? [kind] : [],
    location: shown.map(({ id, name }) => referenceTo('Location', id, name)),
    name: it.name,
    comment: [...warningsOf(listing), ...ways(it), it.summary].join('\n\n'),
    extraDetails: details(it),
    telecom: telecom(it),
    coverageArea: it.service_areas.map(({ name }) => ({ display: name })),
    serviceProvisionCode: provision(it.cost_options),
    eligibility: eligibility(it),
    characteristic: ACCESS.filter((feature) => shown.some(({ accessibility }) => accessibility[feature] === 'yes')).map(
      (feature) => ({ text: ACCESS_LABELS[feature] }),
    ),
    communication: it.languages.map((tag) => concept(LANGUAGES, tag, describeLanguage(tag))),
    ...appointment(it),
    ...availability(it),
  };
  // FHIR has no empty lists.
  const said = Object.entries(resource).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(said) as unknown as HealthcareService;
}

const ways = ({ attending_types }: Service): string[] =>
  attending_types.length === 0 ? [] : [`${attending_types.map((type) => ATTENDING_LABELS[type]).join(', ')}.`];

const details = ({ description, first_visit, cost_options, join, application_process }: Service): string =>
  [
    description,
    `Cost: ${describeCost(cost_options)}.`,
    ...(join.length > 0 ? [`How to join: ${join.map((way) => JOIN_LABELS[way]).join('; ')}.`] : []),
    application_process,
    first_visit,
  ]
    .filter((paragraph) => paragraph !== undefined)
    .join('\n\n');

/** Free for everybody, for a charge, or for less for some; where the cost is not known, nothing. */
function provision(costs: Service['cost_options']): CodeableConcept[] {
  if (costs.length === 0) return [];
  if (costs.every(({ option, concession }) => option === 'free' && !concession))
    return [concept(PROVISION, 'free', 'Free')];
  return [
    ...(costs.some(({ option }) => option === 'paid') ? [concept(PROVISION, 'cost', 'Fees apply')] : []),
    ...(costs.some(({ concession }) => concession) ? [concept(PROVISION, 'disc', 'Discounts Available')] : []),
  ];
}

/** Who may come: by age, by who it is kept for, by where they live, and in words. */
function eligibility({ eligibility: it, ...service }: Service): HealthcareServiceEligibility[] {
  const { minimum_age, maximum_age, restrictions, description } = it;
  const areas = service.service_areas.map(({ name }) => name);
  const words = service.service_area_words;
  return [
    ...(minimum_age === undefined && maximum_age === undefined ? [] : [describeAges(it)]),
    ...restrictions,
    ...(areas.length > 0 ? [`People who live in: ${areas.join('; ')}`] : []),
    ...(words.length > 0 ? [`Where people must live, in the words of its source: ${words.join('; ')}`] : []),
    ...(description === undefined ? [] : [description]),
  ].map((comment) => ({ comment }));
}

/** Whether somebody has to book: known only where there is one way in, and it says so. */
function appointment({ join: [way, ...others] }: Service): { appointmentRequired?: boolean } {
  if (others.length > 0 || (way !== 'book' && way !== 'drop_in')) return {};
  return { appointmentRequired: way === 'book' };
}
