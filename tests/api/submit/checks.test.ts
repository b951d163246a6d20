import { beforeEach, describe, expect, test } from 'vitest';
import type { Answers } from '../../../api/domain/answers.ts';
import { exactPounds } from '../../../api/domain/cost/amounts.ts';
import { readLanguages } from '../../../api/domain/languages/reader.ts';
import { problemsOf } from '../../../api/submit/checks.ts';
import { beginDraft } from '../../../api/submit/drafts.ts';
import type { StepKey } from '../../../api/submit/fields.ts';
import { movedPoint, pointOfForm, putPoint } from '../../../api/submit/point.ts';
import { checkContextOf, previewOf } from '../../../api/submit/submission-form.ts';
import { charityOf, companyOf, isEmail, linksIn, urlOf } from '../../../api/submit/typed.ts';
import { CLASS, type Counter, openCounter } from './counter.ts';

let counter: Counter;
let token: string;
beforeEach(() => {
  counter = openCounter();
  token = beginDraft(counter.directory);
});

/** Leaves a step with something else in it. @returns what is wrong then, by field */
async function wrong(step: StepKey, instead: Answers): Promise<Record<string, string>> {
  await counter.leave(counter.form(token), step, { ...CLASS[step], ...instead });
  const { submission } = counter.form(token);
  const found = problemsOf(step, submission.answers, checkContextOf(submission, counter.directory.now()));
  return Object.fromEntries(found.map(({ field, words }) => [field, words]));
}

/** What was typed, the field, and a part of the sentence that says what to write. */
const TROUBLES: readonly [StepKey, Answers, string, RegExp][] = [
  ['who', { email: 'sam@' }, 'email', /like name@example\.org/],
  ['who', { sponsor_contact: 'ask around' }, 'sponsor_contact', /e-mail address .* or a phone number/],
  ['what', { name: '' }, 'name', /what it is called/],
  ['what', { name: 'Win at www.pills.example' }, 'name', /Take the web address out/],
  ['what', { summary: 'x'.repeat(181) }, 'summary', /180 characters or shorter. It has 181/],
  ['what', { description: 'http://a.example http://b.example http://c.example' }, 'description', /2 web addresses/],
  ['what', { kind: 'clinical' }, 'kind', /what sort of thing/],
  ['what', { category_1: 'nonsense' }, 'category_1', /at least one subject/],
  ['when', { sessions: '', arrangement: '' }, 'sessions', /no set times/],
  ['where', { attending: [] }, 'attending', /Tick how people take part/],
  ['where', { attending: ['telepathy'] }, 'attending', /Tick how people take part/],
  ['where', { venue_name: '', city: '' }, 'venue_name', /name of the building/],
  ['where', { postcode: 'E8' }, 'postcode', /whole postcode/],
  ['where', { postcode: 'nonsense' }, 'postcode', /whole postcode/],
  ['where', { postcode: '' }, 'postcode', /postcode of the place/],
  ['for', { served: '' }, 'served', /where people must live/],
  ['for', { served: 'areas', served_areas: '' }, 'served_areas', /names of the areas/],
  ['for', { served: 'areas', served_areas: 'Nowhere at all' }, 'served_areas', /‘Nowhere at all’/],
  ['for', { cost: 'paid', amount: '', amount_note: '' }, 'amount', /in pounds, like 3\.50/],
  ['for', { cost: 'paid', amount: 'a lot' }, 'amount', /in pounds/],
  ['for', { concession: 'less' }, 'concession', /0 where it is free/],
  ['for', { minimum_age: '65', maximum_age: '18' }, 'maximum_age', /below the youngest/],
  ['for', { minimum_age: 'old' }, 'minimum_age', /in figures/],
  ['for', { languages: 'English, Klingonish' }, 'languages', /‘Klingonish’/],
  ['joining', { join: [] }, 'join', /Tick how people join/],
  ['joining', { join: ['book'], phone: '' }, 'phone', /at least one way/],
  ['joining', { phone: '12' }, 'phone', /with its code/],
  ['joining', { url: 'javascript:alert(1)' }, 'url', /www\.example\.org/],
  ['joining', { public_email: 'x@y' }, 'public_email', /hello@example\.org/],
  ['joining', { availability: 'full', availability_until: 'spring' }, 'availability_until', /like 1 March/],
  ['joining', { availability: 'full', availability_until: '1 March 2026' }, 'availability_until', /is over/],
];

