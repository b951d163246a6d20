import { gainedBy } from '../matching/join-organizations.ts';
import { sameOrganization } from '../matching/same-organization.ts';
import { livingOrganization } from '../store/joined-organizations.ts';
import type { Db } from '../store/open.ts';
import { findOrganizationRecord } from '../store/records.ts';
import type { Submission } from '../store/submissions.ts';
import { chosenOf, type Existing, listingOfSubmission } from './batch.ts';

/**
 * What of a new listing exists already when somebody decides about it: what its sender chose, and an organization that is
 * listed already, be it since the form was sent. So three forms of one charity make one organization.
 */
export function existingOf(db: Db, submission: Submission): Existing {
  const chosen = chosenOf(submission.answers);
  if (chosen.organization) {
    const id = livingOrganization(db, chosen.organization.id);
    return { ...chosen, organization: findOrganizationRecord(db, id) ?? chosen.organization };
  }
  if (submission.kind !== 'new') return chosen;
  const made = listingOfSubmission(submission, null);
  const known = sameOrganization(db, made);
  if (!known) return chosen;
  const gained = gainedBy(known, made.organization);
  return { ...chosen, organization: { ...known, ...gained }, grown: Object.keys(gained).length > 0 };
}
