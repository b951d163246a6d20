import { addressesOf, type Giveaways, giveawaysOf, type PrivateAddress, withoutGiveaways } from './private-address.ts';
import type { Listing, Location } from './service.ts';

/** What a listing says, and what its source says of it, without the addresses that are kept private. */

/** Characters that each field that is read takes. */
const LEAST_ROOM = 80;
/** An id that tells nothing: in these letters and digits a postcode would be there by chance. */
const RANDOM_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Fields that hold an address of a page or a mailbox, and can be without one. */
const LINKS = /(?:^|[._])(?:url|uri|email|website|logo)$/;

/**
 * What gives the private places away in what a listing says.
 * @param others places kept private of other listings of its organization: what its own open addresses say may be said
 */
function giveawaysFor(places: readonly Location[], others: readonly Location[]): Giveaways {
  const open = places
    .filter(({ confidential }) => !confidential)
    .map(({ name, address = null }) => [name, ...Object.values(address ?? {})].join('\n'))
    .join('\n');
  const isOpen = (address: PrivateAddress) =>
    giveawaysOf([address], false).words.some((pattern) => open.search(pattern) >= 0);
  const own = giveawaysOf(places.filter(({ confidential }) => confidential).flatMap(addressesOf), true);
  const parts = others
    .flatMap(addressesOf)
    .flatMap(({ postcode, street }) => [
      { postcode, street: '' },
      { postcode: '', street },
    ])
    .filter((part) => !isOpen(part));
  const ofOthers = giveawaysOf(parts, false);
  return { words: [...own.words, ...ofOthers.words], links: [...own.links, ...ofOthers.links] };
}

/** Whether a record, as JSON, may name one of those places. */
export const mayName = (document: string, places: readonly Location[]): boolean => {
  const text = document.replaceAll(/\\[nrt]/g, ' ').normalize('NFKC');
  const { words, links } = giveawaysOf(places.flatMap(addressesOf), false);
  return [...words, ...links].some((pattern) => text.search(pattern) >= 0);
};

/**
 * A value with the texts in it changed, and the rest as it is.
 * @param told of each text that has become another, by its name in the record: 'eligibility.description'
 */
function withoutIn(node: unknown, giveaways: Giveaways, told: (field: string) => void, field = ''): unknown {
  if (typeof node === 'string') {
    if (RANDOM_ID.test(node)) return node;
    // A text that fills its field to the last letter has no room for more.
    const clean = withoutGiveaways(node, giveaways).slice(0, Math.max(node.length, LEAST_ROOM));
    if (clean === node) return node;
    told(field);
    return LINKS.test(field) ? undefined : clean;
  }
  if (Array.isArray(node)) return node.map((item) => withoutIn(item, giveaways, told, field));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, value]): [string, unknown][] => {
      const clean = withoutIn(value, giveaways, told, field === '' ? name : `${field}.${name}`);
      return clean === undefined ? [] : [[name, clean]];
    }),
  );
}

/**
 * What a source says, wherever in a record it stands, without addresses that are kept private. The address of a page or a
 * mailbox that gives one away is left out.
 * @param places of the listing
 * @param others places kept private of other listings of its organization
 */
export function withoutAddresses<T>(record: T, places: readonly Location[], others: readonly Location[]): T {
  const giveaways = giveawaysFor(places, others);
  return giveaways.words.length === 0 ? record : (withoutIn(record, giveaways, () => undefined) as T);
}

/**
 * A listing whose texts, links and mailboxes give no private address away.
 * @param others places kept private of other listings of its organization
 * @returns it as it is where none is given away, and the fields in which one was: 'description', 'organization.name'
 */
export function withholdAddresses<T extends Pick<Listing, 'service' | 'organization' | 'locations'>>(
  listing: T,
  others: readonly Location[] = [],
): { listing: T; fields: string[] } {
  const giveaways = giveawaysFor(listing.locations, others);
  if (giveaways.words.length === 0) return { listing, fields: [] };
  const fields = new Set<string>();
  const without = <R>(record: R, prefix: string): R =>
    withoutIn(record, giveaways, (field) => fields.add(prefix + field)) as R;
  const service = without(listing.service, '');
  const organization = without(listing.organization, 'organization.');
  // The directions to a private place are shown to nobody; those to another place may name it, and its own address is open.
  const locations = listing.locations.map((it) => {
    if (it.confidential) return it;
    const { transportation, accessibility_notes } = it;
    return { ...it, ...without({ transportation, accessibility_notes }, 'location.') };
  });
  return fields.size === 0
    ? { listing, fields: [] }
    : { listing: { ...listing, service, organization, locations }, fields: [...fields] };
}
