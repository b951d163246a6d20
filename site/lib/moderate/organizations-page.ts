import { directory } from '#api/instance.ts';
import { gainedBy } from '#api/matching/join-organizations.ts';
import { joinOrganizationPair, organizationsMark, undoOrganizationJoining } from '#api/moderate/organizations.ts';
import type { PairDecided } from '#api/moderate/pairs.ts';
import { livingOrganization, type OrganizationJoin, recentOrganizationJoins } from '#api/store/joined-organizations.ts';
import {
  type OrganizationRow,
  organizationRow,
  organizationsOfOneNumber,
  searchOrganizations,
} from '#api/store/organizations.ts';
import { findOrganizationRecord } from '#api/store/records.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

const MOST_FOUND = 50;
const MOST_NUMBERS = 30;
const JOINS_SHOWN = 50;

/** Where organizations are looked up and joined. */
const PAGE = '/moderate/duplicates/organizations';

/** The page of two of them, of which the first is the one that stays. */
export const organizationPairHref = (keep: string, other: string): string =>
  `/moderate/duplicates/organization-pair?${new URLSearchParams({ keep, other })}`;

/** Where another one like this is looked up, to be joined with it. */
export const organizationsLike = ({ id, name }: { id: string; name: string }): string =>
  `${PAGE}?${new URLSearchParams({ like: id, q: name })}`;

/** Organizations, as moderators look them up. */
export interface OrganizationsView {
  q: string;
  /** The one that another is looked for; null where none is. */
  like: OrganizationRow | null;
  found: OrganizationRow[];
  /** Whether there are more than are shown. */
  more: boolean;
  shared: ReturnType<typeof organizationsOfOneNumber>;
  joins: (OrganizationJoin & { from: string; into: string })[];
  /** Why nothing was done of what the form asked for. */
  conflict: PairDecided | null;
}

/** The page of all of them, after what its form asked for has been done. @returns where to go on to */
export function organizationsPage(context: PageContext): Response | OrganizationsView {
  const { db } = directory;
  const form = formOf(context);
  const from = form ? field(form, 'from') : '';
  const conflict = form ? undoOrganizationJoining(directory, from, moderatorOf(context).person) : null;
  if (conflict === 'done') return seeOther(`${PAGE}?done=organizations_apart.${from}`);
  const { searchParams } = context.url;
  const q = (searchParams.get('q') ?? '').slice(0, 160);
  const like = organizationRow(db, livingOrganization(db, searchParams.get('like') ?? ''));
  const found = searchOrganizations(db, q, MOST_FOUND + 1).filter(
    ({ organization }) => organization.id !== like?.organization.id,
  );
  const nameOf = (id: string): string => findOrganizationRecord(db, id)?.name ?? 'An organisation that is gone';
  return {
    q,
    like,
    found: found.slice(0, MOST_FOUND),
    more: found.length > MOST_FOUND,
    shared: organizationsOfOneNumber(db, MOST_NUMBERS),
    joins: recentOrganizationJoins(db, JOINS_SHOWN).map((join) => ({
      ...join,
      from: nameOf(join.from_id),
      into: nameOf(join.into_id),
    })),
    conflict,
  };
}

/** What is shown of an organization, by what it is called. */
const SHOWN = {
  name: 'Name',
  alternate_name: 'Also called',
  charity_number: 'Charity number',
  company_number: 'Company number',
  legal_status: 'What it is',
  url: 'Website',
  email: 'E-mail',
  phone: 'Telephone',
  description: 'About it',
} as const;

/** Two organizations before and after they are joined. */
export interface OrganizationPairView {
  keep: OrganizationRow;
  other: OrganizationRow;
  rows: { label: string; keep: string; other: string; after: string }[];
  /** What both looked like when they were shown: where it differs at the press, nothing is done. */
  mark: string;
  conflict: PairDecided | null;
}

/**
 * The page of two of them, after what its form asked for has been done.
 * @returns where to go on to; null where there are no such two
 */
export function organizationPairPage(context: PageContext): Response | OrganizationPairView | null {
  const { db } = directory;
  const { searchParams } = context.url;
  const [keepId, otherId] = [searchParams.get('keep') ?? '', searchParams.get('other') ?? ''];
  const form = formOf(context);
  const mark = organizationsMark(directory, keepId, otherId);
  const conflict = form
    ? joinOrganizationPair(directory, {
        keep: keepId,
        other: otherId,
        mark,
        seen: field(form, 'mark'),
        person: moderatorOf(context).person,
      })
    : null;
  if (conflict === 'done') return seeOther(`${PAGE}?done=organizations_joined.${keepId}`);
  const [keep, other] = [organizationRow(db, keepId), organizationRow(db, otherId)];
  if (!keep || !other || keepId === otherId) return null;
  const after = { ...keep.organization, ...gainedBy(keep.organization, other.organization) };
  const rows = Object.entries(SHOWN).map(([name, label]) => {
    const [mine, theirs, both] = [keep.organization, other.organization, after].map(
      (it) => it[name as keyof typeof SHOWN] ?? '',
    );
    return { label, keep: mine ?? '', other: theirs ?? '', after: both ?? '' };
  });
  const listings = {
    label: 'Listings',
    keep: keep.listings,
    other: other.listings,
    after: keep.listings + other.listings,
  };
  return {
    keep,
    other,
    rows: [
      ...rows.filter((row) => row.keep !== '' || row.other !== ''),
      { ...listings, keep: String(listings.keep), other: String(listings.other), after: String(listings.after) },
    ],
    mark,
    conflict,
  };
}
