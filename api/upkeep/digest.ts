import type { Directory } from '../directory/directory.ts';
import { dateOf, dayAt, weekdayOf } from '../domain/london.ts';
import { queueMail } from '../notify/mail.ts';
import { onOneLine } from '../notify/template.ts';
import { personOf } from '../store/people.ts';
import { decidersOf } from '../store/team.ts';
import { type UpkeepFigures, upkeepFigures } from '../store/upkeep-figures.ts';

/** The mail that moderators get once a week, if there is something to tell. */

const many = (count: number, one: string, more: string): string =>
  count === 1 ? one : more.replace('#', String(count));

/** The lines of the mail; none where all is well. */
function digestLines({ due, unconfirmed, alone, examples, undelivered, waiting, reports }: UpkeepFigures): string[] {
  const lines = [
    waiting > 0 && many(waiting, 'One form waits for you.', '# forms wait for you.'),
    reports > 0 && many(reports, 'One report waits for you.', '# reports wait for you.'),
    due > 0 && many(due, 'One listing is due to be checked.', '# listings are due to be checked.'),
    unconfirmed > 0 &&
      many(unconfirmed, 'One listing has not been confirmed lately.', '# listings have not been confirmed lately.'),
    alone > 0 &&
      many(
        alone,
        'Of these, nobody looks after one, so only you can have it checked:',
        'Of these, nobody looks after #, so only you can have them checked:',
      ),
    ...examples.map((name) => `- ${onOneLine(name)}`),
    alone > examples.length && `- and ${alone - examples.length} more`,
    undelivered > 0 && many(undelivered, 'One mail could not be delivered.', '# mails could not be delivered.'),
  ];
  return lines.filter((line) => line !== false);
}

/**
 * Queues the mail to each who decides, at most one in a week that begins on a Monday.
 * @param named the addresses of the setting MODERATORS
 */
export function sendDigest(directory: Directory, named: readonly string[]): void {
  const { db, now } = directory;
  const lines = digestLines(upkeepFigures(db));
  const moderators = decidersOf(db, named);
  if (lines.length === 0 || moderators.length === 0) return;
  const today = dayAt(now().getTime());
  const monday = dateOf(today - weekdayOf(today));
  directory.change(() => {
    for (const address of moderators) {
      const key = `digest:${monday}:${personOf(db, address, now())}`;
      queueMail(
        db,
        { key, to: address, template: 'digest', values: { figures: lines.join('\n'), link: '/moderate' } },
        now(),
      );
    }
  });
}
