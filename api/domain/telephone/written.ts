import { understood } from './link.ts';
import type { Phone, PhoneType } from './phone.ts';

/** How a number is said to people, and how it is written so that it can be read again. */

const TYPE_WORDS: Readonly<Record<PhoneType, string>> = {
  voice: 'Phone',
  text: 'Text',
  textphone: 'Textphone',
  fax: 'Fax',
};

/** What stands before a number: 'Phone', 'Text', 'Textphone' or 'Fax'. */
export const phoneLabel = (phone: Phone): string => TYPE_WORDS[understood(phone).type ?? 'voice'];

/** The number with its extension: '020 7946 0018 ext. 5'. */
export function phoneWords(phone: Phone): string {
  const { number, extension } = understood(phone);
  return extension === undefined ? number : `${number} ext. ${extension}`;
}

/** The whole of it on one line, as readPhones takes it: 'Text 07700 900124 (weekdays)'. */
export function writtenPhone(phone: Phone): string {
  const { type, description } = understood(phone);
  const label = type === undefined || type === 'voice' ? '' : `${TYPE_WORDS[type]} `;
  return `${label}${phoneWords(phone)}${description === undefined ? '' : ` (${description})`}`;
}

/** Several on one line, with a semicolon between them. */
export const writtenPhones = (phones: readonly Phone[]): string => phones.map(writtenPhone).join('; ');
