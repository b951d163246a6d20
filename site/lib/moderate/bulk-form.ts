import type { Location } from '#api/domain/service.ts';
import { taxonomyTerm } from '#api/domain/taxonomy.ts';
import { directory } from '#api/instance.ts';
import { areasWritten } from '#api/moderate/areas-written.ts';
import { type BulkChange, MOST_IN_BULK } from '#api/moderate/bulk.ts';
import { venuesNamed } from '#api/store/bulk.ts';
import { findListing } from '#api/store/listings.ts';
import { findLocation } from '#api/store/records.ts';
import { searchRegister } from '#api/store/register.ts';
import { today } from '../today.ts';
import { registerQuery } from './register-query.ts';
import { field } from './session.ts';

/** The form with which moderators change many listings together. */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The listings that were chosen: those ticked, or all that the search finds. */
export function chosenIds(form: FormData): string[] {
  if (field(form, 'all') !== '1')
    return [...new Set(form.getAll('id').map(String))].filter((id) => UUID.test(id)).slice(0, MOST_IN_BULK);
  const { rows } = searchRegister(
    directory.db,
    registerQuery((name) => (name === 'page' ? '' : field(form, name)), MOST_IN_BULK),
  );
  return rows.map(({ id }) => id);
}

/** Their venues, each once, by name. */
export function venuesOf(ids: readonly string[]): Location[] {
  const venues = ids.flatMap((id) => findListing(directory.db, id)?.locations ?? []);
  return [...new Map(venues.map((venue) => [venue.id, venue])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** What the form asks for; or what is wrong with it, by field, and the venues to choose among where several fit. */
export function readChange(form: FormData): {
  change: BulkChange | null;
  errors: Record<string, string>;
  venues: Location[];
} {
  const wrong = (name: string, words: string, venues: Location[] = []) => ({
    change: null,
    errors: { [name]: words },
    venues,
  });
  const right = (change: BulkChange) => ({ change, errors: {}, venues: [] });
  switch (field(form, 'what')) {
    case 'category': {
      const code = field(form, 'code');
      const mode =
        (['add', 'remove', 'only'] as const).find((known) => known === field(form, 'category_mode')) ?? 'add';
      if (!taxonomyTerm(code)) return wrong('code', 'Choose a category.');
      return right({ what: 'category', mode, code });
    }
    case 'area': {
      const mode = field(form, 'area_mode');
      if (mode === 'everywhere') return right({ what: 'area', mode });
      const areas = areasWritten(field(form, 'area'));
      if (typeof areas === 'string') return wrong('area', areas);
      return right({ what: 'area', mode: mode === 'only' ? 'only' : 'add', areas });
    }
    case 'venue': {
      const from = findLocation(directory.db, field(form, 'from'));
      if (!from) return wrong('from', 'Choose the venue that they leave.');
      const chosen = findLocation(directory.db, field(form, 'to_id'));
      if (chosen) return right({ what: 'venue', from, to: chosen });
      const typed = field(form, 'to');
      const venues = typed.length < 2 ? [] : venuesNamed(directory.db, typed, 12).filter(({ id }) => id !== from.id);
      const [only] = venues;
      if (only && venues.length === 1) return right({ what: 'venue', from, to: only });
      if (!only) return wrong('to', 'Write the name or the postcode of a venue that is in the directory.');
      return wrong('to', 'Several venues fit. Choose one of them.', venues);
    }
    case 'checked':
      return right({ what: 'checked', day: today() });
    case 'state': {
      const reason = field(form, 'reason').slice(0, 400);
      if (reason === '') return wrong('reason', 'Write why. It stays in the history.');
      return right({
        what: 'state',
        state: field(form, 'state_to') === 'suspended' ? 'suspended' : 'archived',
        reason,
      });
    }
    default:
      return wrong('what', 'Choose what to change.');
  }
}
