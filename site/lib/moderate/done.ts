import { lookUp } from '#api/domain/look-up.ts';
import { directory } from '#api/instance.ts';
import { submittedName } from '#api/moderate/decide.ts';
import { findListing } from '#api/store/listings.ts';
import { findOrganizationRecord } from '#api/store/records.ts';
import { findReport } from '#api/store/reports.ts';
import { findSubmission } from '#api/store/submissions.ts';

const WORDS: Readonly<Record<string, string>> = {
  publish: 'Published',
  own: 'Changed, and public now',
  quicker: 'Not published, since it is no longer as you saw it. What you wrote is still in your form: go back to it',
  ask: 'Asked about',
  refuse: 'Refused',
  report: 'Report decided',
  suspend: 'Suspended',
  archive: 'Archived',
  restore: 'Shown again',
  roll_back: 'Rolled back',
  keeper: 'Keepers changed',
  join: 'Joined into',
  two: 'Kept as two',
  apart: 'Taken apart again',
  organizations_joined: 'Joined into',
  organizations_apart: 'Taken apart again',
};

/**
 * What was just done, for the top of the next page.
 * @param code 'publish.ID': the address says what, and never a name
 */
export function doneWords(code: string | null): string | null {
  const [what = '', id = ''] = code?.split('.') ?? [];
  const words = lookUp(WORDS, what);
  if (!words) return null;
  const { db } = directory;
  const submission = findSubmission(db, id);
  const name = submission
    ? submittedName(submission.answers)
    : (findListing(db, id)?.service.name ?? findOrganizationRecord(db, id)?.name ?? findReport(db, Number(id))?.name);
  return name ? `${words}: ${name}.` : `${words}.`;
}
