import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectory } from '../../../api/directory/directory.ts';
import { openIndex } from '../../../api/directory/open-index.ts';
import { runAtOnce } from '../../../api/runtime/slices.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import type { SearchIndex } from '../../../api/search/types.ts';
import { type Cause, lastRevision } from '../../../api/store/changes.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { closeStore, type Db, openStore } from '../../../api/store/open.ts';
import { loadExamples } from '../../../api/store/seed.ts';
import { AT_NOW, NOW } from '../../helpers/clock.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';
import { randomQuery, VOCABULARY } from '../search/generated.ts';
import { Random } from '../search/random.ts';

/** The index over a file: kept in it, read again, and in step with whoever else writes to it. */

const vocabulary = readVocabulary(VOCABULARY);
const now = () => new Date(NOW);
const EDIT: Cause = { action: 'edited', role: 'moderator' };

let folder: Folder;
let file: string;
let db: Db;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('directory.sqlite');
  db = openStore(file);
  loadExamples(db, now());
});
afterEach(() => {
  closeStore(db);
  folder.remove();
});

/** That an index answers as one made anew of what is in the file. */
function expectInStep(index: SearchIndex): void {
  const anew = createSearchIndex(publicListings(db), vocabulary);
  const random = new Random(8);
  expect(index.size).toBe(anew.size);
  for (let n = 0; n < 40; n++) {
    const query = randomQuery(random, { words: n % 2 === 0 });
    expect(index.search(query), JSON.stringify(query)).toEqual(anew.search(query));
  }
}

const some = (count: number) => [...publicListings(db)].slice(0, count);
const renamed = ({ service, state }: ReturnType<typeof some>[number], name: string) => ({
  services: [{ service: { ...service, name }, state }],
});

/** Runs a few lines in a process of their own, over the same file. */
function elsewhere(lines: string): void {
  const api = (path: string) => pathToFileURL(join(import.meta.dirname, '../../../api', path)).href;
  const code = `
    const { openStore, closeStore } = await import('${api('store/open.ts')}');
    const { publicListings, saveBatch } = await import('${api('store/listings.ts')}');
    const { removeExamples } = await import('${api('store/seed.ts')}');
    const db = openStore(process.argv[1]);
    const [first, second] = publicListings(db);
    ${lines}
    closeStore(db);`;
  execFileSync(process.execPath, [...AT_NOW.before, '--input-type=module', '-e', code, file], {
    env: { ...process.env, ...AT_NOW.env },
  });
}

describe('a kept index', () => {
  it('is read at the next start and brought up to date', () => {
    openIndex(db, vocabulary).keepNow();
    const { index, follower } = openIndex(db, vocabulary);
    const directory = createDirectory({ db, index, now, follower });
    const [first, second] = some(2);
    directory.change((save) => save(renamed(first!, 'Quiet knitting by the canal'), EDIT));
    directory.change((save) => save({ services: [{ service: second!.service, state: 'suspended' }] }, EDIT));
    const again = openIndex(db, vocabulary);
    expect(again.wasKept).toBe(true);
    expect(again.follower.seen).toBe(lastRevision(db));
    expectInStep(again.index);
  });

  it('writes nothing twice, and leaves nothing behind that is no longer used', () => {
    openIndex(db, vocabulary).keepNow();
    const pieces = () => db.prepare('SELECT count(*) FROM search_index_piece').pluck().get();
    const before = pieces();
    const opened = openIndex(db, vocabulary);
    const directory = createDirectory({ db, index: opened.index, now, follower: opened.follower });
    directory.change((save) => save(renamed(some(1)[0]!, 'Something else'), EDIT));
    const segments = "SELECT group_concat(id ORDER BY id) FROM search_index_piece WHERE name = 'wordPostings'";
    const first = db.prepare(segments).pluck().get() as string;
    opened.keepNow();
    expect((db.prepare(segments).pluck().get() as string).startsWith(first)).toBe(true);
    loadExamples(db, now());
    const anew = openIndex(db, vocabulary, 'another edition');
    expect(anew.wasKept).toBe(false);
    anew.keepNow();
    expect(pieces()).toBe(before);
  });

  it.each([
    ['damaged', "UPDATE search_index_piece SET bytes = zeroblob(length(bytes)) WHERE name = 'rows'"],
    ['cut short', "DELETE FROM search_index_piece WHERE name = 'wordPostings'"],
    ['of another program', "UPDATE search_index SET edition = 'foreign'"],
    ['nonsense', "UPDATE search_index SET contents = '{}'"],
  ])('is made anew where it is %s', (_, harm) => {
    openIndex(db, vocabulary).keepNow();
    db.exec(harm);
    const { index, wasKept } = openIndex(db, vocabulary);
    expect(wasKept).toBe(false);
    expectInStep(index);
  });

  it('is written in slices once it has been quiet, and a search between them is answered as ever', async () => {
    const opened = openIndex(db, vocabulary);
    const directory = createDirectory({ db, index: opened.index, now, follower: opened.follower });
    await opened.keep();
    expect(openIndex(db, vocabulary).wasKept).toBe(false);
    const keeping = opened.keep();
    directory.change((save) => save(renamed(some(1)[0]!, 'Changed while it was kept'), EDIT));
    expectInStep(opened.index);
    await keeping;
    const again = openIndex(db, vocabulary);
    expect(again.wasKept).toBe(true);
    expectInStep(again.index);
  });
});

describe('the index follows', () => {
  it('what another process writes, and what it takes away', () => {
    const { index, follower } = openIndex(db, vocabulary);
    elsewhere(`
      saveBatch(db, { services: [{ service: { ...first.service, name: 'Written elsewhere' }, state: first.state },
        { service: second.service, state: 'suspended' }] }, '${NOW}', { action: 'edited', role: 'moderator' });`);
    runAtOnce(follower.catchUp());
    expectInStep(index);
    elsewhere('removeExamples(db);');
    runAtOnce(follower.catchUp());
    expect(index.size).toBe(0);
    expect(follower.seen).toBe(lastRevision(db));
  });

  it('both, where this process has changed something in between', () => {
    const { index, follower } = openIndex(db, vocabulary);
    const directory = createDirectory({ db, index, now, follower });
    elsewhere(
      `saveBatch(db, { services: [{ service: first.service, state: 'archived' }] }, '${NOW}', { action: 'archived', role: 'programme' });`,
    );
    directory.change((save) => save(renamed(some(3)[2]!, 'Written here'), EDIT));
    expect(follower.seen).toBeLessThan(lastRevision(db));
    const catching = follower.catchUp();
    catching.next();
    directory.change((save) => save(renamed(some(4)[3]!, 'Written here meanwhile'), EDIT));
    runAtOnce(catching);
    runAtOnce(follower.catchUp());
    expect(follower.seen).toBe(lastRevision(db));
    expectInStep(index);
  });
});
