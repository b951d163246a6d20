import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { IDENTITY_DEFAULTS, type Identity } from '../api/domain/identity.ts';
import { messageIdOf, outboxBeside, reasonFor, troubleOf } from '../api/notify/carriers.ts';
import { carrierBy, letterheadBy } from '../api/notify/sending.ts';
import { mailWords } from '../api/notify/template.ts';
import { logKeeper, readSettings, SettingsError, siteFrom } from '../api/runtime/settings.ts';
import { readIdentity } from '../api/store/identity.ts';
import { closeStore, type LogKeeper, openStore } from '../api/store/open.ts';

/** `npm run mail -- test ADDRESS`: whether mail goes out, and why not. */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `npm run mail -- test ADDRESS
  Sends a mail by the settings of the server (SMTP_URL, MAIL_FROM, OPERATOR, CONTACT, SITE_URL) and says what the mail
  server answered. Where SMTP_URL is not set, the mail is put into the folder outbox beside the database.`;

/** What the command came to; the exit code. */
async function run([what, address = '', ...rest]: readonly string[]): Promise<number> {
  if (what !== 'test' || !/^[^\s@]+@[^\s@]+$/.test(address) || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  try {
    const settings = readSettings(process.env);
    const file = resolve(ROOT, settings.DATABASE);
    const outbox = outboxBeside(file);
    const carrier = carrierBy(settings, outbox, console.log);
    const { from, replyTo, sender } = letterheadBy(settings, identityIn(file, logKeeper(settings)));
    const words = mailWords('test', { link: '/' }, siteFrom(settings), sender);
    const messageId = messageIdOf(randomUUID(), from);
    console.log(`From: ${from}\nSubject: ${words.subject}`);
    try {
      await carrier({
        ...words,
        id: 0,
        messageId,
        from,
        replyTo,
        to: address,
        template: 'test',
        stop: null,
        date: new Date(),
      });
    } catch (error) {
      console.error(`It did not go out: ${reasonFor(troubleOf(error, address))} Look at SMTP_URL and MAIL_FROM.`);
      return 1;
    }
    if (settings.SMTP_URL) console.log('The mail server has taken it. Look whether it arrives, and whether as spam.');
    return 0;
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    return 1;
  }
}

/** What the owners call the directory; the defaults where there is none yet. */
function identityIn(file: string, log: LogKeeper): Identity {
  if (!existsSync(file)) return IDENTITY_DEFAULTS;
  const db = openStore(file, log);
  const identity = readIdentity(db);
  closeStore(db);
  return identity;
}

process.exitCode = await run(process.argv.slice(2));
