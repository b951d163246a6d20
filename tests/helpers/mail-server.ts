import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server on loopback that keeps what it is given, and can be told to refuse. */

export interface Received {
  to: string;
  from: string;
  /** The name beside that address; empty for none. */
  fromName: string;
  /** Where answers go; empty for the sender. */
  replyTo: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** All its heads, by their names in small letters. */
  headers: Record<string, string>;
  /** Every web address in either half, each once, in the order in which they stand. */
  links: string[];
}

export interface MailServer {
  /** For SMTP_URL. */
  url: string;
  /** In the order of arrival. */
  received: Received[];
  /** What the server answers instead of taking a mail; undefined takes it. Changed at will. */
  refuse: { at: 'connect' | 'recipient' | 'data'; code: number; to?: string } | undefined;
  /** Called when a mail has been taken, before that is said: a test may let the sender die here. */
  taken: (mail: Received) => Promise<void> | void;
  /** Waits until so many mails to somebody have come, at most 20 seconds; the newest of them. */
  waitFor(to: string, subject?: RegExp): Promise<Received>;
  stop(): Promise<void>;
}

const LINK = /https?:\/\/[^\s"'<>]+/g;

const refusal = (code: number) => Object.assign(new Error('Not wanted here'), { responseCode: code });

/** Starts one on a free port. */
export async function startMailServer(): Promise<MailServer> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, callback) => callback(mail.refuse?.at === 'connect' ? refusal(mail.refuse.code) : null),
    onRcptTo: ({ address }, _session, callback) => {
      const { refuse } = mail;
      const meant = refuse?.at === 'recipient' && (refuse.to === undefined || refuse.to === address);
      callback(meant ? refusal(refuse.code) : null);
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (mail.refuse?.at === 'data') return callback(refusal(mail.refuse.code));
        const parsed = await PostalMime.parse(Buffer.concat(chunks));
        const { text = '', html = '' } = parsed;
        const one: Received = {
          to: session.envelope.rcptTo[0]?.address ?? '',
          from: parsed.from?.address ?? '',
          fromName: parsed.from?.name ?? '',
          replyTo: parsed.replyTo?.[0]?.address ?? '',
          subject: parsed.subject ?? '',
          text,
          html,
          messageId: parsed.messageId ?? '',
          headers: Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value])),
          links: [...new Set([...(text.match(LINK) ?? []), ...(html.match(LINK) ?? [])])],
        };
        received.push(one);
        await mail.taken(one);
        return callback(null);
      });
    },
  });
  // A client that is killed in the middle of a sentence is no fault of the server.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse: undefined,
    taken: () => undefined,
    async waitFor(to, subject = /./) {
      for (let tries = 0; tries < 400; tries += 1) {
        const found = received.findLast((one) => one.to === to && subject.test(one.subject));
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`No mail to ${to} came. There came: ${received.map((one) => `${one.to} ‘${one.subject}’`)}`);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
  return mail;
}
