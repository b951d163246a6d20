import type { Organization } from './service.ts';

/** A number of an organization in a public register. */
export interface Registered {
  /** The register's code of org-id.guide: 'GB-CHC'. */
  scheme: string;
  type: string;
  identifier: string;
}

/** The numbers that an organization has in registers. */
export const registersOf = ({
  charity_number,
  company_number,
}: Pick<Organization, 'charity_number' | 'company_number'>): Registered[] => [
  ...(charity_number === undefined
    ? []
    : [{ scheme: registerOf(charity_number), type: 'Charity number', identifier: charity_number }]),
  ...(company_number === undefined ? [] : [{ scheme: 'GB-COH', type: 'Company number', identifier: company_number }]),
];

/** Scotland and Northern Ireland have registers of charities of their own. */
const registerOf = (charity: string): string =>
  charity.startsWith('SC') ? 'GB-SC' : charity.startsWith('NI') ? 'GB-NIC' : 'GB-CHC';
