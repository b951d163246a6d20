import type { Db } from './open.ts';

/** How the directory stands with its upkeep, in figures. */
export interface UpkeepFigures {
  due: number;
  unconfirmed: number;
  /** Due or unconfirmed, and nobody is there to be asked. */
  alone: number;
  /** The names of some of those, the longest unchecked first. */
  examples: string[];
  /** Mails that were given up and not yet forgotten. */
  undelivered: number;
  /** Forms that wait for a moderator. */
  waiting: number;
  /** Reports that wait for a moderator. */
  reports: number;
}

const EXAMPLES = 10;

const ALONE = `FROM service WHERE state IN ('due', 'unconfirmed') AND NOT EXISTS (
  SELECT 1 FROM keeper JOIN person ON person.id = keeper.person
  WHERE person.email IS NOT NULL AND (keeper.service_id = service.id OR keeper.service_id IN (
    SELECT from_id FROM joined WHERE into_id = service.id AND undone_at IS NULL)))`;

export function upkeepFigures(db: Db): UpkeepFigures {
  const count = (sql: string) => db.prepare(`SELECT count(*) ${sql}`).pluck().get() as number;
  return {
    due: count("FROM service WHERE state = 'due'"),
    unconfirmed: count("FROM service WHERE state = 'unconfirmed'"),
    alone: count(ALONE),
    examples: db
      .prepare(`SELECT name ${ALONE} ORDER BY assured_date, name LIMIT ${EXAMPLES}`)
      .pluck()
      .all() as string[],
    undelivered: count("FROM mail WHERE state = 'failed' AND recipient IS NOT NULL"),
    waiting: count("FROM submission WHERE state = 'waiting'"),
    reports: count("FROM report WHERE state = 'open'"),
  };
}
