import { readAgeFields } from '../domain/ages.ts';
import { type Answers, jsonAnswer, singleAnswer } from '../domain/answers.ts';
import { readCosts } from '../domain/cost/reader.ts';
import { readLanguages } from '../domain/languages/reader.ts';
import { COSTS, type Service } from '../domain/service.ts';
import { type FieldGroup, set } from './listing-draft.ts';
import { typedParts } from './typed.ts';

type Cost = Service['cost_options'][number];

/** What is typed into a field for an amount, as prices; the note beside it is said of the first. */
function prices(typed: string, note: string): Cost[] {
  const [first, ...others] = readCosts(typed, true) ?? [];
  if (first === undefined) return [];
  const said = [first.amount_description, note].filter(Boolean).join(', ').slice(0, 120);
  return [{ ...first, ...(said !== '' && { amount_description: said }) }, ...others];
}

function costs(answers: Answers): Cost[] {
  const option = COSTS.find((known) => known === singleAnswer(answers, 'cost'));
  if (option === undefined) return [];
  const note = singleAnswer(answers, 'amount_note');
  const plain: Cost = { option, concession: false, ...(note !== '' && { amount_description: note }) };
  if (option === 'free') return [plain];
  const full = prices(singleAnswer(answers, 'amount'), note);
  const [only] = full;
  // One amount is of the kind that was chosen; several say for themselves what they are.
  const chosen = full.length === 1 && only ? [only.option === 'free' ? only : { ...only, option }] : full;
  const reduced = prices(singleAnswer(answers, 'concession'), singleAnswer(answers, 'concession_note'));
  return [
    ...(chosen.length > 0 ? chosen : [plain]),
    ...reduced.map((cost) => ({ ...cost, option: cost.option === 'free' ? cost.option : option, concession: true })),
  ].slice(0, 6);
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
      const ages = readAgeFields(singleAnswer(answers, 'minimum_age'), singleAnswer(answers, 'maximum_age'));
      set(service.eligibility, 'minimum_age', ages?.minimum_age);
      set(service.eligibility, 'maximum_age', ages?.maximum_age);
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
      const served = singleAnswer(answers, 'served');
      set(service, 'service_areas', served === 'areas' ? jsonAnswer(answers, 'served_codes', []) : []);
      set(service, 'service_area_status', served === 'unsaid' ? 'unsaid' : 'said');
      set(service, 'service_area_words', []);
      if (served !== 'unsaid') delete service.service_area_home;
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
      service.languages = readLanguages(singleAnswer(answers, 'languages')).tags;
    },
  },
];
