import { type Identity, isAddress } from '#api/domain/identity.ts';
import { directory, settings, version } from '#api/instance.ts';
import { logoVersion, readIdentity } from '#api/store/identity.ts';

let kept: { state: string; identity: Identity } | null = null;

/** What this copy says of itself. It is read again once anything has changed. */
export function identity(): Identity {
  const state = version();
  if (kept?.state !== state) kept = { state, identity: readIdentity(directory.db) };
  return kept.identity;
}

/** Where its own logo is; null where it has none. */
export function logoHref(): string | null {
  const version = logoVersion(directory.db);
  return version && `/logo?v=${version}`;
}

/** Where questions go: what the owners say, or else the settings of the server. */
export function contact(): { words: string; href: string } | null {
  const words = identity().contact || settings.CONTACT;
  return words ? { words, href: isAddress(words) ? `mailto:${words}` : words } : null;
}

/** Of the areas in which something is listed those that the copy is for. */
export function homeAreas<A extends { code: string }>(areas: readonly A[]): A[] {
  const { home_districts: districts } = identity();
  return areas.filter(({ code }) => districts.includes(code));
}

/** The same areas, with those that the copy is for before all others. */
export const homeFirst = <A extends { code: string }>(areas: readonly A[]): A[] => [
  ...new Set([...homeAreas(areas), ...areas]),
];
