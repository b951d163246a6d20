import { randomUUID } from 'node:crypto';
import type { Directory } from '../../api/directory/directory.ts';
import { shownOf } from '../../api/domain/handout.ts';
import { newCode } from '../../api/handout/code.ts';
import { receiveUpload } from '../../api/import/csv/uploads.ts';
import { QUESTION_KINDS } from '../../api/import/questions/asker.ts';
import { beginEdit } from '../../api/moderate/edit.ts';
import { invitedPage, watchConfirmPage } from '../../api/notify/page-links.ts';
import { addBulkEdit } from '../../api/store/bulk.ts';
import { addFeed, addNotes, beginHarvest } from '../../api/store/feeds.ts';
import { saveHandout } from '../../api/store/handouts.ts';
import { keepAsked } from '../../api/store/import-questions.ts';
import { importedRecords } from '../../api/store/imported.ts';
import { findListings } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { addWatch } from '../../api/store/watches.ts';
import { FEED } from '../fixtures/feed.ts';
import { NOW } from '../helpers/clock.ts';

/** Pages that are there only once something has happened: a feed with questions, files, a change of many, a handout. */

const TEMPLATE = 'name,organisation,summary\nTea,Friends,Tea and talk\n';
/** Each under headings of its own: what a hostile form answered about those of another is remembered for the next. */
const ownTable = (): string =>
  `Activity,Theme,When,Where,${randomUUID()}\nTea,Natter & brew,Tuesdays 10 to 11,Hall,\nCake,Natter & brew,now and then,Hall,\n`;

/** Makes such things happen in the file of a site. @returns the addresses of their pages, as a moderator knows them */
export async function pagesOfWork(database: string, moderator: string): Promise<string[]> {
  const db = openStore(database);
  const now = new Date(NOW);
  const directory = { db, now: () => now } as Directory;
  try {
    const ids = db
      .prepare(
        "SELECT id FROM service WHERE state = 'published' AND id NOT IN (SELECT service_id FROM imported) ORDER BY id LIMIT 4",
      )
      .pluck()
      .all() as string[];
    const listings = findListings(db, ids);
    const [first] = listings;
    if (!first) throw new Error('There is no listing.');
    const person = personOf(db, moderator, now);
    const { id: feed } = addFeed(
      db,
      {
        name: 'Council',
        url: `https://council.example.org/${randomUUID()}`,
        licence: null,
        state: 'paused',
        every_hours: 24,
      },
      NOW,
    );
    addNotes(db, beginHarvest(db, feed, NOW), [
      { kind: 'feed', about: 'Council', name: null, field: 'pages', words: 'It was slow.' },
    ]);
    const { service, organization, locations, state } = first;
    // As the feed calls it: read anew, the record is known by the same id.
    const record_id = String(FEED.plain['id']);
    importedRecords(db, feed).write({
      service_id: service.id,
      record_id,
      licence: null,
      at: NOW,
      hash: 'a',
      record: FEED.plain,
      listing: { service, organization, locations, state },
      shared: {},
      seen: 1,
    });
    const asked = QUESTION_KINDS.map((kind) => ({ kind, said: 'now and then', choices: [] }));
    keepAsked(db, feed, record_id, asked, FEED.plain);
    const sent = async (name: string, body: string) => {
      const upload = await receiveUpload(directory, { name, source: 'Council', person }, Buffer.from(body));
      if ('problems' in upload) throw new Error(JSON.stringify(upload.problems));
      return upload.id;
    };
    const [template, own] = [await sent('a.csv', TEMPLATE), await sent('b.csv', ownTable())];
    const after = { ...service, summary: 'Other' };
    const bulk = addBulkEdit(db, {
      at: NOW,
      person,
      words: 'Category added: Gardening',
      services: [{ id: service.id, before: service, after }] as never,
    });
    const code = newCode();
    saveHandout(
      db,
      { code, listings: listings.map((it) => shownOf(it, now)), made: '2026-11-21', expires: '2027-05-21' },
      '2026-11-21',
    );
    const form = beginEdit(directory, service.id, person) ?? randomUUID();
    const steps = ['', '/who', '/what', '/when', '/where', '/for', '/joining', '/pain', '/dates', '/map', '/check'];
    return [
      `/moderate/feeds/${feed}`,
      `/moderate/questions/${feed}`,
      `/moderate/questions/${feed}/records`,
      `/moderate/import/${template}`,
      `/moderate/import/${own}`,
      `/moderate/import/${own}/columns`,
      `/moderate/bulk/${bulk}`,
      ...steps.map((step) => `/moderate/forms/${form}${step}`),
      `/h/${code}`,
      `/api/v1/handouts/${code}`,
      `/api/v1/handouts/${code}/calendar.ics`,
      `/fhir/R4/Bundle/${code}`,
      invitedPage(db, ids, person, now),
      watchConfirmPage(db, addWatch(db, 'kim@example.org', ids, now), now),
    ];
  } finally {
    closeStore(db);
  }
}
