import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Transporter } from 'nodemailer';
import type { MailContent } from './template.ts';

/** The two ways of sending a mail: over SMTP, or into a folder where somebody who tries things out can read it. */

export interface Letter extends MailContent {
  id: number;
  /** '<…@…>', the same at every attempt. */
  messageId: string;
  from: string;
  /** Where answers go; null for the sender. */
  replyTo: string | null;
  to: string;
  template: string;
  /** The page on which mails of this kind stop, as a whole address; null where there is none. */
  stop: string | null;
  date: Date;
}

/** Resolves once somebody else is responsible for the letter; rejects where nobody is. */
export type Carrier = (letter: Letter) => Promise<void>;

/** What it means that a letter was not sent. */
export interface Trouble {
  /**
   * `gone`: this letter will never arrive; `later`: it may; `mend`: it will, once its template is mended; `all`: nothing
   * goes out at the moment.
   */
  kind: 'gone' | 'later' | 'mend' | 'all';
  words: string;
}

const MINUTE_MS = 60_000;

/**
 * How long a mail server may take, milliseconds: at least what RFC 5321, 4.5.3.2, gives it. A server that checks a letter
 * before it answers for it may be silent for ten minutes after the last line; whoever gives up sooner sends it again, and
 * again, though it has arrived.
 */
export const PATIENCE_MS = {
  connection: 2 * MINUTE_MS,
  greeting: 5 * MINUTE_MS,
  /** Between two signs of life, at any stage: the longest of them. */
  silence: 10 * MINUTE_MS,
  /** All stages together. */
  delivery: 45 * MINUTE_MS,
} as const;

/**
 * The address of MAIL_FROM with the operator's name before it, unless the name that stands there says who it is: a volunteer
 * who reads only 'Signpost' takes it for a trick.
 */
export function fromOperator(from: string, operator: string): string {
  const { name, address } = nameAndAddress(from);
  if (operator === '' || name.toLowerCase().includes(operator.toLowerCase())) return from;
  return `${name === '' ? operator : `${operator} (${name})`} <${address}>`;
}

/**
 * Hands letters to a mail server, each over a connection of its own. The package that does so is read with the first letter:
 * most starts of the program are over before one is due.
 * @param url 'smtp://user:password@host:587'; TLS is used wherever the server has it
 */
export function smtpCarrier(url: string): Carrier {
  let transport: Transporter | undefined;
  return async ({ from, replyTo, to, subject, text, html, messageId, stop, date }) => {
    const { createTransport } = await import('nodemailer');
    transport ??= createTransport({
      url,
      connectionTimeout: PATIENCE_MS.connection,
      greetingTimeout: PATIENCE_MS.greeting,
      socketTimeout: PATIENCE_MS.silence,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await transport.sendMail({
      from: nameAndAddress(from),
      ...(replyTo !== null && { replyTo }),
      to,
      subject,
      text,
      html,
      messageId,
      date,
      // Holiday notices and the like do not answer such mails (RFC 3834).
      headers: { 'Auto-Submitted': 'auto-generated', ...stopHeaders(stop) },
      signal: AbortSignal.timeout(PATIENCE_MS.delivery),
    });
  };
}

/** By these a mail program offers to stop mails by one press of its own (RFC 2369, RFC 8058), the second only over TLS. */
const stopHeaders = (stop: string | null): Record<string, string> =>
  stop === null
    ? {}
    : {
        'List-Unsubscribe': `<${stop}>`,
        ...(stop.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      };

/**
 * Takes 'Name <address>' apart, for nodemailer to quote the name: left in one piece, a colon in the name begins a group
 * of addresses, and mail from a group is refused (RFC 5322, 3.4 and 3.6.2).
 */
function nameAndAddress(from: string): { name: string; address: string } {
  const [, name = '', address = from] = /^([^<>]*)<([^<>]+)>\s*$/.exec(from) ?? [];
  return { name: name.trim().replace(/^"|"$/g, ''), address: address.trim() };
}

/** The Message-ID of a letter from what tells it from all others: at the host that it is from (RFC 5322, 3.6.4). */
export const messageIdOf = (unique: string, from: string): string =>
  `<${unique}@${nameAndAddress(from).address.split('@').at(-1)}>`;

/** The folder into which mails are put while there is no mail server: beside the database. */
export const outboxBeside = (database: string): string => join(dirname(database), 'outbox');

/** Puts each letter into a folder as two files, one to read and one to look at; a letter that comes again replaces itself. */
export function outboxCarrier(folder: string, log: (line: string) => void): Carrier {
  return async ({ id, template, from, replyTo, to, subject, date, messageId, stop, text, html }) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${String(id).padStart(6, '0')}-${template}`);
    const head = [
      `From: ${from}`,
      ...(replyTo === null ? [] : [`Reply-To: ${replyTo}`]),
      `To: ${to}`,
      `Subject: ${subject}`,
      `Date: ${date.toUTCString()}`,
      ...Object.entries(stopHeaders(stop)).map(([name, value]) => `${name}: ${value}`),
    ];
    writeWhole(`${file}.html`, html);
    writeWhole(`${file}.txt`, `${[...head, `Message-ID: ${messageId}`].join('\n')}\n\n${text}`);
    log(`A mail was written to ${file}.txt, since no SMTP_URL is set.`);
  };
}

/** Writes a file at once, and for nobody else on the computer: it holds an address and a key. */
function writeWhole(file: string, content: string): void {
  const draft = `${file}.part`;
  writeFileSync(draft, content, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

/**
 * Reads why a letter was not sent. A server that refuses this recipient or this letter for good (5yz) is believed; any
 * other trouble passes (RFC 5321, 4.2.1). What the server wrote is kept on one line, without the recipient's address.
 */
export function troubleOf(error: unknown, to: string): Trouble {
  const {
    code,
    responseCode,
    command,
    message = String(error),
  } = error as {
    code?: string;
    responseCode?: number;
    command?: string;
    message?: string;
  };
  const words = message.replaceAll(to, 'the address').replace(/\s+/g, ' ').trim().slice(0, 300);
  const ofLetter = command === 'RCPT TO' || command === 'DATA';
  if (ofLetter && responseCode !== undefined) return { kind: responseCode >= 500 ? 'gone' : 'later', words };
  if (code === 'EENVELOPE' && responseCode === undefined) return { kind: 'gone', words };
  return { kind: 'all', words };
}

/** A trouble as a sentence for the log, without the address of anybody, which mail servers like to repeat. */
export const reasonFor = ({ words }: Trouble): string =>
  words.replace(/(?<![^\s<>"',;:()@])[^\s<>"',;:()@]+@[^\s<>"',;:()]+/g, 'an address').replace(/\.?$/, '.');
