import { beforeEach, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { joinListings, takeApart } from '../../../api/matching/join.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld, get, type World } from '../../fixtures/world.ts';

/** Where the address of a listing leads that was joined into another. */

const BY = { role: 'moderator' } as const;

let world: World;
let directory: Directory;
beforeEach(() => {
  world = createWorld();
  directory = createDirectory(world.parts);
});

const ask = (path: string) => world.api.request(`/api/v1${path}`);

test('the old address leads to the listing that remains, with its calendar and how it stands to a place', async () => {
  joinListings(directory, IDS.class, IDS.full, BY);
  for (const [path, leads] of [
    [`/services/${IDS.full}`, `/api/v1/services/${IDS.class}`],
    [`/services/${IDS.full}/calendar.ics`, `/api/v1/services/${IDS.class}/calendar.ics`],
    [`/services/${IDS.full}/reach?postcode=E81EA`, `/api/v1/services/${IDS.class}/reach?postcode=E81EA`],
  ] as const) {
    const response = await ask(path);
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(leads);
    // Taken apart again, the old address is the listing's own: nobody may remember where it led.
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect((await world.api.request(leads)).status).toBe(200);
  }
  takeApart(directory, IDS.full, BY);
  expect((await ask(`/services/${IDS.full}`)).status).toBe(200);
});

test('where the other is not listed either, there is nothing', async () => {
  joinListings(directory, IDS.draft, IDS.full, BY);
  expect((await ask(`/services/${IDS.full}`)).status).toBe(404);
});

test('a handout that holds the old one shows the one that remains, and each thing once', async () => {
  const made = await world.api.request('/api/v1/handouts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [IDS.full, IDS.class, IDS.befriending] }),
  });
  const { code } = (await made.json()) as { code: string };
  joinListings(directory, IDS.class, IDS.full, BY);
  const { body } = await get(world.api, `/handouts/${code}`);
  expect(body.listings.map((it: { listing: { service: { id: string } } }) => it.listing.service.id)).toEqual([
    IDS.class,
    IDS.befriending,
  ]);
  const calendar = await ask(`/handouts/${code}/calendar.ics`);
  expect(await calendar.text()).toContain('Seated exercise');
});
