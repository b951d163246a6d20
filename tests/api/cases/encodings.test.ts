import { describe, expect, test } from 'vitest';
import { characterOf, SINGLE_BYTE, type SingleByte } from '../../../api/import/encoding/single-byte.ts';
import { RIGHT, tableOf } from '../import/csv-file.ts';
import { sentTable } from './front-door.ts';

/** Tables saved by programs of all ages: the letters are guessed for the file as a whole, and asked about where two fit. */

const BYTES = Array.from({ length: 128 }, (_, index) => 0x80 + index);

/** The bytes of a text in an encoding of one byte a letter. */
const bytesOf = (text: string, encoding: SingleByte): Uint8Array =>
  Uint8Array.from([...text], (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x80) return code;
    const byte = BYTES.find((each) => characterOf(each, encoding) === character);
    if (byte === undefined) throw new Error(`${encoding} has no ${character}`);
    return byte;
  });

const named = (name: string, organisation = RIGHT['organisation']!) => tableOf([{ ...RIGHT, name, organisation }]);
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe('a table saved as', () => {
  test.each(
    SINGLE_BYTE.flatMap((encoding) =>
      ['Café Zoë', 'Été à Genève', 'CAFÉ', 'Über £5'].map((name) => [encoding, name] as const),
    ),
  )('%s: %s', async (encoding, name) => {
    const table = await sentTable(bytesOf(named(name), encoding));
    expect((await table.answer(name)).service.name).toBe(name);
    // Windows and Mac have the £ and some others in common: either is right then.
    expect(table.file.join()).toContain('Look at names with accents');
  });

  test.each([
    ['Windows-1252', 'Women’s group – “quiet hour”, £5'],
    ['Mac Roman', 'Women’s group – “quiet hour”, £5'],
  ] as const)('%s, with the marks of print', async (encoding, name) => {
    expect((await (await sentTable(bytesOf(named(name), encoding))).answer(name)).service.name).toBe(name);
  });
});

describe('a table of several encodings', () => {
  const rows = (...names: string[]) =>
    tableOf(names.map((name, index) => ({ ...RIGHT, name, organisation: `Trust ${index}` }))).split('\r\n');

  test('each row is read as what it is, and it is said', async () => {
    const [head = '', first = '', second = ''] = rows('Caffè Uno', 'Caffè Due');
    const table = await sentTable(
      joined(Buffer.from(`${head}\r\n${first}\r\n`), bytesOf(`${second}\r\n`, 'Windows-1252')),
    );
    expect((await table.answer('Caffè Uno')).service.name).toBe('Caffè Uno');
    expect((await table.answer('Caffè Due')).service.name).toBe('Caffè Due');
    expect(table.file.join()).toContain('Some of the file is UTF-8; 1 of its lines are not');
  });

  test('within one row', async () => {
    const [head = '', row = ''] = rows('Tŷ Mawr, caf*');
    const [start = '', end = ''] = row.split('*');
    const table = await sentTable(
      joined(Buffer.from(`${head}\r\n${start}`), bytesOf('é', 'Windows-1252'), Buffer.from(end)),
    );
    expect((await table.answer('Tŷ Mawr, café')).service.name).toBe('Tŷ Mawr, café');
  });

  test('letters that were read wrongly before they came are put right', async () => {
    const table = await sentTable(Buffer.from(named('CafÃ© ZoÃ« â€“ menâ€™s group')));
    expect((await table.answer('Café Zoë – men’s group')).service.name).toBe('Café Zoë – men’s group');
  });
});

test('where two encodings fit, nobody guesses: the two readings are shown, and nothing is read', async () => {
  // A blank that does not break, in Windows; an á, in DOS.
  const bytes = bytesOf(named('the\u00a0hall'), 'Windows-1252');
  await expect(sentTable(bytes)).rejects.toThrow(/can be read in two ways: .*‘theáhall’.*‘the\u00a0hall’.*CSV UTF-8/);
});
