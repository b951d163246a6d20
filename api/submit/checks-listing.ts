import { singleAnswer } from '../domain/answers.ts';
import { readLanguages, unknownLanguage } from '../domain/languages/reader.ts';
import { KINDS } from '../domain/service.ts';
import { TAXONOMY_TERMS } from '../domain/taxonomy.ts';
import { readPhones } from '../domain/telephone/reader.ts';
import { type Check, isOneOf, missing, textProblem, when } from './problems.ts';
import { charityOf, companyOf, isEmail } from './typed.ts';

/** The checks of who it is from, what it is and when. */

export const who: Check = (answers, { kind }) => {
  const email = singleAnswer(answers, 'email');
  const chosen = singleAnswer(answers, 'organization') !== '';
  const charity = singleAnswer(answers, 'charity_number');
  const company = singleAnswer(answers, 'company_number');
  const informal = !chosen && kind === 'new' && charity === '' && company === '';
  const sponsor = singleAnswer(answers, 'sponsor_contact');
  return [
    kind === 'edit' ? null : when(email === '', 'email', 'Write your e-mail address, like name@example.org'),
    kind === 'edit'
      ? null
      : when(
          email !== '' && !isEmail(email),
          'email',
          'This is not an e-mail address that we can write to. Write one like name@example.org',
        ),
    chosen ? null : missing(answers, 'organization_name', 'Write the name of your organisation or group'),
    chosen ? null : textProblem(answers, 'organization_name', 'The name', 160, 0),
    when(
      !chosen && charity !== '' && charityOf(charity) === null,
      'charity_number',
      'A charity number is six or seven digits, or SC and six digits in Scotland, or NIC and six digits in Northern Ireland',
    ),
    when(
      !chosen && company !== '' && companyOf(company) === null,
      'company_number',
      'A company number is eight digits, or two letters and six digits, like SC123456',
    ),
    informal
      ? missing(
          answers,
          'sponsor_name',
          'Write the name of somebody who can vouch for your group, as it has no charity or company number',
        )
      : null,
    informal
      ? missing(answers, 'sponsor_contact', 'Write an e-mail address or phone number of whoever vouches for your group')
      : null,
    when(
      informal && sponsor !== '' && !isEmail(sponsor) && readPhones(sponsor).phones.length === 0,
      'sponsor_contact',
      'Write an e-mail address like name@example.org, or a phone number',
    ),
    textProblem(answers, 'sponsor_name', 'The name', 160, 0),
    textProblem(answers, 'sponsor_role', 'The role', 160, 0),
  ];
};

export const what: Check = (answers, { base }) => {
  const written = readLanguages(singleAnswer(answers, 'written_in'));
  const codes = TAXONOMY_TERMS.map(({ code }) => code);
  const kinds = KINDS.filter(
    (kind) => kind !== 'clinical' || (base !== null && singleAnswer(base, 'kind') === 'clinical'),
  );
  return [
    missing(answers, 'name', 'Write what it is called'),
    textProblem(answers, 'name', 'The name', 160, 0),
    missing(answers, 'summary', 'Say in one line what it is'),
    textProblem(answers, 'summary', 'The line', 180, 0),
    missing(answers, 'description', 'Write a few sentences on what happens there'),
    textProblem(answers, 'description', 'The description', 6000),
    when(
      written.unknown[0] !== undefined,
      'written_in',
      written.unknown[0] === undefined ? '' : unknownLanguage(written.unknown[0]),
    ),
    when(written.tags.length > 1, 'written_in', 'Write one language, like Polish'),
    when(!isOneOf(singleAnswer(answers, 'kind'), kinds), 'kind', 'Choose what sort of thing it is'),
    when(!isOneOf(singleAnswer(answers, 'category_1'), codes), 'category_1', 'Choose at least one subject'),
    ...['category_2', 'category_3'].map((field) =>
      when(!isOneOf(singleAnswer(answers, field), ['', ...codes]), field, 'Choose a subject from the list'),
    ),
  ];
};

export const whenCheck: Check = (answers) => {
  const arranged = singleAnswer(answers, 'arrangement') === 'yes';
  const trouble = singleAnswer(answers, 'sessions_trouble');
  return [
    when(
      singleAnswer(answers, 'sessions') === '' && !arranged,
      'sessions',
      'Write when it meets, or tick that there are no set times',
    ),
    when(trouble !== '', 'sessions', trouble),
    textProblem(answers, 'arrangement_note', 'The note', 300),
  ];
};
