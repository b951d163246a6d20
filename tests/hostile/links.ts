import { createHash } from 'node:crypto';
import { packList } from '../../api/domain/handout-list.ts';
import type { PlaceKey } from '../../api/domain/place.ts';
import { createGeocoder } from '../../api/geocode/geocoder.ts';
import type { Db } from '../../api/store/open.ts';
import type { Random } from '../api/search/random.ts';
import { livePostcodes } from '../fixtures/country.ts';

/**
 * Whoever has a link to a search has all that is answered for it, the list of all postcodes, and this program: for each
 * postcode they can make a link of their own, and see whether it is answered alike. What is left are those from which the
 * link can have been made.
 */

/** Postcodes that a link stands for at the least. */
export const FEWEST = 20;

/** Asks something of a directory, and gives what came: its status and all of its text. */
export type AskFor = (path: string) => Promise<string>;

/**
 * What is written anew each time that it is written, and tells nothing: a sealed place, sealed words, the mark of an answer, and
 * that of the place for which a list was gathered.
 */
const SEALED = /[\w-]{62,}|(?:~|%7E)[\w-]{8}(?![\w-])/g;

/** All that is answered for a link that a postcode was turned into. */
async function answersFor(ask: AskFor, postcode: string, pathsFor: (near: string) => string[]): Promise<string> {
  const made = await ask(`/api/v1/search?postcode=${encodeURIComponent(postcode)}`);
  const near = /"near":"([\w-]+)"/.exec(made)?.[1];
  if (!near) throw new Error(`No link is made of ${postcode}: ${made.slice(0, 300)}`);
  const hash = createHash('sha256');
  for (const path of pathsFor(near)) hash.update((await ask(path)).replaceAll(SEALED, ''));
  return hash.digest('base64');
}

export interface Narrowed {
  links: number;
  /** Cells that they were of. */
  cells: number;
  /** Those that all that is answered narrows to fewer than twenty postcodes. */
  betrayed: { postcode: string; among: number }[];
}

/**
 * Makes links from postcodes in use, drawn at random, and looks how many others each of them may be of.
 * @param db with the table of postcodes
 * @param pathsFor everything that is asked with a link
 * @param all the postcodes, where not all of the table are meant: those of whole outcodes
 */
export async function narrow(
  db: Db,
  ask: AskFor,
  pathsFor: (near: string) => string[],
  random: Random,
  links: number,
  all: readonly string[] = livePostcodes(db),
): Promise<Narrowed> {
  const geocoder = createGeocoder({ db, postcodesIoUrl: null, towns: () => [] });
  const cellOf = async (postcode: string): Promise<string> => {
    const found = await geocoder.locate(postcode);
    return JSON.stringify(geocoder.shared(('key' in found ? found.key : null) as PlaceKey));
  };
  // Where to look for others alone: whether they are answered alike is asked.
  const candidates = new Map<string, string[]>();
  for (const postcode of all) {
    const cell = await cellOf(postcode);
    candidates.set(cell, [...(candidates.get(cell) ?? []), postcode]);
  }
  const answered = new Map<string, string>();
  const answers = async (postcode: string): Promise<string> => {
    const known = answered.get(postcode) ?? (await answersFor(ask, postcode, pathsFor));
    answered.set(postcode, known);
    return known;
  };
  const narrowed: Narrowed = { links: 0, cells: 0, betrayed: [] };
  const cells = new Set<string>();
  for (; narrowed.links < links; narrowed.links += 1) {
    const postcode = random.pick(all);
    const cell = await cellOf(postcode);
    cells.add(cell);
    const own = await answers(postcode);
    let among = 0;
    for (const other of candidates.get(cell) ?? []) if (among < FEWEST && (await answers(other)) === own) among += 1;
    if (among < FEWEST) narrowed.betrayed.push({ postcode, among });
  }
  narrowed.cells = cells.size;
  return narrowed;
}

/** All that the API answers for a link: from everywhere, in every order, by every listing. */
export const pathsOfApi =
  (services: readonly string[]) =>
  (near: string): string[] => [
    ...[
      '',
      '&radius=1',
      '&radius=3',
      '&radius=50&sort=distance',
      '&sort=name',
      '&sort=checked',
      '&q=tea',
      '&page=2',
      '&each=20',
      '&when=week',
      '&format=geojson',
    ].map((rest) => `/api/v1/search?near=${near}&reach=venue,area,remote,unclear,not_serving&per_page=100${rest}`),
    `/api/v1/search.csv?near=${near}`,
    `/api/v1/search.geojson?near=${near}`,
    ...services.map((id) => `/api/v1/services/${id}/reach?near=${near}`),
    `/api/v1/services/${services[0]}/like?near=${near}`,
  ];

/** All that the pages show for it. */
export const pathsOfPages =
  (services: readonly string[]) =>
  (near: string): string[] => [
    `/search?near=${near}`,
    `/search?near=${near}&reach=venue&radius=50&sort=distance`,
    `/?near=${near}`,
    `/browse?near=${near}`,
    `/search?near=${near}&cards=short&when=week`,
    `/booklet?near=${near}`,
    `/booklet?near=${near}&radius=5&paper=a5`,
    `/embed?near=${near}`,
    `/embed?near=${near}&only=${packList(services.slice(0, 3))}`,
    `/handout?list=${packList(services.slice(0, 3))}&near=${near}`,
    `/watch?listings=${packList(services.slice(0, 3))}&near=${near}`,
    ...services.map((id) => `/services/${id}?near=${near}`),
  ];
