import { expect, test } from 'vitest';
import { createApi } from '../../../api/app.ts';
import { createDirectory } from '../../../api/directory/directory.ts';
import { openIndex } from '../../../api/directory/open-index.ts';
import { createGeocoder } from '../../../api/geocode/geocoder.ts';
import { readSettings } from '../../../api/runtime/settings.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { findListing } from '../../../api/store/listings.ts';
import { openStore } from '../../../api/store/open.ts';
import { seedExamples } from '../../../api/store/seed.ts';
import { openUrgentHelp } from '../../../api/urgent/urgent.ts';
import { NOW } from '../../helpers/clock.ts';
import { VOCABULARY } from '../search/generated.ts';

/** Rows of lists are kept: a server that has sent them before sends what one would that has just started. */

const PATHS = ['csv', 'geojson'].flatMap((form) =>
  [
    'lat=51.5467&lng=-0.0661&radius=5',
    'lat=50.91&lng=-1.4&radius=20&reach=venue,not_serving',
    'lat=51.5467&lng=-0.0661&radius=5&day=WE',
    '',
  ].map((asked) => `/api/v1/search.${form}?${asked}`),
);

function setUp() {
  const db = openStore(':memory:');
  let moment = new Date(NOW);
  const now = () => moment;
  seedExamples(db, now());
  const { index, follower } = openIndex(db, readVocabulary(VOCABULARY));
  const parts = {
    db,
    index,
    geocoder: createGeocoder({ db, postcodesIoUrl: null, towns: () => index.towns() }),
    secret: new Uint8Array(32).fill(7),
    settings: readSettings({}),
    now,
    urgent: openUrgentHelp(null),
  };
  const read = (api: ReturnType<typeof createApi>) =>
    Promise.all(PATHS.map(async (path) => (await api.request(path)).text()));
  const old = createApi(parts);
  return {
    db,
    directory: createDirectory({ db, index, now, follower }),
    goTo: (time: string) => {
      moment = new Date(time);
    },
    kept: () => read(old),
    anew: () => read(createApi({ ...parts })),
  };
}

test('what is kept is what is made now: again, at other moments, and after a change', async () => {
  const { db, directory, kept, anew, goTo } = setUp();
  const first = await kept();
  expect(first.join('').length).toBeGreaterThan(100_000);
  expect(await kept()).toEqual(first);
  for (const time of ['2026-11-21T23:59:59Z', '2026-11-22T00:00:01Z', '2027-03-01T09:00:00Z']) {
    goTo(time);
    expect(await kept(), time).toEqual(await anew());
  }
  const [, id = ''] = /\/services\/([\w-]{36})/.exec(first[0] ?? '') ?? [];
  const listing = findListing(db, id)!;
  const save = (what: Parameters<Parameters<Parameters<typeof directory.change>[0]>[0]>[0]) =>
    directory.change((write) => write(what, { action: 'edited', role: 'moderator' }));
  save({ services: [{ service: { ...listing.service, name: 'Another, "name"' }, state: 'published' }] });
  expect(await kept()).toEqual(await anew());
  expect((await kept())[0]).toContain('"Another, ""name"""');
  save({ organizations: [{ ...listing.organization, name: '=Other people' }] });
  expect(await kept()).toEqual(await anew());
  expect((await kept())[0]).toContain("'=Other people");
  save({ services: [{ service: listing.service, state: 'archived' }] });
  expect(await kept()).toEqual(await anew());
  expect((await kept())[0]).not.toContain(id);
});
