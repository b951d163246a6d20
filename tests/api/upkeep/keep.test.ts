import { beforeEach, describe, expect, test } from 'vitest';
import { afterEdit } from '../../../api/directory/reinstate.ts';
import { Location, Schedule } from '../../../api/domain/service.ts';
import { undoPage } from '../../../api/notify/page-links.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { issueToken, readToken, tokenState, useToken } from '../../../api/store/tokens.ts';
import { sayStillRight, sayStopped } from '../../../api/upkeep/confirm.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { linkTargetOf } from '../../../api/upkeep/link-target.ts';
import { undoChange } from '../../../api/upkeep/undo.ts';
import { createReminded, keyIn, listing, type Place, uuid } from './place.ts';

const A = uuid(1);
let place: Place;
let ann: number;
/** The key in Ann's first reminder. */
let key: string;

const everything = () => {
  const tables = ['service', 'organization', 'history', 'person', 'keeper', 'token', 'mail', 'reminder'];
  return Object.fromEntries(tables.map((table) => [table, place.db.prepare(`SELECT * FROM ${table}`).all()]));
};
const pathKey = (path: string | null) => keyIn(path ?? 'null');

beforeEach(async () => {
  ({ place, ann, key } = await createReminded());
});

describe('keys', () => {
  test('are random, kept as a hash, for one purpose, and looking at them changes nothing', () => {
    const token = issueToken(
      place.db,
      { purpose: 'edit', subject: A, person: ann, minutes: 5, once: false },
      place.now(),
    );
    expect(token).toMatch(/^[\w-]{27}$/);
    expect(place.db.serialize().includes(token)).toBe(false);
    const before = everything();
    expect(readToken(place.db, token, 'edit', place.now())).toEqual({ subject: A, person: ann });
    expect(readToken(place.db, token, 'undo', place.now())).toBeNull();
    expect(tokenState(place.db, 'nothing', place.now())).toBeNull();
    expect(everything()).toEqual(before);
    place.later(5);
    expect(readToken(place.db, token, 'edit', place.now())).toBeNull();
    expect(useToken(place.db, token, 'edit', place.now())).toBeNull();
  });

  test('one that works once works once', () => {
    const wish = { purpose: 'undo', subject: '1', person: ann, minutes: 5, once: true } as const;
    const token = issueToken(place.db, wish, place.now());
    expect(useToken(place.db, token, 'keep', place.now())).toBeNull();
    expect(useToken(place.db, token, 'undo', place.now())).toEqual({ subject: '1', person: ann });
    expect(useToken(place.db, token, 'undo', place.now())).toBeNull();
    expect(tokenState(place.db, token, place.now())?.standing).toBe('used');
  });
});

describe('still right', () => {
  test('counts everything as checked today, and the state is published again', () => {
    expect(place.get(A).state).toBe('due');
    expect(sayStillRight(place.directory, key)).toMatch(/^\/keep\/[\w-]{27}$/);
    const { service, state } = place.get(A);
    expect(state).toBe('published');
    expect(service).toMatchObject({ assured_date: '2026-11-21', assured_by: 'organization' });
    expect(service.checked ?? {}).toEqual({});
    expect(historyOf(place.db, [A])[0]).toMatchObject({ action: 'confirmed', role: 'organization', person: ann });
  });

  test('works once; afterwards the link says so and offers a fresh one', () => {
    sayStillRight(place.directory, key);
    const before = everything();
    expect(sayStillRight(place.directory, key)).toBeNull();
    expect(everything()).toEqual(before);
    expect(linkTargetOf(place.directory, key)).toMatchObject({ kind: 'ended', why: 'used', canSend: true });
  });

  test('taken back, the former dates of each field, who checked it and the state are there again', async () => {
    const was = place.get(A);
    const undo = pathKey(sayStillRight(place.directory, key));
    expect(linkTargetOf(place.directory, undo)).toMatchObject({ kind: 'undo', action: 'confirmed', name: 'Listing 1' });
    place.later(60);
    const undone = undoChange(place.directory, undo);
    expect(undone).toMatchObject({ outcome: 'done' });
    const { last_modified: _, ...now } = place.get(A);
    const { last_modified: __, ...then } = was;
    expect(now).toEqual(then);
    expect(undoChange(place.directory, undo)).toEqual({ outcome: 'ended' });
    // It goes on where it was: no reminder comes a second time.
    expect((await upkeepPass(place.directory)).done).toEqual({});
    place.goTo('2026-12-05');
    expect((await upkeepPass(place.directory)).done).toEqual({ 'due-14': 1 });
    expect(undone.outcome === 'done' && sayStillRight(place.directory, pathKey(undone.page))).toBeTruthy();
  });

  test('taken back after somebody changed the price, the price stays', () => {
    const undo = pathKey(sayStillRight(place.directory, key));
    const { service, state } = place.get(A);
    const changed = { ...service, cost_options: [{ option: 'paid', amount: 3, concession: false }] } as typeof service;
    place.directory.change((save) =>
      save({ services: [{ service: changed, state }] }, { action: 'edited', role: 'moderator' }),
    );
    expect(undoChange(place.directory, undo)).toMatchObject({ outcome: 'done' });
    expect(place.get(A).service).toMatchObject({ assured_date: '2026-05-10', cost_options: [{ amount: 3 }] });
  });

  test('brings back what the upkeep has taken out, and not what a moderator has', async () => {
    for (const day of ['2026-12-05', '2026-12-19', '2027-01-02', '2027-02-21']) {
      place.goTo(day);
      await upkeepPass(place.directory);
      await place.post();
    }
    expect(place.get(A).state).toBe('archived');
    const links = place.letters.map(({ text }) => keyIn(text));
    expect(sayStillRight(place.directory, links.at(-1) ?? '')).not.toBeNull();
    expect(place.get(A).state).toBe('published');

    const { service } = place.get(A);
    place.directory.change((save) =>
      save({ services: [{ service, state: 'archived' }] }, { action: 'archived', role: 'moderator' }),
    );
    place.goTo('2027-03-01');
    expect(sayStillRight(place.directory, links.at(-2) ?? '')).not.toBeNull();
    expect(place.get(A)).toMatchObject({ state: 'archived', service: { assured_date: '2027-03-01' } });
  });

  test('does not bring back an event that is over', async () => {
    const event = listing(3, { kind: 'event', schedules: [{ dtstart: '2026-11-20' }], assured_date: '2026-11-01' });
    place.add([event]);
    place.keep(event.id, 'ann@example.org');
    await upkeepPass(place.directory);
    const [mail] = await place.post();
    expect(mail?.template).toBe('over');
    expect(sayStillRight(place.directory, keyIn(mail?.text ?? ''))).not.toBeNull();
    expect(place.get(event.id).state).toBe('archived');

    // New dates bring it back; anything else does not, and neither does what somebody else has taken out.
    const over = place.get(event.id);
    const dated = { ...over.service, schedules: [Schedule.parse({ dtstart: '2026-12-20' })] };
    expect(afterEdit(place.db, over, over.service, '2026-11-21').state).toBe('archived');
    expect(afterEdit(place.db, over, dated, '2026-12-01')).toMatchObject({
      state: 'published',
      service: { assured_date: '2026-12-01' },
    });
    place.directory.change((save) =>
      save({ services: [{ service: dated, state: 'archived' }] }, { action: 'archived', role: 'moderator' }),
    );
    expect(afterEdit(place.db, place.get(event.id), dated, '2026-12-01').state).toBe('archived');
  });

  test('does not bring back what is suspended', () => {
    const { service } = place.get(A);
    place.directory.change((save) =>
      save({ services: [{ service, state: 'suspended' }] }, { action: 'suspended', role: 'public' }),
    );
    const undo = pathKey(sayStillRight(place.directory, key));
    expect(place.get(A)).toMatchObject({ state: 'suspended', service: { assured_date: '2026-11-21' } });
    expect(undoChange(place.directory, undo)).toMatchObject({ outcome: 'done' });
    expect(place.get(A)).toMatchObject({ state: 'suspended', service: { assured_date: '2026-05-10' } });
  });

  test('is only for who looks after it', async () => {
    const other = issueToken(
      place.db,
      { purpose: 'keep', subject: uuid(2), person: ann, minutes: 5, once: true },
      place.now(),
    );
    expect(sayStillRight(place.directory, other)).toBeNull();
    expect(place.get(uuid(2)).service.assured_date).toBe('2026-11-01');
    expect(sayStillRight(place.directory, 'x'.repeat(27))).toBeNull();
  });
});

