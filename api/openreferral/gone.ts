import type { Context } from 'hono';
import { ProblemSchema, problem } from '../problem.ts';
import type { Parts } from '../routes/parts.ts';
import { withdrawnAt } from '../store/withdrawn.ts';

/** What was listed once and is no longer: 410, so that whoever keeps a copy can take it out. */

export const GONE = {
  410: {
    description: 'It was published once and has been withdrawn. Take it out of copies.',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
};

/** The problem where a service was withdrawn; null where it was not. */
export function withdrawnProblem(c: Context, { db }: Parts, serviceId: string): Response | null {
  const withdrawn_at = withdrawnAt(db, serviceId);
  if (withdrawn_at === null) return null;
  return problem(c, 'withdrawn', {
    parameter: 'id',
    detail:
      'This service was listed here and has been withdrawn. Take it out of copies; /api/openreferral/v3/withdrawals lists all such.',
    withdrawn_at,
  });
}
