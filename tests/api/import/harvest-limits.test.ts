import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pauseFeed, resumeFeed, takeOffFeed } from '../../../api/import/feeds.ts';
import { createHarvester } from '../../../api/import/schedule.ts';
import { type Feed, findFeed, harvestsOf, heldFeeds } from '../../../api/store/feeds.ts';
import { FEED } from '../../fixtures/feed.ts';
import { createSignpost, harvest, register, type Signpost, serveFeed } from './world.ts';

/** What a feed may cost, and that it can be stopped while it is read. */

const COUNT = 60;
const line = (number: number): string =>
  `${JSON.stringify({ ...FEED.plain, name: `Room ${number}` }).replaceAll(
    /c0000000-0000-4000-8000-0000000([0-9a-f]{5})/g,
    (_, end) => `d${String(number).padStart(7, '0')}-0000-4000-8000-0000000${end}`,
  )}\n`;

let signpost: Signpost;
let served: Awaited<ReturnType<typeof serveFeed>>;
let feed: Feed;
/** How many lines the feed has. */
let lines: number;
/** Whether the feed keeps its reader waiting once it has sent all of its lines. */
let endless: boolean;

beforeEach(async () => {
  endless = false;
  lines = COUNT;
  signpost = createSignpost();
  served = await serveFeed((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (let number = 1; number <= lines; number++) response.write(line(number));
    if (!endless) response.end();
  });
  feed = register(signpost, `${served.url}/feed.ndjson`);
});
afterEach(() => served.close());

const again = (options: Parameters<typeof harvest>[2] = {}) =>
  harvest(signpost, findFeed(signpost.db, feed.id) as Feed, options);

test('a feed that brings far more than it should is held, and goes on once a moderator agrees', async () => {
  const report = await again({ limits: { first: 40 } });
  expect(report).toMatchObject({ outcome: 'stopped', added: 25 });
  expect(report.words).toMatch(
    /It brings 50 listings or more, more than the 40 that a new one may bring\. It is paused/,
  );
  expect(signpost.index.size).toBe(25);
  expect(heldFeeds(signpost.db).map(({ id, state }) => `${id} ${state}`)).toEqual([`${feed.id} paused`]);

  resumeFeed(signpost.directory, feed.id);
  expect(heldFeeds(signpost.db)).toEqual([]);
  expect(await again({ limits: { first: 40 } })).toMatchObject({ outcome: 'complete', added: 35 });
  expect(signpost.index.size).toBe(COUNT);
});

test('one that was seen whole may grow by half, or by some hundreds', async () => {
  lines = 20;
  await again();
  lines = COUNT;
  const report = await again({ limits: { more: 30, first: 1 } });
  expect(report).toMatchObject({ outcome: 'stopped', unchanged: 20 });
  expect(report.words).toContain('and the last time there were 20.');
  resumeFeed(signpost.directory, feed.id);
  expect(await again({ limits: { more: 30, first: 1 } })).toMatchObject({ outcome: 'complete' });
  expect(signpost.index.size).toBe(COUNT);
});

test('paused while it is read, it stops at once and goes on once it is resumed', async () => {
  const report = await again({ onReport: () => pauseFeed(signpost.directory, feed.id) });
  expect(report).toMatchObject({ outcome: 'stopped', added: 25 });
  expect(report.words).toMatch(/^It was paused/);
  resumeFeed(signpost.directory, feed.id);
  expect(await again()).toMatchObject({ outcome: 'complete', added: 35, unchanged: 25 });
});

test('paused while nothing comes from it, it stops too', async () => {
  endless = true;
  let told = 0;
  const report = await again({
    onReport: (notes) => {
      told += notes.length;
      // All whole batches are there; what is left waits for the feed to go on.
      if (told >= 50) pauseFeed(signpost.directory, feed.id);
    },
  });
  expect(report).toMatchObject({ outcome: 'stopped', added: 50 });
});

test('taken off while it is read, it ends without a fault', async () => {
  const report = await again({ onReport: () => expect(takeOffFeed(signpost.directory, feed.id)).toBe(false) });
  expect(report).toMatchObject({ outcome: 'stopped', added: 25 });
  const other = register(signpost, `${served.url}/other.ndjson`, 'Other');
  const gone = await harvest(signpost, other, { onRead: () => {}, batch: 1000, signal: takenOff(other) });
  expect(gone.outcome).toBe('stopped');
  expect(findFeed(signpost.db, other.id)).toBeNull();
});

/** Takes a feed off that has brought nothing yet, as soon as it is asked. */
function takenOff({ id }: Feed): AbortSignal {
  void (async () => {
    while (!served.asked.some((path) => path.includes('other'))) await setTimeout(1);
    expect(takeOffFeed(signpost.directory, id)).toBe(true);
  })();
  return new AbortController().signal;
}

test('too much, or for too long, is not read to its end', async () => {
  expect(await again({ limits: { bytes: 20_000 } })).toMatchObject({
    outcome: 'failed',
    words: expect.stringMatching(/^It sent more than 0 MB in one harvest\. Nothing was taken away\./),
  });
  endless = true;
  expect(await again({ limits: { longest: 50 } })).toMatchObject({
    outcome: 'failed',
    words: expect.stringMatching(/^It took more than 0 minutes/),
  });
});

test('one that sends next to nothing is left, and gone on with later', async () => {
  endless = true;
  expect(await again({ limits: { slowest: 1e9, patience: 50 } })).toMatchObject({
    outcome: 'failed',
    words: expect.stringMatching(/^It sends less than 1,000,000,000 bytes a second/),
  });
  endless = false;
  expect(await again({ limits: { slowest: 1, patience: 0 } })).toMatchObject({ outcome: 'complete' });
});

test('one host does not take all the places', async () => {
  endless = true;
  const feeds = ['a', 'b', 'c', 'd', 'e'].map((name) => register(signpost, `${served.url}/${name}`, name).id);
  const harvester = createHarvester(signpost.directory, { allowPrivate: true }, () => {});
  const all = harvester.harvest(feeds);
  expect(feeds.filter((id) => harvestsOf(signpost.db, id, 1)[0]?.outcome === 'running')).toHaveLength(3);
  harvester.stop();
  await all;
});

test('a feed that does not end holds up no other', async () => {
  endless = true;
  const quick = await serveFeed((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.end(line(900));
  });
  const other = register(signpost, `${quick.url}/feed.ndjson`, 'Quick');
  const harvester = createHarvester(signpost.directory, { allowPrivate: true }, () => {});
  const both = harvester.harvest([feed.id, other.id]);
  while (harvestsOf(signpost.db, other.id, 1)[0]?.outcome !== 'complete') await setTimeout(5);
  expect(harvestsOf(signpost.db, feed.id, 1)[0]?.outcome).toBe('running');
  harvester.stop();
  await both;
  expect(harvestsOf(signpost.db, feed.id, 1)[0]?.outcome).toBe('stopped');
  await quick.close();
});
