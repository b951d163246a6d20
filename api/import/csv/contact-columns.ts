import { writtenPhones } from '../../domain/telephone/written.ts';
import { serviceText, type TableColumn } from './column.ts';
import { emailAddress, telephones, webAddressOf } from './values.ts';

/** The columns of how to reach a listing. */

export const CONTACT_COLUMNS: readonly TableColumn[] = [
  {
    name: 'phone',
    also: ['telephone', 'tel', 'phone number', 'mobile'],
    help: 'A semicolon between several; what a number is for in brackets. Extensions, text numbers and textphones too.',
    example: '020 7946 0037; 07700 900123 (text only)',
    write: ({ service }) => writtenPhones(service.phones),
    read(cell, { service }) {
      const { phones, repair } = telephones(cell);
      service.phones = phones;
      return repair;
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
