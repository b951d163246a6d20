import { packList } from '../../api/domain/handout-list.ts';
import type { sealPlace } from '../../api/domain/privacy.ts';
import type { Ground } from './ground.ts';
import { searchPaths } from './paths.ts';

/** What people and programs open, of each kind so many addresses that no two in a row are the same. */
export interface PageKind {
  name: string;
  paths: string[];
  /** How often all of them are asked for; whole lists take a while. */
  times: number;
  /** As a browser asks, or as a program that takes no coding. */
  compressed: boolean;
}

/** What somebody has typed so far. */
const TYPED = ['ha', 'hac', 'hack', 'ne', 'new', 'wal', 'walk', 'br', 'bri', 'bris', 'de', 'deb', 'debt', 'yo', 'yog'];
const LISTINGS = 60;
const IN_HANDOUT = 3;

/** The same searches as the links of a page have them: with the sealed place that the server gave. */
const asLinked = (port: number, paths: readonly string[]): Promise<string[]> =>
  Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      const { place } = (await answer.json()) as { place: { near: string } };
      return path.replace(/near=[^&]+/, `near=${place.near}`);
    }),
  );

async function someIds(port: number): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/search?per_page=${LISTINGS}`);
  const { results } = (await answer.json()) as { results: { service: { id: string } }[] };
  return results.map(({ service }) => service.id);
}

/**
 * The kinds of answers that a server over a directory of the bench is measured by.
 * @param seal of the program that serves there
 */
export async function pageKinds(port: number, ground: Ground, seal: typeof sealPlace): Promise<PageKind[]> {
  const searches = await asLinked(port, searchPaths(ground, 150, 31, seal));
  const ids = await someIds(port);
  const handouts = ids.slice(IN_HANDOUT).map((_, at) => `/handout?list=${packList(ids.slice(at, at + IN_HANDOUT))}`);
  const tiles = Array.from({ length: 40 }, (_, at) => `/tiles/13/${4080 + (at % 8)}/${2715 + Math.floor(at / 8)}.svg`);
  const list = (form: string) => searches.slice(0, 8).map((path) => path.replace('/search?', `/search.${form}?`));
  const kind = (name: string, paths: string[], times = 2, compressed = true) => ({ name, paths, times, compressed });
  return [
    kind(
      'results page',
      searches.map((path) => path.replace('/api/v1', '')),
    ),
    kind(
      'listing',
      ids.map((id) => `/services/${id}`),
      5,
    ),
    kind('handout', handouts, 5),
    kind('home', ['/'], 300),
    kind('kind of help', ['/browse/befriending', '/browse/food', '/browse'], 60),
    kind('map tile', tiles, 10),
    kind(
      'type-ahead',
      TYPED.map((typed) => `/api/v1/suggest?q=${typed}`),
      20,
    ),
    kind('API', searches, 4, false),
    kind('API, compressed', searches, 3),
    kind('Open Referral, a page', ['/api/openreferral/v3/services?page=1', '/api/openreferral/v3/services?page=2'], 50),
    kind('CSV', list('csv')),
    kind('GeoJSON', list('geojson')),
  ];
}
