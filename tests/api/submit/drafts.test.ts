import { beforeEach, describe, expect, test } from 'vitest';
import { singleAnswer } from '../../../api/domain/answers.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { personOf } from '../../../api/store/people.ts';
import { dropDrafts, findSubmission } from '../../../api/store/submissions.ts';
import { problemsOf } from '../../../api/submit/checks.ts';
import { beginDraft, openDraft, stepMark } from '../../../api/submit/drafts.ts';
import { formLines } from '../../../api/submit/links.ts';
import { offeredTo } from '../../../api/submit/offers.ts';
import { checkContextOf, previewOf } from '../../../api/submit/submission-form.ts';
import { IDS } from '../../fixtures/listings.ts';
import { CLASS, type Counter, openCounter } from './counter.ts';

let counter: Counter;
let token: string;
beforeEach(() => {
  counter = openCounter();
  token = beginDraft(counter.directory);
});
const problems = (step: Parameters<typeof problemsOf>[0]) => {
  const { submission } = counter.form(token);
  return problemsOf(step, submission.answers, checkContextOf(submission, counter.directory.now()));
};

describe('a form', () => {
  test('is saved step by step, and makes a listing of what was typed', async () => {
    const form = await counter.fill(token);
    expect(previewOf(form, counter.directory.now())).toMatchObject({
      organization: { name: 'Homerton Chair Yoga' },
      locations: [
        { name: 'Homerton Library', address: { postal_code: 'E8 1EA' }, latitude: 51.546789, longitude: -0.066123 },
      ],
      service: {
        name: 'Chair yoga for sore backs',
        description: 'We sit in a circle and move slowly.\n\nThere is tea.',
        taxonomy_terms: ['movement'],
        schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00', term_time: true }],
        cost_options: [{ option: 'paid', amount: 3, amount_description: 'a session' }],
        languages: ['en', 'tr'],
        phones: [{ number: '020 7946 0018' }],
        pain_friendly: { paced: 'yes', gentle: 'unknown' },
        service_areas: [],
        source: { name: 'Homerton Chair Yoga' },
        assured_date: '2026-11-21',
        assured_by: 'organization',
      },
    });
    expect(previewOf(form, counter.directory.now())?.locations[0]?.accessibility).toMatchObject({
      step_free: 'yes',
      parking: 'unknown',
    });
  });

  test('keeps what is wrong as it was typed, and says what to write', async () => {
    const typed = {
      email: 'sam at example',
      organization_name: '  ',
      charity_number: '12',
      company_number: 'X',
      sponsor_name: 'Ada',
    };
    expect(await counter.leave(counter.form(token), 'who', typed)).toMatchObject({ outcome: 'saved' });
    expect(counter.form(token).submission.answers).toMatchObject(typed);
    expect(problems('who').map(({ field }) => field)).toEqual([
      'email',
      'organization_name',
      'charity_number',
      'company_number',
    ]);
    expect(counter.mails()).toEqual([]);
    await counter.leave(counter.form(token), 'when', { sessions: 'Tuesdays 7 to 9' });
    expect(problems('when')).toEqual([
      { field: 'sessions', words: '‘7 to 9’ can be morning or evening. Write ‘7am to 9am’ or ‘7pm to 9pm’.' },
    ]);
    await counter.leave(counter.form(token), 'where', { attending: ['in_person'], postcode: 'E8 IEA' });
    expect(problems('where').find(({ field }) => field === 'postcode')?.words).toMatch(/Did you mean E8 1EA/);
  });

  test('wants somebody to vouch only for a group without a number', async () => {
    const { sponsor_name: _, sponsor_role: __, sponsor_contact: ___, ...typed } = CLASS.who;
    await counter.leave(counter.form(token), 'who', typed);
    expect(problems('who').map(({ field }) => field)).toEqual(['sponsor_name', 'sponsor_contact']);
    for (const [charity, company, right] of [
      ['1234567', '', true],
      ['SC 012345', '', true],
      ['NIC100001', '', true],
      ['SC12', '', false],
      ['', '01234567', true],
      ['', 'sc123456', true],
      ['', 'ZZ123456', false],
    ] as const) {
      await counter.leave(counter.form(token), 'who', { ...typed, charity_number: charity, company_number: company });
      expect(problems('who').length === 0, `${charity}${company}`).toBe(right);
    }
  });

  test('is found again from the mail, which goes out once for an address', async () => {
    await counter.leave(counter.form(token), 'who', CLASS.who);
    await counter.leave(counter.form(token), 'who', { ...CLASS.who, sponsor_role: 'Doctor' });
    expect(counter.mails()).toMatchObject([{ to: 'sam@example.org', template: 'draft' }]);
    const mailed = counter.key('draft');
    expect(mailed).not.toBe(token);
    expect(counter.form(mailed)).toMatchObject({
      proved: true,
      submission: { answers: { organization_name: 'Homerton Chair Yoga' } },
    });
    expect(counter.form(token).proved).toBe(false);
    await counter.leave(counter.form(token), 'who', { ...CLASS.who, email: 'other@example.org' });
    // Who reads the mail of the first address has not shown that they read that of the other.
    expect(counter.form(mailed).proved).toBe(false);
  });

  test('sends nobody more than a few mails, however many forms name their address', async () => {
    for (let count = 0; count < 12; count++) {
      const each = beginDraft(counter.directory);
      await counter.leave(counter.form(each), 'who', CLASS.who);
    }
    expect(counter.mails().length).toBeLessThanOrEqual(6);
  });

  test('nor by writing another address into each form afterwards', async () => {
    for (let count = 0; count < 12; count++) {
      const each = beginDraft(counter.directory);
      await counter.leave(counter.form(each), 'who', CLASS.who);
      await counter.leave(counter.form(each), 'who', { ...CLASS.who, email: `nobody-${count}@example.org` });
    }
    expect(counter.mails().filter(({ to }) => to === 'sam@example.org')).toHaveLength(5);
  });

  test('writes to a few addresses at most', async () => {
    for (let count = 0; count < 9; count++)
      await counter.leave(counter.form(token), 'who', { ...CLASS.who, email: `nobody-${count}@example.org` });
    expect(counter.mails()).toHaveLength(3);
  });

  test('ends when nobody comes back to it', async () => {
    await counter.leave(counter.form(token), 'who', CLASS.who);
    counter.wait(31);
    expect(openDraft(counter.directory, token)).toBeNull();
    dropDrafts(counter.db, counter.directory.now());
    expect(counter.db.prepare('SELECT count(*) FROM submission').pluck().get()).toBe(0);
  });
});

