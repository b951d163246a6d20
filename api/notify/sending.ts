import { type Carrier, fromOperator, outboxCarrier, smtpCarrier } from './carriers.ts';
import type { Sender } from './template.ts';

/** How mail goes out by the settings of an operator. */

interface MailSettings {
  SMTP_URL: string | null;
  MAIL_FROM: string | null;
  OPERATOR: string;
  CONTACT: string | null;
}

/** Who a mail is from. */
export interface Letterhead {
  /** An address, or 'Name <address>'. */
  from: string;
  /** Where answers go; null for the sender. */
  replyTo: string | null;
  /** Who runs the directory, as its mails say. */
  sender: Sender;
}

/**
 * How mail leaves.
 * @param outbox the folder into which mail is put where there is no SMTP_URL
 */
export const carrierBy = ({ SMTP_URL }: MailSettings, outbox: string, log: (line: string) => void): Carrier =>
  SMTP_URL ? smtpCarrier(SMTP_URL) : outboxCarrier(outbox, log);

/** @param identity what the owners call the directory, and where questions go if they say so */
export function letterheadBy(settings: MailSettings, identity: { name: string; contact: string }): Letterhead {
  const { MAIL_FROM, OPERATOR } = settings;
  const contact = identity.contact || settings.CONTACT;
  const isAddress = contact?.includes('@') && !/^https?:/.test(contact);
  return {
    from: fromOperator(MAIL_FROM ?? `${identity.name} <signpost@localhost>`, OPERATOR),
    replyTo: isAddress ? contact : null,
    sender: { name: identity.name, operator: OPERATOR, contact },
  };
}
