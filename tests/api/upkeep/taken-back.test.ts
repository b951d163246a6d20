import { beforeEach, expect, test } from 'vitest';
import { joinListings } from '../../../api/matching/join.ts';
import { restore, suspendListing } from '../../../api/moderate/state.ts';
import { keepPage } from '../../../api/notify/page-links.ts';
import { removeKeeper } from '../../../api/store/keepers.ts';
import { findPerson } from '../../../api/store/people.ts';
import { sayStillRight, sayStopped } from '../../../api/upkeep/confirm.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { undoChange } from '../../../api/upkeep/undo.ts';
import { createPlace, keyIn, listing, type Place, uuid } from './place.ts';

/** Taking back an answer after others have decided about the listing. */

const A = uuid(1);
let place: Place;
let ann: number;
const key = (path: string | null) => keyIn(path ?? 'null');
const fresh = () => key(keepPage(place.db, A, ann, place.now()));

beforeEach(() => {
  place = createPlace('2026-11-21');
  place.add([listing(1, { assured_date: '2026-05-10' }), listing(2, { assured_date: '2026-11-01' })]);
  ann = place.keep(A, 'ann@example.org');
});

const byModerator = (state: 'archived' | 'suspended') =>
  place.directory.change((save) =>
    suspendListing(place.directory, save, A, state, {
      person: findPerson(place.db, 'ann@example.org') ?? 0,
      reason: 'Reported',
    }),
  );

test('what a moderator has taken out since stays out', () => {
  const undo = key(sayStillRight(place.directory, fresh()));
  byModerator('archived');
  expect(undoChange(place.directory, undo)).toMatchObject({ outcome: 'done' });
  expect(place.get(A)).toMatchObject({ state: 'archived', service: { assured_date: '2026-05-10' } });
});

test('what a moderator has brought back since stays there', () => {
  const undo = key(sayStopped(place.directory, fresh()));
  expect(place.get(A).state).toBe('archived');
  place.directory.change((save) => restore(place.directory, save, A, { person: ann, reason: 'It goes on' }));
  expect(undoChange(place.directory, undo)).toMatchObject({ outcome: 'done' });
  expect(place.get(A)).toMatchObject({ state: 'published', service: { status: 'active' } });
});

test('what was joined into another since does not come back as a second one', () => {
  const undo = key(sayStillRight(place.directory, fresh()));
  joinListings(place.directory, uuid(2), A, { role: 'moderator' });
  expect(undoChange(place.directory, undo)).toMatchObject({ outcome: 'done' });
  expect(place.get(A).state).toBe('archived');
});

test('what the upkeep has done since is no decision of anybody', async () => {
  const undo = key(sayStopped(place.directory, fresh()));
  place.goTo('2026-11-25');
  await upkeepPass(place.directory);
  expect(undoChange(place.directory, undo)).toMatchObject({ outcome: 'done' });
  expect(place.get(A)).toMatchObject({ state: 'published', service: { status: 'active' } });
});

test('whoever does not look after it any more takes nothing back either', () => {
  const undo = key(sayStopped(place.directory, fresh()));
  place.directory.change(() => removeKeeper(place.db, A, ann));
  expect(undoChange(place.directory, undo)).toEqual({ outcome: 'ended' });
  expect(place.get(A).state).toBe('archived');
});
