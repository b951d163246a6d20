import { expect, test } from 'vitest';
import { createDirectory } from '../../../api/directory/directory.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld, get } from '../../fixtures/world.ts';
import { startSite } from '../../helpers/site.ts';
import { visitor } from '../../helpers/visitor.ts';

/** No room is left on the disk of the database: SQLite is told the same by a limit of pages. */

test('what cannot be saved is not saved at all and says so, searches go on, and room is enough to go on', async () => {
  const world = createWorld();
  const { db } = world.parts;
  const make = () =>
    world.front().request('/api/v1/handouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [IDS.elsewhere] }),
    });
  const kept = () => db.prepare('SELECT count(*) FROM handout').pluck().get();
  const fill = () => {
    db.pragma('max_page_count = 1');
    for (let size = 100_000; size >= 1; size = Math.floor(size / 2))
      try {
        for (;;) db.prepare("INSERT INTO setting (name, value) VALUES ('f' || random(), ?)").run('x'.repeat(size));
      } catch {
        // Full for that size.
      }
  };
  fill();
  const before = kept();
  const refused = [];
  for (let times = 0; times < 20; times++) refused.push(await make());
  const last = refused.at(-1) as Response;
  expect(last.status).toBe(507);
  expect(await last.json()).toMatchObject({
    type: '/api/v1/docs#storage-full',
    detail: expect.stringMatching(/disk .* is full, so nothing was saved\. Searching works\. Try again/),
  });
  expect(kept()).toBe((before as number) + refused.filter(({ status }) => status === 201).length);

  // A change of several records is not half there, neither in the file nor in the search.
  const directory = createDirectory(world.parts);
  const service = world.parts.index;
  const size = service.size;
  const lines = () => db.prepare('SELECT count(*) FROM history').pluck().get();
  const history = lines();
  expect(() =>
    directory.change(() => {
      db.prepare("INSERT INTO setting (name, value) VALUES ('first', 'small')").run();
      db.prepare("INSERT INTO setting (name, value) VALUES ('second', ?)").run('x'.repeat(1_000_000));
    }),
  ).toThrow(/full/);
  expect(db.prepare("SELECT count(*) FROM setting WHERE name IN ('first', 'second')").pluck().get()).toBe(0);
  expect([lines(), service.size]).toEqual([history, size]);
  expect((await get(world.api, '/search?q=singers')).status).toBe(200);

  db.pragma('max_page_count = 1000000');
  expect((await make()).status).toBe(201);
});

test('a page tells the same to who sends a form, and to programs by its status', async () => {
  const site = await startSite();
  try {
    // SQLite says that there is no room left also where no number is left.
    const db = openStore(site.database);
    db.exec("INSERT INTO sqlite_sequence (name, seq) VALUES ('report', 9223372036854775807)");
    closeStore(db);
    const anybody = visitor(site.origin);
    const [first] = JSON.parse((await anybody.get('/api/v1/search?q=yoga&per_page=1')).text).results;
    const form = `/report?service=${first.service.id}`;
    const refused = await anybody.post(form, { kind: 'wrong', words: 'It begins at ten.' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([507, '3600']);
    expect(refused.text).toContain('the disk of this server is full. What you sent was not saved');
    expect((await anybody.get(form)).status).toBe(200);
  } finally {
    await site.stop();
  }
});
