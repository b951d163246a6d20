import { QUESTION_KEYS } from '../domain/questions.ts';
import { WEEKDAYS } from '../domain/service.ts';
import { taxonomyCodes } from '../domain/taxonomy.ts';
import { facetOf, LIST_FACETS, type ListFacet } from '../search/facets.ts';
import type { Filters } from '../search/types.ts';
import type { Condition } from '../store/scan-documents.ts';
import type { TaxonomyName, Term } from './vocabulary.ts';

/** What the parameters of a list ask of a service: as a filter of the search where there is one, and as SQL. */

/** The facets whose values are the terms of one of our taxonomies. */
const FACET_OF = new Map<TaxonomyName, ListFacet>(
  LIST_FACETS.flatMap((name) => {
    const { taxonomy } = facetOf(name);
    return taxonomy ? [[taxonomy, name]] : [];
  }),
);

/** The filter of the search that finds exactly what has a term; null where there is none. */
export function filterOf({ taxonomy, code, answer }: Term): Filters | null {
  const facet = FACET_OF.get(taxonomy);
  return facet === undefined || answer === 'no' ? null : { [facet]: [code] };
}

const inList = (path: string): string => `EXISTS (SELECT 1 FROM json_each(document, '${path}') WHERE value IN (
  SELECT value FROM json_each(:codes)))`;
/** At a location that may be published. */
const atPlace = (condition: string): string => `EXISTS (SELECT 1 FROM service_at_location AS at
  JOIN location ON location.id = at.location_id AND location.confidential = 0
  WHERE at.service_id = service.id AND ${condition})`;

/** That a service carries a term. */
export function carries({ taxonomy, code, answer = 'yes' }: Term): Condition {
  const codes = JSON.stringify(taxonomy === 'category' ? taxonomyCodes(code) : [code]);
  const values = { codes };
  switch (taxonomy) {
    case 'category':
      return { sql: inList('$.taxonomy_terms'), values };
    case 'kind':
      return { sql: `kind IN (SELECT value FROM json_each(:codes))`, values };
    case 'attending_type':
      return { sql: inList('$.attending_types'), values };
    case 'join':
      return { sql: inList('$.join'), values };
    case 'accessibility':
      return {
        sql: atPlace(`json_extract(location.document, '$.accessibility.' || :code) = :answer`),
        values: { code, answer },
      };
    case 'pain_friendly':
      return { sql: `json_extract(document, '$.pain_friendly.' || :code) = :answer`, values: { code, answer } };
    case 'support':
      return { sql: `json_extract(document, '$.' || :code) = :answer`, values: { code, answer } };
  }
}

/** That a service carries any term of a taxonomy; null where every service does. */
export function carriesAny(taxonomy: TaxonomyName): Condition | null {
  switch (taxonomy) {
    case 'category':
    case 'kind':
    case 'attending_type':
      return null;
    case 'join':
      return { sql: `json_array_length(document, '$.join') > 0`, values: {} };
    case 'accessibility':
      return {
        sql: atPlace(`EXISTS (SELECT 1 FROM json_each(location.document, '$.accessibility') WHERE value <> 'unknown')`),
        values: {},
      };
    case 'pain_friendly':
      return {
        sql: `EXISTS (SELECT 1 FROM json_each(document, '$.pain_friendly') WHERE value <> 'unknown')`,
        values: {},
      };
    case 'support':
      return {
        sql: QUESTION_KEYS.map((key) => `document ->> '$.${key}' <> 'unknown'`).join(' OR '),
        values: {},
      };
  }
}

/** Part of a week: a session must begin no sooner and end no later, on that day. */
export interface Window {
  day?: (typeof WEEKDAYS)[number] | undefined;
  /** 'HH:MM' */
  start_time?: string | undefined;
  end_time?: string | undefined;
}

/** That one session of a service lies in one of some windows. */
export function meetsIn(windows: readonly Window[]): Condition {
  const values: Condition['values'] = {};
  const one = ({ day, start_time, end_time }: Window, index: number): string => {
    const parts: string[] = [];
    if (day !== undefined) {
      values[`day${index}`] = day;
      // strftime counts from Sunday. What has no weekday of its own meets on that of its first date.
      values[`weekday${index}`] = String((WEEKDAYS.indexOf(day) + 1) % 7);
      parts.push(`(instr(session.value ->> '$.byday', :day${index}) > 0 OR (session.value ->> '$.byday' IS NULL
        AND session.value ->> '$.bymonthday' IS NULL
        AND strftime('%w', coalesce(session.value ->> '$.dtstart', session.value ->> '$.valid_from')) = :weekday${index}))`);
    }
    if (start_time !== undefined) {
      values[`start${index}`] = start_time;
      parts.push(`session.value ->> '$.opens_at' >= :start${index}`);
    }
    if (end_time !== undefined) {
      values[`end${index}`] = end_time;
      parts.push(`session.value ->> '$.closes_at' <= :end${index}`);
    }
    return `(${parts.join(' AND ')})`;
  };
  const any = windows.map(one).join(' OR ');
  return {
    sql: `EXISTS (SELECT 1 FROM json_each(document, '$.schedules') AS session WHERE ${any})`,
    values,
  };
}

/**
 * That the youngest or oldest age of a service, in years, is within those given. A service that gives no age is not.
 */
export function agesWithin({
  minimum,
  maximum,
}: {
  minimum?: number | undefined;
  maximum?: number | undefined;
}): Condition {
  const parts: string[] = [];
  const values: Condition['values'] = {};
  if (minimum !== undefined) {
    parts.push(`document ->> '$.eligibility.minimum_age' >= :minimum`);
    values['minimum'] = minimum;
  }
  if (maximum !== undefined) {
    parts.push(`document ->> '$.eligibility.maximum_age' <= :maximum`);
    values['maximum'] = maximum;
  }
  return { sql: parts.join(' AND '), values };
}
