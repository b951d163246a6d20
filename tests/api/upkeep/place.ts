import { createDirectory } from '../../../api/directory/directory.ts';
import { type Listing, Organization, Service } from '../../../api/domain/service.ts';
import type { Carrier, Letter } from '../../../api/notify/carriers.ts';
import { createPostman } from '../../../api/notify/postman.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { type Db, openStore } from '../../../api/store/open.ts';
import { personOf } from '../../../api/store/people.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';

/** A directory with listings that are looked after, a clock that a test turns, and the mail that goes out. */

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const organization = Organization.parse({ id: uuid(1_000_000), name: 'Homerton Moves' });

/** A weekly class that was checked on 21 May 2026. */
export const listing = (number: number, over: Record<string, unknown> = {}): Service =>
  Service.parse({
    id: uuid(number),
    organization_id: organization.id,
    name: `Listing ${number}`,
    summary: 'A listing for a test.',
    description: 'What happens there.',
    kind: 'activity',
    taxonomy_terms: ['movement'],
    attending_types: ['phone'],
    source: { name: 'A test' },
    assured_date: '2026-05-21',
    ...over,
  });

/** Which letter of whom: the middle of a link to `/keep/…`. */
export const keyIn = (text: string, folder = 'keep'): string =>
  new RegExp(`/${folder}/([\\w-]{27})`).exec(text)?.[1] ?? `no key for ${folder}`;

export interface Place extends ReturnType<typeof createPlace> {}

export function createPlace(begin = '2026-11-21', db: Db = openStore(':memory:')) {
  let moment = new Date(`${begin}T09:00:00Z`);
  const now = () => moment;
  const index = createSearchIndex([], readVocabulary('exercise, movement'));
  const directory = createDirectory({ db, index, now });
  const letters: Letter[] = [];
  /** Whether the mail server is away. */
  const server = { away: false };
  const carrier: Carrier = async (letter) => {
    if (server.away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ESOCKET' });
    letters.push(letter);
  };
  const site = () => 'https://signpost.example.org';
  const postman = createPostman({
    db,
    now,
    carrier,
    letterhead: () => ({ from: 'signpost@example.org', replyTo: null, sender: {} }),
    site,
    log: () => undefined,
  });

  return {
    db,
    directory,
    index,
    letters,
    server,
    now,
    /** Goes on to nine in the morning (UTC) of a day. */
    goTo: (day: string) => {
      moment = new Date(`${day}T09:00:00Z`);
    },
    later: (minutes: number) => {
      moment = new Date(moment.getTime() + minutes * 60_000);
    },
    add: (services: Service[], state: Listing['state'] = 'published') =>
      directory.change((save) =>
        save(
          { organizations: [organization], services: services.map((service) => ({ service, state })) },
          { action: 'added', role: 'moderator' },
        ),
      ),
    keep: (service: string, email: string) => {
      const person = personOf(db, email, moment);
      addKeeper(db, service, person, moment);
      return person;
    },
    /** Delivers what waits, and says who got what. */
    post: async () => {
      const had = letters.length;
      await postman.deliver();
      return letters.slice(had);
    },
    get: (id: string) => findListing(db, id) as Listing,
  };
}

/** The same with a listing of Ann's that is due: she has had her first reminder, with a key in it. */
export async function createReminded(): Promise<{ place: Place; ann: number; key: string }> {
  const place = createPlace('2026-11-21');
  place.add([
    listing(1, { assured_date: '2026-05-10', checked: { cost: '2026-05-20' }, assured_by: 'moderator' }),
    listing(2, { assured_date: '2026-11-01' }),
  ]);
  const ann = place.keep(uuid(1), 'ann@example.org');
  await upkeepPass(place.directory);
  const [mail] = await place.post();
  return { place, ann, key: keyIn(mail?.text ?? '') };
}
