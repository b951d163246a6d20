/** The text of a file, whatever program saved it: UTF-8, UTF-16 as Excel's 'Unicode text', or Windows-1252. */

export interface Decoded {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
}

/** Bytes looked at to tell UTF-16 without a mark at its beginning. */
const LOOKED_AT = 4_000;
/** Every other byte of Western text in UTF-16 is 0; one in three is enough to tell. */
const ZEROES = 0.3;

const begins = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (begins(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (begins(bytes, 0xfe, 0xff)) return 'utf-16be';
  const head = bytes.subarray(0, LOOKED_AT);
  const zeroes = [0, 0];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeroes[at & 1]!++;
  const [even = 0, odd = 0] = zeroes;
  if (odd > head.length * ZEROES && even < odd / 10) return 'utf-16le';
  return even > head.length * ZEROES && odd < even / 10 ? 'utf-16be' : null;
}

/** A file that is no text at all; the message says what to do. */
export class NotText extends Error {
  override name = 'NotText';
}

/**
 * Reads the bytes of a file as text, without the mark at its beginning.
 * @throws NotText for a workbook, a picture and the like
 */
export function decode(bytes: Uint8Array): Decoded {
  if (begins(bytes, 0x50, 0x4b, 3, 4) || begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new NotText(
      'This is a workbook and not a CSV file. In the spreadsheet program choose Save as, then ‘CSV UTF-8’, and send that file.',
    );
  const wide = utf16(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: 'UTF-16' };
  if (bytes.subarray(0, LOOKED_AT).includes(0))
    throw new NotText('This is no text file. Save the table as ‘CSV UTF-8’, and send that file.');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}
