import { type Answers, multipleAnswers } from '../domain/answers.ts';
import { ACCESS, PAIN_FRIENDLY, questionsOf } from '../domain/questions.ts';
import { PLACE_FIELDS } from './places.ts';

/** The steps of the form and what each asks. */

export const STEPS = [
  { key: 'who', title: 'Who you are' },
  { key: 'what', title: 'What it is' },
  { key: 'when', title: 'When it happens' },
  { key: 'where', title: 'Where it happens' },
  { key: 'for', title: 'Who it is for and what it costs' },
  { key: 'joining', title: 'Getting in and joining' },
  { key: 'pain', title: 'Pain-friendly practice' },
] as const;
export type StepKey = (typeof STEPS)[number]['key'];

/** The names of the fields of each step. */
export const STEP_FIELDS: Readonly<Record<StepKey, readonly string[]>> = {
  who: [
    'email',
    'organization',
    'organization_name',
    'charity_number',
    'company_number',
    'sponsor_name',
    'sponsor_role',
    'sponsor_contact',
  ],
  what: ['name', 'summary', 'description', 'written_in', 'kind', 'category_1', 'category_2', 'category_3'],
  when: ['sessions', 'arrangement', 'arrangement_note'],
  where: ['attending', 'various_places', 'venue', ...PLACE_FIELDS],
  for: [
    'for_whom',
    'minimum_age',
    'maximum_age',
    'restrictions',
    'served',
    'served_areas',
    'cost',
    'amount',
    'amount_note',
    'concession',
    'concession_note',
    'languages',
    ...questionsOf('for'),
  ],
  joining: [
    'join',
    'application_process',
    'first_visit',
    'phone',
    'public_email',
    'url',
    'contact_title',
    'availability',
    'availability_until',
    'transportation',
    ...ACCESS,
    'accessibility_notes',
    ...questionsOf('joining'),
  ],
  pain: [...PAIN_FRIENDLY],
};

/** Fields that take several answers. */
const SEVERAL: readonly string[] = ['attending', 'join'];
/** Characters that any field takes. A form with more is not accepted at all, so nothing that was typed is cut. */
const MOST_CHARACTERS = 60_000;

/** The answers of one step out of a form that was sent, as they were typed. */
export function answersFrom(form: FormData, step: StepKey): Answers {
  const read = (name: string): string[] =>
    form
      .getAll(name)
      .flatMap((value) => (typeof value === 'string' ? [value.slice(0, MOST_CHARACTERS).toWellFormed()] : []));
  return Object.fromEntries(
    STEP_FIELDS[step].map((name) => [name, SEVERAL.includes(name) ? read(name) : (read(name)[0] ?? '')]),
  );
}

/** Whether somebody has been at a step and left it with what they had typed. */
export const wasVisited = (answers: Answers, step: StepKey): boolean =>
  multipleAnswers(answers, 'visited').includes(step);
