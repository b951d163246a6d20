import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { postcodeNumber } from '../../../api/domain/postcode-number.ts';
import type { Location } from '../../../api/domain/service.ts';
import { applyImport } from '../../../api/import/apply.ts';
import { planImport } from '../../../api/import/plan.ts';
import { readHistory } from '../../../api/moderate/history.ts';
import { addKeeper, keepersOf } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { currentId, formerIds, renewDerivedIds } from '../../../api/store/renewed-ids.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';
import { RIGHT, read, tableOf } from '../import/csv-file.ts';

/** What the id of a listing tells of a place that must not be known. */

const now = () => new Date(NOW);
let world: ReturnType<typeof createWorld>;
let directory: Directory;
beforeEach(() => {
  world = createWorld();
  directory = createDirectory({ db: world.db, index: world.index, now });
});
const ask = async (path: string) => {
  const answer = await world.api.request(path);
  return { status: answer.status, text: await answer.text() };
};
const found = async (words: string): Promise<string[]> => {
  const { text } = await ask(`/api/v1/search?q=${encodeURIComponent(words)}`);
  return (JSON.parse(text).results ?? JSON.parse(text).sections.flatMap((it: never) => it['results'])).map(
    (it: { service: { id: string } }) => it.service.id,
  );
};
const hide = (id: string) => {
  const place = findListing(directory.db, id)?.locations[0] as Location;
  directory.change((save) =>
    save({ locations: [{ ...place, confidential: true }] }, { action: 'edited', role: 'moderator' }),
  );
};
/** The row of a spreadsheet, taken in as a moderator does; the id of its listing. */
const take = async (changes: Record<string, string> = {}): Promise<string> => {
  const { records } = await read(directory.db, tableOf([{ ...RIGHT, ...changes }]));
  const plan = planImport(directory, records, { feed: null, cause: { action: 'imported', role: 'moderator' } });
  applyImport(directory, plan);
  const [item] = plan.items;
  expect(item?.reasons).toEqual([]);
  return currentId(directory.db, item?.service_id ?? '');
};
const knowPostcode = () =>
  directory.db
    .prepare('INSERT OR IGNORE INTO postcode (number, latitude, longitude) VALUES (?, 5154600, -6600)')
    .run(postcodeNumber('E8 1EA'));
/** The id that version 0.3.0 made of a row. */
const unkeyed = (...words: string[]): string => {
  const namespace = Buffer.from('5c1a4c1e7d5b4a0d9b0c6f2e8a3d7f10', 'hex');
  const bytes = createHash('sha1').update(namespace).update(words.join('\u0000')).digest();
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
};

