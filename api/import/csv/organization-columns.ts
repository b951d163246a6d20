import type { Organization } from '../../domain/service.ts';
import { writtenPhone } from '../../domain/telephone/written.ts';
import { cellText, type TableColumn, UnreadableCell } from './column.ts';
import { emailAddress, telephones, webAddressOf } from './values.ts';

/** The columns of the organization that runs a listing. */

type Text = 'name' | 'description' | 'email' | 'phone' | 'url' | 'charity_number' | 'company_number';

const field = (
  key: Text,
  column: Omit<TableColumn, 'read' | 'write' | 'clear'>,
  read: (cell: string) => { value: string; repair?: string | undefined },
): TableColumn => ({
  ...column,
  write: ({ organization }) => organization[key] ?? '',
  read(cell, { organization }) {
    const { value, repair } = read(cell);
    Object.assign(organization, { [key]: value });
    return repair;
  },
  ...(key !== 'name' && {
    clear({ organization }: { organization: Partial<Organization> }) {
      delete organization[key];
    },
  }),
});

/** The number of a charity as its register writes it; spreadsheets and people add spaces, dots and 'No.'. */
function charityNumber(cell: string): { value: string } {
  const value = cell.toUpperCase().replace(/REG(ISTERED)?|CHARITY|NUMBER|NO\b|[\s.:()-]/g, '');
  if (!/^(SC\d{6}|NIC?\d{6}|\d{6,8})$/.test(value))
    throw new UnreadableCell(`‘${cell}’ is no charity number. Write it like 1234567, SC012345 or NIC123456.`);
  return { value };
}

function companyNumber(cell: string): { value: string; repair?: string } {
  const typed = cell.toUpperCase().replace(/\s/g, '');
  const value = /^\d{6,7}$/.test(typed) ? typed.padStart(8, '0') : typed;
  if (!/^([A-Z]{2}\d{6}|\d{8})$/.test(value))
    throw new UnreadableCell(`‘${cell}’ is no company number. Write it like 01234567 or SC123456.`);
  return value === typed
    ? { value }
    : { value, repair: 'The 0 that a spreadsheet took from the company number was put back.' };
}

export const ORGANIZATION_COLUMNS: readonly TableColumn[] = [
  field(
    'name',
    {
      name: 'organisation',
      also: ['organization', 'org', 'organisation name', 'organization name', 'provider', 'run by'],
      help: 'Who runs it. The same name in several rows is the same organisation.',
      example: 'Homerton Moves',
      required: true,
    },
    (cell) => ({ value: cellText(cell, 160) }),
  ),
  field(
    'description',
    {
      name: 'about the organisation',
      also: ['organisation description'],
      help: 'A few lines.',
      example: 'A group of neighbours.',
    },
    (cell) => ({ value: cellText(cell, 4000) }),
  ),
  field(
    'charity_number',
    {
      name: 'charity number',
      also: ['charity no', 'registered charity number'],
      help: 'If it has one.',
      example: '1234567',
    },
    charityNumber,
  ),
  field(
    'company_number',
    { name: 'company number', also: ['company no'], help: 'If it has one.', example: '' },
    companyNumber,
  ),
  field(
    'url',
    {
      name: 'organisation web page',
      also: ['organisation website'],
      help: 'Its own page.',
      example: 'https://www.example.org',
    },
    (cell) => {
      const { url, repair } = webAddressOf(cell);
      return { value: url, repair };
    },
  ),
  field('email', { name: 'organisation email', help: 'Its own address.', example: '' }, (cell) => {
    const { email, repair } = emailAddress(cell);
    return { value: email, repair };
  }),
  field(
    'phone',
    { name: 'organisation phone', also: ['organisation telephone'], help: 'Its own number.', example: '' },
    (cell) => {
      const { phones, repair } = telephones(cell);
      return { value: writtenPhone(phones[0]!).slice(0, 80), repair };
    },
  ),
];
