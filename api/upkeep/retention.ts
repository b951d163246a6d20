import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Directory } from '../directory/directory.ts';
import { dateOf, dayAt } from '../domain/london.ts';
import { forgetNamedKeepers } from '../store/named-keepers.ts';
import { dropEndedTokens, dropFormerReminders, dropMails, forgetIdlePeople, forgetMails } from '../store/retention.ts';
import { dropDrafts, forgetSenders } from '../store/submissions.ts';
import { dropVisits } from '../store/visits.ts';
import { DRAFT_DAYS, SENDER_DAYS } from '../submit/drafts.ts';

/** How long things of people are kept; docs/personal-data.md says why. Days. */
const KEPT_DAYS = {
  /** The address of a mail that went out or was given up, and the files of the outbox. */
  mail: 30,
  /** That a mail of some key went out: longer than anything waits to be done again. */
  mailKey: 3 * 365,
  /** A key that was used or expired. */
  token: 60,
  /** Which reminders there were before the last check. */
  reminder: 365,
  /** An address that has nothing to do with anything any more. */
  person: 30,
  /** How people found a listing who went there. */
  visit: 180,
} as const;

const DAY_MS = 86_400_000;

/**
 * Deletes all that has been kept long enough.
 * @param moderators their addresses, which stay
 * @param outbox the folder of mails that were put into files; null where there is none
 */
export function forgetOld(directory: Directory, moderators: readonly string[], outbox: string | null): void {
  const { db, now } = directory;
  const moment = now();
  const ago = (days: number) => new Date(moment.getTime() - days * DAY_MS);
  const before = (days: number) => ago(days).toISOString();
  directory.change(() => {
    dropDrafts(db, ago(DRAFT_DAYS));
    forgetSenders(db, ago(SENDER_DAYS));
    forgetMails(db, before(KEPT_DAYS.mail));
    dropMails(db, before(KEPT_DAYS.mailKey));
    dropEndedTokens(db, before(KEPT_DAYS.token));
    dropFormerReminders(db, dateOf(dayAt(moment.getTime()) - KEPT_DAYS.reminder));
    forgetNamedKeepers(db);
    dropVisits(db, dateOf(dayAt(moment.getTime()) - KEPT_DAYS.visit));
    forgetIdlePeople(db, before(KEPT_DAYS.person), moderators);
  });
  if (outbox !== null) dropOldFiles(outbox, ago(KEPT_DAYS.mail).getTime());
}

function dropOldFiles(folder: string, before: number): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const file = join(folder, name);
    if (/\.(txt|html|part)$/.test(name) && statSync(file).mtimeMs < before) rmSync(file, { force: true });
  }
}
