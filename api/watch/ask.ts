import type { Listing } from '../domain/service.ts';
import { queueMail } from '../notify/mail.ts';
import { watchConfirmPage } from '../notify/page-links.ts';
import { createHourlyLimiter } from '../runtime/limits.ts';
import { livingIds } from '../store/joined.ts';
import { addWatch, unconfirmedWatches, watchMails } from '../store/watches.ts';
import { openListing, type WatchParts } from './listings.ts';

/**
 * Takes in that somebody wants to be told of changes. Anybody can write anybody's address, so the only mail that goes out
 * before a yes has nothing in it that somebody wrote, not even the name of a listing; a few a day go to one address, and so
 * many an hour in all.
 */

const MOST_UNCONFIRMED = 3;
const ASKED_AN_HOUR = 20;
const MAILS_AN_HOUR = 300;

/** What changes of a list are told of. */
export interface Offer {
  told: Listing[];
  /** How many of the list are made up as examples, and how many are left out for another reason. */
  examples: number;
  others: number;
}

/** Which listings of a list can be watched. */
export function offerOf(parts: WatchParts, ids: readonly string[]): Offer {
  const living = livingIds(parts.directory.db, ids);
  const open = living.flatMap((id) => openListing(parts, id) ?? []);
  const told = open.filter(({ service: { example, status } }) => !example && status !== 'defunct');
  const examples = open.filter(({ service }) => service.example).length;
  return { told, examples, others: living.length - told.length - examples };
}

export class WatchDesk {
  readonly #parts: WatchParts;
  readonly #asking = createHourlyLimiter(ASKED_AN_HOUR);
  readonly #mails = createHourlyLimiter(MAILS_AN_HOUR);

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /**
   * Mails a link by which it is confirmed. The answer is the same whether or not an address is known, or had enough mails.
   * @param client the network address of who asks, which is not kept
   */
  ask(wish: { email: string; ids: readonly string[]; client: string }): 'asked' | 'nothing' | 'too_many' {
    const { told } = offerOf(this.#parts, wish.ids);
    if (told.length === 0) return 'nothing';
    if (this.#asking.take(wish.client) > 0 || this.#mails.take('everybody') > 0) return 'too_many';
    const { directory } = this.#parts;
    const { db } = directory;
    const now = directory.now();
    directory.change(() => {
      if (unconfirmedWatches(db, wish.email) >= MOST_UNCONFIRMED) return;
      const ids = told.map(({ service }) => service.id);
      const id = addWatch(db, wish.email, ids, now);
      const count = ids.length === 1 ? 'a listing in it changes' : `one of ${ids.length} listings in it changes`;
      const values = { count, link: watchConfirmPage(db, id, now) };
      queueMail(db, { key: `${watchMails(id)}confirm`, to: wish.email, template: 'watch-confirm', values }, now);
    });
    return 'asked';
  }
}