describe('a listing whose place becomes confidential', () => {
  test('goes on under another id, and the old one says no more than that it is withdrawn', async () => {
    const { service } = findListing(directory.db, IDS.class)!;
    addKeeper(directory.db, IDS.class, personOf(directory.db, 'kim@example.org', now()), now());
    hide(IDS.class);
    const renewed = currentId(directory.db, IDS.class);
    expect(renewed).not.toBe(IDS.class);
    expect(renewed[14]).toBe('4');
    for (const path of ['', '/calendar.ics', '/reach?postcode=E8+1EA']) {
      const { status, text } = await ask(`/api/v1/services/${IDS.class}${path}`);
      expect(status, path).toBe(410);
      expect(text).not.toContain(renewed);
      expect(text).not.toContain(service.name);
    }
    const gone = await ask(`/api/openreferral/v3/services/${IDS.class}`);
    expect(gone.status).toBe(410);
    expect(gone.text).not.toContain(renewed);
    expect((await ask(`/api/openreferral/v3/withdrawals`)).text).toContain(IDS.class);
    expect(JSON.parse((await ask(`/api/v1/services/${renewed}`)).text).service.name).toBe(service.name);
    expect(await found(service.name)).toContain(renewed);
    expect(await found(service.name)).not.toContain(IDS.class);
    expect(keepersOf(directory.db, renewed).map(({ email }) => email)).toEqual(['kim@example.org']);
  });

  test('is gone from a handout that was made before, and nothing is measured from where it was', async () => {
    const made = await world.api.request('/api/v1/handouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [IDS.class] }),
    });
    const { code } = (await made.json()) as { code: string };
    const before = findListing(directory.db, IDS.class)!;
    // One like it elsewhere, which is offered in its place.
    directory.change((save) =>
      save(
        {
          locations: [{ ...(before.locations[0] as Location), id: IDS.church }],
          services: [
            {
              service: { ...before.service, id: IDS.moves, name: 'Another class', location_ids: [IDS.church] },
              state: 'published',
            },
          ],
        },
        { action: 'added', role: 'moderator' },
      ),
    );
    const handout = async () => JSON.parse((await ask(`/api/v1/handouts/${code}`)).text).listings[0];
    directory.change((save) =>
      save(
        { services: [{ service: { ...before.service, availability: { state: 'full' } }, state: 'published' }] },
        { action: 'edited', role: 'moderator' },
      ),
    );
    expect((await handout()).alternative.distance_m).toBe(0);
    hide(IDS.class);
    const { listing, alternative } = await handout();
    expect(listing).toBeNull();
    expect(alternative?.distance_m ?? null).toBeNull();
    expect(JSON.stringify(await handout())).not.toContain(currentId(directory.db, IDS.class));
  });

  test('every listing at the place does, and none elsewhere', () => {
    const at = (id: string) => findListing(directory.db, id)?.service.location_ids ?? [];
    const place = at(IDS.class)[0] as string;
    const there = [IDS.class, IDS.befriending, IDS.course, IDS.elsewhere, IDS.full].filter((id) =>
      at(id).includes(place),
    );
    const others = [IDS.befriending, IDS.course, IDS.elsewhere, IDS.full, IDS.refugeService].filter(
      (id) => !there.includes(id),
    );
    expect(there.length).toBeGreaterThan(0);
    hide(IDS.class);
    for (const id of there) expect(currentId(directory.db, id), id).not.toBe(id);
    for (const id of others) expect(currentId(directory.db, id), id).toBe(id);
  });

  test('moderators read what came before in its history', () => {
    directory.change((save) => {
      const { service, state } = findListing(directory.db, IDS.class)!;
      save(
        { services: [{ service: { ...service, summary: 'Another line.' }, state }] },
        { action: 'edited', role: 'organization' },
      );
    });
    hide(IDS.class);
    const renewed = currentId(directory.db, IDS.class);
    expect(formerIds(directory.db, renewed)).toEqual([IDS.class]);
    const actions = readHistory(directory, findListing(directory.db, renewed)!).map(({ action }) => action);
    expect(actions).toContain('renewed');
    expect(actions).toContain('edited');
  });

  test('does so again when another of its places does: copies hold that address beside its id', () => {
    hide(IDS.class);
    const renewed = currentId(directory.db, IDS.class);
    const [, second] = findListing(directory.db, renewed)?.locations ?? [];
    directory.change((save) =>
      save({ locations: [{ ...second!, confidential: true }] }, { action: 'edited', role: 'moderator' }),
    );
    expect(currentId(directory.db, IDS.class)).not.toBe(renewed);
    expect(currentId(directory.db, renewed)).toBe(currentId(directory.db, IDS.class));
    expect(findListing(directory.db, renewed)).toBeNull();
  });

  test('saved once more as it is, keeps its new id', () => {
    hide(IDS.class);
    const renewed = currentId(directory.db, IDS.class);
    hide(renewed);
    const { service, state } = findListing(directory.db, renewed)!;
    directory.change((save) =>
      save(
        { services: [{ service: { ...service, summary: 'A word.' }, state }] },
        { action: 'edited', role: 'moderator' },
      ),
    );
    expect(currentId(directory.db, renewed)).toBe(renewed);
  });

  test('moved to another place that is confidential, it does so too, by bulk as by hand', async () => {
    const { service, state } = findListing(directory.db, IDS.class)!;
    const moved = { ...service, location_ids: [IDS.refuge], schedules: [] };
    await directory.bulk([{ services: [{ service: moved, state }] }], { action: 'imported', role: 'source' });
    const renewed = currentId(directory.db, IDS.class);
    expect(renewed).not.toBe(IDS.class);
    const ids = await found(service.name);
    expect(ids[0]).toBe(renewed);
    expect(ids).not.toContain(IDS.class);
  });
});

