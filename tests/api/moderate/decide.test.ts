import { beforeEach, expect, test } from 'vitest';
import { askSender, publishSubmission, refuseSubmission } from '../../../api/moderate/decide.ts';
import { beginEdit, openModeratorsForm, publishOwn } from '../../../api/moderate/edit.ts';
import { readQueue } from '../../../api/moderate/queue.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { keepersOf } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { changeSubmission, findSubmission } from '../../../api/store/submissions.ts';
import { readToken } from '../../../api/store/tokens.ts';
import { openDraft } from '../../../api/submit/drafts.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createDesk, type Desk, MINUTE } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const found = (q: string) =>
  desk.directory.index
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
const wish = (submission: { id: string; version: number }, words = '', person = desk.mo) => ({
  id: submission.id,
  version: submission.version,
  person,
  words,
});
const tokenIn = (field: string) => desk.mails().at(-1)?.given[field]?.split('/').at(-1) ?? '';

test('a new listing is published: found at once, its sender looks after it and is told how to change it', () => {
  const sent = desk.sendNew(IDS.class, { name: 'Gentle juggling' });
  expect(publishSubmission(desk.directory, wish(sent))).toBe('done');
  expect(findListing(desk.db, sent.service_id)).toMatchObject({
    state: 'published',
    service: { name: 'Gentle juggling' },
  });
  expect(found('juggling')).toEqual([sent.service_id]);
  expect(keepersOf(desk.db, sent.service_id).map(({ email }) => email)).toEqual(['ann@example.org']);
  expect(historyOf(desk.db, [sent.service_id])[0]).toMatchObject({
    action: 'published',
    role: 'moderator',
    person: desk.mo,
  });
  expect(desk.mails()).toMatchObject([
    {
      to: 'ann@example.org',
      template: 'published',
      given: { name: 'Gentle juggling', page: `/services/${sent.service_id}` },
    },
  ]);
  expect(readToken(desk.db, tokenIn('link'), 'edit', desk.directory.now())).toEqual({
    subject: sent.service_id,
    person: desk.ann,
  });
  expect(findSubmission(desk.db, sent.id)).toMatchObject({ state: 'published', decision: { person: desk.mo } });
});

test('of two who decide at once the second changes nothing, and sees what the first did', () => {
  const sent = desk.sendNew(IDS.class);
  expect(refuseSubmission(desk.directory, wish(sent, 'It is an advertisement.', desk.ed))).toBe('done');
  expect(publishSubmission(desk.directory, wish(sent))).toBe('changed');
  expect(askSender(desk.directory, wish(sent, 'Where is it?'))).toBe('changed');
  expect(findListing(desk.db, sent.service_id)).toBeNull();
  expect(desk.mails().map(({ template }) => template)).toEqual(['refused']);
  expect(findSubmission(desk.db, sent.id)?.decision).toEqual({ person: desk.ed, words: 'It is an advertisement.' });
});

test('what its sender has changed since it was looked at is not published unseen', () => {
  const sent = desk.sendNew(IDS.class);
  changeSubmission(
    desk.db,
    sent.id,
    sent.version,
    { answers: { ...sent.answers, phone: '0900 1' } },
    desk.directory.now(),
  );
  expect(publishSubmission(desk.directory, wish(sent))).toBe('changed');
});

test('where the mail cannot be written, nothing is published', () => {
  const sent = desk.sendNew(IDS.class);
  desk.db.exec('ALTER TABLE mail RENAME TO mail_gone');
  expect(() => publishSubmission(desk.directory, wish(sent))).toThrow();
  desk.db.exec('ALTER TABLE mail_gone RENAME TO mail');
  expect(findListing(desk.db, sent.service_id)).toBeNull();
  expect(findSubmission(desk.db, sent.id)?.state).toBe('waiting');
  expect(publishSubmission(desk.directory, wish(sent))).toBe('done');
});

test('a question goes to the sender with a way back into the form; the answer can be published', () => {
  const sent = desk.sendNew(IDS.class);
  expect(askSender(desk.directory, wish(sent, 'Is there a step at the door?'))).toBe('done');
  const [mail] = desk.mails();
  expect(mail).toMatchObject({ template: 'asked', given: { question: 'Is there a step at the door?' } });
  const form = openDraft(desk.directory, tokenIn('link'));
  expect(form).toMatchObject({ proved: true, submission: { id: sent.id, state: 'asked' } });
  expect(readQueue(desk.directory)).toMatchObject({ items: [], asked: [{ submission: { id: sent.id } }] });
  const { version } = findSubmission(desk.db, sent.id) as { version: number };
  expect(publishSubmission(desk.directory, wish({ id: sent.id, version }))).toBe('done');
});

test('a moderator who is asked about their own change is led behind their session', () => {
  const id = beginEdit(desk.directory, IDS.class, desk.mo) ?? '';
  changeSubmission(desk.db, id, 1, { state: 'waiting' }, desk.directory.now());
  expect(askSender(desk.directory, { ...wish({ id, version: 2 }, 'Why?'), person: desk.ed })).toBe('done');
  expect(desk.mails().at(-1)).toMatchObject({ to: 'mo@example.org', given: { link: `/moderate/forms/${id}` } });
});

test('who does not look after a listing any more cannot answer, and is not asked', () => {
  const edit = desk.sendEdit(IDS.class, { summary: 'Another summary.' });
  expect(askSender(desk.directory, wish(edit, 'Is that so?'))).toBe('unanswerable');
  expect(findSubmission(desk.db, edit.id)?.state).toBe('waiting');
  expect(desk.mails()).toEqual([]);
});

