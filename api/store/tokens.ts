import { createHash, randomBytes } from 'node:crypto';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/**
 * Keys that stand in the links of mails: random, kept as a hash alone, each for one purpose and one thing, for a time. To
 * look at a key changes nothing (mail scanners open every link); to use one that works once takes it out of force.
 */

/**
 * What keys are for: a form, confirming its address, signing in, changing, handing over, taking back, 'still right', an
 * invitation; saying yes to being told of changes, and stopping that.
 */
const PURPOSES = [
  'draft',
  'confirm_email',
  'sign_in',
  'edit',
  'hand_over',
  'undo',
  'keep',
  'invite',
  'watch_confirm',
  'watch',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a key opens, and for whom. */
export interface TokenSubject {
  subject: string;
  person: number | null;
}

/** How a key stands: what it was for is known for a while after it has ended, so that a page can say so kindly. */
export interface TokenState extends TokenSubject {
  purpose: Purpose;
  standing: 'works' | 'used' | 'expired';
}

/** 160 bits. */
const BYTES = 20;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

interface Row extends TokenSubject {
  purpose: Purpose;
  expires_at: string;
  used_at: string | null;
}

const stateOfToken = ({ expires_at, used_at }: Row, now: Date): TokenState['standing'] => {
  if (used_at !== null) return 'used';
  return expires_at > now.toISOString() ? 'works' : 'expired';
};

const find = (db: Db, token: string): Row | undefined =>
  db.prepare('SELECT purpose, subject, person, expires_at, used_at FROM token WHERE hash = ?').get(hashOf(token)) as
    | Row
    | undefined;

/**
 * Makes a key and keeps its hash.
 * @param subject what it opens, such as the id of a listing; never an e-mail address
 * @param minutes how long it works
 * @param once whether it works one time only
 * @returns the key, 27 characters that need no escaping in an address; it cannot be had again
 */
export function issueToken(
  db: Db,
  wish: { purpose: Purpose; subject: string; person: number | null; minutes: number; once: boolean },
  now: Date,
): string {
  const token = randomBytes(BYTES).toString('base64url');
  prepared(
    db,
    `INSERT INTO token (hash, purpose, subject, person, once, issued_at, expires_at)
     VALUES (:hash, :purpose, :subject, :person, :once, :issued, :expires)`,
  ).run({
    hash: hashOf(token),
    purpose: wish.purpose,
    subject: wish.subject,
    person: wish.person,
    once: Number(wish.once),
    issued: now.toISOString(),
    expires: new Date(now.getTime() + wish.minutes * 60_000).toISOString(),
  });
  return token;
}

/** What a key opens, where it is for that purpose and still works; else null. Marks nothing. */
export function readToken(db: Db, token: string, purpose: Purpose, now: Date): TokenSubject | null {
  const row = find(db, token);
  if (!row || row.purpose !== purpose || stateOfToken(row, now) !== 'works') return null;
  return { subject: row.subject, person: row.person };
}

/**
 * Uses a key: one that works once is out of force from then on. To be called in the transaction of what it allows, so
 * that neither happens without the other.
 * @returns null where it is unknown, for another purpose, expired or used
 */
export function useToken(db: Db, token: string, purpose: Purpose, now: Date): TokenSubject | null {
  const opened = db
    .prepare(
      `UPDATE token SET used_at = iif(once = 1, :now, NULL)
       WHERE hash = :hash AND purpose = :purpose AND used_at IS NULL AND expires_at > :now RETURNING subject, person`,
    )
    .get({ hash: hashOf(token), purpose, now: now.toISOString() }) as TokenSubject | undefined;
  return opened ?? null;
}

/** How a key stands and what it is or was for; null where it is unknown. Marks nothing. */
export function tokenState(db: Db, token: string, now: Date): TokenState | null {
  const row = find(db, token);
  return row
    ? { purpose: row.purpose, subject: row.subject, person: row.person, standing: stateOfToken(row, now) }
    : null;
}

/**
 * Ends the keys of one person to one listing, whatever they are for: those with which a change of it is taken back, and
 * those to forms about it, too.
 */
export function endTokensOf(db: Db, person: number, subject: string): void {
  db.prepare(
    `UPDATE token SET expires_at = issued_at WHERE person = :person AND (subject = :subject
       OR (purpose = 'undo' AND subject IN (SELECT CAST(seq AS TEXT) FROM history WHERE record_id = :subject))
       OR subject IN (SELECT id FROM submission WHERE service_id = :subject AND person = :person))`,
  ).run({ person, subject });
  // An invitation may be to others too.
  db.prepare(
    `UPDATE token SET subject = trim(replace(',' || subject || ',', ',' || :subject || ',', ','), ',')
     WHERE purpose = 'invite' AND person = :person AND instr(subject, :subject) > 0`,
  ).run({ person, subject });
}

/** Ends every key to a form about a listing, whosever it is. */
export const endFormTokens = (db: Db, serviceId: string): void => {
  prepared(
    db,
    `UPDATE token SET expires_at = issued_at WHERE purpose IN ('draft', 'confirm_email')
       AND subject IN (SELECT id FROM submission WHERE service_id = ?)`,
  ).run(serviceId);
};

/** Ends the keys to a form that have not gone into the mail of that person. */
export const endTokensOfOthers = (db: Db, subject: string, person: number, now: Date): void => {
  prepared(
    db,
    `UPDATE token SET expires_at = issued_at
     WHERE purpose = 'draft' AND subject = :subject AND person IS NOT :person AND expires_at > :now`,
  ).run({ subject, person, now: now.toISOString() });
};
