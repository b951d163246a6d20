import { cellParts, cellText, serviceText, type TableColumn, UnreadableCell } from './column.ts';
import { emailAddress, phoneNumber, webAddressOf } from './values.ts';

/** The columns of how to reach a listing. */

export const CONTACT_COLUMNS: readonly TableColumn[] = [
  {
    name: 'phone',
    also: ['telephone', 'tel', 'phone number', 'mobile'],
    help: 'A semicolon between several; what a number is for in brackets.',
    example: '020 7946 0037; 07700 900123 (text only)',
    write: ({ service }) =>
      service.phones.map(({ number, description }) => (description ? `${number} (${description})` : number)).join('; '),
    read(cell, { service }) {
      const repairs: string[] = [];
      service.phones = cellParts(cell).map((part) => {
        const [, typed = '', description] = /^(.*?)(?:\s*\(([^()]*[^\d()\s][^()]*)\))?$/.exec(part) ?? [];
        const { number, repair } = phoneNumber(typed.trim());
        if (repair) repairs.push(repair);
        return description ? { number, description: cellText(description, 80) } : { number };
      });
      if (service.phones.length > 5) throw new UnreadableCell('Write at most five numbers.');
      return repairs[0];
    },
    clear({ service }) {
      service.phones = [];
    },
  },
  {
    name: 'email',
    also: ['e mail', 'email address'],
    help: 'One address.',
    example: 'hello@example.org',
    write: ({ service }) => service.email ?? '',
    read(cell, { service }) {
      const { email, repair } = emailAddress(cell);
      service.email = email;
      return repair;
    },
    clear({ service }) {
      delete service.email;
    },
  },
  {
    name: 'web page',
    also: ['website', 'web site', 'url', 'web', 'link', 'web address'],
    help: 'The page about this listing.',
    example: 'https://www.example.org/seated-exercise',
    write: ({ service }) => service.url ?? '',
    read(cell, { service }) {
      const { url, repair } = webAddressOf(cell);
      service.url = url;
      return repair;
    },
    clear({ service }) {
      delete service.url;
    },
  },
  serviceText('contact_title', 80, {
    name: 'contact',
    also: ['contact role', 'contact title'],
    help: 'Whom to ask for, by role and not by name.',
    example: 'Class organiser',
  }),
];
