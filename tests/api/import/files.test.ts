import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Organization, Service } from '../../../api/domain/service.ts';
import type { ImportFormat } from '../../../api/import/format.ts';
import { FORMATS, formatOf, titleOf } from '../../../api/import/formats.ts';
import { importedId } from '../../../api/import/hash.ts';
import { noCounts, takeIn } from '../../../api/import/run.ts';
import { recordsOfFile } from '../../../api/import/source/file.ts';
import { fileAt } from '../../../api/import/source/import-file.ts';
import type { Piece } from '../../../api/import/source/lines.ts';
import { addFeed } from '../../../api/store/feeds.ts';
import { FEED_RECORDS } from '../../fixtures/feed.ts';
import { NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { createSignpost } from './world.ts';

/** Files of records, in the forms in which people hand them over. */

const folder = temporaryFolder();
afterAll(() => folder.remove());

let number = 0;
async function read(content: string | Buffer, ending: string) {
  const file = folder.file(`${number++}.${ending}`);
  writeFileSync(file, content);
  const pieces: Piece[] = [];
  const shares: number[] = [];
  const opened = await fileAt(file, (share) => shares.push(share));
  for await (const piece of recordsOfFile(opened)) pieces.push(piece);
  return {
    format: formatOf(opened).label,
    read: shares.at(-1),
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
  const { format, records, faults, read: share } = await read(content, ending);
  expect(faults).toEqual([]);
  expect(records).toEqual(FEED_RECORDS);
  expect([format, share]).toEqual(['Open Referral UK', 1]);
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
  expect(formatOf(await fileAt(file)).label).toBe('CSV');
});

test.each([
  ['Warm spaces.oruk3.ndjson.gz', 'Warm spaces'],
  ['feed.JSON', 'feed'],
  ['Our groups.2026.csv', 'Our groups.2026'],
  ['listings', 'listings'],
  ['.csv', '.csv'],
])('the name %s is that of %s', (name, title) => {
  expect(titleOf(name)).toBe(title);
});

test('a further format needs nothing but to say how it is known and what its records come to', async () => {
  const names: ImportFormat = {
    label: 'names',
    help: 'a name a line',
    endings: ['.names'],
    holds: 'feed',
    recognizes: (beginning) => Buffer.from(beginning).toString().startsWith('# names'),
    async *read(file, { feed, today }) {
      for await (const part of file.bytes())
        for (const name of Buffer.from(part).toString().split('\n').slice(1)) {
          const organization = Organization.parse({ id: importedId(feed.id, 'organization'), name: feed.name });
          const service = Service.parse({
            id: importedId(feed.id, name),
            organization_id: organization.id,
            name,
            summary: name,
            description: name,
            kind: 'activity',
            taxonomy_terms: ['movement'],
            attending_types: ['online'],
            source: { name: feed.name },
            assured_date: today,
          });
          const listing = { service, organization, locations: [], state: 'published' as const, last_modified: '' };
          yield { kind: 'record', incoming: { record_id: name, name, listing, reasons: [], repairs: [], hash: name } };
        }
    },
  };
  const path = folder.file('groups.names.gz');
  writeFileSync(path, gzipSync('# names\nChair yoga\nTai chi'));
  const file = await fileAt(path);
  const format = formatOf(file, [names, ...FORMATS]);
  expect(format.label).toBe('names');

  const { db, directory, api } = createSignpost();
  const feed = addFeed(db, { name: 'Names', url: null, licence: null, state: 'by_hand', every_hours: 24 }, NOW);
  const counts = noCounts();
  await takeIn(directory, feed, format.read(file, { db, feed, today: NOW.slice(0, 10) }), {
    dryRun: false,
    batch: 10,
    run: 1,
    resumed: false,
    signal: new AbortController().signal,
    counts,
    onReport: () => {},
  });
  expect(counts.added).toBe(2);
  const found = await (await api.request('/api/v1/search?q=yoga')).json();
  expect(found.results.map(({ service }: { service: Service }) => service.name)).toEqual(['Chair yoga']);
});
