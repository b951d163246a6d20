import { expect, test } from 'vitest';
import { createApi } from '../../api/app.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import { readSettings } from '../../api/runtime/settings.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import { publicListings } from '../../api/store/listings.ts';
import { openStore } from '../../api/store/open.ts';
import { openUrgentHelp } from '../../api/urgent/urgent.ts';
import { Random } from '../api/search/random.ts';
import { listingsOfCountry, livePostcodes, tableOfCountry } from '../fixtures/country.ts';
import { NOW } from '../helpers/clock.ts';
import { narrow, pathsOfApi } from './links.ts';

const LINKS = 6;
/** The first and every fifth of the others: a search with distances, downloads, and whether some listings are for the place. */
const aFew =
  (paths: (near: string) => string[]) =>
  (near: string): string[] =>
    paths(near).filter((_, at) => at % 5 === 0);

/** The short form of the links of `npm run hostile`: fewer of them, and what the API answers alone. */
test('no link tells, by all that is answered for it together, which of fewer than twenty postcodes it was made from', async () => {
  const db = openStore(':memory:');
  tableOfCountry(db);
  const services = listingsOfCountry(db);
  const geocoder = createGeocoder({ db, postcodesIoUrl: null, towns: () => [] });
  const api = createApi({
    db,
    index: createSearchIndex(publicListings(db), readVocabulary('exercise, movement')),
    geocoder,
    secret: new Uint8Array(32).fill(7),
    settings: readSettings({}),
    now: () => new Date(NOW),
    urgent: openUrgentHelp(null),
  });
  const ask = async (path: string): Promise<string> => {
    const response = await api.request(path);
    expect([path, response.status]).toEqual([path, 200]);
    return response.text();
  };
  const outcode = livePostcodes(db).filter((postcode) => postcode.startsWith('SY1 '));
  const paths = aFew(pathsOfApi(services));
  const { links, cells, betrayed } = await narrow(db, ask, paths, new Random(1), LINKS, outcode);
  expect(betrayed).toEqual([]);
  expect(links).toBe(LINKS);
  expect(cells).toBeGreaterThan(LINKS / 2);
});
