import type { Directory } from '../directory/directory.ts';
import { today } from '../domain/london.ts';
import { queueMail } from '../notify/mail.ts';
import { type Arrivals, arrivalsSince } from '../store/arrivals.ts';
import { personOf } from '../store/people.ts';
import { decidersOf, keepMailWish, mailWishOf } from '../store/team.ts';

/** The mail that moderators get when something has arrived for them: at once, or once a day, as each of them likes. */

/**
 * Queues the mail to each who decides, where something arrived after their last one. Who wants it weekly gets the mail of
 * every Monday alone (digest.ts).
 * @param named the addresses of the setting MODERATORS
 */
export function tellArrivals(directory: Directory, named: readonly string[]): void {
  const { db } = directory;
  const now = directory.now();
  // Most times nothing waits, and then nothing else is read.
  if (isNothing(arrivalsSince(db, ''))) return;
  for (const address of decidersOf(db, named)) {
    const person = personOf(db, address, now);
    const { rhythm, told_at } = mailWishOf(db, person) ?? { rhythm: 'daily', told_at: '' };
    if (rhythm === 'weekly') continue;
    if (rhythm === 'daily' && told_at !== '' && today(new Date(told_at)) === today(now)) continue;
    const arrivals = arrivalsSince(db, told_at);
    if (isNothing(arrivals)) continue;
    directory.change(() => {
      keepMailWish(db, person, rhythm, now.toISOString());
      const key = `arrived:${now.toISOString()}:${person}`;
      const values = { figures: arrivalLines(arrivals).join('\n'), link: '/moderate' };
      queueMail(db, { key, to: address, template: 'arrived', values }, now);
    });
  }
}

const isNothing = ({ forms, reports }: Arrivals): boolean => forms + reports === 0;

const arrivalLines = ({ forms, reports }: Arrivals): string[] =>
  [
    forms > 0 && (forms === 1 ? 'One form has arrived.' : `${forms} forms have arrived.`),
    reports > 0 && (reports === 1 ? 'One report has arrived.' : `${reports} reports have arrived.`),
  ].filter((line) => line !== false);