describe('two tabs', () => {
  test('on different steps do not disturb each other', async () => {
    const early = counter.form(token);
    await counter.leave(counter.form(token), 'what', CLASS.what);
    expect(await counter.leave(early, 'when', CLASS.when)).toMatchObject({ outcome: 'saved' });
    expect(counter.form(token).submission.answers).toMatchObject({
      name: 'Chair yoga for sore backs',
      sessions: CLASS.when['sessions'],
    });
  });

  test('on the same step: the later is told what was saved meanwhile, and can save over it', async () => {
    const early = counter.form(token);
    await counter.leave(counter.form(token), 'what', CLASS.what);
    const typed = { ...CLASS.what, name: 'Yoga' };
    const met = await counter.leave(early, 'what', typed);
    expect(met).toMatchObject({
      outcome: 'conflict',
      form: { submission: { answers: { name: 'Chair yoga for sore backs' } } },
    });
    expect(singleAnswer(counter.form(token).submission.answers, 'name')).toBe('Chair yoga for sore backs');
    if (met.outcome !== 'conflict') throw new Error('It was not told.');
    const mark = stepMark(met.form.submission.answers, 'what');
    expect(await counter.leave(early, 'what', typed, mark)).toMatchObject({ outcome: 'saved' });
    expect(singleAnswer(counter.form(token).submission.answers, 'name')).toBe('Yoga');
  });

  test('that send the same twice, as after a crash, are no conflict', async () => {
    const early = counter.form(token);
    await counter.leave(early, 'what', CLASS.what);
    expect(await counter.leave(early, 'what', CLASS.what)).toMatchObject({ outcome: 'saved' });
  });
});

