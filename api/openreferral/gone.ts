import type { Context } from 'hono';
import { ProblemSchema, problem } from '../http/problem.ts';
import type { ApiContext } from '../http/resource.ts';
import { openlyJoinedInto } from '../store/joined.ts';
import { livingOrganization } from '../store/joined-organizations.ts';
import type { Db } from '../store/open.ts';
import { findOfferings } from '../store/published-organizations.ts';
import { organizationWithdrawn, withdrawnAt } from '../store/withdrawn.ts';
import { publishedListing } from './records.ts';

/** What was listed once and is not any more: 410, so that whoever keeps a copy can remove it. */

export const WITHDRAWN_RESPONSE = {
  410: {
    description: 'It was published once and has been withdrawn. Take it out of copies.',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
};

/** The published service that a service was joined into; null where there is none. */
export function replacementOf(db: Db, serviceId: string): string | null {
  const into = openlyJoinedInto(db, serviceId);
  return into !== null && publishedListing(db, into) ? into : null;
}

/** The organization that offers something and that one was joined into; null where there is none. */
export function organizationReplacing(db: Db, id: string): string | null {
  const into = livingOrganization(db, id);
  return into !== id && findOfferings(db, [into]).length > 0 ? into : null;
}

/** The problem where an organization was joined into another, or has nothing left of what it listed; null for any other. */
export function withdrawnOrganization(c: Context, { db }: ApiContext, id: string): Response | null {
  const replaced_by = organizationReplacing(db, id);
  if (replaced_by === null && !organizationWithdrawn(db, id)) return null;
  return problem(c, 'withdrawn', {
    parameter: 'id',
    detail: replaced_by
      ? `This organization was here twice and has been joined with /api/openreferral/v3/organizations/${replaced_by}. Take it out of copies.`
      : 'All that this organization listed here has been withdrawn. Take it out of copies.',
    ...(replaced_by && { replaced_by }),
  });
}

/** The problem where a service was withdrawn; null where it was not. */
export function withdrawnProblem(c: Context, { db }: ApiContext, serviceId: string): Response | null {
  const withdrawn_at = withdrawnAt(db, serviceId);
  if (withdrawn_at === null) return null;
  const replaced_by = replacementOf(db, serviceId);
  return problem(c, 'withdrawn', {
    parameter: 'id',
    detail: replaced_by
      ? `This was listed twice here and has been joined with /api/openreferral/v3/services/${replaced_by}. Take it out of copies.`
      : 'This service was listed here and has been withdrawn. Take it out of copies; /api/openreferral/v3/withdrawals lists all such.',
    withdrawn_at,
    ...(replaced_by && { replaced_by }),
  });
}
