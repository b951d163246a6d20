import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { type OpenIndex, openIndex } from '../../../api/directory/open-index.ts';
import type { Service } from '../../../api/domain/service.ts';
import { importPostcodes } from '../../../api/geocode/import/import.ts';
import { type ImportsApart, importsApart } from '../../../api/import/apart/apart.ts';
import { reportMark } from '../../../api/import/csv/uploads.ts';
import { registerFeed } from '../../../api/import/feeds.ts';
import { feedsToHarvest } from '../../../api/import/schedule.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { harvestsOf } from '../../../api/store/feeds.ts';
import { countListings } from '../../../api/store/listings.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { findUpload } from '../../../api/store/uploads.ts';
import { FEED } from '../../fixtures/feed.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';
import { RIGHT, tableOf } from './csv-file.ts';
import { pageOf, sendJson, serveFeed } from './world.ts';

/** Lists are taken in by a process beside the one that searches. Clocks of processes run on, so this one's does too. */

const PERSON = 1;
const now = () => new Date();

let folder: Folder;
let file: string;
let server: Directory;
let opened: OpenIndex;
let imports: ImportsApart;
beforeAll(async () => {
  folder = temporaryFolder();
  file = folder.file('directory.sqlite');
  const db = openStore(file);
  await importPostcodes(db, join(import.meta.dirname, '../../fixtures/postcodes.csv'));
  opened = openIndex(db, readVocabulary(''));
  server = createDirectory({ db, index: opened.index, now, follower: opened.follower });
  imports = importsApart({ file, allowPrivate: true }, opened.follow);
});
afterAll(async () => {
  await imports.stop();
  closeStore(server.db);
  folder.remove();
});

const rows = (count: number, group: string) =>
  Buffer.from(
    tableOf(Array.from({ length: count }, (_, n) => ({ ...RIGHT, name: `${group} ${n + 1}`, organisation: group }))),
  );

async function sent(body: Uint8Array, source: string): Promise<string> {
  const looked = await imports.look({ name: 'list.csv', source, person: PERSON }, body);
  if (!('id' in looked)) throw new Error(looked.problems.map(({ words }) => words).join(' '));
  return looked.id;
}
const markOf = (id: string): string => reportMark(findUpload(server.db, id, now().toISOString())?.report ?? '');

test('a table is looked at and taken in elsewhere, and is in the next search here once that is said', async () => {
  const id = await sent(rows(3, 'Knitters'), 'A list');
  expect(opened.index.size).toBe(0);
  expect(await imports.confirm(id, PERSON, markOf(id))).toBe('done');
  expect(opened.index.size).toBe(3);
  expect(imports.isAtWork).toBe(false);
  expect(await imports.look({ name: 'x', source: 'x', person: PERSON }, Buffer.from('a,b\n1,2'))).toHaveProperty(
    'problems',
  );
});

test('a feed is harvested elsewhere, while this process writes; nothing of either is lost', async () => {
  const council = await serveFeed((_, response, url) => sendJson(response, pageOf(Object.values(FEED), url)));
  const form = { name: 'Elsewhere', url: council.url, licence: '', every_hours: '24', home: '', within: '' };
  const made = registerFeed(server, form, true);
  if (!('feed' in made)) throw new Error('The feed is right.');
  const harvest = imports.harvest(feedsToHarvest(server));
  const [first] = server.db.prepare('SELECT id FROM service').pluck().all() as string[];
  const service = read(first ?? '');
  let edits = 0;
  for (let done = false; !done; edits++) {
    server.change((save) =>
      save(
        { services: [{ service: { ...service, name: `Knitters, edited ${edits}` }, state: 'published' }] },
        { action: 'edited', role: 'moderator' },
      ),
    );
    done = await Promise.race([harvest.then(() => true), new Promise<false>((on) => setTimeout(on, 20, false))]);
  }
  await council.close();
  const [report] = harvestsOf(server.db, made.feed.id, 1);
  expect(report).toMatchObject({ outcome: 'complete' });
  expect(report?.added).toBeGreaterThan(5);
  expect(read(service.id).name).toBe(`Knitters, edited ${edits - 1}`);
  expect(opened.index.size).toBe(countPublic());
});

const read = (id: string): Service =>
  JSON.parse(server.db.prepare('SELECT document FROM service WHERE id = ?').pluck().get(id) as string);
const countPublic = (): number =>
  server.db.prepare("SELECT count(*) FROM service WHERE state = 'published'").pluck().get() as number;

test('killed half-way it has lost nothing that it wrote, and what is left is taken in the next time', async () => {
  const before = countListings(server.db);
  const id = await sent(rows(75, 'Walkers'), 'A longer list');
  const child = fork(join(import.meta.dirname, '../../../api/import/apart/process.ts'), [JSON.stringify({ file })], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send({ number: 1, what: 'confirm', given: [id, PERSON, markOf(id)] });
  await written(child, before);
  child.kill('SIGKILL');
  const [code] = await once(child, 'exit');
  expect(code).toBeNull();
  const half = countListings(server.db) - before;
  expect([50, 75]).toContain(half);
  expect(findUpload(server.db, id, now().toISOString())?.done_at).toBeNull();

  // What the file would do is another thing now, and is shown before it is done.
  if (half < 75) expect(await imports.confirm(id, PERSON, markOf(id))).toBe('changed');
  expect(await imports.confirm(id, PERSON, markOf(id))).toBe('done');
  expect(countListings(server.db) - before).toBe(75);
  expect(opened.index.size).toBe(countPublic());
});

/** Waits for the first rows to be there. */
async function written(child: ChildProcess, before: number): Promise<void> {
  while (countListings(server.db) === before && child.exitCode === null) await new Promise((on) => setTimeout(on, 1));
}

test('it ends with the server where that ends at once, too', async () => {
  const child = fork(join(import.meta.dirname, '../../../api/import/apart/process.ts'), [JSON.stringify({ file })]);
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('where it ends before it has answered, that is told', async () => {
  const id = await sent(rows(2, 'Late'), 'Late');
  const told = expect(imports.confirm(id, PERSON, markOf(id))).rejects.toThrow('The server is stopping.');
  await imports.stop();
  await told;
  await expect(imports.confirm(id, PERSON, '')).rejects.toThrow('The server is stopping.');
});
