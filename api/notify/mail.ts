import { insertMail } from '../store/mail.ts';
import type { Db } from '../store/open.ts';
import { missingValues, type TemplateName, type TemplateValues } from './templates.ts';

/** A mail as it is wished for. */
interface MailWish<T extends TemplateName> {
  /**
   * What it is about and for whom, such as 'due:SERVICE:2026-05-21:PERSON': the same key never goes out twice. No address
   * in it: it is kept longer than the address.
   */
  key: string;
  to: string;
  template: T;
  /** What stands in the gaps of the template. A value that starts with '/' is a page of this site. */
  values: TemplateValues<T>;
}

/**
 * Puts a mail into the queue, in the transaction of what it tells about: it is sent once that is committed, and never
 * where it is rolled back. Where a mail of that key was queued before, nothing happens.
 * @throws an Error where a value is missing, which is a mistake in the program
 */
export function queueMail<T extends TemplateName>(db: Db, { key, to, template, values }: MailWish<T>, now: Date): void {
  const missing = missingValues(template, values);
  if (missing.length > 0) throw new Error(`A mail of the template ${template} lacks ${missing.join(', ')}.`);
  insertMail(db, { key, to, template, values }, now);
}
