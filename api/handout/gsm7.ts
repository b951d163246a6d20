/** The alphabet of text messages: GSM 03.38 (3GPP TS 23.038, 6.2.1), in which one message holds 160 septets. */

export const SMS_SEPTETS = 160;

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes two septets: an escape and itself. */
const EXTENSION = '\f^{}\\[~]|€';

const basic = new Set(BASIC);
const extension = new Set(EXTENSION);

/** The septets that a text takes; null where it holds a character that is not in the alphabet. */
export function septets(text: string): number | null {
  let count = 0;
  for (const character of text) {
    if (basic.has(character)) count += 1;
    else if (extension.has(character)) count += 2;
    else return null;
  }
  return count;
}

/** Letters that Unicode does not split into a plain letter and an accent, and typographic punctuation. */
const PLAIN: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  œ: 'oe',
  Œ: 'OE',
  ẞ: 'SS',
  '‘': "'",
  '’': "'",
  '‚': ',',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '·': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/**
 * Writes a text in that alphabet, without the accents that it lacks.
 * @returns null where a letter has no plain form, as in another script
 */
export function toGsm7(text: string): string | null {
  let plain = '';
  for (const character of text.normalize('NFC')) {
    const known = septets(character) === null ? (PLAIN[character] ?? withoutAccent(character)) : character;
    if (septets(known) === null) return null;
    plain += known;
  }
  return plain;
}

const withoutAccent = (character: string): string => character.normalize('NFD').replace(/\p{M}/gu, '');
