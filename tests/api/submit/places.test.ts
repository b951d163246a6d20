import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answers } from '../../../api/domain/answers.ts';
import { Location, Schedule } from '../../../api/domain/service.ts';
import { publishSubmission } from '../../../api/moderate/decide.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { waitingSubmissions } from '../../../api/store/submissions.ts';
import { issueToken } from '../../../api/store/tokens.ts';
import { problemsOf } from '../../../api/submit/checks.ts';
import { changesBetween } from '../../../api/submit/compare.ts';
import { beginDraft, openEditing, saveStep, stepMark } from '../../../api/submit/drafts.ts';
import { STEP_FIELDS, type StepKey } from '../../../api/submit/fields.ts';
import { prefilledAnswers } from '../../../api/submit/prefill.ts';
import { putSessionPlaces } from '../../../api/submit/put-session-places.ts';
import { send } from '../../../api/submit/send.ts';
import { namedPlaces, sessionPlaces } from '../../../api/submit/session-places.ts';
import { checkContextOf, previewOf, type SubmissionForm } from '../../../api/submit/submission-form.ts';
import { IDS } from '../../fixtures/listings.ts';
import { type Counter, openCounter } from './counter.ts';

/** Listings that are at more than one place, and the times at each. */

let counter: Counter;
let token: string;
let person: number;

const weekly = (byday: string, place: string, more: Partial<Schedule> = {}): Schedule =>
  Schedule.parse({ freq: 'WEEKLY', byday, opens_at: '11:00', closes_at: '12:00', location_id: place, ...more });
const WEDNESDAY = weekly('WE', IDS.library, {
  exceptions: [{ from: '2026-08-05', to: '2026-08-05', reason: 'Fair' }],
});
const FRIDAY = weekly('FR', IDS.hall, { wkst: 'SU' });

beforeEach(() => {
  counter = openCounter();
  const { db, directory } = counter;
  person = personOf(db, 'kim@example.org', directory.now());
  addKeeper(db, IDS.class, person, directory.now());
  directory.change((save) => {
    const { service, state } = findListing(db, IDS.class)!;
    save(
      { services: [{ service: { ...service, schedules: [WEDNESDAY, FRIDAY] }, state }] },
      { action: 'edited', role: 'moderator' },
    );
  });
  token = issueToken(db, { purpose: 'edit', subject: IDS.class, person, minutes: 60, once: false }, directory.now());
});

const opened = (): SubmissionForm => openEditing(counter.directory, token)!;

/** Leaves a step with something else in it, all its other fields as they stand. */
function change(step: StepKey, typed: Answers) {
  const form = opened();
  const { answers } = form.submission;
  const whole = Object.fromEntries(STEP_FIELDS[step].map((name) => [name, answers[name] ?? '']));
  return saveStep(counter.directory, counter.geocoder, form, step, { ...whole, ...typed }, stepMark(answers, step));
}
const schedules = () => findListing(counter.db, IDS.class)!.service.schedules;

describe('a change of times keeps what the form does not show', () => {
  test.each<[string, string, readonly Partial<Schedule>[]]>([
    [
      'of the end of one',
      'Wednesdays, 11am to 12:30pm\nFridays, 11am to 12 noon',
      [{ ...WEDNESDAY, closes_at: '12:30' }, FRIDAY],
    ],
    ['of their order', 'Fridays, 11am to 12 noon\nWednesdays, 11am to 12 noon', [FRIDAY, WEDNESDAY]],
    [
      'of the day of one',
      'Wednesdays, 11am to 12 noon\nMondays, 11am to 12 noon',
      [WEDNESDAY, { byday: 'MO', location_id: IDS.hall }],
    ],
    ['that takes one out', 'Fridays, 11am to 12 noon', [FRIDAY]],
    [
      'that adds a line for all of them',
      'Wednesdays, 11am to 12 noon\nFridays, 11am to 12 noon\nnot in August',
      [
        { byday: 'WE', location_id: IDS.library },
        { byday: 'FR', location_id: IDS.hall, bymonth: [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12] },
      ],
    ],
  ])('%s', async (_name, sessions, expected) => {
    await change('when', { sessions });
    expect(send(counter.directory, opened())).toMatchObject({ outcome: 'published' });
    expect(schedules()).toHaveLength(expected.length);
    expect(schedules()).toMatchObject(expected);
  });

  test('also where it was first typed wrong, and where one that was changed is put back', async () => {
    await change('when', { sessions: 'Wednesdays, 11am to 12 noon\nFridays at teatime or so' });
    await change('when', { sessions: 'Wednesdays, 11am to 12 noon\nFridays, 11am to 1pm' });
    expect(send(counter.directory, opened())).toMatchObject({ outcome: 'published' });
    expect(schedules()).toEqual([WEDNESDAY, { ...FRIDAY, closes_at: '13:00' }]);
    await change('when', { sessions: 'Wednesdays, 3pm to 4pm\nFridays, 11am to 1pm' });
    await change('when', { sessions: 'Wednesdays, 11am to 12 noon\nFridays, 11am to 1pm' });
    expect(send(counter.directory, opened())).toEqual({ outcome: 'unchanged' });
  });
});

