import { dateOf } from './london.ts';

/** The grammar of iCalendar (RFC 5545): lines, escapes, values, and the time zone that all listings share. */

/** Lines are folded so that none is longer (RFC 5545, 3.1). Octets, without the line break. */
const LINE_OCTETS = 75;

/** Summer time as it has been since 1996 (london.ts), written out, since a file may be read without a network. */
export const TIMEZONE: readonly string[] = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/London',
  'BEGIN:DAYLIGHT',
  'DTSTART:19960331T010000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0100',
  'TZNAME:BST',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19961027T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0000',
  'TZNAME:GMT',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** A TEXT value: what means something to the format is escaped, other control characters are dropped. */
export const icalText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545, 3.3.11 forbids exactly these.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');

/** A DATE of a day counted from 1970: '20261124'. */
export const icalDate = (day: number): string => dateOf(day).replaceAll('-', '');

/** A DATE-TIME on the clock, of a day and the minutes since its midnight (1440 and more reach into the next day). */
export function icalLocal(day: number, minutes: number): string {
  const over = Math.floor(minutes / 1440);
  const rest = minutes - over * 1440;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${icalDate(day + over)}T${two(Math.floor(rest / 60))}${two(rest % 60)}00`;
}

/** A DATE-TIME in UTC, of milliseconds since 1970: '20261124T103000Z'. */
export const icalUtc = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** One line cut into pieces of at most 75 octets, never within a character. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS) return line;
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      pieces.push(piece);
      piece = '';
      // Every further piece begins with the space that marks it as one.
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n ');
}

/** Lines as a file: folded, each ended by CRLF. */
export const icalFile = (lines: readonly string[]): string => lines.map((line) => `${fold(line)}\r\n`).join('');
