import { z } from 'zod';
import { checkedDates, checkedOn } from '#api/domain/checked.ts';
import type { Listing } from '#api/domain/service.ts';
import { directory } from '#api/instance.ts';
import { type Alike, findAlike } from '#api/matching/alike.ts';
import { beginEdit } from '#api/moderate/edit.ts';
import { type HistoryLine, lastSeq, readHistory, rollBack } from '#api/moderate/history.ts';
import { restore, suspendListing } from '#api/moderate/state.ts';
import { joinOf } from '#api/store/joined.ts';
import { addKeeper, type Keeper, keepersOf, removeKeeper } from '#api/store/keepers.ts';
import { findListing } from '#api/store/listings.ts';
import { emailOf, personOf } from '#api/store/people.ts';
import { currentId } from '#api/store/renewed-ids.ts';
import { type Report, reportsOf } from '#api/store/reports.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

/** What a moderator is told where nothing was done: somebody was quicker, or there is nothing to go back to. */
type Conflict = 'changed' | 'impossible';

/** A listing as a moderator sees it. */
export interface ListingView {
  listing: Listing;
  history: (HistoryLine & { by: string | null })[];
  /** Number of the newest change, which the forms send back. */
  seen: number;
  keepers: Keeper[];
  reports: Report[];
  alike: Alike[];
  /** Where it was joined into another one: which, what it is called, and when. */
  joined: { into: string; name: string | undefined; at: string } | null;
  /** 'YYYY-MM-DD'; null where nobody says that it was checked. */
  oldestCheck: string | null;
  errors: Record<string, string>;
  conflict: Conflict | null;
  /** What was typed, so that it stands there again beside its error. */
  typed: { reason: string; email: string };
}

/** What a form on the page came to: an address to go on to, or what to say on the page. */
type Acted = Response | Pick<ListingView, 'errors' | 'conflict'>;

const NOTHING: Pick<ListingView, 'errors' | 'conflict'> = { errors: {}, conflict: null };

/**
 * The page of one listing at /moderate/listings/ID, after what its form asked for has been done.
 * @returns where to go on to; null where there is no such listing
 */
export function listingPage(
  context: PageContext & { params: { id?: string | undefined } },
): Response | ListingView | null {
  const { db } = directory;
  const asked = context.params.id ?? '';
  const id = currentId(db, asked);
  if (id !== asked) return seeOther(`/moderate/listings/${id}${context.url.search}`);
  const form = formOf(context);
  const typed = {
    reason: form ? field(form, 'reason').slice(0, 1000) : '',
    email: form ? field(form, 'email').slice(0, 254) : '',
  };
  const before = form && findListing(db, id);
  const acted = before ? act(before, form, typed, moderatorOf(context).person) : NOTHING;
  if (acted instanceof Response) return acted;
  const listing = findListing(db, id);
  if (!listing) return null;
  const join = joinOf(db, id);
  const checked = checkedOn(listing.service);
  const [oldestCheck = null] = checked === null ? [] : Object.values(checkedDates(listing.service)).sort();
  return {
    listing,
    history: readHistory(directory, listing).map((line) => ({
      ...line,
      by: line.role === 'moderator' && line.person !== null ? emailOf(db, line.person) : null,
    })),
    seen: lastSeq(directory, listing),
    keepers: keepersOf(db, id),
    reports: reportsOf(db, id),
    alike: findAlike(directory, listing, 5, true),
    joined: join && { into: join.into_id, name: findListing(db, join.into_id)?.service.name, at: join.at },
    oldestCheck,
    ...acted,
    typed,
  };
}

function act(listing: Listing, form: FormData, typed: ListingView['typed'], person: number): Acted {
  const { db } = directory;
  const { id } = listing.service;
  const action = field(form, 'action');
  const seen = Number(field(form, 'seen'));
  const done = (what: string): Response => {
    const now = currentId(db, id);
    return seeOther(`/moderate/listings/${now}?done=${what}.${now}`);
  };
  switch (action) {
    case 'edit': {
      const form = beginEdit(directory, id, person);
      return form === null ? NOTHING : seeOther(`/moderate/forms/${form}`);
    }
    case 'suspend':
    case 'archive':
    case 'restore': {
      if (typed.reason === '' && action !== 'restore')
        return { ...NOTHING, errors: { reason: 'Write why. It stays in the history.' } };
      if (lastSeq(directory, listing) !== seen) return { ...NOTHING, conflict: 'changed' };
      const cause = { person, reason: typed.reason || 'Looked at, and right' };
      directory.change((save) =>
        action === 'restore'
          ? restore(directory, save, id, cause)
          : suspendListing(directory, save, id, action === 'suspend' ? 'suspended' : 'archived', cause),
      );
      return done(action);
    }
    case 'roll_back': {
      const reason = `To how it was before ${field(form, 'when').slice(0, 60)}`;
      const result = rollBack(directory, { person, id, seq: Number(field(form, 'seq')), seen, reason });
      return result === 'done' ? done(action) : { ...NOTHING, conflict: result };
    }
    case 'add_keeper':
      if (!z.email().safeParse(typed.email).success)
        return { ...NOTHING, errors: { email: 'That is not an e-mail address. Write it like name@example.org.' } };
      directory.change(() => addKeeper(db, id, personOf(db, typed.email, directory.now()), directory.now()));
      return done('keeper');
    case 'remove_keeper':
      directory.change(() => removeKeeper(db, id, Number(field(form, 'person'))));
      return done('keeper');
    default:
      return NOTHING;
  }
}
