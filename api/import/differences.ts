import type { Listing } from '../domain/service.ts';

/** Whether two listings say the same, and in which fields they do not. */

/** The names of the fields that differ: 'name' of the service, 'organization.name' of the organization. */
export function differences(one: Listing, other: Listing): string[] {
  const fields = (['service', 'organization'] as const).flatMap((part) =>
    [...new Set([...Object.keys(one[part]), ...Object.keys(other[part])])].flatMap((name) => {
      const [before, after] = [one[part], other[part]].map((it) =>
        JSON.stringify((it as Record<string, unknown>)[name]),
      );
      return before === after ? [] : [part === 'service' ? name : `${part}.${name}`];
    }),
  );
  if (JSON.stringify(one.locations) !== JSON.stringify(other.locations)) fields.push('locations');
  if (one.state !== other.state) fields.push('state');
  return fields.length > 0 ? fields : ['fields that Signpost only passes on'];
}

/** Whether they say the same, in what is published and in what is only passed on. */
export const sameListing = (one: Listing, other: Listing): boolean => document(one) === document(other);
const document = ({ service, organization, locations, state }: Listing): string =>
  JSON.stringify([service, organization, locations, state]);
