import { describe, expect, test } from 'vitest';
import { createApi } from '../../../api/app.ts';
import { createDirectory } from '../../../api/directory/directory.ts';
import { openIndex } from '../../../api/directory/open-index.ts';
import { createGeocoder } from '../../../api/geocode/geocoder.ts';
import { dropOutdatedResults, keepResultsPrepared } from '../../../api/results/prepare-results.ts';
import { readSettings } from '../../../api/runtime/settings.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import type { Cause } from '../../../api/store/changes.ts';
import { seedClinical } from '../../../api/store/clinical-seed.ts';
import { findListing } from '../../../api/store/listings.ts';
import { openStore } from '../../../api/store/open.ts';
import { seedExamples } from '../../../api/store/seed.ts';
import { openUrgentHelp } from '../../../api/urgent/urgent.ts';
import { NOW } from '../../helpers/clock.ts';
import { VOCABULARY } from '../search/generated.ts';

/** What searches show, kept ready in the file: never anything but what would be said now. */

const vocabulary = readVocabulary(VOCABULARY);
const EDIT: Cause = { action: 'edited', role: 'moderator' };
const HACKNEY = 'lat=51.5467&lng=-0.0661&radius=5';
const SEARCHES = [
  `${HACKNEY}&per_page=100`,
  `${HACKNEY}&per_page=100&reach=venue,area,remote,not_serving&sort=name`,
  `${HACKNEY}&per_page=100&day=WE`,
  `${HACKNEY}&per_page=100&day=TU,SA&time=morning`,
  `${HACKNEY}&each=20`,
  'lat=50.91&lng=-1.4&radius=20&per_page=100&q=walking',
  'per_page=100',
  'per_page=100&page=2',
  'kind=clinical&per_page=100',
];

function setUp() {
  const db = openStore(':memory:');
  let moment = new Date(NOW);
  const now = () => moment;
  seedExamples(db, now());
  seedClinical(db, now());
  const { index, follower } = openIndex(db, vocabulary);
  const parts = {
    db,
    index,
    geocoder: createGeocoder({ db, postcodesIoUrl: null, towns: () => index.towns() }),
    secret: new Uint8Array(32).fill(7),
    settings: readSettings({}),
    now,
    urgent: openUrgentHelp(null),
  };
  /** The results of a search by a program that has just started: nothing is in its memory. */
  const results = async (search: string) => {
    const response = await createApi({ ...parts }).request(`/api/v1/search?${search}`);
    return ((await response.json()) as { results: { service: { id: string; name: string } }[] }).results;
  };
  const all = () => Promise.all(SEARCHES.map(results));
  return {
    db,
    now,
    results,
    all,
    directory: createDirectory({ db, index, now, follower }),
    keep: () => keepResultsPrepared(db, now),
    forget: () => db.exec('DELETE FROM result'),
    count: () => db.prepare('SELECT count(*) FROM result').pluck().get(),
    goTo: (time: string) => {
      moment = new Date(time);
    },
  };
}

/** Changes what is kept of a listing behind everybody's back, to see whether it is what is shown. */
const mark = (db: ReturnType<typeof setUp>['db'], id: string) =>
  db
    .prepare(`UPDATE result SET body = CAST(replace(CAST(body AS TEXT), '"name":"', '"name":"(kept) ') AS BLOB)
    WHERE key LIKE ? || ' %'`)
    .run(id);
const namesOf = (results: { service: { name: string } }[]) => results.map(({ service }) => service.name);

