import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { joinAfterImport } from '../../../api/matching/after-import.ts';
import { joinListings } from '../../../api/matching/join.ts';
import { joinOrganizations } from '../../../api/matching/join-organizations.ts';
import { reimport } from '../../../api/matching/reimport.ts';
import { findListing } from '../../../api/store/listings.ts';
import { countWaitingPairs } from '../../../api/store/match-pairs.ts';
import { currentId } from '../../../api/store/renewed-ids.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';
import { add, listing, uuid } from './directory.ts';

/** A listing that keeps its place private, and one that has the same place in the open, are one. */

const [ONE, OTHER] = [uuid(1), uuid(2)];
const BY = { role: 'moderator', person: 7 } as const;
let world: World;
let directory: Directory;
beforeEach(() => {
  world = createWorld({}, {});
  directory = createDirectory(world.parts);
});
const now = (id: string) => findListing(directory.db, currentId(directory.db, id));
const hide = (id: string) => {
  const [place] = now(id)?.locations ?? [];
  directory.change((save) =>
    save({ locations: [{ ...place!, confidential: true }] }, { action: 'edited', role: 'moderator' }),
  );
};
const ask = async (path: string) => {
  const response = await world.api.request(path);
  return { status: response.status, text: await response.text(), location: response.headers.get('location') };
};
const everything = async () =>
  (
    await Promise.all(
      ['/api/v1/search?per_page=100', '/api/openreferral/v3/services?full=true', '/fhir/R4/Location'].map(
        async (path) => (await ask(path)).text,
      ),
    )
  ).join('\n');

/** The open one was checked later, by somebody nearer: by the rule of fields, its place would win. */
const open = () => listing(2, { service: { assured_date: '2026-11-10', assured_by: 'organization' } });

describe('joined', () => {
  test.each([
    ['into the private one', ONE, OTHER],
    ['with the private one into it', OTHER, ONE],
  ])('%s, the place is private, and the old addresses lead nowhere', async (_, into, from) => {
    add(directory, listing(1), open());
    hide(ONE);
    const [intoNow, fromNow] = [into, from].map((id) => currentId(directory.db, id));
    joinListings(directory, intoNow!, fromNow!, BY);
    expect(now(into)?.locations.map(({ confidential }) => confidential)).toEqual([true]);
    expect(await everything()).not.toMatch(/Made-up Street|E8 3AB/);
    expect(await everything()).toContain('Chair yoga');
    for (const id of [ONE, OTHER])
      for (const path of [`/api/v1/services/${id}`, `/api/openreferral/v3/services/${id}`]) {
        const { status, text, location } = await ask(path);
        expect([404, 410], path).toContain(status);
        expect(`${text}${location}`).not.toContain(currentId(directory.db, into));
      }
  });

  test('the open one comes again from its source, and does not bring the place back', async () => {
    add(directory, listing(1), open());
    hide(ONE);
    joinListings(directory, currentId(directory.db, ONE), OTHER, BY);
    const { listings, remember } = reimport(
      directory.db,
      listing(2, { service: { assured_date: '2026-11-20', assured_by: 'organization', summary: 'New.' } }),
      NOW,
    );
    directory.change((save) => {
      remember();
      save(
        { services: listings.map(({ service, state }) => ({ service, state })) },
        { action: 'imported', role: 'source' },
      );
    });
    expect(listings.map(({ service }) => service.id)).toEqual([OTHER, currentId(directory.db, ONE)]);
    expect(await everything()).not.toMatch(/Made-up Street|E8 3AB/);
  });

  test('before its place became private, it does not lead on any more', async () => {
    add(directory, listing(1), open());
    joinListings(directory, ONE, OTHER, BY);
    expect((await ask(`/api/v1/services/${OTHER}`)).status).toBe(308);
    const made = await world.api.request('/api/v1/handouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [ONE] }),
    });
    const { code } = (await made.json()) as { code: string };
    hide(ONE);
    const renewed = currentId(directory.db, ONE);
    for (const path of [
      `/api/v1/services/${OTHER}`,
      `/api/v1/services/${OTHER}/calendar.ics`,
      `/api/v1/services/${OTHER}/like`,
      `/api/openreferral/v3/services/${OTHER}`,
      '/api/openreferral/v3/withdrawals',
      `/api/v1/handouts/${code}`,
      `/fhir/R4/Bundle/${code}`,
    ]) {
      const { text, location } = await ask(path);
      expect(`${text}${location}`, path).not.toContain(renewed);
    }
  });

  test('by nobody but a moderator', async () => {
    const same = { service: { phones: [{ number: '020 7946 0037' }], email: 'a@moves.example.org' } };
    add(directory, listing(1, same));
    hide(ONE);
    add(directory, listing(2, same));
    expect((await joinAfterImport(directory, [OTHER])).joined).toEqual([]);
    expect(countWaitingPairs(directory.db)).toBeLessThanOrEqual(1);
    expect(now(OTHER)?.state).toBe('published');
  });
});

test('an organization that is joined with that of a private place says no more where it is', async () => {
  add(
    directory,
    listing(1, { location: { address: { address_1: '14 Evelyn Walk', city: 'London', postal_code: 'E8 3AB' } } }),
    listing(2, { service: { description: 'Our house is 14 Evelyn Walk.' }, location: {} }),
  );
  hide(ONE);
  expect(now(OTHER)?.service.description).toContain('Evelyn');
  joinOrganizations(directory, uuid(1002), uuid(1001), 7);
  expect(now(OTHER)?.service.description).toBe('Our house is (private).');
});
