import { numbersIn } from './found.ts';
import { inOrderOfUse, type Phone } from './phone.ts';
import { readPhones } from './reader.ts';

/** What a number on a page leads to when it is tapped. */

/**
 * The address that rings a number, or writes a text to it: 'tel:+442079460018;ext=5' (RFC 3966), 'sms:85258' (RFC 5724).
 * @returns null for a fax, and for what cannot be dialled: it is shown without a link
 */
export function phoneLink(phone: Phone): string | null {
  const { number, extension, type } = understood(phone);
  if (type === 'fax') return null;
  const [found] = numbersIn(number, () => type === 'text');
  if (!found) return null;
  const { dial } = found.dialled;
  if (type === 'text') return dial.replace(/^tel:/, 'sms:');
  return extension === undefined || !dial.startsWith('tel:+') ? dial : `${dial};ext=${extension}`;
}

/** A number in its parts: what was stored before 0.4.0 has words and extension in the number itself. */
export function understood(phone: Phone): Phone {
  if (/^[\d\s()+.-]*$/.test(phone.number)) return phone;
  const [read] = readPhones(phone.number, phone).phones;
  return read ? { ...phone, ...read } : phone;
}

/**
 * The numbers by which people reach a listing, those first that can be rung: its own, or else its organization's. A fax is
 * none of them.
 */
export function contactPhones(
  service: { phones: readonly Phone[] },
  organization: { phone?: string | undefined },
): Phone[] {
  const own = service.phones.map(understood).filter(({ type }) => type !== 'fax');
  if (own.length > 0 || organization.phone === undefined) return inOrderOfUse(own);
  return [understood({ number: organization.phone })].filter(({ type }) => type !== 'fax');
}

/** The digits that are dialled within the country, for comparing; null where nothing can be dialled. */
export function nationalDigits(number: string): string | null {
  return numbersIn(readPhones(number).phones[0]?.number ?? '', () => true)[0]?.dialled.national ?? null;
}