describe('results that are kept ready', () => {
  test('say what is said without them, for every search', async () => {
    const { db, all, keep, count } = setUp();
    const before = await all();
    expect(before.flat().length).toBeGreaterThan(400);
    await keep();
    expect(count()).toBeGreaterThan(200);
    const venues = db.prepare(`SELECT max(venues) FROM (SELECT count(*) AS venues FROM result
      WHERE key NOT LIKE '% none' GROUP BY substr(key, 1, 36))`);
    expect(venues.pluck().get()).toBeGreaterThan(1);
    expect(await all()).toEqual(before);
  });

  test('are what is shown, as long as nothing has changed', async () => {
    const { db, keep, results } = setUp();
    await keep();
    const [first] = await results(HACKNEY);
    mark(db, first!.service.id);
    expect(namesOf(await results(HACKNEY))[0]).toBe(`(kept) ${first!.service.name}`);
  });

  test('are said anew once a session is over, day by day, and the clocks going back', async () => {
    const { all, keep, forget, goTo } = setUp();
    await keep();
    for (const time of [
      '2026-11-21T11:30:00Z',
      '2026-11-22T00:00:00Z',
      '2026-11-24T12:00:01Z',
      '2026-12-24T18:00:00Z',
      '2027-03-28T01:30:00Z',
      '2026-11-20T09:00:00Z',
    ]) {
      goTo(time);
      const outdated = await all();
      await keep();
      const kept = await all();
      forget();
      const anew = await all();
      expect(outdated, time).toEqual(anew);
      expect(kept, time).toEqual(anew);
    }
  });

  test('go with any change of what they show, and come again', async () => {
    const { db, keep, results, directory, count } = setUp();
    await keep();
    const all = count();
    const [first] = await results(HACKNEY);
    const listing = findListing(db, first!.service.id)!;
    const change = (what: Parameters<Parameters<Parameters<typeof directory.change>[0]>[0]>[0]) =>
      directory.change((save) => save(what, EDIT));

    change({ services: [{ service: { ...listing.service, name: 'Renamed' }, state: listing.state }] });
    expect(namesOf(await results(HACKNEY))).toContain('Renamed');
    await keep();
    expect(count()).toBe(all);

    change({ organizations: [{ ...listing.organization, name: 'Another Society' }] });
    expect(JSON.stringify(await results(HACKNEY))).toContain('Another Society');
    await keep();
    const [location] = listing.locations;
    change({ locations: [{ ...location!, name: 'Another Hall' }] });
    expect(JSON.stringify(await results(HACKNEY))).toContain('Another Hall');
    await keep();
    change({ locations: [{ ...location!, confidential: true }] });
    expect(JSON.stringify(await results(HACKNEY))).not.toContain(location!.name);

    change({ services: [{ service: listing.service, state: 'suspended' }] });
    await keep();
    expect(namesOf(await results(HACKNEY))).not.toContain(listing.service.name);
    expect(db.prepare("SELECT 1 FROM result WHERE key LIKE ? || ' %'").get(listing.service.id)).toBeUndefined();
  });

  test('of another program are made anew', async () => {
    const { db, keep, results } = setUp();
    dropOutdatedResults(db);
    await keep();
    const [first] = await results(HACKNEY);
    mark(db, first!.service.id);
    dropOutdatedResults(db);
    expect(namesOf(await results(HACKNEY))[0]).toContain('(kept)');
    db.exec("UPDATE result_cursor SET edition = 'of another'");
    dropOutdatedResults(db);
    expect(namesOf(await results(HACKNEY))[0]).toBe(first!.service.name);
    await keep();
    expect(namesOf(await results(HACKNEY))[0]).toBe(first!.service.name);
  });

  test('hold nothing of a place that is confidential, nor of who searched', async () => {
    const { db, keep, results } = setUp();
    await results(HACKNEY);
    await keep();
    const text = (db.prepare('SELECT CAST(body AS TEXT) FROM result').pluck().all() as string[]).join();
    const hidden = db.prepare('SELECT name FROM location WHERE confidential = 1').pluck().all() as string[];
    expect(hidden.length).toBeGreaterThan(0);
    for (const name of hidden) expect(text).not.toContain(name);
    expect(text).not.toMatch(/distance|"near"|"why"/);
  });
});
