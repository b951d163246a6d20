import { understood } from '../../domain/telephone/link.ts';
import type { Phone } from '../../domain/telephone/phone.ts';
import { phoneWords } from '../../domain/telephone/written.ts';

/**
 * A number in the fields of HSDS. There an extension is a number: one that begins with 0 would lose it, and stays with the
 * number.
 */
export function phoneParts(phone: Phone) {
  const { number, extension, type, description } = understood(phone);
  const apart = extension !== undefined && !extension.startsWith('0');
  return {
    number: apart ? number : phoneWords(phone),
    extension: apart ? Number(extension) : undefined,
    type,
    description,
  };
}