test('of a change that is refused its sender hears that the listing stays, and it does', () => {
  const before = findListing(desk.db, IDS.class);
  const edit = desk.sendEdit(IDS.class, { phone: '020 7946 0123' });
  expect(refuseSubmission(desk.directory, wish(edit, 'Nobody answers there.'))).toBe('done');
  expect(desk.mails()).toMatchObject([{ template: 'change-refused', given: { reason: 'Nobody answers there.' } }]);
  expect(findListing(desk.db, IDS.class)).toEqual(before);
});

test('a claim puts the sender in charge once it is published; an ordinary edit does not', () => {
  const edit = desk.sendEdit(IDS.class, { summary: 'Another summary.' });
  publishSubmission(desk.directory, wish(edit, 'Thank you.'));
  expect(keepersOf(desk.db, IDS.class)).toEqual([]);
  expect(desk.mails()).toMatchObject([{ template: 'change-published', given: { note: 'Thank you.' } }]);
  const claim = desk.sendEdit(IDS.class, { summary: 'A third summary.', claim: 'yes' });
  publishSubmission(desk.directory, wish(claim));
  expect(keepersOf(desk.db, IDS.class).map(({ email }) => email)).toEqual(['ann@example.org']);
});

test('what was not answered well enough to be a listing is left where it is', () => {
  const sent = desk.sendNew(IDS.class, { name: '' });
  expect(publishSubmission(desk.directory, wish(sent))).toBe('incomplete');
  expect(findSubmission(desk.db, sent.id)?.state).toBe('waiting');
});

test('a change of what is gone makes no listing of the little that it says', () => {
  const edit = desk.sendEdit(IDS.class, { summary: 'Another summary.' });
  desk.db.prepare('DELETE FROM service WHERE id = ?').run(IDS.class);
  expect(publishSubmission(desk.directory, wish(edit))).toBe('incomplete');
  expect(findListing(desk.db, IDS.class)).toBeNull();
  expect(findSubmission(desk.db, edit.id)?.state).toBe('waiting');
});

test('what was chosen among what is listed and is gone by now is no fault', () => {
  const organization = { ...desk.listing(IDS.class).organization, id: IDS.nowhere };
  const sent = desk.sendNew(IDS.class, { chosen_organization: JSON.stringify(organization) });
  expect(publishSubmission(desk.directory, wish(sent))).toBe('incomplete');
  expect(findSubmission(desk.db, sent.id)?.state).toBe('waiting');
});

test('the queue: risky edits first, and what has waited longest before what came after', () => {
  const small = desk.sendEdit(IDS.class, { description: 'We sit, we stretch, we rest.' });
  desk.wait(MINUTE);
  const risky = desk.sendEdit(IDS.befriending, { phone: '020 7946 0123' });
  desk.wait(MINUTE);
  const fresh = desk.sendNew(IDS.class, { name: 'Something else' });
  const ids = readQueue(desk.directory).items.map((item) =>
    item.kind === 'submission' ? item.sent.submission.id : item.report.id,
  );
  expect(ids).toEqual([risky.id, small.id, fresh.id]);
});

test('a moderator changes a listing in the same form, and goes on with one begun', () => {
  const id = beginEdit(desk.directory, IDS.class, desk.mo) ?? '';
  expect(openModeratorsForm(desk.directory, id, desk.mo)).toMatchObject({
    proved: true,
    submission: { id, kind: 'edit', service_id: IDS.class },
  });
  expect(beginEdit(desk.directory, IDS.class, desk.mo)).toBe(id);
  expect(beginEdit(desk.directory, IDS.nowhere, desk.mo)).toBeNull();
  // Nobody else opens it, and no key does.
  expect(openModeratorsForm(desk.directory, id, desk.ed)).toBeNull();
  expect(desk.db.prepare('SELECT count(*) FROM token').pluck().get()).toBe(0);
});

test('a moderator who publishes their own change gets no mail and is no keeper', () => {
  const id = beginEdit(desk.directory, IDS.class, desk.mo) ?? '';
  const submission = findSubmission(desk.db, id)!;
  const answers = { ...submission.answers, summary: 'Put right.' };
  changeSubmission(desk.db, submission.id, 1, { answers, state: 'waiting' }, desk.directory.now());
  expect(publishSubmission(desk.directory, wish({ id: submission.id, version: 2 }))).toBe('done');
  expect(desk.listing(IDS.class).service.summary).toBe('Put right.');
  expect(desk.mails()).toEqual([]);
  expect(keepersOf(desk.db, IDS.class)).toEqual([]);
});

test('what a moderator sends in is public at once, as theirs, and nobody else publishes it so', () => {
  const id = beginEdit(desk.directory, IDS.class, desk.mo) ?? '';
  const submission = findSubmission(desk.db, id)!;
  expect(publishOwn(desk.directory, id, desk.mo)).toBe(false);
  const answers = { ...submission.answers, summary: 'Put right.' };
  changeSubmission(desk.db, id, submission.version, { answers, state: 'waiting' }, desk.directory.now());
  expect(publishOwn(desk.directory, id, desk.ed)).toBe(false);
  expect(publishOwn(desk.directory, id, desk.mo)).toBe(true);
  expect(desk.listing(IDS.class).service.summary).toBe('Put right.');
  expect(historyOf(desk.db, [IDS.class])[0]).toMatchObject({
    role: 'moderator',
    person: desk.mo,
    reason: 'Changed by a moderator',
  });
});
