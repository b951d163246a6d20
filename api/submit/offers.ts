import { type Answers, singleAnswer } from '../domain/answers.ts';
import type { Location, Organization } from '../domain/service.ts';
import { listingsKeptBy } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { organizationOfNumber } from '../store/organizations.ts';
import type { SubmissionForm } from './submission-form.ts';
import { charityOf, companyOf } from './typed.ts';

/** What may be chosen instead of typed: the organizations and venues of the listings that somebody looks after. */
interface Offered {
  organizations: Organization[];
  venues: Location[];
}

/** What is offered in a form: nothing until whoever fills it in has shown that they read the mail of its address. */
export function offeredTo(db: Db, { proved, submission }: SubmissionForm): Offered {
  if (!proved || submission.person === null || submission.kind === 'edit') return { organizations: [], venues: [] };
  const kept = listingsKeptBy(db, submission.person).flatMap((id) => findListing(db, id) ?? []);
  const byId = <T extends { id: string }>(records: T[]): T[] => [
    ...new Map(records.map((record) => [record.id, record])).values(),
  ];
  return {
    organizations: byId(kept.map(({ organization }) => organization)),
    venues: byId(kept.flatMap(({ locations }) => locations)).filter(
      ({ location_type }) => location_type === 'physical',
    ),
  };
}

/**
 * What was chosen, as it is now, and only if it was offered. An organization that is listed already with the same
 * registered number and name is taken to be that one, whoever fills in the form.
 */
export function choose(db: Db, form: SubmissionForm, step: 'who' | 'where', typed: Answers): Answers {
  const { organizations, venues } = offeredTo(db, form);
  const kept = (field: string, found: { id: string } | undefined, known = found): Answers => ({
    [field]: found?.id ?? '',
    [`chosen_${field}`]: known ? JSON.stringify(known) : '',
  });
  if (step === 'where')
    return kept(
      'venue',
      venues.find(({ id }) => id === singleAnswer(typed, 'venue')),
    );
  if (form.submission.kind === 'edit') return {};
  const chosen = organizations.find(({ id }) => id === singleAnswer(typed, 'organization'));
  const numbers = {
    charity: charityOf(singleAnswer(typed, 'charity_number')),
    company: companyOf(singleAnswer(typed, 'company_number')),
  };
  return kept(
    'organization',
    chosen,
    chosen ?? organizationOfNumber(db, { name: singleAnswer(typed, 'organization_name'), ...numbers }) ?? undefined,
  );
}
