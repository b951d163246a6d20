import { createHmac, randomBytes } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { dateOf, dayOf, today } from '../domain/london.ts';
import { PUBLIC_STATES } from '../domain/service.ts';
import { describeDate } from '../domain/words.ts';
import { queueMail } from '../notify/mail.ts';
import { keepPage } from '../notify/page-links.ts';
import { createHourlyLimiter } from '../runtime/limits.ts';
import { findHandout } from '../store/handouts.ts';
import { livingIds } from '../store/joined.ts';
import { keepersOf } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { addVisit, closedVisits, type VisitAnswer } from '../store/visits.ts';

/**
 * What people say by one tap on the page of a short link after they went. Only counts are kept. That one sheet counts once
 * for a listing is known by a hash under a key that is never written down, so that no count leads back to a sheet; a
 * restart forgets it.
 */

/** So many who found it closed, and whoever looks after it is asked. */
const ASKED_FROM = 2;
/** Days: what was closed longer ago says nothing of today. */
const LOOKED_BACK = 90;
/**
 * Sheets can be made by anybody, and be tapped by a program: so much is taken in an hour from one connection, and so many
 * listings are asked about in all. What goes beyond the second is counted all the same.
 */
const TAKEN_AN_HOUR = 60;
const ASKED_AN_HOUR = 20;
/** Bounds the memory. */
const MOST_SEEN = 50_000;

export class VisitDesk {
  readonly #directory: Directory;
  readonly #seen = new Set<string>();
  readonly #taken = createHourlyLimiter(TAKEN_AN_HOUR);
  readonly #asked = createHourlyLimiter(ASKED_AN_HOUR);
  #key = randomBytes(32);

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /**
   * Counts an answer, and asks whoever looks after the listing where it was found closed again since its last check: once
   * a month at the most.
   * @param code of the short link
   * @param id of one of its listings, as it is known today
   * @param client the network address of who answers, which is not kept
   * @returns false where there is no such link, it does not hold the listing, or enough has come from that connection
   */
  take(code: string, id: string, said: VisitAnswer, client: string): boolean {
    const { db, now } = this.#directory;
    const day = today(now());
    const handout = findHandout(db, code, day);
    const ids = handout?.listings.map((listing) => listing.id) ?? [];
    if (!livingIds(db, ids).includes(id)) return false;
    const mark = createHmac('sha256', this.#key).update(`${code} ${id}`).digest('base64').slice(0, 22);
    if (this.#seen.has(mark)) return true;
    if (this.#taken.take(client) > 0) return false;
    if (this.#seen.size >= MOST_SEEN) {
      this.#key = randomBytes(32);
      this.#seen.clear();
    }
    this.#directory.change(() => {
      addVisit(db, id, day, said);
      if (said === 'closed') this.#askKeepers(id, day);
    });
    this.#seen.add(mark);
    return true;
  }

  #askKeepers(id: string, day: string): void {
    const { db, now } = this.#directory;
    const listing = findListing(db, id);
    if (!listing || !PUBLIC_STATES.includes(listing.state)) return;
    const { name, assured_date } = listing.service;
    const since = [assured_date, dateOf(dayOf(day) - LOOKED_BACK)].sort().at(-1) ?? day;
    if (closedVisits(db, id, since) < ASKED_FROM || this.#asked.take('everybody') > 0) return;
    for (const { person, email } of keepersOf(db, id)) {
      const values = { name, checked: describeDate(assured_date), link: keepPage(db, id, person, now()) };
      const key = `found-closed:${id}:${day.slice(0, 7)}:${person}`;
      queueMail(db, { key, to: email, template: 'found-closed', values }, now());
    }
  }
}