describe('the id of a row without one', () => {
  beforeEach(() => void knowPostcode());

  test('is another one where its postcode is, and its place is private where that of its namesake is', async () => {
    hide(await take());
    directory.db
      .prepare('INSERT OR IGNORE INTO postcode (number, latitude, longitude) VALUES (?, 5154600, -6600)')
      .run(postcodeNumber('E8 1HH'));
    const id = await take({ postcode: 'E8 1HH' });
    expect(findListing(directory.db, id)?.locations.map(({ confidential }) => confidential)).toEqual([true]);
    // What a moderator changes of a listing that is here, they mean.
    const [place] = findListing(directory.db, id)?.locations ?? [];
    directory.change((save) =>
      save({ locations: [{ ...place!, confidential: false }] }, { action: 'edited', role: 'moderator' }),
    );
    expect(await take({ postcode: 'E8 1HH', summary: 'Another line.' })).toBe(id);
    expect(findListing(directory.db, id)?.locations.map(({ confidential }) => confidential)).toEqual([false]);
  });

  test('cannot be worked back from its name and postcode, and is the same the next time', async () => {
    const id = await take();
    expect(id).not.toBe(unkeyed('service', 'A list', 'seated exercise', 'E81EA'));
    expect(await take({ summary: 'Another line about it.' })).toBe(id);
    const other = createWorld();
    const elsewhere = createDirectory({ db: other.db, index: other.index, now });
    other.db
      .prepare('INSERT INTO postcode (number, latitude, longitude) VALUES (?, 5154600, -6600)')
      .run(postcodeNumber('E8 1EA'));
    const { records } = await read(elsewhere.db, tableOf([RIGHT]));
    expect(records[0]?.listing?.service.id).not.toBe(id);
    expect(records[0]?.listing?.locations[0]?.id).not.toBe(findListing(directory.db, id)?.locations[0]?.id);
  });

  test('from before, stays with its listing', async () => {
    const id = await take();
    const old = unkeyed('service', 'A list', 'seated exercise', 'E81EA');
    const { service, state } = findListing(directory.db, id)!;
    directory.db.prepare('DELETE FROM service WHERE id = ?').run(id);
    directory.change((save) =>
      save({ services: [{ service: { ...service, id: old }, state }] }, { action: 'added', role: 'source' }),
    );
    expect(await take({ summary: 'Another line about it.' })).toBe(old);
  });

  test('from before, at a confidential place, is renewed at the start, and found again by the next import', async () => {
    const id = await take();
    const old = unkeyed('service', 'A list', 'seated exercise', 'E81EA');
    const { service, locations, state } = findListing(directory.db, id)!;
    directory.db.prepare('DELETE FROM service WHERE id = ?').run(id);
    const place = { ...(locations[0] as Location), confidential: true };
    directory.change((save) =>
      save(
        { locations: [place], services: [{ service: { ...service, id: old }, state }] },
        { action: 'added', role: 'source' },
      ),
    );
    expect(currentId(directory.db, old)).toBe(old);
    expect(renewDerivedIds(directory.db, NOW)).toBe(1);
    expect(renewDerivedIds(directory.db, NOW)).toBe(0);
    const renewed = currentId(directory.db, old);
    expect(renewed).not.toBe(old);
    const before = directory.db.prepare('SELECT count(*) FROM service').pluck().get();
    expect(await take({ summary: 'Another line about it.' })).toBe(renewed);
    expect(directory.db.prepare('SELECT count(*) FROM service').pluck().get()).toBe(before);
  });
});
