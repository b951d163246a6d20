import { type Answers, singleAnswer } from '../domain/answers.ts';
import { COSTS, type Service } from '../domain/service.ts';
import { type FieldGroup, jsonAnswer, set } from './listing-draft.ts';
import { languageTag, poundsOf, typedParts, yearsOf } from './typed.ts';

type Cost = Service['cost_options'][number];

function costs(answers: Answers): Cost[] {
  const option = COSTS.find((known) => known === singleAnswer(answers, 'cost'));
  if (option === undefined) return [];
  const priced = (typed: string, note: string) => ({
    ...(poundsOf(typed) === null ? {} : { amount: poundsOf(typed)! }),
    ...(note === '' ? {} : { amount_description: note }),
  });
  const full: Cost = {
    option,
    concession: false,
    ...priced(option === 'free' ? '' : singleAnswer(answers, 'amount'), singleAnswer(answers, 'amount_note')),
  };
  const lower = poundsOf(singleAnswer(answers, 'concession'));
  if (lower === null || option === 'free') return [full];
  const note = singleAnswer(answers, 'concession_note');
  const reduced: Omit<Cost, 'concession'> =
    lower === 0
      ? { option: 'free' as const, ...priced('', note) }
      : { option, ...priced(singleAnswer(answers, 'concession'), note) };
  return [full, { ...reduced, concession: true }];
}

/** Whom it is for and what it costs. */
export const TERM_GROUPS: readonly FieldGroup[] = [
  {
    fields: ['for_whom'],
    shows: ['eligibility'],
    put: ({ service }, answers) => set(service.eligibility, 'description', singleAnswer(answers, 'for_whom')),
  },
  {
    fields: ['minimum_age', 'maximum_age'],
    shows: ['ages'],
    put({ service }, answers) {
      set(service.eligibility, 'minimum_age', yearsOf(singleAnswer(answers, 'minimum_age')));
      set(service.eligibility, 'maximum_age', yearsOf(singleAnswer(answers, 'maximum_age')));
    },
  },
  {
    fields: ['restrictions'],
    shows: ['restrictions'],
    put: ({ service }, answers) =>
      set(service.eligibility, 'restrictions', typedParts(singleAnswer(answers, 'restrictions')).slice(0, 5)),
  },
  {
    fields: ['served', 'served_areas'],
    shows: ['service_areas'],
    put({ service }, answers) {
      service.service_areas =
        singleAnswer(answers, 'served') === 'areas' ? jsonAnswer(answers, 'served_codes', []) : [];
    },
  },
  {
    fields: ['cost', 'amount', 'amount_note', 'concession', 'concession_note'],
    shows: ['cost'],
    checks: 'cost',
    put: ({ service }, answers) => set(service, 'cost_options', costs(answers)),
  },
  {
    fields: ['languages'],
    shows: ['languages'],
    put({ service }, answers) {
      service.languages = typedParts(singleAnswer(answers, 'languages')).flatMap((name) => languageTag(name) ?? []);
    },
  },
];
