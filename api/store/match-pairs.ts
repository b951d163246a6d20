import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** Pairs of listings that may be one, and what was decided about them (migration 0012). */

export interface MatchPair {
  /** The lesser id. */
  one_id: string;
  other_id: string;
  /** How sure it is that they are one, 0 to 1. */
  score: number;
  /** In words for people, with their weights. */
  reasons: { what: string; words: string; weight: number }[];
  /** ISO 8601, UTC. */
  found_at: string;
}

const inOrder = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a]);

/** Keeps a pair for a moderator, or what is newly known of it; one that has been decided stays so. */
export function savePair(
  db: Db,
  [a, b]: readonly [string, string],
  { score, reasons }: Pick<MatchPair, 'score' | 'reasons'>,
  now: string,
): void {
  prepared(
    db,
    `INSERT INTO match_pair (one_id, other_id, score, reasons, found_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET score = excluded.score, reasons = excluded.reasons WHERE decision IS NULL`,
  ).run(...inOrder(a, b), score, JSON.stringify(reasons), now);
}

/** What somebody has decided about two listings; null where nobody has. */
export const decisionOn = (db: Db, a: string, b: string): 'same' | 'different' | null =>
  (prepared(db, 'SELECT decision FROM match_pair WHERE one_id = ? AND other_id = ?')
    .pluck()
    .get(...inOrder(a, b)) as 'same' | 'different' | null | undefined) ?? null;

/** Remembers what was decided about two listings, whether or not they were on the list. */
export function decidePair(db: Db, a: string, b: string, decision: 'same' | 'different', now: string): void {
  prepared(
    db,
    `INSERT INTO match_pair (one_id, other_id, score, reasons, found_at, decision, decided_at)
     VALUES (:one, :other, 0, '[]', :now, :decision, :now)
     ON CONFLICT DO UPDATE SET decision = excluded.decision, decided_at = excluded.decided_at`,
  ).run({ one: inOrder(a, b)[0], other: inOrder(a, b)[1], decision, now });
}

/** Takes a pair off the list that does not look alike any more. */
export const dropPair = (db: Db, a: string, b: string): void => {
  prepared(db, 'DELETE FROM match_pair WHERE one_id = ? AND other_id = ? AND decision IS NULL').run(...inOrder(a, b));
};

/** Whether two are on the list, undecided. */
export const isWaiting = (db: Db, a: string, b: string): boolean =>
  prepared(db, 'SELECT 1 FROM match_pair WHERE one_id = ? AND other_id = ? AND decision IS NULL').get(
    ...inOrder(a, b),
  ) !== undefined;

/** Both must still be there, and neither joined into another or put away. */
const WAITING = `
  FROM match_pair JOIN service AS one ON one.id = one_id JOIN service AS other ON other.id = other_id
  WHERE decision IS NULL AND one.state NOT IN ('draft', 'archived') AND other.state NOT IN ('draft', 'archived')`;

/** The pairs that nobody has decided about, the surest first. */
export const waitingPairs = (db: Db, limit: number, offset: number): MatchPair[] =>
  (
    prepared(
      db,
      `SELECT one_id, other_id, score, reasons, found_at ${WAITING} ORDER BY score DESC, one_id, other_id LIMIT ? OFFSET ?`,
    ).all(limit, offset) as (Omit<MatchPair, 'reasons'> & { reasons: string })[]
  ).map((row) => ({ ...row, reasons: JSON.parse(row.reasons) }));

/** How many pairs wait. */
export const countWaitingPairs = (db: Db): number => prepared(db, `SELECT count(*) ${WAITING}`).pluck().get() as number;
