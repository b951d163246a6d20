import { MOST_CHARACTERS, MOST_PHONES, type PhonesRead } from './reader.ts';

/** What to write where a telephone number cannot be read: for who fills in a form, or a cell of a table. */

const LIKE = 'like 020 7946 0018, 116 123 or ‘text 60777’';

/** A sentence without a full stop; null where all is read. */
export function phonesProblem(typed: string, { phones, unread }: Pick<PhonesRead, 'phones' | 'unread'>): string | null {
  if (typed.length > MOST_CHARACTERS)
    return `The numbers and their notes are too long: ${MOST_CHARACTERS} characters are the most`;
  if (unread !== null && /^[\d.,]+e\+?\d+$/i.test(unread))
    return `A spreadsheet has made ‘${unread}’ of the number. Format the column as text, and write it again`;
  if (unread !== null && /^\D*[5-8]\d{4,6}\D*$/.test(unread))
    return `Write ‘text ${unread.replace(/\D/g, '')}’ if people send a text to this number, or the whole number if they ring it`;
  if (unread !== null) {
    const digits = unread.replace(/\D/g, '').length;
    const why =
      digits === 9 || digits === 10
        ? 'a digit may be missing'
        : digits > 11
          ? 'it has too many digits'
          : 'it cannot be dialled';
    return `‘${unread}’ is no telephone number: ${why}. Write the whole number with its code, ${LIKE}`;
  }
  if (phones.length === 0) return `‘${typed}’ is no telephone number. Write digits, ${LIKE}`;
  return phones.length > MOST_PHONES ? `Write at most ${MOST_PHONES} numbers` : null;
}
