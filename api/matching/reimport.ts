import type { Listing, Service } from '../domain/service.ts';
import { joinOf } from '../store/joined.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { ownOf, rememberMerge, remerged } from './join.ts';
import { providedFields, type Side, sameValue } from './provenance.ts';

/** What happens to a listing when its record comes again from its source. */

/** The record as its source has it now, with the corrections of the organization or a moderator. */
function withEdits(own: Side, incoming: Service, at: string): Side {
  const service: Record<string, unknown> = { ...incoming };
  const provenance = { ...own.provenance };
  for (const field of providedFields(own.service, incoming)) {
    const role = provenance[field]?.role;
    // Where it came from is for the source to say, whoever has corrected its words.
    if (field !== 'source' && (role === 'organization' || role === 'moderator')) {
      if (own.service[field] === undefined) delete service[field];
      else service[field] = own.service[field];
    } else if (!sameValue(own.service[field], incoming[field]))
      provenance[field] = { from: incoming.id, role: 'source', source: incoming.source.name, at };
  }
  return { service: service as unknown as Service, provenance };
}

/** What a record makes of the directory. */
export interface Reimported {
  /**
   * The listings to save with their states: first the record itself, then those that it was joined into. Some may be
   * unchanged.
   */
  listings: Listing[];
  /**
   * Remembers where the fields of joined listings come from. To be called in the change that saves them, before it
   * does.
   */
  remember(): void;
}

/**
 * What to save when a record comes again. A listing that nobody has touched becomes what its source says. What the
 * organization or a moderator has changed stays. Where it was joined into another listing, that one is made again too.
 * Nothing is written.
 * @param incoming the record, under the id that it always has here
 * @param now ISO 8601, UTC
 */
export function reimport(db: Db, incoming: Listing, now: string): Reimported {
  const stored = findListing(db, incoming.service.id);
  if (!stored) return { listings: [incoming], remember: () => {} };
  const listings: Listing[] = [];
  const made: [own: Side, merged: Side][] = [];
  let at: Listing | null = { ...incoming, state: stored.state };
  let own = withEdits(ownOf(db, stored.service), incoming.service, now);
  let newer: Side | null = null;
  while (at) {
    const merged: Side = remerged(db, own, newer, incoming.locations);
    listings.push({ ...at, service: merged.service });
    made.push([own, merged]);
    newer = merged;
    const join = joinOf(db, merged.service.id);
    at = join && findListing(db, join.into_id);
    if (at) own = ownOf(db, at.service);
  }
  return {
    listings,
    remember: () => {
      for (const [mine, merged] of made) rememberMerge(db, mine, merged);
    },
  };
}
