import type { CodeableConcept, ContactPoint, Extension, Meta, Reference } from 'fhir/r4';
import { understood } from '../domain/telephone/link.ts';
import type { Phone } from '../domain/telephone/phone.ts';
import { phoneWords } from '../domain/telephone/written.ts';
import { type TaxonomyName, taxonomyOf, termFor } from '../openreferral/vocabulary.ts';

/** Small parts of which FHIR resources are made (R4, hl7.org/fhir/R4/datatypes.html). */

/** The version that is served, as FHIR writes it. */
export const FHIR_VERSION = '4.0.1';

/** What is made up is told from what is real as FHIR tells test data. */
const TEST_DATA: NonNullable<Meta['tag']> = [
  { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST', display: 'test health data' },
];

/** @param modified ISO 8601 with time, as FHIR's `instant` asks for; undefined where it is not known */
export const metaOf = (modified: string | undefined, example: boolean): { meta?: Meta } => {
  const meta: Meta = { ...(modified !== undefined && { lastUpdated: modified }), ...(example && { tag: TEST_DATA }) };
  return Object.keys(meta).length > 0 ? { meta } : {};
};

/** A reference to a resource of ours, with its name for who does not follow it. */
export const referenceTo = (type: string, id: string, display: string): Reference => ({
  reference: `${type}/${id}`,
  type,
  display,
});

/** A code of a system, with its words. */
export const concept = (system: string, code: string, display: string): CodeableConcept => ({
  coding: [{ system, code, display }],
  text: display,
});

/** A term of one of our taxonomies; its system is the address at which Open Referral UK has the whole taxonomy. */
export function termConcept(site: string, name: TaxonomyName, code: string): CodeableConcept | null {
  const term = termFor(name, code);
  return term ? concept(`${site}/api/openreferral/v3/taxonomies/${taxonomyOf(name).id}`, code, term.name) : null;
}

/** FHIR has neither a textphone nor 'option 2': such words stand beside the number, in an extension of HL7's own. */
const CONTACT_NOTE = 'http://hl7.org/fhir/StructureDefinition/contactpoint-comment';

/** How somebody gets in touch; numbers in the order in which they are of use. */
export function telecom({
  phones = [],
  email,
  url,
}: {
  phones?: readonly Phone[] | undefined;
  email?: string | undefined;
  url?: string | undefined;
}): ContactPoint[] {
  return [
    ...phones.map((phone, index) => phonePoint(phone, index + 1)),
    ...(email === undefined ? [] : [{ system: 'email' as const, value: email }]),
    ...(url === undefined ? [] : [{ system: 'url' as const, value: url }]),
  ];
}

const SYSTEMS = { voice: 'phone', text: 'sms', textphone: 'other', fax: 'fax' } as const;

function phonePoint(phone: Phone, rank: number): ContactPoint {
  const { type = 'voice', description } = understood(phone);
  const note = [type === 'textphone' ? 'Textphone' : null, description].filter(Boolean).join(': ');
  const extension: Extension[] = note === '' ? [] : [{ url: CONTACT_NOTE, valueString: note }];
  return {
    system: SYSTEMS[type],
    value: phoneWords(phone),
    use: 'work',
    rank,
    ...(extension.length > 0 && { extension }),
  };
}
