import { type Carrier, fromOperator, outboxCarrier, smtpCarrier } from './carriers.ts';
import type { Sender } from './template.ts';

/** How mail goes out by the settings of an operator. */

interface MailSettings {
  SMTP_URL: string | null;
  MAIL_FROM: string | null;
  OPERATOR: string;
  CONTACT: string | null;
}

export interface Sending {
  carrier: Carrier;
  from: string;
  /** Where answers go; null for the sender. */
  replyTo: string | null;
  sender: Sender;
}

/**
 * Reads it from the settings.
 * @param outbox the folder into which mail is put where there is no SMTP_URL
 */
export function sendingBy(settings: MailSettings, outbox: string, log: (line: string) => void): Sending {
  const { SMTP_URL, MAIL_FROM, OPERATOR, CONTACT } = settings;
  const isAddress = CONTACT?.includes('@') && !/^https?:/.test(CONTACT);
  return {
    carrier: SMTP_URL ? smtpCarrier(SMTP_URL) : outboxCarrier(outbox, log),
    from: fromOperator(MAIL_FROM ?? 'Signpost <signpost@localhost>', OPERATOR),
    replyTo: isAddress ? CONTACT : null,
    sender: { operator: OPERATOR, contact: CONTACT },
  };
}
