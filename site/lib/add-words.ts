import { QUESTION_KEYS, QUESTIONS } from '#api/domain/questions.ts';
import type { StepKey } from '#api/submit/fields.ts';

/** In which step of the form a field of a listing is asked for. */
const STEP_OF: Readonly<Record<string, StepKey>> = {
  organization: 'who',
  charity_number: 'who',
  company_number: 'who',
  organization_contact: 'who',
  organization_description: 'who',
  name: 'what',
  alternate_name: 'what',
  summary: 'what',
  description: 'what',
  written_in: 'what',
  kind: 'what',
  categories: 'what',
  sessions: 'when',
  schedule_note: 'when',
  attending: 'where',
  venue: 'where',
  point: 'where',
  eligibility: 'for',
  ages: 'for',
  restrictions: 'for',
  service_areas: 'for',
  cost: 'for',
  languages: 'for',
  ...Object.fromEntries(QUESTION_KEYS.map((key) => [key, QUESTIONS[key].step])),
  pain_friendly: 'pain',
};

/** The step; what is in none of the table is about getting in and joining. */
export const stepOfChange = (field: string): StepKey => STEP_OF[field] ?? 'joining';
