import { type ClockStanding, compareClock, FIRST_JUMP_MS, JUMP_MS, type KnownClock } from '../domain/clock.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { readSetting, writeSetting } from './settings.ts';

/** What the directory has seen of the clock, and how that stands to it now. */

/** How often it is written down that time goes on. */
const NOTED_EVERY_MS = 3_600_000;
const SETTING = 'clock';

const readKnown = (db: Db): KnownClock | null => {
  const kept = readSetting(db, SETTING);
  return kept === null ? null : (JSON.parse(kept) as KnownClock);
};

const write = (db: Db, known: KnownClock): void => writeSetting(db, SETTING, JSON.stringify(known));

/** The latest moment in a directory that has not noted any: when something was last written, or is said to have been. */
const latestEntry = (db: Db): string | null =>
  prepared(
    db,
    `SELECT max(at) FROM (SELECT max(at) AS at FROM history UNION ALL SELECT max(queued_at) FROM mail
       UNION ALL SELECT max(updated_at) FROM submission UNION ALL SELECT max(issued_at) FROM token
       UNION ALL SELECT max(at) FROM report UNION ALL SELECT max(seen) FROM moderator_session)`,
  )
    .pluck()
    .get() as string | null;

/** How the clock stands; where nothing was ever noted it is believed. */
export function clockStanding(db: Db, now: Date): ClockStanding {
  const known = readKnown(db);
  return known ? compareClock(known, now) : { state: 'right', since: now.toISOString() };
}

/**
 * Looks at the clock, and notes that time goes on. To be called now and then, and before any work that takes away what has
 * been kept long enough.
 */
export function noteClock(db: Db, now: Date): ClockStanding {
  const at = now.toISOString();
  const noted = readKnown(db);
  const first = noted === null ? (latestEntry(db) ?? at) : at;
  const known = noted ?? { ran: first, latest: first };
  const standing = compareClock(known, now, noted === null ? FIRST_JUMP_MS : JUMP_MS);
  const [latest = at] = [at, known.latest].sort().reverse();
  if (standing.state !== 'right') {
    if (latest !== known.latest || noted === null) write(db, { ran: known.ran, latest });
  } else if (noted === null || now.getTime() - Date.parse(known.ran) >= NOTED_EVERY_MS) write(db, { ran: at, latest });
  return standing;
}

/** What is to be done again waits no longer than this, whatever the clock said when it was put off. */
const LONGEST_WAIT_MS = 31 * 86_400_000;

/**
 * Goes by the clock as it stands from now on: somebody has looked, and it is right. Mails and feeds that were put off while it
 * was ahead would wait for as long as it was: they are due now.
 */
export const acceptClock = (db: Db, now: Date): void => {
  const at = now.toISOString();
  const never = new Date(now.getTime() + LONGEST_WAIT_MS).toISOString();
  db.transaction(() => {
    write(db, { ran: at, latest: at });
    prepared(db, "UPDATE mail SET next_at = ? WHERE state IN ('waiting', 'sending') AND next_at > ?").run(at, never);
    prepared(db, 'UPDATE feed SET next_at = ? WHERE next_at > ?').run(at, never);
  }).immediate();
};
