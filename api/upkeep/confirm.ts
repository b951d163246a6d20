import type { Directory, Save } from '../directory/directory.ts';
import { stateWhenRight } from '../directory/reinstate.ts';
import { CHECKED_FIELDS, withChecked } from '../domain/checked.ts';
import { today } from '../domain/london.ts';
import { type Listing, PUBLIC_STATES, type Service } from '../domain/service.ts';
import { queueMail } from '../notify/mail.ts';
import { undoPage } from '../notify/page-links.ts';
import { historyOf, newestLine } from '../store/changes.ts';
import { keepersOf } from '../store/keepers.ts';
import { useToken } from '../store/tokens.ts';
import { keptListing } from './link-target.ts';

/** What a keeper says with one button: that a listing is still right, or that it has stopped. Both can be undone. */

/** The page that says thank you, where there is nothing to take back. */
const SAID = '/keep/done?said=right';

/**
 * Says that all of a listing is still right: everything counts as checked today, and it is published again if it was on
 * its way out. One that moderators have taken out stays out.
 * @param token a key of the purpose 'keep', which cannot be used again
 * @returns the page that says so, on which it can be undone; null where the key does not work
 */
export const sayStillRight = (directory: Directory, token: string): string | null =>
  answer(directory, token, (listing, person, save) => {
    const { service } = listing;
    const day = today(directory.now());
    const checked: Service = {
      ...withChecked(service, CHECKED_FIELDS, day),
      assured_by: 'organization',
      // A listing that had stopped and is right again goes on.
      status: service.status === 'defunct' ? 'active' : service.status,
    };
    save(
      { services: [{ service: checked, state: stateWhenRight(directory.db, listing, day) }] },
      {
        action: 'confirmed',
        role: 'organization',
        person,
        reason: 'Whoever looks after it says that it is still right',
      },
    );
  });

/**
 * Says that it has stopped: people do not find it any more. Everybody who looks after it gets a mail by which it can be
 * undone.
 * @param token a key of the purpose 'keep', which cannot be used again
 * @returns the page that says so, on which it can be undone; null where the key does not work
 */
export const sayStopped = (directory: Directory, token: string): string | null =>
  answer(directory, token, (listing, person, save) => {
    const { db, now } = directory;
    const { service, state } = listing;
    const { id, name } = service;
    save(
      {
        services: [
          { service: { ...service, status: 'defunct' }, state: PUBLIC_STATES.includes(state) ? 'archived' : state },
        ],
      },
      { action: 'stopped', role: 'organization', person, reason: 'Whoever looks after it says that it has stopped' },
    );
    const seq = newestLine(db, id);
    for (const keeper of keepersOf(db, id)) {
      const undo = undoPage(db, seq, keeper.person, now());
      const key = `stopped:${id}:${seq}:${keeper.person}`;
      queueMail(db, { key, to: keeper.email, template: 'stopped-receipt', values: { name, undo } }, now());
    }
  });

/** Uses the key, does what it is for, and makes the key that undoes it. */
function answer(
  directory: Directory,
  token: string,
  act: (listing: Listing, person: number, save: Save) => void,
): string | null {
  return directory.change((save) => {
    const { db, now } = directory;
    const opened = useToken(db, token, 'keep', now());
    const listing = opened && keptListing(db, opened);
    if (!listing || opened.person === null) return null;
    act(listing, opened.person, save);
    const [line] = historyOf(db, [listing.service.id]);
    // Where nothing had to change there may be no such line, and an older one must not be undone.
    const answered = line && (line.action === 'confirmed' || line.action === 'stopped') && line.role === 'organization';
    return answered ? undoPage(db, line.seq, opened.person, now()) : SAID;
  });
}