/** Publishes what waits, as a moderator does. */
function publish(): void {
  const [waiting] = waitingSubmissions(counter.db);
  const wish = { id: waiting!.id, version: waiting!.version, person, words: '' };
  expect(publishSubmission(counter.directory, wish)).toBe('done');
}
const names = (service = IDS.class) => findListing(counter.db, service)!.locations.map(({ name }) => name);
const HALL_2 = { venue_name_2: 'Second Hall', postcode_2: 'e8 1ea', address_1_2: '9 New Street', city_2: 'London' };

describe('a listing at several places', () => {
  test('is written in the form, each time at its place', async () => {
    const key = beginDraft(counter.directory);
    await counter.fill(key, {
      when: { sessions: 'Wednesdays 11 to 12\nFridays 2pm to 3pm' },
      where: { ...HALL_2, confidential_2: '' },
    });
    // Which is where is not guessed: it is asked.
    expect(previewOf(counter.form(key), counter.directory.now())).toBeNull();
    expect(send(counter.directory, counter.form(key))).toEqual({ outcome: 'incomplete' });
    const [first, second] = namedPlaces(counter.form(key).submission.answers).map(({ id }) => id);
    expect(putSessionPlaces(counter.directory, counter.form(key), [first!, 'elsewhere'])).toBe('open');
    // Who goes back before all is said finds what they had chosen, and it is still asked for.
    expect(putSessionPlaces(counter.directory, counter.form(key), ['', second!], true)).toBe('saved');
    expect(sessionPlaces(counter.form(key).submission.answers)).toEqual(['', second]);
    expect(previewOf(counter.form(key), counter.directory.now())).toBeNull();
    expect(putSessionPlaces(counter.directory, counter.form(key), [first!, second!])).toBe('saved');
    const preview = previewOf(counter.form(key), counter.directory.now())!;
    expect(preview.locations).toMatchObject([
      { id: first, name: 'Homerton Library', address: { postal_code: 'E8 1EA' } },
      { id: second, name: 'Second Hall', address: { address_1: '9 New Street' }, latitude: expect.any(Number) },
    ]);
    expect(preview.service.schedules.map(({ location_id }) => location_id)).toEqual([first, second]);
    expect(changesBetween(null, preview).find(({ field }) => field === 'sessions')?.after).toBe(
      'Wednesdays, 11am to 12 noon. At Homerton Library\nFridays, 2pm to 3pm. At Second Hall',
    );
    // A time that is added later asks again, and the others stay where they are.
    const sessions = 'Wednesdays 11 to 12\nFridays 2pm to 3pm\nMondays 9am to 10am';
    await counter.leave(counter.form(key), 'when', { sessions });
    expect(sessionPlaces(counter.form(key).submission.answers)).toEqual([first, second, '']);
  });

  test('keeps what the form does not ask: access, county, and places beyond the last that it shows', async () => {
    const more = Array.from({ length: 6 }, (_, index) => Location.parse({ id: randomUUID(), name: `Hall ${index}` }));
    counter.directory.change((save) => {
      const { service, state, locations } = findListing(counter.db, IDS.class)!;
      const ids = [...service.location_ids, ...more.map(({ id }) => id)];
      const [library] = locations;
      const address = { ...library!.address!, state_province: 'Greater London' };
      save(
        {
          locations: [...more, { ...library!, address }],
          services: [{ service: { ...service, location_ids: ids }, state }],
        },
        { action: 'edited', role: 'moderator' },
      );
    });
    await change('where', { venue_name_2: 'Sunbeam Hall, renamed', address_2: 'First floor' });
    expect(send(counter.directory, opened())).toMatchObject({ outcome: 'waiting' });
    publish();
    expect(names()).toEqual(['Far Library', 'Sunbeam Hall, renamed', ...more.map(({ name }) => name)]);
    expect(schedules().map(({ location_id }) => location_id)[0]).toBe(IDS.library);
    const { locations } = findListing(counter.db, IDS.class)!;
    expect(locations[0]?.address).toMatchObject({ state_province: 'Greater London', address_2: 'First floor' });
    expect(locations[1]?.accessibility).toMatchObject({ step_free: 'yes', hearing_loop: 'no' });
  });

  test('leaves others where they are, and takes its own times along', async () => {
    // The hall is that of another listing, too.
    await change('where', { venue_name_2: 'New Hall', address_1_2: '9 New Street' });
    send(counter.directory, opened());
    publish();
    expect(names()).toEqual(['Far Library', 'New Hall']);
    expect(names(IDS.full)).toEqual(['Sunbeam Hall']);
    const [, hall] = findListing(counter.db, IDS.class)!.locations;
    expect(hall!.id).not.toBe(IDS.hall);
    expect(schedules().map(({ location_id }) => location_id)).toEqual([IDS.library, hall!.id]);
  });

  test('a time at a new place waits with the place', async () => {
    await change('where', {
      ...HALL_2,
      venue_name_3: 'Third Hall',
      postcode_3: 'E8 1EA',
      address_1_3: '3 Street',
      city_3: 'London',
    });
    const [first, , third] = namedPlaces(opened().submission.answers).map(({ id }) => id);
    expect(putSessionPlaces(counter.directory, opened(), [first!, third!])).toBe('saved');
    await change('joining', { first_visit: 'Somebody waits at the door.' });
    expect(send(counter.directory, opened())).toMatchObject({ published: [{ field: 'first_visit' }] });
    expect(schedules()).toEqual([WEDNESDAY, FRIDAY]);
    publish();
    expect(names()).toEqual(['Far Library', 'Second Hall', 'Third Hall']);
    expect(schedules()).toMatchObject([{ location_id: first }, { byday: 'FR', location_id: third }]);
  });

  test('one that is taken out asks where its times are now', async () => {
    const gone = { venue_name: 'Far Library', venue_name_2: '', postcode_2: '', address_1_2: '', city_2: '' };
    await change('where', {
      ...gone,
      venue_name_3: 'Third Hall',
      postcode_3: 'E8 1EA',
      address_1_3: '3 Street',
      city_3: 'London',
    });
    const { submission } = opened();
    const problems = problemsOf('where', submission.answers, checkContextOf(submission, counter.directory.now()));
    expect(problems).toEqual([{ field: 'session_places', words: 'Say at which place each time is' }]);
    expect(send(counter.directory, opened())).toEqual({ outcome: 'incomplete' });
    // Nor is it taken for granted that all of it is at the last one.
    await change('where', { ...gone, venue_name_3: '', postcode_3: '', address_1_3: '', city_3: '' });
    expect(send(counter.directory, opened())).toEqual({ outcome: 'incomplete' });
    const { answers } = opened().submission;
    const [library] = namedPlaces(answers).map(({ id }) => id);
    expect(putSessionPlaces(counter.directory, opened(), [library!, library!])).toBe('saved');
    expect(send(counter.directory, opened())).toMatchObject({ outcome: 'waiting' });
  });
});

describe('what is in no one place', () => {
  test('needs no address, is found by its areas, and stays so', async () => {
    const key = beginDraft(counter.directory);
    const nowhere = { venue_name: '', address_1: '', city: '', postcode: '' };
    await counter.fill(key, { where: { ...nowhere, various_places: 'yes' } });
    // Without an address nobody would know where it is.
    const { submission } = counter.form(key);
    expect(problemsOf('for', submission.answers, checkContextOf(submission, counter.directory.now()))).toMatchObject([
      { field: 'served' },
    ]);
    await counter.leave(counter.form(key), 'for', { served: 'areas', served_areas: 'Hackney', cost: 'free' });
    const preview = previewOf(counter.form(key), counter.directory.now())!;
    expect(preview).toMatchObject({ locations: [], service: { attending_types: ['in_person'], location_ids: [] } });
    expect(prefilledAnswers(preview, '2026-11-21')).toMatchObject({ various_places: 'yes', venue_name: '' });
  });
});