describe('it has stopped', () => {
  test('takes it out, with a mail that takes it back', async () => {
    place.keep(A, 'bob@example.org');
    sayStopped(place.directory, key);
    expect(place.get(A)).toMatchObject({ state: 'archived', service: { status: 'defunct' } });
    expect(place.index.size).toBe(1);
    const mails = await place.post();
    expect(mails.map(({ to, template }) => `${to} ${template}`)).toEqual([
      'ann@example.org stopped-receipt',
      'bob@example.org stopped-receipt',
    ]);
    expect(undoChange(place.directory, keyIn(mails[1]?.text ?? ''))).toMatchObject({ outcome: 'done' });
    expect(place.get(A)).toMatchObject({ state: 'due', service: { status: 'active' } });
    expect(historyOf(place.db, [A]).map(({ action }) => action)).toEqual(['undone', 'stopped', 'due', 'added']);
  });
});

describe('an edit', () => {
  /** Changes the name and the venue at once, as the form does. */
  const edit = () => {
    const venue = (name: string) => Location.parse({ id: uuid(500), name });
    const moderator = { action: 'edited', role: 'moderator' } as const;
    const { service, state } = place.get(A);
    const there = { ...service, location_ids: [uuid(500)] };
    place.directory.change((save) =>
      save({ locations: [venue('Old hall')], services: [{ service: there, state }] }, moderator),
    );
    place.later(1);
    const cause = { action: 'edited', role: 'organization', person: ann } as const;
    place.directory.change((save) =>
      save({ locations: [venue('New hall')], services: [{ service: { ...there, name: 'New name' }, state }] }, cause),
    );
    place.later(1);
    return pathKey(undoPage(place.db, historyOf(place.db, [A, uuid(500)])[0]?.seq ?? 0, ann, place.now()));
  };

  test('is taken back with all that it changed', () => {
    const undo = edit();
    expect(linkTargetOf(place.directory, undo)).toMatchObject({ kind: 'undo', action: 'edited', name: 'New name' });
    expect(undoChange(place.directory, undo)).toMatchObject({ outcome: 'done' });
    expect(place.get(A)).toMatchObject({ service: { name: 'Listing 1' }, locations: [{ name: 'Old hall' }] });
  });

  test('is not taken back once somebody else has changed it, and nothing is half taken back', () => {
    const undo = edit();
    const { service, state } = place.get(A);
    place.directory.change((save) =>
      save({ services: [{ service: { ...service, name: 'Newer' }, state }] }, { action: 'edited', role: 'moderator' }),
    );
    const before = everything();
    expect(undoChange(place.directory, undo)).toEqual({ outcome: 'changed' });
    expect(everything()).toEqual(before);
    expect(place.get(A)).toMatchObject({ service: { name: 'Newer' }, locations: [{ name: 'New hall' }] });
  });
});