describe('what is known of somebody', () => {
  test('is offered only where the mail came from, and only theirs can be chosen', async () => {
    const person = personOf(counter.db, 'sam@example.org', counter.directory.now());
    addKeeper(counter.db, IDS.class, person, counter.directory.now());
    await counter.leave(counter.form(token), 'who', CLASS.who);
    expect(offeredTo(counter.db, counter.form(token))).toEqual({ organizations: [], venues: [] });
    await counter.leave(counter.form(token), 'who', { ...CLASS.who, organization: IDS.moves });
    expect(singleAnswer(counter.form(token).submission.answers, 'organization')).toBe('');

    const lines = counter.directory.change(() => formLines(counter.directory, person));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^=> \/add\/\S+ Go on with the form that you began on 21 November 2026$/);
    const another = /^=> \/add\/(\S+) Add another listing$/.exec(lines[1] ?? '')?.[1] ?? '';
    const offered = offeredTo(counter.db, counter.form(another));
    expect(offered.organizations.map(({ name }) => name)).toEqual(['Homerton Moves']);
    expect(offered.venues.map(({ name }) => name)).toEqual(['Far Library', 'Sunbeam Hall']);

    const form = await counter.fill(another, {
      who: { email: 'sam@example.org', organization: IDS.moves, organization_name: '' },
      where: { attending: ['in_person'], venue: IDS.hall, postcode: '' },
    });
    expect(previewOf(form, counter.directory.now())).toMatchObject({
      organization: { id: IDS.moves, name: 'Homerton Moves' },
      locations: [{ id: IDS.hall, name: 'Sunbeam Hall' }],
      service: { organization_id: IDS.moves, location_ids: [IDS.hall] },
    });
    await counter.leave(counter.form(another), 'who', { email: 'sam@example.org', organization: IDS.shelter });
    expect(singleAnswer(counter.form(another).submission.answers, 'organization')).toBe('');
  });
});

test('an organization that is listed already, by its number and name, is not made a second time', async () => {
  const named = async (organization_name: string, charity_number: string) => {
    const form = await counter.fill(beginDraft(counter.directory), { who: { organization_name, charity_number } });
    return previewOf(form, counter.directory.now())?.organization.id;
  };
  expect(await named('HOMERTON moves', '1234567')).toBe(IDS.moves);
  expect(await named('Homerton Movers', '1234567')).not.toBe(IDS.moves);
  expect(await named('Homerton Moves', '7654321')).not.toBe(IDS.moves);
  expect(await named('Homerton Moves', '')).not.toBe(IDS.moves);
});

test('a place that must stay private needs its postcode alone', async () => {
  const form = await counter.fill(token, {
    where: { venue_name: '', address_1: '', city: '', confidential: 'yes' },
  });
  expect(previewOf(form, counter.directory.now())?.locations).toMatchObject([
    { name: 'Private address', confidential: true, address: { city: 'Hackney', postal_code: 'E8 1EA' } },
  ]);
});

test('without a place there is none', async () => {
  const form = await counter.fill(token, {
    where: { attending: ['online', 'phone'] },
    when: { sessions: '', arrangement: 'yes' },
    for: { served: 'areas', served_areas: 'Wales\nE8' },
  });
  expect(previewOf(form, counter.directory.now())).toMatchObject({
    locations: [],
    service: {
      location_ids: [],
      schedules: [],
      schedule_description: 'By arrangement',
      service_areas: [
        { type: 'nation', name: 'Wales' },
        { type: 'outcode', code: 'E8' },
      ],
    },
  });
});

test('the form is kept in the file as it was when the last step was left', async () => {
  await counter.leave(counter.form(token), 'what', CLASS.what);
  const { id, version } = counter.form(token).submission;
  await expect(
    counter.leave(counter.form(token), 'who', { email: 'sam@example.org' }, 'x'.repeat(12)),
  ).resolves.toMatchObject({ outcome: 'conflict' });
  expect(findSubmission(counter.db, id)?.version).toBe(version);
});
