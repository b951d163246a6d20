import { randomUUID } from 'node:crypto';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import type { Answers } from '../../../api/domain/answers.ts';
import { type Listing, Service } from '../../../api/domain/service.ts';
import { type Batch, findListing } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { addSubmission, changeSubmission, findSubmission, type Submission } from '../../../api/store/submissions.ts';
import { baseOf } from '../../../api/submit/drafts.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';

/** A small directory with its moderators, and what is sent in to them. */
export interface Desk {
  directory: Directory;
  db: Directory['db'];
  api: World['api'];
  /** The numbers of two moderators and of somebody who sends something in. */
  mo: number;
  ed: number;
  ann: number;
  /** The clock goes on. */
  wait(ms: number): void;
  /** The mails queued so far: to whom, which template, what stands in its gaps. */
  mails(): { to: string; template: string; given: Record<string, string> }[];
  /** Something new, as Ann sends it in: what a listing says, but for the answers given. */
  sendNew(like: string, answers?: Answers): Submission;
  /** A change of a listing, as Ann sends it in. */
  sendEdit(id: string, answers: Answers): Submission;
  listing(id: string): Listing;
}

export const MODERATORS = ['mo@example.org', 'ed@example.org'];
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Makes one; `batch` in place of the usual listings. */
export function createDesk(batch?: Batch): Desk {
  const { db, index, api } = createWorld({}, batch);
  let clock = new Date(NOW);
  const now = () => clock;
  const directory = createDirectory({ db, index, now });
  const [mo, ed, ann] = ['mo@example.org', 'ed@example.org', 'ann@example.org'].map((it) =>
    personOf(db, it, now()),
  ) as [number, number, number];
  const listing = (id: string): Listing => {
    const found = findListing(db, id);
    if (!found) throw new Error(`There is no listing ${id}.`);
    return found;
  };
  const sent = (begun: Parameters<typeof addSubmission>[1]): Submission => {
    addSubmission(db, begun, now());
    changeSubmission(db, begun.id, 1, { state: 'waiting', sent_at: now().toISOString() }, now());
    return findSubmission(db, begun.id) as Submission;
  };
  return {
    directory,
    db,
    api,
    mo,
    ed,
    ann,
    listing,
    wait: (ms) => {
      clock = new Date(clock.getTime() + ms);
    },
    mails: () =>
      (
        db.prepare('SELECT recipient, template, given FROM mail ORDER BY id').all() as {
          recipient: string;
          template: string;
          given: string;
        }[]
      ).map(({ recipient, template, given }) => ({ to: recipient, template, given: JSON.parse(given) })),
    sendNew: (like, answers = {}) =>
      sent({
        id: randomUUID(),
        kind: 'new',
        service_id: randomUUID(),
        answers: { ...baseOf(db, listing(like), now()), email: 'ann@example.org', ...answers },
        base: null,
        person: ann,
      }),
    sendEdit: (id, answers) => {
      const base = baseOf(db, listing(id), now());
      return sent({
        id: randomUUID(),
        kind: 'edit',
        service_id: id,
        answers: { ...base, ...answers },
        base,
        person: ann,
      });
    },
  };
}

/** The service of a listing with something else in it. */
export const changed = (listing: Listing, over: Partial<Service>): Service =>
  Service.parse({ ...listing.service, ...over });
