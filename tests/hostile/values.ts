import type { Random } from '../api/search/random.ts';

/** What somebody may send who means harm, or whose program has a mistake in it. Names no host outside this computer. */

/** A character of each kind that has broken something somewhere, to be sent in long rows. */
const ROWS = [
  'a',
  ' ',
  '0',
  '9',
  '@',
  '(',
  '<',
  '&',
  '%',
  '.',
  '-',
  ',',
  '"',
  '\\',
  '\n',
  '\u0000',
  'é',
  'ﷺ',
  '😀',
  '\u202e',
  '\u200b',
];

const WORDS: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '-0',
  '1e309',
  'NaN',
  'Infinity',
  '99999999999999999999',
  '0x10',
  '1.5',
  '１２３',
  'true',
  'null',
  'undefined',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'prototype',
  '[object Object]',
  '../../../etc/passwd',
  '..%2f..%2fpackage.json',
  'C:\\Windows\\win.ini',
  'file:///etc/passwd',
  'http://127.0.0.1:1/',
  'http://169.254.169.254/latest/meta-data/',
  'https://[::1]/x',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' OR 1=1; --",
  '" OR ""="',
  '{{7*7}}',
  '=HYPERLINK("http://evil.example")',
  '%',
  '%00',
  '%ff%fe',
  '%c0%af',
  '\r\nSet-Cookie: x=y',
  'a\u0000b',
  '\ud800',
  '\ufeff',
  'E8 1EA',
  'e8',
  'ZZ99 3VZ',
  'SW1A 1AA SW1A 1AA',
  'a@b',
  'sam@example.org',
  'sam@example.org\r\nBcc: all@example.org',
  `${'a'.repeat(300)}@example.org`,
  'Tuesday 10 to 12 from 1/2/0026',
  'every 31 February',
  '29/2/2025 to 30/2/2025',
  'from 9999-12-31 to 0000-01-01',
  'every 0th Tuesday 25:61 to 99:99',
  'until 1 January 275760',
  'MO,TU;FREQ=SECONDLY;COUNT=1e9',
  '0000-00-00',
  '9999-99-99',
  '2026-11-21',
  '+275760-09-13',
  '£1,00,0.5.5',
  '-£5',
  '07946 0018 ext. 1e9',
  'Hackney\nHackney\nHackney',
  'England; Wales; constructor',
  '{"a":1}',
  '[]',
  '{',
  '[[[[[[[[[[[[[[[[[[[[',
  '00000000-0000-4000-8000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
];

/** One value; now and then one of the known ones, such as the id of a listing. */
export function hostileValue(random: Random, known: readonly string[]): string {
  const kind = random.below(10);
  if (kind < 2 && known.length > 0) return random.pick(known);
  if (kind === 2) return random.pick(ROWS).repeat(random.pick([1, 40, 100, 201, 2_000, 9_000]));
  if (kind === 3) return `${random.pick(WORDS)}${random.pick(WORDS)}`;
  if (kind === 4) {
    const codes = Array.from({ length: random.below(40) }, () => random.below(random.chance(0.3) ? 0x11_0000 : 0x250));
    return String.fromCodePoint(...codes);
  }
  return random.pick(WORDS);
}
