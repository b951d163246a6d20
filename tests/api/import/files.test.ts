import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { kindOfFile, readFileRecords } from '../../../api/import/source/file.ts';
import type { Piece } from '../../../api/import/source/lines.ts';
import { FEED_RECORDS } from '../../fixtures/feed.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** Files of records, in the forms in which people hand them over. */

const folder = temporaryFolder();
afterAll(() => folder.remove());

let number = 0;
async function read(content: string | Buffer, ending: string) {
  const file = folder.file(`${number++}.${ending}`);
  writeFileSync(file, content);
  const pieces: Piece[] = [];
  for await (const piece of readFileRecords(file, () => {})) pieces.push(piece);
  return {
    kind: await kindOfFile(file),
    records: pieces.flatMap((piece) => (piece.kind === 'record' ? [piece.raw] : [])),
    lines: pieces.flatMap((piece) => (piece.kind === 'record' ? [piece.line] : [])),
    faults: pieces.flatMap((piece) => (piece.kind === 'fault' ? [piece] : [])),
  };
}

const LINES = FEED_RECORDS.map((record) => JSON.stringify(record)).join('\n');
const ENVELOPE = { total_items: FEED_RECORDS.length, contents: FEED_RECORDS };

test.each([
  ['one record a line', LINES, 'ndjson'],
  ['one record a line, as Windows ends them', LINES.replaceAll('\n', '\r\n'), 'ndjson'],
  ['one record a line, gzipped', gzipSync(LINES), 'ndjson.gz'],
  ['gzipped under another name', gzipSync(LINES), 'ndjson'],
  ['an array', JSON.stringify(FEED_RECORDS), 'json'],
  ['an array over many lines', JSON.stringify(FEED_RECORDS, null, 2), 'json'],
  ['a page of a list', JSON.stringify(ENVELOPE), 'json'],
  ['a page over many lines, gzipped', gzipSync(JSON.stringify(ENVELOPE, null, 2)), 'json.gz'],
  ['a page of 1.0', JSON.stringify({ totalElements: 1, content: FEED_RECORDS }), 'json'],
])('%s', async (_, content, ending) => {
  const { records, faults } = await read(content, ending);
  expect(faults).toEqual([]);
  expect(records).toEqual(FEED_RECORDS);
});

test('a single record is one', async () => {
  expect((await read(JSON.stringify(FEED_RECORDS[0]), 'json')).records).toEqual([FEED_RECORDS[0]]);
});

test('lines that are broken are named; the others are read', async () => {
  const [first, second] = FEED_RECORDS;
  const { records, lines, faults } = await read(
    `${JSON.stringify(first)}\n{"id": "cut\n\n${JSON.stringify(second)}\n{"id":`,
    'ndjson',
  );
  expect(records).toEqual([first, second]);
  expect(lines).toEqual([1, 4]);
  expect(faults.map(({ about, words }) => [about.split(', ')[1], words])).toEqual([
    ['line 2', 'The line is no JSON, and was left out.'],
    ['line 5', 'The last line breaks off.'],
  ]);
  expect(faults.every(({ loses }) => loses)).toBe(true);
});

test('a line too long to be a record is left out, and not kept', async () => {
  const { records, faults } = await read(
    `${JSON.stringify(FEED_RECORDS[0])}\n"${'x'.repeat(6 * 1024 * 1024)}"\n${JSON.stringify(FEED_RECORDS[1])}`,
    'ndjson',
  );
  expect(records).toHaveLength(2);
  expect(faults[0]?.words).toMatch(/longer than 4 MB/);
});

test.each([
  ['an array that breaks off', '[{"id":"1","name":"a"},{"id"', 'json', /JSON is not whole/],
  ['a gzip that breaks off', gzipSync(LINES).subarray(0, 600), 'ndjson.gz', /unexpected end of file/i],
  ['JSON of something else', '{"id": 7,\n"hello": [1]}', 'json', /no services in it/],
])('%s is told, and is no end of the run', async (_, content, ending, words) => {
  const { faults } = await read(content, ending);
  expect(faults.at(-1)?.words).toMatch(words);
});

test('a spreadsheet is told from the rest', async () => {
  const file = folder.file('listings.csv');
  writeFileSync(file, '\ufeffname,organisation\nA,B\n');
  expect(await kindOfFile(file)).toBe('table');
});
