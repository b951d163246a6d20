import { createHash } from 'node:crypto';
import { type Answers, sameAnswer, singleAnswer } from '../domain/answers.ts';
import { type CheckedField, withChecked } from '../domain/checked.ts';
import { UNDETERMINED } from '../domain/languages/written.ts';
import { today } from '../domain/schedule.ts';
import { type Listing, Organization, type RecordState, Service } from '../domain/service.ts';
import { completeService, readLocation, readOrganization } from '../store/documents.ts';
import type { Batch } from '../store/listings.ts';
import type { Submission } from '../store/submissions.ts';
import { GROUPS } from './groups.ts';
import { draftOf, type FieldGroup } from './listing-draft.ts';

/** What a listing becomes by a submission. */

/** An id that is always the same for a submission, so that publishing it twice makes one thing. */
function ownId(submission: string, what: string): string {
  const hash = createHash('sha256').update(`${submission} ${what}`).digest('hex');
  // RFC 9562: version 8, of which all but the marks is one's own.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** An empty listing, into which every group of answers is put. */
function blank(submission: Submission, day: string): Listing {
  const organization: Organization = Organization.parse({
    id: ownId(submission.id, 'organization'),
    name: 'Organisation',
  });
  const service = Service.parse({
    id: submission.service_id,
    organization_id: organization.id,
    name: 'Name',
    summary: 'Summary',
    description: 'Description',
    written_in: UNDETERMINED,
    kind: 'activity',
    taxonomy_terms: ['hobbies'],
    attending_types: ['in_person'],
    source: { name: 'Organisation' },
    assured_date: day,
  });
  service.taxonomy_terms = [];
  return { service, organization, locations: [], state: 'awaiting_review', last_modified: submission.updated_at };
}

/** The day on which it was sent or, while it is not, last touched. */
const dayOfSubmission = ({ sent_at, updated_at }: Submission): string => today(new Date(sent_at ?? updated_at));

/** The groups of answers that somebody has changed: all of a new listing. */
export const changedGroups = ({ base, answers }: Pick<Submission, 'base' | 'answers'>): FieldGroup[] =>
  GROUPS.filter(({ fields }) => base === null || fields.some((name) => !sameAnswer(base, answers, name)));

/**
 * A service at the places that its listing has now, each of its sessions where it was.
 * @param moved by the id of a former place that of the one in its stead; undefined where there is none
 */
function atTheirPlaces(
  service: Service,
  location_ids: string[],
  moved: ReadonlyMap<string, string | undefined>,
): Service {
  const schedules = service.schedules.map((schedule) => {
    const { location_id, ...rest } = schedule;
    if (location_id === undefined) return schedule;
    const now = moved.get(location_id) ?? location_id;
    return location_ids.includes(now) ? { ...rest, location_id: now } : rest;
  });
  return { ...service, schedules, location_ids };
}

/** A listing with answers put in. @param day when they were given */
function put(
  current: Listing,
  groups: readonly FieldGroup[],
  answers: Answers,
  submission: string,
  day: string,
): Listing {
  const making = draftOf(current, (place) => ownId(submission, place === 1 ? 'venue' : `venue ${place}`));
  for (const group of groups) group.put(making, answers);
  const { organization, venues } = making;
  const locations = venues.filter((venue) => venue !== null && venue !== undefined);
  const moved = new Map(current.locations.map(({ id }, index) => [id, venues[index]?.id]));
  const checked = groups.flatMap(({ checks }): CheckedField[] => (checks ? [checks] : []));
  // A draft may hold sessions that were read by an earlier version.
  const service = withChecked(
    atTheirPlaces(
      completeService(making.service),
      locations.map(({ id }) => id),
      moved,
    ),
    [...new Set(checked)],
    day,
  );
  if (checked.length > 0 && service.assured_date === day) service.assured_by = 'organization';
  return { ...current, service, organization, locations };
}

/** The organization and the venue that exist already, as the new listing refers to them. */
export interface Existing {
  organization: Organization | null;
  /** Whether the form says something of the organization that it did not say itself, and that stands in it here. */
  grown?: boolean;
  venue: Listing['locations'][number] | null;
}

/**
 * The listing that a submission comes to, whether or not it can be published yet.
 * @param current the listing that it changes; null for a new one
 * @param groups in place of all that was changed
 * @param existing for a new one: the organization and venue that were chosen among those already listed
 */
export function listingOfSubmission(
  submission: Submission,
  current: Listing | null,
  {
    groups = changedGroups(submission),
    existing = null,
  }: { groups?: readonly FieldGroup[]; existing?: Existing | null } = {},
): Listing {
  const day = dayOfSubmission(submission);
  const { answers } = submission;
  if (current) return put(current, groups, answers, submission.id, day);
  const made = put(blank(submission, day), groups, answers, submission.id, day);
  const organization = existing?.organization ?? made.organization;
  const inPerson = made.locations.length > 0 || made.service.attending_types.includes('in_person');
  const chosen = inPerson ? existing?.venue : null;
  const [first, ...others] = made.locations;
  const locations = chosen ? [chosen, ...others] : made.locations;
  const service: Service = {
    ...atTheirPlaces(
      made.service,
      locations.map(({ id }) => id),
      new Map(first && chosen ? [[first.id, chosen.id]] : []),
    ),
    organization_id: organization.id,
    source: { name: organization.name.slice(0, 160) },
    assured_date: day,
    assured_by: 'organization',
  };
  return { ...made, service, organization, locations };
}

/** The state of a listing after a submission is published. A listing that is hidden stays hidden. */
const stateAfter = (current: Listing | null): RecordState =>
  current && current.state !== 'draft' && current.state !== 'awaiting_review' ? current.state : 'published';

/**
 * What to save when a submission is published. Saving it twice changes nothing more.
 * @param current the listing as it is now; null where there is none yet. What somebody else has changed in the meantime
 *   stays: only the answers that differ from those that the form began with are used.
 * @param existing what of a new listing exists already
 */
export function batchOfSubmission(submission: Submission, current: Listing | null, existing: Existing): Batch {
  const after = listingOfSubmission(submission, current, { existing });
  const isThere = after.organization.id === existing.organization?.id && !existing.grown;
  // What was chosen among existing records is not written again: somebody may have changed it in the meantime.
  return {
    organizations: isThere ? [] : [after.organization],
    locations: after.locations.filter(({ id }) => id !== existing.venue?.id),
    services: [{ service: after.service, state: stateAfter(current) }],
  };
}

/** The organization and venue that were chosen among existing ones, as they were then. */
export function chosenOf(answers: Answers): Existing {
  const organization = singleAnswer(answers, 'chosen_organization');
  const venue = singleAnswer(answers, 'chosen_venue');
  return {
    organization: organization === '' ? null : readOrganization(organization),
    venue: venue === '' ? null : readLocation(venue),
  };
}
