import { beforeEach, describe, expect, test } from 'vitest';
import { askSender, publishSubmission } from '../../../api/moderate/decide.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { emailOf, personOf } from '../../../api/store/people.ts';
import { findSubmission, submissionsAbout, waitingSubmissions } from '../../../api/store/submissions.ts';
import { issueToken } from '../../../api/store/tokens.ts';
import { confirm, confirmAgain, confirmed, confirming } from '../../../api/submit/confirm.ts';
import { beginDraft, openEditing, saveStep, stepMark } from '../../../api/submit/drafts.ts';
import { STEP_FIELDS, type StepKey } from '../../../api/submit/fields.ts';
import { callDifferent, callOurs, listingsAlike } from '../../../api/submit/likeness.ts';
import { send, takeBackSubmission, waitingOf, withdrawOne } from '../../../api/submit/send.ts';
import type { SubmissionForm } from '../../../api/submit/submission-form.ts';
import { previewOf } from '../../../api/submit/submission-form.ts';
import { undoChange as undo } from '../../../api/upkeep/undo.ts';
import { IDS } from '../../fixtures/listings.ts';
import { CLASS, type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeEach(() => {
  counter = openCounter();
});
const found = (q: string) =>
  counter.directory.index
    .search({
      place: null,
      q,
      filters: {},
      reach: ['venue', 'area', 'remote'],
      radius_m: null,
      sort: null,
      page: 1,
      per_page: 20,
      today: '2026-11-21',
    })
    .hits.map(({ id }) => id);

describe('something new', () => {
  test('waits for its sender to confirm, then for a moderator, and is found when published', async () => {
    const token = beginDraft(counter.directory);
    const form = await counter.fill(token);
    expect(send(counter.directory, form)).toEqual({ outcome: 'unconfirmed' });
    expect(waitingSubmissions(counter.db)).toEqual([]);
    expect(counter.mails().at(-1)).toMatchObject({
      to: 'sam@example.org',
      template: 'confirm-listing',
    });
    // Whoever has the address has not asked for this yet: nothing that was typed goes to them as our words.
    expect(JSON.stringify(counter.mails())).not.toContain('Chair yoga');

    const key = counter.key('confirm-listing');
    // To look, as a scanner of mail does, changes nothing.
    for (let times = 0; times < 3; times++) expect(confirming(counter.directory, key)?.state).toBe('unconfirmed');
    expect(confirm(counter.directory, key)?.state).toBe('waiting');
    expect(confirm(counter.directory, key)).toBeNull();
    expect(confirmed(counter.directory, key)?.state).toBe('waiting');
    expect(confirmed(counter.directory, token)).toBeNull();

    const [waiting] = waitingSubmissions(counter.db);
    const mo = personOf(counter.db, 'mo@example.org', counter.directory.now());
    expect(
      publishSubmission(counter.directory, { id: waiting!.id, version: waiting!.version, person: mo, words: '' }),
    ).toBe('done');
    expect(findListing(counter.db, waiting!.service_id)).toMatchObject({
      state: 'published',
      service: { name: 'Chair yoga for sore backs' },
    });
    expect(found('yoga')).toEqual([waiting!.service_id]);
    expect(JSON.stringify(findListing(counter.db, waiting!.service_id))).not.toMatch(/Okoye|ada@example|sam@example/i);
  });

  test('is not sent while steps are missing', async () => {
    const token = beginDraft(counter.directory);
    const form = await counter.fill(token, { for: { served: '', cost: '' } });
    expect(send(counter.directory, form)).toEqual({ outcome: 'incomplete' });
    expect(counter.form(token).submission.state).toBe('draft');
  });

  test('from the link in a mail needs no second mail', async () => {
    await counter.fill(beginDraft(counter.directory));
    const mailed = counter.form(counter.key('draft'));
    expect(send(counter.directory, mailed)).toMatchObject({ outcome: 'waiting' });
    expect(counter.mails().map(({ template }) => template)).toEqual(['draft']);
  });

  test('about which a moderator asks comes back with the question on top, and goes straight to the queue again', async () => {
    await counter.fill(beginDraft(counter.directory));
    send(counter.directory, counter.form(counter.key('draft')));
    const [waiting] = waitingSubmissions(counter.db);
    const mo = personOf(counter.db, 'mo@example.org', counter.directory.now());
    const wish = { id: waiting!.id, version: waiting!.version, person: mo, words: 'Which door is it?' };
    expect(askSender(counter.directory, wish)).toBe('done');
    const back = counter.form(counter.key('asked'));
    expect(back).toMatchObject({
      proved: true,
      submission: { state: 'asked', decision: { words: 'Which door is it?' } },
    });
    await counter.leave(back, 'joining', { ...CLASS.joining, transportation: 'The green door.' });
    expect(counter.form(back.token).submission.state).toBe('asked');
    expect(send(counter.directory, counter.form(back.token))).toMatchObject({ outcome: 'waiting' });
    expect(waitingSubmissions(counter.db)).toMatchObject([
      { decision: null, answers: { transportation: 'The green door.' } },
    ]);
  });

  test('can be asked about again a few times, and taken back while nobody has decided', async () => {
    const token = beginDraft(counter.directory);
    send(counter.directory, await counter.fill(token));
    for (let times = 0; times < 9; times++) confirmAgain(counter.directory, counter.form(token));
    expect(counter.mails().filter(({ template }) => template === 'confirm-listing')).toHaveLength(4);
    expect(takeBackSubmission(counter.directory, counter.form(token), false)).toBe(true);
    // The keys of what was sent before are out of force while it is changed.
    expect(confirming(counter.directory, counter.key('confirm-listing'))).toBeNull();
    expect(takeBackSubmission(counter.directory, counter.form(token), true)).toBe(true);
    expect(send(counter.directory, counter.form(token))).toEqual({ outcome: 'gone' });
  });

  test('that looks like what is listed: it is this, or another one', async () => {
    const token = beginDraft(counter.directory);
    const likeness = {
      who: { organization_name: 'Homerton Moves', charity_number: '1234567' },
      what: { name: 'Seated exercise' },
      where: { venue_name: 'Sunbeam Hall', address_1: '1 Made-up Street', postcode: 'E8 1EA' },
    };
    const form = await counter.fill(token, likeness);
    const preview = previewOf(form, counter.directory.now())!;
    expect(listingsAlike(counter.directory, form, preview).map(({ listing }) => listing.service.id)).toContain(
      IDS.class,
    );
    callDifferent(counter.directory, form, IDS.class);
    expect(
      listingsAlike(counter.directory, counter.form(token), preview).map(({ listing }) => listing.service.id),
    ).not.toContain(IDS.class);

    expect(callOurs(counter.directory, counter.form(token), IDS.class)).toBe(true);
    const ours = counter.form(token);
    expect(ours).toMatchObject({ current: { service: { id: IDS.class } }, submission: { kind: 'edit' } });
    // What was not said stays as the listing has it.
    expect(ours.submission.answers).toMatchObject({ seated_option: 'yes', phone: '020 7946 0018' });
    expect(send(counter.directory, ours)).toEqual({ outcome: 'unconfirmed' });
    confirm(counter.directory, counter.key('confirm-listing'));
    expect(findListing(counter.db, IDS.class)?.service.phones).toEqual([]);
    expect(waitingSubmissions(counter.db)).toMatchObject([{ kind: 'edit', service_id: IDS.class }]);
  });
});

describe('a change by who looks after it', () => {
  let person: number;
  let token: string;
  beforeEach(() => {
    const now = counter.directory.now();
    person = personOf(counter.db, 'kim@example.org', now);
    addKeeper(counter.db, IDS.class, person, now);
    token = issueToken(counter.db, { purpose: 'edit', subject: IDS.class, person, minutes: 60, once: false }, now);
  });
  const opened = (): SubmissionForm => openEditing(counter.directory, token)!;
  const change = (step: StepKey, typed: Record<string, string>) => {
    const form = opened();
    const whole = Object.fromEntries(STEP_FIELDS[step].map((name) => [name, form.submission.answers[name] ?? '']));
    return saveStep(
      counter.directory,
      counter.geocoder,
      form,
      step,
      { ...whole, ...typed },
      stepMark(form.submission.answers, step),
    );
  };

  test('is small: it is public at once, checked today, told of by mail, and can be taken back', async () => {
    await change('when', { sessions: 'Thursdays 2 to 3:30pm' });
    expect(send(counter.directory, opened())).toMatchObject({
      outcome: 'published',
      published: [{ field: 'sessions' }],
    });
    const { service } = findListing(counter.db, IDS.class)!;
    expect(service.schedules).toMatchObject([{ byday: 'TH', opens_at: '14:00', closes_at: '15:30' }]);
    expect(service.checked).toEqual({ time: '2026-11-21' });
    expect(service.assured_date).toBe('2026-11-01');
    expect(historyOf(counter.db, [IDS.class])[0]).toMatchObject({
      action: 'edited',
      role: 'organization',
      person,
      reason: 'When',
    });
    expect(counter.mails()).toMatchObject([{ to: 'kim@example.org', template: 'changed-receipt' }]);
    expect(counter.mails()[0]?.given['changes']).toBe(
      'When: Thursdays, 2pm to 3:30pm (before: Tuesdays, 10:30am to 12 noon)',
    );
    expect(undo(counter.directory, counter.key('changed-receipt', 'undo'))).toMatchObject({ outcome: 'done' });
    expect(findListing(counter.db, IDS.class)?.service.schedules).toMatchObject([{ byday: 'TU', opens_at: '10:30' }]);
  });

  test('is risky: it waits; the small beside it is public at once', async () => {
    await change('joining', { phone: '020 7946 0099', first_visit: 'Somebody waits at the door.' });
    await change('for', { amount: '4' });
    const sent = send(counter.directory, opened());
    expect(sent).toMatchObject({ outcome: 'waiting', published: [{ field: 'first_visit' }] });
    expect(findListing(counter.db, IDS.class)?.service).toMatchObject({
      phones: [],
      first_visit: 'Somebody waits at the door.',
      cost_options: [{ amount: 3 }],
    });
    const [waiting] = waitingSubmissions(counter.db);
    // Meanwhile somebody else changes something: it is not undone by what waits.
    counter.directory.change((save) => {
      const { service, state } = findListing(counter.db, IDS.class)!;
      save(
        { services: [{ service: { ...service, first_visit: 'Come early.' }, state }] },
        { action: 'edited', role: 'moderator' },
      );
    });
    publishSubmission(counter.directory, { id: waiting!.id, version: waiting!.version, person, words: '' });
    expect(findListing(counter.db, IDS.class)?.service).toMatchObject({
      phones: [{ number: '020 7946 0099' }],
      first_visit: 'Come early.',
      cost_options: [{ amount: 4 }],
      checked: { cost: '2026-11-21', contact: '2026-11-21' },
    });
  });

  test('that waits is shown to who made it, and can be taken back', async () => {
    await change('joining', { phone: '020 7946 0099' });
    send(counter.directory, opened());
    const [waiting] = waitingOf(counter.directory, opened());
    expect(waiting?.changes).toMatchObject([{ field: 'phones', after: '020 7946 0099' }]);
    withdrawOne(counter.directory, opened(), 'another');
    expect(waitingOf(counter.directory, opened())).toHaveLength(1);
    withdrawOne(counter.directory, opened(), waiting!.submission.id);
    expect(waitingOf(counter.directory, opened())).toEqual([]);
    expect(waitingSubmissions(counter.db)).toEqual([]);
  });

  test('of a venue that others share leaves theirs where it is', async () => {
    counter.directory.change((save) => {
      const { service, state } = findListing(counter.db, IDS.befriending)!;
      save(
        { services: [{ service: { ...service, location_ids: [IDS.library] }, state }] },
        { action: 'edited', role: 'moderator' },
      );
    });
    await change('joining', { transportation: 'The 242 bus stops outside.' });
    await change('where', { venue_name: 'New Hall', address_1: '9 New Street', postcode: 'E8 1EA' });
    expect(send(counter.directory, opened())).toMatchObject({ outcome: 'waiting', published: [] });
    const [waiting] = waitingSubmissions(counter.db);
    publishSubmission(counter.directory, { id: waiting!.id, version: waiting!.version, person, words: '' });
    expect(findListing(counter.db, IDS.class)?.locations.map(({ name }) => name)).toEqual(['New Hall', 'Sunbeam Hall']);
    expect(findListing(counter.db, IDS.befriending)?.locations).toMatchObject([{ name: 'Far Library' }]);
    expect(findListing(counter.db, IDS.befriending)?.locations[0]?.transportation).toBeUndefined();
  });

  test('of a listing that is hidden leaves it hidden', async () => {
    counter.directory.change((save) => {
      const { service } = findListing(counter.db, IDS.class)!;
      save({ services: [{ service, state: 'archived' }] }, { action: 'stopped', role: 'organization' });
    });
    await change('joining', { phone: '020 7946 0099', first_visit: 'Come early.' });
    send(counter.directory, opened());
    expect(findListing(counter.db, IDS.class)).toMatchObject({
      state: 'archived',
      service: { first_visit: 'Come early.' },
    });
    const [waiting] = waitingSubmissions(counter.db);
    publishSubmission(counter.directory, { id: waiting!.id, version: waiting!.version, person, words: '' });
    expect(findListing(counter.db, IDS.class)).toMatchObject({
      state: 'archived',
      service: { phones: [{ number: '020 7946 0099' }] },
    });
  });

  test('of a listing that nobody had confirmed brings it back, also where all of it waits for a moderator', async () => {
    counter.directory.change((save) => {
      const { service } = findListing(counter.db, IDS.class)!;
      save({ services: [{ service, state: 'archived' }] }, { action: 'archived', role: 'programme' });
    });
    await change('joining', { phone: '020 7946 0099' });
    expect(send(counter.directory, opened())).toMatchObject({ outcome: 'waiting', published: [] });
    const [waiting] = waitingSubmissions(counter.db);
    publishSubmission(counter.directory, { id: waiting!.id, version: waiting!.version, person, words: '' });
    expect(findListing(counter.db, IDS.class)?.state).toBe('published');
  });

  test('that changes nothing leaves nothing', async () => {
    await change('what', {});
    const before = historyOf(counter.db, [IDS.class]).length;
    expect(send(counter.directory, opened())).toEqual({ outcome: 'unchanged' });
    expect(historyOf(counter.db, [IDS.class])).toHaveLength(before);
    expect(counter.mails()).toEqual([]);
  });

  test('is open to nobody who does not look after it any more', () => {
    counter.db.prepare('DELETE FROM keeper').run();
    expect(openEditing(counter.directory, token)).toBeNull();
  });

  test('begins nothing by being looked at', () => {
    expect(opened()).toMatchObject({ begun: false, proved: true, current: { service: { id: IDS.class } } });
    expect(submissionsAbout(counter.db, IDS.class)).toEqual([]);
    expect(findSubmission(counter.db, opened().submission.id)).toBeNull();
    expect(emailOf(counter.db, person)).toBe('kim@example.org');
  });
});
