import { isUtf8 } from 'node:buffer';
import { type GuessedText, guessText } from './guess.ts';

/** The text of a file or an answer, whatever program saved it: UTF-8, UTF-16 as Excel's 'Unicode text', or one byte a letter. */

export interface DecodedFile {
  text: string;
  /** How it was read, where that is not plainly UTF-8. */
  note: string | null;
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

/** A file that is no text, or that two encodings make as much sense of; the message says what to do. */
export class NotText extends Error {
  override name = 'NotText';
}

const SAVE = 'In the spreadsheet program choose Save as, then ‘CSV UTF-8’, and send that file.';

/** How a file was read that is not UTF-8 alone; null where it is. */
function noteOn({ encoding, mixed, rival }: GuessedText): string | null {
  if (encoding === 'UTF-8') return null;
  const how =
    mixed > 0
      ? `Some of the file is UTF-8; ${mixed.toLocaleString('en-GB')} of its lines are not, and were read as ${encoding}.`
      : `The file was read as ${encoding}.`;
  const perhaps = rival ? ` It may be ${rival.encoding}: ‘${rival.here}’ would be ‘${rival.there}’.` : '';
  return `${how}${perhaps} Look at names with accents.`;
}

/**
 * Reads the bytes of a table as text, without the mark at its beginning.
 * @throws NotText for a workbook, a picture and the like, and where nobody can tell which letters were meant
 */
export function decodeTable(bytes: Uint8Array): DecodedFile {
  if (begins(bytes, 0x50, 0x4b, 3, 4) || begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new NotText(`This is a workbook and not a CSV file. ${SAVE}`);
  const wide = utf16(bytes);
  if (wide)
    return {
      text: new TextDecoder(wide).decode(bytes),
      note: 'The file was read as UTF-16. Look at names with accents.',
    };
  if (bytes.subarray(0, LOOKED_AT).includes(0))
    throw new NotText('This is no text file. Save the table as ‘CSV UTF-8’, and send that file.');
  const guessed = guessText(bytes);
  if (guessed.rival)
    throw new NotText(
      `The letters with accents can be read in two ways: as ${guessed.encoding} there is ‘${guessed.rival.here}’ in it, as ${guessed.rival.encoding} ‘${guessed.rival.there}’. ${SAVE}`,
    );
  return { text: guessed.text, note: noteOn(guessed) };
}

/** Bytes of a feed to text: by their mark, as UTF-8, by the declared charset, else by what makes sense. */
export function decodeFeed(bytes: Uint8Array, charset: string | null): DecodedFile {
  const marked = begins(bytes, 0xff, 0xfe) ? 'utf-16le' : begins(bytes, 0xfe, 0xff) ? 'utf-16be' : null;
  if (marked) return { text: new TextDecoder(marked).decode(bytes), note: `It was written as ${marked}.` };
  const declared = charset === null || isUtf8Label(charset) ? null : decoderFor(charset);
  if (declared && !isUtf8(bytes))
    return { text: declared.decode(bytes), note: `It is no UTF-8, and was read as ${charset}.` };
  const { text, encoding, rival } = guessText(bytes);
  if (encoding === 'UTF-8') return { text, note: null };
  const perhaps = rival ? ` It may be ${rival.encoding}.` : '';
  return { text, note: `It is no UTF-8, and was read as ${encoding}.${perhaps}` };
}

const isUtf8Label = (charset: string): boolean => /^utf-?8$/i.test(charset);

function decoderFor(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
