import type { Directory } from '../directory/directory.ts';
import type { Listing, Location, Service } from '../domain/service.ts';
import type { Cause } from '../store/changes.ts';
import { addJoin, joinOf, joinsInto, saveJoin, undoJoin } from '../store/joined.ts';
import { findListing } from '../store/listings.ts';
import { decidePair } from '../store/match-pairs.ts';
import type { Db } from '../store/open.ts';
import { findLocation } from '../store/records.ts';
import { mergeRecords } from './merge.ts';
import { provenanceOf, type Side, settersOf, takenFields } from './provenance.ts';

/** Joins two listings of one thing, and takes them apart again. */

/** Two listings cannot be joined, or taken apart; the message says why, and what to do. */
export class JoinError extends Error {
  override name = 'JoinError';
}

type JoinCause = Omit<Cause, 'action'>;

function both(db: Db, intoId: string, fromId: string): [into: Listing, from: Listing] {
  if (intoId === fromId) throw new JoinError('A listing cannot be joined with itself: choose another.');
  const [into, from] = [findListing(db, intoId), findListing(db, fromId)];
  if (!into || !from) throw new JoinError('One of the two listings is no longer there. Look them up again.');
  for (const { service } of [into, from])
    if (joinOf(db, service.id))
      throw new JoinError(`‘${service.name}’ has been joined into another listing already. Look at that one instead.`);
  return [into, from];
}

/** A listing without what was joined into it, but with all changes that were made to it since. */
export function ownOf(db: Db, stored: Service): Side {
  const joins = joinsInto(db, stored.id);
  const service: Record<string, unknown> = { ...stored };
  const provenance = settersOf(db, stored);
  for (const join of joins)
    for (const field of takenFields(db, stored, join)) {
      const before = join.into_before.service[field];
      if (before === undefined) delete service[field];
      else service[field] = before;
      const origin = join.into_before.provenance[field];
      if (origin) provenance[field] = origin;
      else delete provenance[field];
    }
  return { service: service as unknown as Service, provenance };
}

/**
 * A listing made of what it is by itself and all that is joined into it. Where one of them keeps a place private, it meets
 * where that one does: the other may have the same place in the open.
 * @param own what it is by itself
 * @param newer a record of those joined into it that is about to be saved, which counts instead of the stored one
 * @param coming places that are about to be saved
 */
export function remerged(
  db: Db,
  own: Side,
  newer: Side | null = null,
  coming: readonly Pick<Location, 'id' | 'confidential'>[] = [],
): Side {
  const isPrivate = (id: string): boolean =>
    (coming.find((it) => it.id === id) ?? findLocation(db, id))?.confidential === true;
  const meetsPrivately = ({ service }: Side): boolean => service.location_ids.some(isPrivate);
  let merged = own;
  for (const { from_id } of joinsInto(db, own.service.id)) {
    const from = findListing(db, from_id)?.service;
    if (!from) continue;
    const side = newer?.service.id === from_id ? newer : { service: from, provenance: provenanceOf(db, from) };
    merged = mergeRecords(merged, side, [merged, side].find(meetsPrivately) ?? null);
  }
  return merged;
}

/** Remembers what a joined listing is made of. */
export function rememberMerge(db: Db, own: Side, merged: Side): void {
  for (const { number } of joinsInto(db, own.service.id))
    saveJoin(db, { number, fields: merged.provenance, into_before: own });
}

function remerge(db: Db, own: Side): Service {
  const merged = remerged(db, own);
  rememberMerge(db, own, merged);
  return merged.service;
}

/**
 * Joins one listing into another. The other gains what it did not say, by the rule of merge.ts. The one is archived,
 * its address leads to the other, and so does what its source says of it from now on.
 * @param intoId the one that remains
 * @param fromId the one that goes
 * @param cause who joins them, and why
 * @throws JoinError where they cannot be joined; nothing has changed then
 */
export function joinListings(directory: Directory, intoId: string, fromId: string, cause: JoinCause): void {
  const { db } = directory;
  directory.change((save) => {
    const [into, from] = both(db, intoId, fromId);
    const at = directory.now().toISOString();
    const own = ownOf(db, into.service);
    addJoin(db, {
      from_id: fromId,
      into_id: intoId,
      at,
      by: cause.role,
      reason: cause.reason ?? null,
      fields: {},
      from_state: from.state,
      into_before: own,
    });
    const service = remerge(db, own);
    save(
      {
        services: [
          { service, state: into.state },
          { service: from.service, state: 'archived' },
        ],
      },
      { reason: `‘${from.service.name}’ and ‘${into.service.name}’ are one.`, ...cause, action: 'merged' },
    );
    decidePair(db, intoId, fromId, 'same', at);
  });
}

/**
 * Takes a joined listing apart. Both are listed by themselves again, with all changes to the remaining one and all that
 * the source has said of the other since. It is remembered that they are different, so that they are not joined again.
 * @param fromId the one that was joined into another
 * @throws JoinError where it is not joined
 */
export function takeApart(directory: Directory, fromId: string, cause: JoinCause): void {
  const { db } = directory;
  directory.change((save) => {
    const join = joinOf(db, fromId);
    const from = findListing(db, fromId);
    const into = join && findListing(db, join.into_id);
    if (!join || !from || !into)
      throw new JoinError('This listing is not joined with another: there is nothing to take apart.');
    const at = directory.now().toISOString();
    const own = ownOf(db, into.service);
    undoJoin(db, join.number, at);
    const service = remerge(db, own);
    save(
      {
        services: [
          { service, state: into.state },
          // Whoever has suspended it in the meantime had a reason.
          { service: from.service, state: from.state === 'archived' ? join.from_state : from.state },
        ],
      },
      { reason: `‘${from.service.name}’ and ‘${into.service.name}’ are two.`, ...cause, action: 'taken_apart' },
    );
    decidePair(db, into.service.id, fromId, 'different', at);
  });
}
