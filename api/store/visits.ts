import type { Db } from './open.ts';

/** What people said by one tap after they went to a listing: counts by day, and nothing of who said it. */

export const VISIT_ANSWERS = ['went', 'closed', 'turned_away'] as const;
export type VisitAnswer = (typeof VISIT_ANSWERS)[number];

/** Shown from so many answers about a listing on, so that no count tells what one person did. */
export const VISITS_SHOWN_FROM = 5;

/** What was said of one listing. */
export interface VisitCount extends Record<VisitAnswer, number> {
  id: string;
  name: string;
}

/** @param day 'YYYY-MM-DD' in Europe/London */
export const addVisit = (db: Db, id: string, day: string, said: VisitAnswer): void => {
  db.prepare(
    `INSERT INTO visit (service_id, day, said, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (service_id, day, said) DO UPDATE SET count = count + 1`,
  ).run(id, day, said);
};

/** How often it was said of a listing that it was closed, from that day on. */
export const closedVisits = (db: Db, id: string, since: string): number =>
  db
    .prepare("SELECT coalesce(sum(count), 0) FROM visit WHERE service_id = ? AND said = 'closed' AND day >= ?")
    .pluck()
    .get(id, since) as number;

/** What was said of listings of which enough was said; the most often closed or full first. */
export const visitCounts = (db: Db): VisitCount[] =>
  db
    .prepare(
      `SELECT service.id, name, ${VISIT_ANSWERS.map(saidSum).join(', ')}
       FROM visit JOIN service ON service.id = visit.service_id
       GROUP BY service.id HAVING sum(count) >= ${VISITS_SHOWN_FROM}
       ORDER BY closed + turned_away DESC, name, service.id LIMIT 200`,
    )
    .all() as VisitCount[];

const saidSum = (said: VisitAnswer): string => `sum(CASE said WHEN '${said}' THEN count ELSE 0 END) AS ${said}`;

/** Forgets what was said before that day. */
export const dropVisits = (db: Db, before: string): number =>
  db.prepare('DELETE FROM visit WHERE day < ?').run(before).changes;
