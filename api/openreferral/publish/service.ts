import { checkedOn } from '../../domain/checked.ts';
import { guessesIn } from '../../domain/guesses.ts';
import { UNDETERMINED } from '../../domain/languages/written.ts';
import { QUESTION_KEYS } from '../../domain/questions.ts';
import type { Listing, Service } from '../../domain/service.ts';
import { describeLanguage, warningsOf } from '../../domain/words.ts';
import { isAssured, modifiedAt } from '../assured.ts';
import { placeId, publishedId } from '../ids.ts';
import type { OrukService } from '../schema/service.ts';
import type { OrukAttribute } from '../schema/terms.ts';
import { asUri } from '../uri.ts';
import { answeredAttributes, codedAttributes } from './attributes.ts';
import { locationFull } from './location.ts';
import { organizationBasic, organizationFull } from './organization.ts';
import { phoneParts } from './phone.ts';
import { schedules } from './schedules.ts';
import { withoutEmpty, withoutEmptyDeep, withoutEmptyOrNothing } from './without-empty.ts';

/**
 * A listing as Open Referral UK has it. What holds until a day is published with that day, so that a record changes
 * only when somebody changes it; except for the date of its check (assured.ts). That a check is due follows from that
 * date, and is not published.
 */

/** The fields of one value alone. */
export function serviceBasic(listing: Listing, now: Date): OrukService {
  const { service: it, organization, last_modified } = listing;
  return withoutEmpty({
    id: it.id,
    organization_id: it.organization_id,
    name: it.name,
    alternate_name: it.alternate_name,
    description: it.description,
    url: it.url === undefined ? undefined : asUri(it.url),
    email: it.email,
    status: it.status,
    minimum_age: it.eligibility.minimum_age,
    maximum_age: it.eligibility.maximum_age,
    eligibility_description: it.eligibility.description,
    application_process: it.application_process,
    wait_time: it.clinical?.wait_time,
    assured_date: checkedOn(it) !== null && isAssured(it.assured_date, now) ? it.assured_date : undefined,
    // For those who read no extension.
    alert: warningsOf(listing).join(' ') || undefined,
    last_modified: modifiedAt(last_modified, it.assured_date, now),
    organization: organizationBasic(organization),
  });
}

/** All of it. Of a confidential location it only says that there is one. */
export function serviceFull(listing: Listing, now: Date): OrukService {
  const { service: it, organization, locations, state } = listing;
  const shown = locations.filter((location) => !location.confidential);
  const numbers = phones(it);
  return withoutEmpty({
    ...serviceBasic(listing, now),
    organization: organizationFull(organization),
    phones: numbers,
    contacts: contacts(it, numbers),
    schedules: schedules(it, new Set(shown.map(({ id }) => id))),
    service_areas: serviceAreas(it),
    service_at_locations: shown.map((location) => ({
      id: placeId(it.id, location.id),
      service_id: it.id,
      location_id: location.id,
      location: locationFull(location),
    })),
    languages: it.languages.map((code) => ({
      id: publishedId(it.id, 'language', code),
      service_id: it.id,
      name: describeLanguage(code),
      code,
    })),
    cost_options: costs(it),
    required_documents: it.clinical?.required_documents.map((document, index) => ({
      id: publishedId(it.id, 'required_document', index),
      service_id: it.id,
      document,
    })),
    attributes: attributes(it),
    signpost: extras(it, { confidential: shown.length < locations.length, unconfirmed: state === 'unconfirmed' }),
  });
}

const contactId = (serviceId: string): string => publishedId(serviceId, 'contact', 0);

const phones = (it: Service): NonNullable<OrukService['phones']> =>
  it.phones.map((phone, index) =>
    withoutEmpty({
      id: publishedId(it.id, 'phone', index),
      service_id: it.id,
      contact_id: contactId(it.id),
      ...phoneParts(phone),
    }),
  );

function contacts(it: Service, numbers: NonNullable<OrukService['phones']>): OrukService['contacts'] {
  const said = withoutEmptyOrNothing({ title: it.contact_title, email: it.email, phones: numbers });
  return said ? [{ id: contactId(it.id), service_id: it.id, ...said }] : [];
}

/** Areas with a code of the Office for National Statistics have an address there. */
const areaUri = (type: string, code: string): string | undefined =>
  type === 'outcode' || type === 'sector'
    ? undefined
    : `http://statistics.data.gov.uk/id/statistical-geography/${encodeURIComponent(code)}`;

/** The areas of a listing; what could not be looked up goes on in the words in which it came. */
const serviceAreas = (it: Service): OrukService['service_areas'] => [
  ...it.service_areas.map(({ type, code, name, district, said_as, approximate, outline }) =>
    withoutEmpty({
      id: publishedId(it.id, 'service_area', type, code, ...(said_as === undefined ? [] : [said_as])),
      service_id: it.id,
      name,
      service_area: name,
      uri: areaUri(type, code),
      signpost: withoutEmpty({ type, code, district, said_as, approximate, outline }),
    }),
  ),
  ...it.service_area_words.map((words) =>
    withoutEmpty({
      id: publishedId(it.id, 'service_area', 'words', words),
      service_id: it.id,
      name: words,
      service_area: words,
    }),
  ),
];

const costs = (it: Service): OrukService['cost_options'] =>
  it.cost_options.map(({ option, amount, amount_description, concession }, index) => {
    const pounds = amount ?? (option === 'free' ? 0 : undefined);
    return withoutEmpty({
      id: publishedId(it.id, 'cost_option', index),
      service_id: it.id,
      option: concession ? `${option}, concession` : option,
      amount: pounds,
      currency: pounds === undefined ? undefined : 'GBP',
      amount_description,
    });
  });

const attributes = (it: Service): OrukAttribute[] => [
  ...codedAttributes(it.id, 'category', it.taxonomy_terms),
  ...codedAttributes(it.id, 'kind', [it.kind]),
  ...codedAttributes(it.id, 'attending_type', it.attending_types),
  ...codedAttributes(it.id, 'join', it.join),
  ...answeredAttributes(it.id, 'service', 'pain_friendly', it.pain_friendly),
  ...answeredAttributes(
    it.id,
    'service',
    'support',
    Object.fromEntries(QUESTION_KEYS.map((question) => [question, it[question]])),
  ),
];

const extras = (
  it: Service,
  { confidential, unconfirmed }: Record<'confidential' | 'unconfirmed', boolean>,
): OrukService['signpost'] =>
  withoutEmptyOrNothing({
    summary: it.summary,
    written_in: it.written_in === UNDETERMINED ? undefined : it.written_in,
    first_visit: it.first_visit,
    restrictions: it.eligibility.restrictions,
    // Without an area in the record nothing else tells 'from anywhere' from 'not said'.
    service_area_status: it.service_areas.length === 0 ? it.service_area_status : undefined,
    service_area_home: it.service_area_home,
    availability: it.availability,
    source: it.source,
    assured_date: checkedOn(it) ?? undefined,
    assured_by: it.assured_by,
    checked: it.checked,
    guessed: guessesIn(it).length > 0 ? [...guessesIn(it)] : undefined,
    clinical: withoutEmptyDeep(it.clinical) as Service['clinical'],
    unconfirmed: unconfirmed || undefined,
    confidential_location: confidential || undefined,
    example: it.example || undefined,
  });
