import { applyImport } from '../../../api/import/apply.ts';
import { readCsv } from '../../../api/import/csv/csv.ts';
import type { Note } from '../../../api/import/incoming.ts';
import { planImport } from '../../../api/import/plan.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { TODAY, tableOf } from '../import/csv-file.ts';
import { createSignpost, harvest, pageOf, register, type Signpost, sendJson, serveFeed } from '../import/world.ts';

/** A directory into which records and rows come as they do every day: by a feed that is harvested, by a table that is sent. */

// biome-ignore lint/suspicious/noExplicitAny: an answer is checked by the test that asked.
type Json = any;

/** A group that meets in a hall, as a feed has it; `more` is what the case is about. */
export const group = (name: string, more: Record<string, unknown>): Record<string, unknown> => {
  const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    id,
    name,
    description: `${name} is for people nearby.`,
    status: 'active',
    organization: { id: `org-${id}`, name: `Trust of ${name}` },
    service_at_locations: [
      {
        id: `sal-${id}`,
        location: {
          id: `loc-${id}`,
          name: `Hall of ${name}`,
          location_type: 'physical',
          addresses: [{ address_1: '1 Made-up Street', city: 'London', postal_code: 'E8 1EA' }],
        },
      },
    ],
    attributes: [{ taxonomy_term: { id: 'social', name: 'Social club' } }],
    ...more,
  };
};

/** What the API answers about the listing of a name. */
async function answerOf({ db, api }: Signpost, name: string): Promise<Json> {
  const listing = [...publicListings(db)].find(({ service }) => service.name === name);
  if (!listing) throw new Error(`The public sees no listing called ${name}.`);
  return (await api.request(`/api/v1/services/${listing.service.id}`)).json();
}

export interface Taken {
  signpost: Signpost;
  /** What the report says of the record of a name: what was put right, or why it was refused. */
  notes(name: string): string[];
  /** The listing of a name as the API hands it out. */
  answer(name: string): Promise<Json>;
}

/**
 * Harvests records from a server on this computer.
 * @param start the moment at which the clock stands
 * @param into the directory, where there is one already
 * @param feedName the name that the feed is registered by
 */
export async function harvested(
  records: readonly Record<string, unknown>[],
  start?: string,
  into?: Signpost,
  feedName?: string,
): Promise<Taken> {
  const signpost = into ?? createSignpost(start);
  const server = await serveFeed((_, response, url) => {
    const asked = /^\/services\/(.+)$/.exec(url.pathname)?.[1];
    if (url.pathname === '/services') return sendJson(response, pageOf(records, url));
    const record = records.find(({ id }) => id === decodeURIComponent(asked ?? ''));
    return sendJson(response, record ?? {}, record ? 200 : 404);
  });
  try {
    const { notes } = await harvest(signpost, register(signpost, server.url, feedName));
    const said = notes.map(({ name, field, words }) => ({ name, words: `${field}: ${words}` }));
    return {
      signpost,
      notes: (name) => said.filter((note) => note.name === name).map(({ words }) => words),
      answer: (name) => answerOf(signpost, name),
    };
  } finally {
    await server.close();
  }
}

/** Takes a table in: rows under their headings, or the bytes of a file. */
export async function sentTable(
  table: readonly Readonly<Record<string, string>>[] | Uint8Array,
  signpost = createSignpost(),
): Promise<Taken & { file: string[] }> {
  const { directory, db } = signpost;
  const body = table instanceof Uint8Array ? table : Buffer.from(tableOf(table));
  const { records, notes: file } = await readCsv(body, { db, source: 'A list', today: TODAY });
  const plan = planImport(directory, records, { feed: null, cause: { action: 'imported', role: 'moderator' } });
  applyImport(directory, plan);
  const wordsOf = ({ column, field, words }: Note) => `${column ?? field}: ${words}`;
  return {
    signpost,
    file,
    notes: (name) =>
      records.filter((it) => it.name === name).flatMap(({ reasons, repairs }) => [...reasons, ...repairs].map(wordsOf)),
    answer: (name) => answerOf(signpost, name),
  };
}
