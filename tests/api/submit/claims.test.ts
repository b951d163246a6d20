import { beforeEach, describe, expect, test } from 'vitest';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { issueToken } from '../../../api/store/tokens.ts';
import { confirmAgain } from '../../../api/submit/confirm.ts';
import { beginDraft, openEditing } from '../../../api/submit/drafts.ts';
import { callOurs } from '../../../api/submit/likeness.ts';
import { send } from '../../../api/submit/send.ts';
import { IDS } from '../../fixtures/listings.ts';
import { CLASS, type Counter, openCounter } from './counter.ts';

/** What somebody whom nobody knows gets at by saying of a listing that it is theirs. */

let counter: Counter;
beforeEach(() => {
  counter = openCounter();
});

test('calling a refuge one’s own shows nobody where it is', async () => {
  const token = beginDraft(counter.directory);
  const form = await counter.fill(token, { where: { attending: ['online'] } });
  expect(callOurs(counter.directory, form, IDS.refugeService)).toBe(false);
  const after = counter.form(token);
  expect(after).toMatchObject({ current: null, submission: { kind: 'new' } });
  expect(JSON.stringify(after)).not.toMatch(/Hidden House|Secret Lane|E8 2ZZ|green door|51\.5471/);
});

test('what the public does not see cannot be called one’s own', async () => {
  const token = beginDraft(counter.directory);
  const form = await counter.fill(token);
  const listing = findListing(counter.db, IDS.class)!;
  counter.directory.change((save) =>
    save({ services: [{ service: listing.service, state: 'suspended' }] }, { action: 'suspended', role: 'moderator' }),
  );
  expect(callOurs(counter.directory, form, IDS.class)).toBe(false);
  expect(callOurs(counter.directory, form, IDS.draft)).toBe(false);
  expect(callOurs(counter.directory, form, IDS.nowhere)).toBe(false);
  expect(counter.form(token).submission.kind).toBe('new');
});

describe('who looks after a listing', () => {
  let edit: string;
  beforeEach(() => {
    const now = counter.directory.now();
    const person = personOf(counter.db, 'kim@example.org', now);
    addKeeper(counter.db, IDS.class, person, now);
    edit = issueToken(counter.db, { purpose: 'edit', subject: IDS.class, person, minutes: 60, once: false }, now);
  });

  test('does not find in their own form what a stranger wrote under their address', async () => {
    const token = beginDraft(counter.directory);
    const strange = { who: { email: 'kim@example.org' }, what: { summary: 'A stranger’s words.' } };
    expect(callOurs(counter.directory, await counter.fill(token, strange), IDS.class)).toBe(true);
    expect(counter.form(token).proved).toBe(false);
    const own = openEditing(counter.directory, edit)!;
    expect(own.begun).toBe(false);
    expect(JSON.stringify(own)).not.toContain('stranger');
  });

  test('sends nothing that lacks its name, whatever was pressed', async () => {
    const form = openEditing(counter.directory, edit)!;
    const { answers } = form.submission;
    const saved = await counter.leave(form, 'what', { ...answers, name: '' });
    expect(saved.outcome).toBe('saved');
    expect(send(counter.directory, openEditing(counter.directory, edit)!)).toEqual({ outcome: 'incomplete' });
    expect(findListing(counter.db, IDS.class)?.service.name).toBe('Seated exercise');
  });
});

test('nobody has a mailbox filled with questions about forms that somebody else sends', async () => {
  let last = '';
  for (let count = 0; count < 20; count++) {
    last = beginDraft(counter.directory);
    expect(send(counter.directory, await counter.fill(last))).toEqual({ outcome: 'unconfirmed' });
  }
  const asked = () => counter.mails().filter(({ template }) => template === 'confirm-listing').length;
  expect(asked()).toBe(12);
  // Whoever means it asks again later, and is asked then.
  counter.wait(1);
  confirmAgain(counter.directory, counter.form(last));
  expect(asked()).toBe(13);
});

test('more areas than are looked up are said to be too many, and none is left out unsaid', async () => {
  const token = beginDraft(counter.directory);
  const names = Array.from({ length: 70 }, () => 'England');
  for (const between of ['\n', ', ']) {
    const served_areas = between === '\n' ? names.join(between) : `${names.join(between)}\nHackney`;
    await counter.leave(counter.form(token), 'for', { ...CLASS.for, served: 'areas', served_areas });
    const { answers } = counter.form(token).submission;
    expect(answers).toMatchObject({ served_areas, served_codes: '' });
    expect(answers['served_trouble']).toContain('60 areas at most');
  }
});
