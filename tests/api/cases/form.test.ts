import { beforeEach, describe, expect, test } from 'vitest';
import { describeCost } from '../../../api/domain/words.ts';
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

const made = async (step: 'what' | 'for' | 'joining', typed: Record<string, string>) => {
  await counter.fill(token, { [step]: { ...CLASS[step], ...typed } });
  return previewOf(counter.form(token), counter.directory.now())?.service;
};

const asked = async (step: 'what' | 'for' | 'joining', typed: Record<string, string>) => {
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

describe('amounts', () => {
  test.each([
    ['60p', [{ option: 'paid', amount: 0.6, amount_description: 'a session' }]],
    ['£1,200', [{ option: 'paid', amount: 1200, amount_description: 'a session' }]],
    [
      '£4 / £2',
      [
        { option: 'paid', amount: 4, amount_description: 'a session' },
        { option: 'paid', amount: 2 },
      ],
    ],
    [
      '4 / 2',
      [
        { option: 'paid', amount: 4, amount_description: 'a session' },
        { option: 'paid', amount: 2 },
      ],
    ],
    ['2-4', [{ option: 'paid', amount_description: '£2 to £4, a session' }]],
  ])('%s', async (amount, wanted) =>
    expect((await made('for', { cost: 'paid', amount, amount_note: 'a session' }))?.cost_options).toEqual(
      wanted.map((price) => ({ concession: false, ...price })),
    ),
  );

  test('two prices come back into the field as they can be read again', async () => {
    const listing = await made('for', { cost: 'paid', amount: '£4 / £2', amount_note: '' });
    const { cost_options } = listing!;
    const amount = cost_options.map((cost) => describeCost([cost])).join('; ');
    expect((await made('for', { cost: 'paid', amount, amount_note: '' }))?.cost_options).toEqual(cost_options);
  });

  test.each(['a lot', '£2 off', '€5'])('%s is asked about', async (amount) =>
    expect(await asked('for', { cost: 'paid', amount })).toEqual([expect.stringMatching(/in pounds, like 3\.50/)]),
  );
});

describe('ages', () => {
  test.each([
    [{ minimum_age: '50+' }, [50, undefined]],
    [{ minimum_age: 'over 50' }, [50, undefined]],
    [{ minimum_age: '8-11' }, [8, 11]],
    [{ minimum_age: '16', maximum_age: 'under 26' }, [16, 25]],
  ])('%o', async (typed, [minimum, maximum]) => {
    const { eligibility } = (await made('for', { maximum_age: '', ...typed }))!;
    expect([eligibility.minimum_age, eligibility.maximum_age]).toEqual([minimum, maximum]);
  });

  test.each([
    [{ minimum_age: '65', maximum_age: '18' }, /below the youngest/],
    [{ minimum_age: '18 months' }, /whole years .* ‘Who is it for\?’/],
    [{ minimum_age: 'grown-ups' }, /in figures, like 18 or 50\+/],
  ])('%o are asked about', async (typed, words) =>
    expect(await asked('for', typed)).toEqual([expect.stringMatching(words)]),
  );
});

describe('languages', () => {
  test.each([
    ['Cymraeg', ['cy']],
    ['Turkish, Kurdish and Polish', ['tr', 'ku', 'pl']],
    ['BSL; wel', ['bfi', 'cy']],
  ])('%s', async (languages, wanted) => expect((await made('for', { languages }))?.languages).toEqual(wanted));

  test.each([
    ['Portugese', /Did you mean ‘Portuguese’/],
    ['Gujrati', /Did you mean ‘Gujarati’/],
    ['Elvish', /We do not know the language ‘Elvish’/],
  ])('%s is asked about', async (languages, words) =>
    expect(await asked('for', { languages })).toEqual([expect.stringMatching(words)]),
  );

  test('what it is written in is told from the words, or said', async () => {
    const text = (name: string, summary: string, description: string, written_in = '') =>
      made('what', { name, summary, description, written_in });
    expect((await made('what', {}))?.written_in).toBe('en');
    expect((await text('Bore coffi', 'Sgwrs a phaned.', 'Mae croeso i bawb yn y neuadd.'))?.written_in).toBe('cy');
    expect((await text('Spacer', 'Razem na spacer.', 'Spotykamy się w środę.'))?.written_in).toBe('und');
    expect((await text('Spacer', 'Razem na spacer.', 'Spotykamy się w środę.', 'Polish'))?.written_in).toBe('pl');
    expect(await asked('what', { written_in: 'Polsih' })).toEqual([expect.stringMatching(/Did you mean ‘Polish’/)]);
  });
});
