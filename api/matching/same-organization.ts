import type { Listing, Organization } from '../domain/service.ts';
import { findInAnyState } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { organizationsNamed, organizationsOfNumber, servicesOf } from '../store/organizations.ts';
import { type Context, namesAlike } from './names.ts';
import { type Profile, profileOf } from './profile.ts';
import { nameWordsOf } from './words.ts';

/** Whether the organization of a new listing is one that is here already. */

/** How alike the names of one registered number must be: a digit is quickly mistyped, and branches share a number. */
const ALIKE = 0.8;
const NO_CONTEXT: Context = { where: new Set(), who: new Set() };
/** So many of one name are looked at, and so many listings of each. */
const MOST_NAMED = 20;
const MOST_LISTINGS = 20;

const sameWords = (one: string, other: string): boolean => {
  const [mine, theirs] = [one, other].map((name) => nameWordsOf(name).words.toSorted().join(' '));
  return mine === theirs;
};

/** How else a name may be written that begins with an article or not. */
const writtenWays = (name: string): string[] => {
  const bare = name.trim().replace(/^the\s+/i, '');
  return [bare, `The ${bare}`];
};

/** Addresses at public bodies are those of the house or of whoever helps there: many groups of one name give the same. */
const PUBLIC_BODY = /(^|[.@])((gov|nhs)\.(uk|wales|scot)|nhs\.net)(\/|$)/;

/** What an organization gives as its own: addresses of mail, pages below a host, hosts that are not everybody's. */
const contacts = ({ emails, pages, hosts }: Profile): string[] =>
  [...emails, ...pages.filter((page) => page.includes('/')), ...hosts].filter((it) => !PUBLIC_BODY.test(it));

const differ = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;

/**
 * The organization that a new listing belongs to: one of its registered number that is called nearly the same, or one of the
 * same name that has a page or an address of mail in common with it. Two of one name alone are two.
 * @returns null where there is none, or where several may be meant
 */
export function sameOrganization(db: Db, { service, organization }: Listing): Organization | null {
  const { charity_number = null, company_number = null } = organization;
  const mine = nameWordsOf(organization.name);
  const isOther = (it: Organization) => it.id !== organization.id && !it.example;
  const numbered = organizationsOfNumber(db, { charity: charity_number, company: company_number })
    .filter(isOther)
    .filter(({ name }) => {
      const { share, clash } = namesAlike(mine, nameWordsOf(name), NO_CONTEXT);
      return share >= ALIKE && !clash;
    });
  if (numbered.length > 0) return only(numbered, organization.name);

  const own = new Set(contacts(profileOf({ service, organization, locations: [], state: 'draft', last_modified: '' })));
  const named = organizationsNamed(db, writtenWays(organization.name), MOST_NAMED).filter(
    (it) =>
      isOther(it) &&
      !differ(it.charity_number, organization.charity_number) &&
      !differ(it.company_number, organization.company_number) &&
      findInAnyState(db, servicesOf(db, it.id).slice(0, MOST_LISTINGS)).some((listing) =>
        contacts(profileOf({ ...listing, locations: [] })).some((contact) => own.has(contact)),
      ),
  );
  return only(named, organization.name);
}

/** The only one; of several the first that has the very name, since those are one that nobody has joined yet. */
const only = (found: readonly Organization[], name: string): Organization | null =>
  (found.length === 1 ? found[0] : found.find((it) => sameWords(it.name, name))) ?? null;
