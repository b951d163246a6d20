import { z } from 'zod';
import { completerOf } from '../domain/completion.ts';
import type { ListingOnPaper } from '../domain/handout.ts';
import { Schedule, Service } from '../domain/service.ts';
import { clockStanding } from './clock.ts';
import type { Db } from './open.ts';

/** Completes a listing of a handout as it was kept, so that it does not look changed because the schema has grown. */
const completeShown: (shown: object) => ListingOnPaper = completerOf(
  z.object({
    schedules: z.array(Schedule.omit({ exceptions: true })),
    cost_options: Service.shape.cost_options,
  }) as unknown as z.ZodType<ListingOnPaper>,
);

export interface Handout {
  code: string;
  /** In the order of the paper. */
  listings: ListingOnPaper[];
  /** 'YYYY-MM-DD' in Europe/London. */
  made: string;
  /** 'YYYY-MM-DD': the last day on which the link works. */
  expires: string;
}

/**
 * Keeps a handout, and lets go of those that have expired, where the clock can be believed.
 * @param today 'YYYY-MM-DD' in Europe/London
 * @returns false where the code is taken; nothing is kept then
 */
export function saveHandout(db: Db, { code, listings, made, expires }: Handout, today: string): boolean {
  return db
    .transaction(() => {
      if (clockStanding(db, new Date(today)).state === 'right')
        db.prepare('DELETE FROM handout WHERE expires < ?').run(today);
      return (
        db
          .prepare('INSERT INTO handout (code, listings, made, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
          .run(code, JSON.stringify(listings), made, expires).changes === 1
      );
    })
    .immediate();
}

/**
 * The handout of that code; null where there is none, or where it has expired, whether or not its row is still there.
 * Looking changes nothing.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export function findHandout(db: Db, code: string, today: string): Handout | null {
  const row = db
    .prepare('SELECT code, listings, made, expires FROM handout WHERE code = ? AND expires >= ?')
    .get(code, today) as { code: string; listings: string; made: string; expires: string } | undefined;
  return row ? { ...row, listings: (JSON.parse(row.listings) as object[]).map(completeShown) } : null;
}
