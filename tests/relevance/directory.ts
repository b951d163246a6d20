import { join } from 'node:path';
import type { Place } from '#api/domain/place.ts';
import type { Listing } from '#api/domain/service.ts';
import { createGeocoder } from '#api/geocode/geocoder.ts';
import { createSearchIndex } from '#api/search/index.ts';
import { readVocabularyFolder } from '#api/search/text/vocabulary-folder.ts';
import type { Hit, SearchAnswer, SearchIndex, SearchQuery } from '#api/search/types.ts';
import { openStore } from '#api/store/open.ts';
import { readSeed, SEED_WRITTEN_FOR } from '#api/store/seed.ts';
import { inventedListings } from './invented-listings.ts';

/**
 * The sample directory with the vocabulary of the installation, ready to be asked. Places come from the built-in
 * geography, so that figures are the same with and without a table of postcodes.
 */

const DATA = join(import.meta.dirname, '../../data');

/** The sections of the page of results, in its order. */
export const SECTIONS = ['venue', 'area', 'remote'] as const;
type Section = (typeof SECTIONS)[number];
/** How much of a section is judged. */
export const FIRST = 10;

/** Names of listings by section, best first. */
export type Sections = Record<Section, string[]>;

interface Asked {
  sections: Sections;
  list: string[];
  /** What of the list is said to match, and does not only share a word or mean something alike. */
  matches: string[];
  answer: SearchAnswer;
}

export interface Directory {
  /** Every name that a judgement may use. */
  names: ReadonlySet<string>;
  /** The first ten of each section, and the first ten as one list, as the API gives it. */
  ask: (query: string, near: string | null) => Promise<Asked>;
  /** Milliseconds that one search takes. */
  time: (query: string, near: string | null) => Promise<number>;
  /** All that could be found from a place, by section: within a radius (metres; null without a place), and serving it. */
  within: (near: string | null, radius_m: number | null) => Promise<Sections>;
}

function listingsOf({ organizations, locations, services }: ReturnType<typeof readSeed>): Listing[] {
  const organizationById = new Map(organizations.map((it) => [it.id, it]));
  const locationById = new Map(locations.map((it) => [it.id, it]));
  return services.map(({ service, state }) => ({
    service,
    organization: organizationById.get(service.organization_id)!,
    locations: service.location_ids.map((id) => locationById.get(id)!),
    state,
    last_modified: `${SEED_WRITTEN_FOR}T09:00:00.000Z`,
  }));
}

/** A name that can be typed by whoever edits the judgements: the other name, where the name is in another script. */
const nameOf = ({ service }: Listing): string =>
  /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u.test(service.name)
    ? service.name
    : (service.alternate_name ?? service.name);

const browse = (place: Place | null): SearchQuery => ({
  place,
  q: '',
  filters: {},
  reach: [...SECTIONS],
  radius_m: null,
  sort: null,
  page: 1,
  per_page: FIRST,
  today: SEED_WRITTEN_FOR,
});

/** The widest automatic radius, metres. */
export const WIDEST = 20 * 1609.344;

/** The sample directory, and two invented ones. */
export type DirectoryName = 'sample' | 'development' | 'test';

const vocabulary = readVocabularyFolder(DATA);

/** @param meaning whether the table of word vectors is used; without it words alone answer */
export function openDirectory(name: DirectoryName = 'sample', meaning = true): Directory {
  const listings =
    name === 'sample' ? listingsOf(readSeed(new Date(`${SEED_WRITTEN_FOR}T12:00:00Z`))) : inventedListings(name);
  const index: SearchIndex = createSearchIndex(listings, meaning ? vocabulary : { ...vocabulary, vectors: undefined });
  const geocoder = createGeocoder({
    db: openStore(':memory:'),
    postcodesIoUrl: null,
    towns: () => index.towns(),
  });
  const nameById = new Map(listings.map((listing) => [listing.service.id, nameOf(listing)]));
  const named = (hits: readonly Hit[]) => hits.map(({ id }) => nameById.get(id)!);
  /** As a page shows them: matches, what is related to them, what only shares a word. */
  const asShown = ({ hits }: SearchAnswer, related: readonly Hit[]): Hit[] => [
    ...hits.filter(({ match }) => match === 'words'),
    ...related,
    ...hits.filter(({ match }) => match !== 'words'),
  ];

  async function placeOf(near: string | null): Promise<Place | null> {
    if (near === null) return null;
    const found = await geocoder.locate(near);
    if (!('place' in found) || found.place === null) throw new Error(`'${near}' came to '${found.outcome}'.`);
    return found.place;
  }

  const bySection = (query: SearchQuery, related: readonly Hit[]): Sections => {
    const section = (kind: Section) =>
      named(
        asShown(
          index.search({ ...query, reach: [kind] }),
          related.filter(({ reach }) => reach === kind),
        ),
      );
    return { venue: section('venue'), area: section('area'), remote: section('remote') };
  };

  return {
    names: new Set(nameById.values()),
    ask: async (q, near) => {
      const query = { ...browse(await placeOf(near)), q };
      const answer = index.search(query);
      const matches = named(answer.hits.filter(({ match }) => match === 'words'));
      const sections = bySection(query, answer.related);
      return { sections, list: named(asShown(answer, answer.related)), matches, answer };
    },
    time: async (q, near) => {
      const query = { ...browse(await placeOf(near)), q };
      const started = performance.now();
      index.search(query);
      return performance.now() - started;
    },
    within: async (near, radius_m) => {
      const place = await placeOf(near);
      return bySection({ ...browse(place), radius_m: place && radius_m, per_page: listings.length }, []);
    },
  };
}
