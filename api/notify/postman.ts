import { claimMail, holdMail, type MailRow, markDelayed, markFailed, markSent, nextMailAt } from '../store/mail.ts';
import type { Db } from '../store/open.ts';
import { type Carrier, type Letter, messageIdOf, reasonFor, type Trouble, troubleOf } from './carriers.ts';
import type { Letterhead } from './sending.ts';
import { mailWords, TemplateError } from './template.ts';

/**
 * Sends what is in the queue. A mail is marked as being sent before it is handed over, and as sent afterwards. A
 * process that dies in between leaves a mail of which nobody knows whether it arrived. It is sent again when its time
 * is over, with the same Message-ID, by which mail servers and programs see that it is the same. So every mail arrives
 * at least once, and twice only where the process died between the server's 'accepted' and the line in the database.
 */

/** After so long without a sign of life whoever took a mail counts as gone. */
const CLAIM_MS = 180_000;
/** How often whoever delivers gives that sign, for as long as the server takes: three may be missed. */
const SIGN_OF_LIFE_MS = 45_000;
/** The waits between attempts double from the first to the last of these. */
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 4 * 3_600_000;
/** How long one letter is tried (RFC 5321, 4.5.4.1: at least four to five days). */
const GIVE_UP_MS = 5 * 86_400_000;
/** How long after a trouble that stops all mail the next is tried. */
const ALL_STOPPED_MS = 30_000;

export interface PostmanParts {
  db: Db;
  now: () => Date;
  carrier: Carrier;
  /** Who a mail is from, asked for each. */
  letterhead: () => Letterhead;
  /** Where links lead, without a slash at the end. */
  site: () => string;
  /** Milliseconds between signs of life while a mail is on its way; a test may want more of them. */
  signOfLife?: number;
  log: (line: string) => void;
}

export interface Postman {
  /**
   * Sends what is due, one after the other, until nothing is left or nothing can be sent at all. Called while it is
   * working, it waits for that.
   * @returns how many mails were sent
   */
  deliver(): Promise<number>;
  /** Begins no further delivery. */
  stop(): void;
}

const claimUntil = (now: Date): Date => new Date(now.getTime() + CLAIM_MS);

/** Makes a postman; any number of them may work on one file. */
export function createPostman(parts: PostmanParts): Postman {
  const { db, now, carrier, letterhead, site, log, signOfLife = SIGN_OF_LIFE_MS } = parts;
  let underWay: Promise<number> | null = null;
  let stopped = false;
  /** While nothing can be sent at all, single letters are not tried. */
  let resumeAt = 0;

  const letterOf = (mail: MailRow, { from, replyTo, sender } = letterhead()): Letter => ({
    ...mailWords(mail.template, mail.given, site(), sender),
    id: mail.id,
    messageId: messageIdOf(mail.message_id, from),
    from,
    replyTo,
    to: mail.recipient,
    template: mail.template,
    stop: mail.given['stop'] ? `${site()}${mail.given['stop']}` : null,
    date: new Date(mail.queued_at),
  });

  /** @returns what went wrong, or null where it went out */
  async function send(mail: MailRow): Promise<Trouble | null> {
    const alive = setInterval(() => holdMail(db, mail, claimUntil(now())), signOfLife);
    try {
      await carrier(letterOf(mail));
      return null;
    } catch (error) {
      // A template that is broken while somebody edits it only holds up its own mails.
      if (error instanceof TemplateError) return { kind: 'mend', words: error.message };
      return troubleOf(error, mail.recipient);
    } finally {
      clearInterval(alive);
    }
  }

  function settle(mail: MailRow, trouble: Trouble | null): void {
    const moment = now();
    if (trouble === null) {
      markSent(db, mail.id, moment);
      return;
    }
    const tried = moment.getTime() - Date.parse(mail.queued_at);
    if (trouble.kind === 'gone' || (trouble.kind === 'later' && tried >= GIVE_UP_MS)) {
      markFailed(db, mail.id, trouble.words, moment);
      log(`Mail ${mail.id} (${mail.template}) cannot be delivered: ${reasonFor(trouble)}`);
      return;
    }
    const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(mail.attempts - 1, 20), LONGEST_WAIT_MS);
    markDelayed(db, mail.id, trouble.words, new Date(moment.getTime() + wait));
    if (trouble.kind === 'all') {
      resumeAt = moment.getTime() + ALL_STOPPED_MS;
      log(`No mail goes out at the moment: ${reasonFor(trouble)} It is tried again until it does.`);
    }
  }

  async function deliverAll(): Promise<number> {
    let sent = 0;
    while (!stopped) {
      const moment = now();
      if (moment.getTime() < Math.max(resumeAt, nextMailAt(db) ?? Number.POSITIVE_INFINITY)) break;
      const mail = claimMail(db, moment, claimUntil(moment));
      if (mail === null) break;
      const trouble = await send(mail);
      settle(mail, trouble);
      if (trouble === null) sent += 1;
    }
    return sent;
  }

  const deliver = (): Promise<number> => {
    underWay ??= deliverAll().finally(() => {
      underWay = null;
    });
    return underWay;
  };

  return {
    deliver,
    stop() {
      stopped = true;
    },
  };
}
