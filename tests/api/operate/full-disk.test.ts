import { expect, test } from 'vitest';
import { createDirectory } from '../../../api/directory/directory.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld, get } from '../../fixtures/world.ts';

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
