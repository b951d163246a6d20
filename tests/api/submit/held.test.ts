import { beforeEach, expect, test } from 'vitest';
import type { Answers } from '../../../api/domain/answers.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { changeSubmission } from '../../../api/store/submissions.ts';
import { issueToken } from '../../../api/store/tokens.ts';
import { problemsOf } from '../../../api/submit/checks.ts';
import { beginDraft, openEditing } from '../../../api/submit/drafts.ts';
import type { StepKey } from '../../../api/submit/fields.ts';
import { send } from '../../../api/submit/send.ts';
import { checkContextOf } from '../../../api/submit/submission-form.ts';
import { isEmail } from '../../../api/submit/typed.ts';
import { IDS } from '../../fixtures/listings.ts';
import { CLASS, type Counter, openCounter } from './counter.ts';

/** What a listing cannot hold is told of beside the field, and not at its end. */

let counter: Counter;
beforeEach(() => {
  counter = openCounter();
});

const many = 'ar bn cs cy da de el en es et fa fi fr gu hi hr hu it ja ko lt lv nl pa pl pt ro ru sk so tr'.replaceAll(
  ' ',
  ', ',
);

test.each<[string, StepKey, Answers, string]>([
  ['a price beyond all sense', 'for', { cost: 'paid', amount: '9999,999' }, 'amount'],
  ['more languages than it holds', 'for', { languages: many }, 'languages'],
  ['an address that no listing takes', 'joining', { public_email: 'café@example.org' }, 'public_email'],
])('%s', async (_what, step, instead, field) => {
  const token = beginDraft(counter.directory);
  await counter.leave(counter.form(token), step, { ...CLASS[step], ...instead });
  const { submission } = counter.form(token);
  const found = problemsOf(step, submission.answers, checkContextOf(submission, counter.directory.now()));
  expect(found.map((problem) => problem.field)).toEqual([field]);
});

test('mail goes to more addresses than listings show, and to none with a character that nobody sees', () => {
  expect(isEmail('café@example.org')).toBe(true);
  expect(isEmail('a@b\u0000c.org')).toBe(false);
});

test('whatever else a listing does not hold stays with who fills it in, and nothing is half done', () => {
  const now = counter.directory.now();
  const person = personOf(counter.db, 'kim@example.org', now);
  addKeeper(counter.db, IDS.class, person, now);
  const wish = { purpose: 'edit', subject: IDS.class, person, minutes: 60, once: false } as const;
  const form = () => openEditing(counter.directory, token)!;
  const token = issueToken(counter.db, wish, now);
  const before = findListing(counter.db, IDS.class);
  expect(send(counter.directory, form())).toEqual({ outcome: 'unchanged' });

  // Five ways to join, of which no page would send the same twice.
  const join = ['drop_in', 'drop_in', 'drop_in', 'drop_in', 'book'];
  const { submission } = form();
  const twice = { ...form(), submission: { ...submission, answers: { ...submission.answers, join } } };
  expect(send(counter.directory, twice)).toEqual({ outcome: 'incomplete' });
  expect(findListing(counter.db, IDS.class)).toEqual(before);
  expect(form().begun).toBe(false);
  expect(changeSubmission(counter.db, submission.id, 1, { state: 'draft' }, now)).toBe(false);
});
