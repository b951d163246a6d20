import { type Answers, one } from '../domain/answers.ts';
import { COSTS, type Service } from '../domain/service.ts';
import { type Group, json, set } from './listing-draft.ts';
import { languageTag, partsOf, poundsOf, yearsOf } from './typed.ts';

type Cost = Service['cost_options'][number];

function costs(answers: Answers): Cost[] {
  const option = COSTS.find((known) => known === one(answers, 'cost'));
  if (option === undefined) return [];
  const priced = (typed: string, note: string) => ({
    ...(poundsOf(typed) === null ? {} : { amount: poundsOf(typed)! }),
    ...(note === '' ? {} : { amount_description: note }),
  });
  const full: Cost = {
    option,
    concession: false,
    ...priced(option === 'free' ? '' : one(answers, 'amount'), one(answers, 'amount_note')),
  };
  const lower = poundsOf(one(answers, 'concession'));
  if (lower === null || option === 'free') return [full];
  const note = one(answers, 'concession_note');
  const reduced: Omit<Cost, 'concession'> =
    lower === 0
      ? { option: 'free' as const, ...priced('', note) }
      : { option, ...priced(one(answers, 'concession'), note) };
  return [full, { ...reduced, concession: true }];
}

/** Whom it is for and what it costs. */
export const TERM_GROUPS: readonly Group[] = [
  {
    fields: ['for_whom'],
    shows: ['eligibility'],
    put: ({ service }, answers) => set(service.eligibility, 'description', one(answers, 'for_whom')),
  },
  {
    fields: ['minimum_age', 'maximum_age'],
    shows: ['ages'],
    put({ service }, answers) {
      set(service.eligibility, 'minimum_age', yearsOf(one(answers, 'minimum_age')));
      set(service.eligibility, 'maximum_age', yearsOf(one(answers, 'maximum_age')));
    },
  },
  {
    fields: ['restrictions'],
    shows: ['restrictions'],
    put: ({ service }, answers) =>
      set(service.eligibility, 'restrictions', partsOf(one(answers, 'restrictions')).slice(0, 5)),
  },
  {
    fields: ['served', 'served_areas'],
    shows: ['service_areas'],
    put({ service }, answers) {
      service.service_areas = one(answers, 'served') === 'areas' ? json(answers, 'served_codes', []) : [];
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
      service.languages = partsOf(one(answers, 'languages')).flatMap((name) => languageTag(name) ?? []);
    },
  },
];
