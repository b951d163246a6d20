import type { Directory } from '../directory/directory.ts';
import { today } from '../domain/london.ts';
import { queueMail } from '../notify/mail.ts';
import { arrivalsSince } from '../store/arrivals.ts';
import { personOf } from '../store/people.ts';
import { readSetting, writeSetting } from '../store/settings.ts';

/** The mail that moderators get when something has arrived for them, once a day at most. */

/** Until when they have been told, ISO 8601, UTC. */
const TOLD = 'arrivals_told';

/** Queues the mail where something arrived after the last one, and none went out on this day. */
export function tellArrivals(directory: Directory, moderators: readonly string[]): void {
  const { db } = directory;
  const now = directory.now();
  const told = readSetting(db, TOLD) ?? '';
  if (moderators.length === 0 || (told !== '' && today(new Date(told)) === today(now))) return;
  const { forms, reports } = arrivalsSince(db, told);
  if (forms + reports === 0) return;
  const lines = [
    forms > 0 && (forms === 1 ? 'One form has arrived.' : `${forms} forms have arrived.`),
    reports > 0 && (reports === 1 ? 'One report has arrived.' : `${reports} reports have arrived.`),
  ].filter((line) => line !== false);
  directory.change(() => {
    writeSetting(db, TOLD, now.toISOString());
    for (const address of moderators) {
      const key = `arrived:${today(now)}:${personOf(db, address, now)}`;
      const values = { figures: lines.join('\n'), link: '/moderate' };
      queueMail(db, { key, to: address, template: 'arrived', values }, now);
    }
  });
}
