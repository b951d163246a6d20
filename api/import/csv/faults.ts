import type { z } from 'zod';

/** What the schema says against a record, in words for whoever made the spreadsheet. */

/** Fields of the schema by the column that they come from; the longest beginning counts. */
const COLUMN_OF: Record<string, string> = {
  'service.name': 'name',
  'service.alternate_name': 'also known as',
  'service.summary': 'summary',
  'service.description': 'description',
  'service.kind': 'kind',
  'service.taxonomy_terms': 'categories',
  'service.attending_types': 'how people take part',
  'service.eligibility': 'who it is for',
  'service.eligibility.minimum_age': 'youngest age',
  'service.eligibility.maximum_age': 'oldest age',
  'service.cost_options': 'cost',
  'service.schedules': 'when',
  'service.schedule_description': 'when in words',
  'service.service_areas': 'area served',
  'service.phones': 'phone',
  'service.email': 'email',
  'service.url': 'web page',
  'service.availability': 'availability',
  'service.source': 'source',
  'service.assured_date': 'last checked',
  'organization.name': 'organisation',
  'organization.charity_number': 'charity number',
  'organization.company_number': 'company number',
  'organization.email': 'organisation email',
  'organization.url': 'organisation web page',
  'organization.phone': 'organisation phone',
  'location.name': 'venue',
  'location.address': 'address',
  'location.address.postal_code': 'postcode',
  'location.address.city': 'town',
  'location.latitude': 'latitude',
  'location.longitude': 'longitude',
};

function columnOf(path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length--) {
    const column = COLUMN_OF[path.slice(0, length).join('.')];
    if (column !== undefined) return column;
  }
  return path.map(String).join(' ');
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `It is too long: ${issue.maximum} characters are the most.`;
  if (issue.code === 'too_big') return `There are too many: ${issue.maximum} are the most.`;
  if (issue.code === 'invalid_type' || issue.code === 'too_small') return 'Something is missing here. Write it.';
  return 'This cannot be read. Look at the example in the template.';
}

/**
 * The faults of a record by column.
 * @param kind what the record is
 */
export const faultsOf = (
  kind: 'service' | 'organization' | 'location',
  error: z.ZodError,
): { column: string; words: string }[] =>
  error.issues.map((issue) => ({ column: columnOf([kind, ...issue.path]), words: wordsOf(issue) }));
