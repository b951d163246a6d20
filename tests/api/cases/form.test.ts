import { beforeEach, describe, expect, test } from 'vitest';
import { problemsOf } from '../../../api/submit/checks.ts';
import { beginDraft } from '../../../api/submit/drafts.ts';
import { checkContextOf, previewOf } from '../../../api/submit/submission-form.ts';
import { CLASS, type Counter, openCounter } from '../submit/counter.ts';

/** What people type into the form: read by the same readers as tables and feeds, or asked about in a sentence. */

let counter: Counter;
let token: string;
beforeEach(() => {
  counter = openCounter();
  token = beginDraft(counter.directory);
});

const made = async (step: 'for' | 'joining', typed: Record<string, string>) => {
  await counter.fill(token, { [step]: { ...CLASS[step], ...typed } });
  return previewOf(counter.form(token), counter.directory.now())?.service;
};

const asked = async (step: 'for' | 'joining', typed: Record<string, string>) => {
  await counter.leave(counter.form(token), step, { ...CLASS[step], ...typed });
  const { submission } = counter.form(token);
  return problemsOf(step, submission.answers, checkContextOf(submission, counter.directory.now())).map(
    ({ words }) => words,
  );
};

describe('telephone numbers', () => {
  test.each([
    ['0300 123 4511 (9-5)', [{ number: '0300 123 4511', description: '9-5' }]],
    ['020 7 946 0331 ext 4', [{ number: '020 7 946 0331', extension: '4' }]],
    ['0800 1111', [{ number: '0800 1111' }]],
    ['18001 020 7946 0332', [{ number: '18001 020 7946 0332', type: 'textphone' }]],
    ['Text 85258', [{ number: '85258', type: 'text' }]],
    ['020 7946 0333 or 07700 900331', [{ number: '020 7946 0333' }, { number: '07700 900331' }]],
    ['Fax 020 7946 0334, phone 020 7946 0335', [{ number: '020 7946 0335' }, { number: '020 7946 0334', type: 'fax' }]],
  ])('%s', async (phone, wanted) => expect((await made('joining', { phone }))?.phones).toEqual(wanted));

  test.each([
    ['020 7123 456', /‘020 7123 456’ .* a digit may be missing/],
    ['60777', /Write ‘text 60777’/],
    ['we have none', /no telephone number/],
  ])('%s is asked about', async (phone, words) =>
    expect(await asked('joining', { phone })).toEqual([expect.stringMatching(words)]),
  );
});