describe('what is wrong is said in a sentence that says what to write', () => {
  test.each(TROUBLES)('%s: %o', async (step, instead, field, words) => {
    const found = await wrong(step, instead);
    expect(found[field]).toMatch(words);
  });

  test.each(Object.keys(CLASS) as StepKey[])('nothing is wrong with the class: %s', async (step) => {
    expect(await wrong(step, {})).toEqual({});
  });

  test('the sentences stand in the order of the fields', async () => {
    const nowhere = { venue_name: '', postcode: '', address_1: '', city: '' };
    expect(Object.keys(await wrong('where', nowhere))).toEqual(['venue_name', 'postcode', 'address_1', 'city']);
  });

  test('full until 1 March is kept as that day', async () => {
    await counter.fill(token, { joining: { availability: 'full', availability_until: '1 March' } });
    expect(previewOf(counter.form(token), counter.directory.now())?.service.availability).toEqual({
      state: 'full',
      until: '2027-03-01',
    });
  });

  test('a lower price for some, and free for some', async () => {
    await counter.fill(token, { for: { concession: '0', concession_note: 'for carers' } });
    expect(previewOf(counter.form(token), counter.directory.now())?.service.cost_options).toEqual([
      { option: 'paid', concession: false, amount: 3, amount_description: 'a session' },
      { option: 'free', concession: true, amount_description: 'for carers' },
    ]);
  });
});

describe('the point of a place', () => {
  test('is moved by metres, stays within two miles of its postcode, and goes back', async () => {
    await counter.leave(counter.form(token), 'where', CLASS.where);
    const start = pointOfForm(counter.form(token), 1)!;
    const north = movedPoint(start, 'north', 50);
    expect(north.latitude - start.latitude).toBeCloseTo(50 / 111_195, 5);
    expect(putPoint(counter.directory, counter.form(token), 1, north)).toBe('saved');
    expect(pointOfForm(counter.form(token), 1)).toEqual(north);
    expect(putPoint(counter.directory, counter.form(token), 1, { ...start, latitude: start.latitude + 0.03 })).toBe(
      'too far',
    );
    expect(putPoint(counter.directory, counter.form(token), 1, { latitude: Number.NaN, longitude: 0 })).toBe('too far');
    expect(pointOfForm(counter.form(token), 1)).toEqual(north);
    // Leaving the step again with the same postcode leaves the point where it was put.
    await counter.leave(counter.form(token), 'where', { ...CLASS.where, city: 'Hackney' });
    expect(pointOfForm(counter.form(token), 1)).toEqual(north);
    expect(putPoint(counter.directory, counter.form(token), 1, null)).toBe('saved');
    expect(pointOfForm(counter.form(token), 1)?.latitude).toBeCloseTo(start.latitude, 5);
  });

  test('is asked about only where there is one', async () => {
    await counter.leave(counter.form(token), 'where', { attending: ['online'] });
    expect(pointOfForm(counter.form(token), 1)).toBeNull();
    expect(putPoint(counter.directory, counter.form(token), 1, { latitude: 51, longitude: 0 })).toBe('gone');
  });
});

test('what nobody types is read as quickly as anything else', async () => {
  for (const row of ['(', 'a-', '1 ', 'term-', '@', ' ']) {
    const long = row.repeat(50_000 / row.length);
    expect(linksIn(long)).toBe(0);
    const typed = {
      join: ['drop_in'],
      availability: 'full',
      availability_until: long,
      url: long,
      public_email: long,
      phone: long,
    };
    await counter.leave(counter.form(token), 'joining', typed);
    await counter.leave(counter.form(token), 'when', { sessions: long });
    await counter.leave(counter.form(token), 'for', {
      served: 'areas',
      served_areas: long,
      languages: long,
      amount: long,
    });
    const { submission } = counter.form(token);
    for (const step of ['joining', 'when', 'for'] as const)
      problemsOf(step, submission.answers, checkContextOf(submission, counter.directory.now()));
    expect(submission.answers['availability_until']).toBe(long);
  }
});

test('what people type into one field', () => {
  expect(['£3.50', '3', '3.5', '1,200', '0', 'three', '£', '-1'].map(exactPounds)).toEqual([
    3.5,
    3,
    3.5,
    1200,
    0,
    null,
    null,
    null,
  ]);
  expect(
    ['1234567', '123456', 'SC012345', 'sc 012 345', 'NIC100001', '12345', 'SC1234567', 'ABC'].map(charityOf),
  ).toEqual(['1234567', '123456', 'SC012345', 'SC012345', 'NIC100001', null, null, null]);
  expect(['01234567', '1234567', 'SC123456', 'ni123456', 'AB123456', '123'].map(companyOf)).toEqual([
    '01234567',
    '01234567',
    'SC123456',
    'NI123456',
    null,
    null,
  ]);
  expect(
    [
      'www.example.org',
      'https://example.org/a?b',
      'example',
      'http://a b.org',
      'ftp://example.org',
      'https://me:pw@example.org',
    ].map(urlOf),
  ).toEqual(['https://www.example.org', 'https://example.org/a?b', null, null, null, null]);
  expect(['a@b.org', 'a@b', 'a b@c.org', 'a@b..org', 'a@b.org, c@d.org'].map(isEmail)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(
    ['Turkish', 'british sign language', 'BSL', 'Kurdish (Sorani)', 'Elvish'].map(
      (name) => readLanguages(name).tags[0],
    ),
  ).toEqual(['tr', 'bfi', 'bfi', 'ckb', undefined]);
});
