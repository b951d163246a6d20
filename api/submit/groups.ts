import { type Answers, jsonAnswer, multipleAnswers, singleAnswer } from '../domain/answers.ts';
import { readLanguages } from '../domain/languages/reader.ts';
import { mayBeWrittenIn, UNDETERMINED } from '../domain/languages/written.ts';
import { PAIN_FRIENDLY, QUESTION_KEYS } from '../domain/questions.ts';
import type { Service } from '../domain/service.ts';
import { readPhones } from '../domain/telephone/reader.ts';
import { PLACE_GROUPS } from './groups-place.ts';
import { TERM_GROUPS } from './groups-terms.ts';
import { type FieldGroup, set, triStateOf } from './listing-draft.ts';
import { charityOf, companyOf, languageTold, urlOf, wordsOfListing } from './typed.ts';

/**
 * New words may be in another language: somebody says in which, or they tell it. Where they do not, a listing stays in the
 * language that it was in, unless its letters are of another.
 */
function tellLanguage(service: Service, answers: Answers): void {
  const [said] = readLanguages(singleAnswer(answers, 'written_in')).tags;
  const told = languageTold(service);
  const stays = told === UNDETERMINED && mayBeWrittenIn(wordsOfListing(service), service.written_in);
  service.written_in = said ?? (stays ? service.written_in : told);
}

/** All groups, in the order of the form. */
export const GROUPS: readonly FieldGroup[] = [
  {
    fields: ['organization_name', 'charity_number', 'company_number'],
    shows: ['organization', 'charity_number', 'company_number'],
    put({ organization }, answers) {
      organization.name = singleAnswer(answers, 'organization_name');
      set(organization, 'charity_number', charityOf(singleAnswer(answers, 'charity_number')));
      set(organization, 'company_number', companyOf(singleAnswer(answers, 'company_number')));
    },
  },
  {
    fields: ['name'],
    shows: ['name', 'written_in'],
    put({ service }, answers) {
      set(service, 'name', singleAnswer(answers, 'name'));
      tellLanguage(service, answers);
    },
  },
  {
    fields: ['summary'],
    shows: ['summary', 'written_in'],
    put({ service }, answers) {
      set(service, 'summary', singleAnswer(answers, 'summary'));
      tellLanguage(service, answers);
    },
  },
  {
    fields: ['description'],
    shows: ['description', 'written_in'],
    put({ service }, answers) {
      set(service, 'description', singleAnswer(answers, 'description').replaceAll('\r\n', '\n'));
      tellLanguage(service, answers);
    },
  },
  {
    fields: ['written_in'],
    shows: ['written_in'],
    put: ({ service }, answers) => tellLanguage(service, answers),
  },
  {
    fields: ['kind'],
    shows: ['kind'],
    put: ({ service }, answers) => set(service, 'kind', singleAnswer(answers, 'kind') as Service['kind']),
  },
  {
    fields: ['category_1', 'category_2', 'category_3'],
    shows: ['categories'],
    put({ service }, answers) {
      const chosen = ['category_1', 'category_2', 'category_3']
        .map((name) => singleAnswer(answers, name))
        .filter(Boolean);
      service.taxonomy_terms = [...new Set([...chosen, ...service.taxonomy_terms.slice(3)])];
    },
  },
  {
    fields: ['sessions', 'session_places', 'arrangement', 'arrangement_note'],
    shows: ['sessions', 'schedule_note'],
    checks: 'time',
    put({ service }, answers) {
      const arranged = singleAnswer(answers, 'arrangement') === 'yes';
      service.schedules = singleAnswer(answers, 'sessions') === '' ? [] : jsonAnswer(answers, 'schedules', []);
      set(
        service,
        'schedule_description',
        singleAnswer(answers, 'arrangement_note') || (arranged ? 'By arrangement' : ''),
      );
    },
  },
  ...PLACE_GROUPS,
  ...TERM_GROUPS,
  {
    fields: ['join'],
    shows: ['join'],
    put: ({ service }, answers) => set(service, 'join', [...multipleAnswers(answers, 'join')] as Service['join']),
  },
  {
    fields: ['application_process'],
    shows: ['application_process'],
    put: ({ service }, answers) => set(service, 'application_process', singleAnswer(answers, 'application_process')),
  },
  {
    fields: ['first_visit'],
    shows: ['first_visit'],
    put: ({ service }, answers) => set(service, 'first_visit', singleAnswer(answers, 'first_visit')),
  },
  {
    fields: ['phone'],
    shows: ['phones'],
    checks: 'contact',
    put({ service }, answers) {
      service.phones = readPhones(singleAnswer(answers, 'phone')).phones;
    },
  },
  {
    fields: ['public_email'],
    shows: ['email'],
    checks: 'contact',
    put: ({ service }, answers) => set(service, 'email', singleAnswer(answers, 'public_email')),
  },
  {
    fields: ['url'],
    shows: ['url'],
    checks: 'contact',
    put: ({ service }, answers) => set(service, 'url', urlOf(singleAnswer(answers, 'url'))),
  },
  {
    fields: ['contact_title'],
    shows: ['contact_title'],
    checks: 'contact',
    put: ({ service }, answers) => set(service, 'contact_title', singleAnswer(answers, 'contact_title')),
  },
  {
    fields: ['availability', 'availability_until'],
    shows: ['availability'],
    put({ service }, answers) {
      const state = (singleAnswer(answers, 'availability') || 'open') as Service['availability']['state'];
      const until = singleAnswer(answers, 'availability_date');
      service.availability = { ...service.availability, state };
      set(service.availability, 'until', state === 'open' ? '' : until);
    },
  },
  ...QUESTION_KEYS.map(
    (key): FieldGroup => ({
      fields: [key],
      shows: [key],
      put: ({ service }, answers) => set(service, key, triStateOf(answers, key)),
    }),
  ),
  {
    fields: [...PAIN_FRIENDLY],
    shows: ['pain_friendly'],
    put({ service }, answers) {
      for (const practice of PAIN_FRIENDLY) service.pain_friendly[practice] = triStateOf(answers, practice);
    },
  },
];
