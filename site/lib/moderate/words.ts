import type { RecordState } from '#api/domain/service.ts';
import type { Action, Role } from '#api/store/changes.ts';
import type { DeedKind } from '#api/store/deeds.ts';
import type { ReportKind, ReportOutcome } from '#api/store/reports.ts';
import type { Submission } from '#api/store/submissions.ts';

/** What moderators' pages call things: one word where the public reads a sentence. */

export const STATE_WORDS = {
  draft: 'Draft',
  awaiting_review: 'Waiting',
  published: 'Published',
  due: 'Due',
  unconfirmed: 'Unconfirmed',
  archived: 'Archived',
  suspended: 'Suspended',
} satisfies Record<RecordState, string>;

/** How what was sent in stands, within a sentence. */
export const SENT_WORDS = {
  draft: 'not sent yet',
  unconfirmed: 'waiting for its sender to confirm their address',
  waiting: 'waiting for you',
  asked: 'waiting for the sender’s answer',
  published: 'published',
  refused: 'refused',
  withdrawn: 'taken back by its sender',
} satisfies Record<Submission['state'], string>;

export const ACTION_WORDS = {
  added: 'Added',
  submitted: 'Sent in',
  edited: 'Changed',
  published: 'Published',
  refused: 'Refused',
  confirmed: 'Confirmed as still right',
  reminded: 'Reminder sent',
  due: 'Came due',
  unconfirmed: 'Became unconfirmed',
  archived: 'Archived',
  suspended: 'Suspended',
  restored: 'Shown again',
  stopped: 'Said to have stopped',
  merged: 'Joined with another',
  taken_apart: 'Taken apart again',
  rolled_back: 'Rolled back',
  imported: 'Imported',
  reopened: 'Became open again',
  undone: 'Undone',
  renewed: 'Given a new address',
  erased: 'Personal data erased',
} satisfies Record<Action, string>;

export const DEED_WORDS = {
  invited: 'Invited to the team',
  removed: 'Taken out of the team',
  role: 'Given another role',
  settings: 'Changed the settings of the directory',
  organizations_joined: 'Joined two organisations',
  organizations_apart: 'Took two organisations apart',
} satisfies Record<DeedKind, string>;

export const ROLE_WORDS = {
  organization: 'whoever looks after it',
  moderator: 'a moderator',
  source: 'the source',
  public: 'the public',
  programme: 'the programme',
} satisfies Record<Role, string>;

export const REPORT_KIND_WORDS = {
  closed: 'Closed',
  wrong: 'Wrong',
  unsafe: 'Unsafe',
} satisfies Record<ReportKind, string>;

export const REPORT_OUTCOME_WORDS = {
  mended: 'Put right',
  nothing_wrong: 'Nothing was wrong',
  taken_out: 'Taken out',
} satisfies Record<ReportOutcome, string>;
