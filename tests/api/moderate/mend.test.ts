import { beforeEach, describe, expect, test } from 'vitest';
import { askSender } from '../../../api/moderate/decide.ts';
import { openModeratorsForm } from '../../../api/moderate/edit.ts';
import { beginMending, publishMended } from '../../../api/moderate/mend.ts';
import { readQueue } from '../../../api/moderate/queue.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { keepersOf } from '../../../api/store/keepers.ts';
import { changeSubmission, findSubmission } from '../../../api/store/submissions.ts';
import { STEPS } from '../../../api/submit/fields.ts';
import { send } from '../../../api/submit/send.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createDesk, type Desk } from './desk.ts';

/** Mending what was sent in, and publishing it so. */

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});

/** A form that was filled in to its end. */
const WHOLE = {
  visited: STEPS.map(({ key }) => key),
  charity_number: '1122334',
  sessions: 'Tuesdays 10:30am to 12 noon',
  join: ['drop_in'],
  phone: '020 7946 0123',
};

/** The moderator fills the copy in, and sends it. */
function fillIn(copy: string, over: Record<string, string>): void {
  const { answers, version } = findSubmission(desk.db, copy)!;
  changeSubmission(desk.db, copy, version, { answers: { ...answers, ...over } }, desk.directory.now());
  const form = openModeratorsForm(desk.directory, copy, desk.mo)!;
  expect(send(desk.directory, form)).toMatchObject({ outcome: 'waiting' });
}

describe('what was sent in and is mended', () => {
  test('is public as it was mended; its sender is told, and looks after it', () => {
    const sent = desk.sendNew(IDS.befriending, { ...WHOLE, name: 'Sowing for sore hands' });
    const copy = beginMending(desk.directory, sent.id, desk.mo) ?? '';
    expect(beginMending(desk.directory, sent.id, desk.mo)).toBe(copy);
    expect(openModeratorsForm(desk.directory, copy, desk.ed)).toBeNull();
    expect(readQueue(desk.directory).items).toHaveLength(1);
    fillIn(copy, { name: 'Sewing for sore hands' });
    expect(publishMended(desk.directory, copy, desk.mo)).toBe(true);
    expect(desk.listing(sent.service_id).service.name).toBe('Sewing for sore hands');
    expect(historyOf(desk.db, [sent.service_id])[0]).toMatchObject({ role: 'moderator', person: desk.mo });
    expect(keepersOf(desk.db, sent.service_id).map(({ person }) => person)).toEqual([desk.ann]);
    expect(desk.mails().map(({ to, template, given }) => [to, template, given.note])).toEqual([
      ['ann@example.org', 'published', 'We put something right before we published it.'],
    ]);
    expect(readQueue(desk.directory).items).toEqual([]);
    expect(beginMending(desk.directory, sent.id, desk.mo)).toBeNull();
  });

  test('a change of a listing is mended likewise', () => {
    const sent = desk.sendEdit(IDS.class, { summary: 'A moring of chairs.' });
    const copy = beginMending(desk.directory, sent.id, desk.mo) ?? '';
    fillIn(copy, { summary: 'A morning of chairs.' });
    expect(publishMended(desk.directory, copy, desk.mo)).toBe(true);
    expect(desk.listing(IDS.class).service.summary).toBe('A morning of chairs.');
    expect(keepersOf(desk.db, IDS.class)).toEqual([]);
  });

  test('where a colleague was quicker nothing is done, and nothing that was typed is lost', () => {
    const sent = desk.sendNew(IDS.befriending, WHOLE);
    const copy = beginMending(desk.directory, sent.id, desk.mo) ?? '';
    const words = 'Which day?';
    expect(askSender(desk.directory, { id: sent.id, version: sent.version, person: desk.ed, words })).toBe('done');
    fillIn(copy, { name: 'Mended in vain' });
    expect(publishMended(desk.directory, copy, desk.mo)).toBe(false);
    expect(findSubmission(desk.db, sent.id)).toMatchObject({ state: 'asked', answers: sent.answers });
    expect(findSubmission(desk.db, copy)).toMatchObject({ state: 'draft', answers: { name: 'Mended in vain' } });
    expect(readQueue(desk.directory).items).toEqual([]);
    expect(beginMending(desk.directory, sent.id, desk.mo)).not.toBe(copy);
  });
});
