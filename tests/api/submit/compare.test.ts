import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { today } from '../../../api/domain/schedule.ts';
import { type Listing, Location, Organization, type Schedule, Service } from '../../../api/domain/service.ts';
import { readSpokenSchedule } from '../../../api/domain/spoken-schedule.ts';
import { describeBreaks, describeSchedule } from '../../../api/domain/words.ts';
import type { Submission } from '../../../api/store/submissions.ts';
import { batchOfSubmission, changedGroups, chosenOf, listingOfSubmission } from '../../../api/submit/batch.ts';
import { COMPARED_FIELDS, changesBetween } from '../../../api/submit/compare.ts';
import { STEP_FIELDS, STEPS } from '../../../api/submit/fields.ts';
import { GROUPS } from '../../../api/submit/groups.ts';
import { prefilledAnswers } from '../../../api/submit/prefill.ts';
import { risesIn } from '../../../api/submit/risk.ts';
import { NOW } from '../../helpers/clock.ts';

const SEED = join(import.meta.dirname, '../../../data/seed');
const read = (file: string) => JSON.parse(readFileSync(join(SEED, file), 'utf8'));
const TODAY = today(new Date(NOW));

/** The sample directory, as it comes with the program. */
const LISTINGS: Listing[] = (() => {
  const organizations = new Map(
    Organization.array()
      .parse(read('organizations.json'))
      .map((it) => [it.id, it]),
  );
  const locations = new Map(
    Location.array()
      .parse(read('locations.json'))
      .map((it) => [it.id, it]),
  );
  return readdirSync(join(SEED, 'services')).flatMap((file) =>
    (read(`services/${file}`) as { service: unknown }[]).map(({ service: raw }): Listing => {
      const service = Service.parse(raw);
      return {
        service,
        organization: organizations.get(service.organization_id)!,
        locations: service.location_ids.map((id) => locations.get(id)!),
        state: 'published',
        last_modified: NOW,
      };
    }),
  );
})();

const edit = (listing: Listing, change: Submission['answers'] = {}): Submission => {
  const base = prefilledAnswers(listing, TODAY);
  return {
    id: '00000000-0000-4000-8000-000000000001',
    kind: 'edit',
    service_id: listing.service.id,
    state: 'waiting',
    answers: { ...base, ...change },
    base,
    person: 1,
    version: 1,
    created_at: NOW,
    updated_at: NOW,
    sent_at: NOW,
    decided_at: null,
    decision: null,
  };
};
/** Fields that pages of their own put in, and no step. */
const OWN_PAGES = /^(latitude|longitude)(_\d)?$|^session_places$/;
const some = LISTINGS.find(({ service }) => service.cost_options[0]?.option === 'paid' && service.phones.length > 0)!;

describe('the form that a listing fills in', () => {
  test('leaves every listing of the sample as it is while nothing is changed', () => {
    expect(LISTINGS.length).toBeGreaterThan(150);
    for (const listing of LISTINGS) {
      const submission = edit(listing);
      expect(changedGroups(submission)).toEqual([]);
      expect(listingOfSubmission(submission, listing)).toEqual(listing);
      expect(batchOfSubmission(submission, listing, chosenOf(submission.answers)).services?.[0]).toEqual({
        service: listing.service,
        state: 'published',
      });
    }
  });

  test('changes of each listing the one thing that was changed, whatever else it holds', () => {
    for (const listing of LISTINGS) {
      const after = listingOfSubmission(edit(listing, { summary: 'Something else entirely.' }), listing);
      expect(changesBetween(listing, after).map(({ field }) => field)).toEqual(['summary']);
      expect({ ...after.service, summary: listing.service.summary }).toEqual(listing.service);
    }
  });

  test('says when each meets in words that are read as just that again', () => {
    const words = (schedules: readonly Schedule[]) =>
      schedules.map((each) => [describeSchedule(each, TODAY), ...describeBreaks(each, TODAY)].join('. '));
    for (const listing of LISTINGS) {
      if (listing.service.schedules.length === 0) continue;
      const said = String(prefilledAnswers(listing, TODAY)['sessions']);
      const understood = readSpokenSchedule(said, TODAY);
      expect('problem' in understood ? `${said}: ${understood.problem}` : words(understood.schedules)).toEqual(
        words(listing.service.schedules),
      );
    }
  });

  test('shows each of its groups in fields that are compared, so that none slips past as small', () => {
    for (const { shows } of GROUPS) {
      expect(shows.length).toBeGreaterThan(0);
      for (const field of shows) expect(COMPARED_FIELDS).toContain(field);
    }
  });

  test('has a group for every field of every step, and for each once', () => {
    const about = ['email', 'organization', 'venue', 'sponsor_name', 'sponsor_role', 'sponsor_contact'];
    const grouped = GROUPS.flatMap(({ fields }) => fields).filter((name) => !OWN_PAGES.test(name));
    const asked = STEPS.flatMap(({ key }) => STEP_FIELDS[key]).filter((name) => !about.includes(name));
    expect([...grouped].sort()).toEqual([...asked].sort());
  });
});

describe('what is new against what was there', () => {
  const changes = (over: Partial<Service>) =>
    changesBetween(some, { ...some, service: Service.parse({ ...some.service, ...over }) });

  test('names the field in words, before and after', () => {
    expect(
      changes({ schedules: [{ freq: 'WEEKLY', byday: 'TH', opens_at: '14:00', closes_at: '15:00' } as never] }),
    ).toEqual([
      {
        field: 'sessions',
        label: 'When',
        before: expect.stringMatching(/am|pm/),
        after: 'Thursdays, 2pm to 3pm',
        risky: false,
      },
    ]);
  });

  test.each<[string, Partial<Service>, string, boolean]>([
    ['another phone', { phones: [{ number: '0113 496 0999' }] }, 'phones', true],
    ['another e-mail address', { email: 'new@example.org' }, 'email', true],
    ['another website', { url: 'https://elsewhere.example.org' }, 'url', true],
    ['a higher cost', { cost_options: [{ option: 'paid', amount: 900, concession: false }] }, 'cost', true],
    ['free', { cost_options: [{ option: 'free', concession: false }] }, 'cost', false],
    [
      'a restriction',
      { eligibility: { ...some.service.eligibility, restrictions: ['Men only'] } },
      'restrictions',
      true,
    ],
    ['another area', { service_areas: [{ type: 'outcode', code: 'E9', name: 'E9' }] }, 'service_areas', true],
    ['a link in a text', { description: `${some.service.description} See www.example.com.` }, 'description', true],
    ['a number in a text', { summary: 'Ring 020 7946 0123 now.' }, 'summary', true],
    ['another text', { description: 'Quite another text.' }, 'description', false],
    ['another name', { name: 'Another name' }, 'name', false],
    ['full until March', { availability: { state: 'full', until: '2027-03-01' } }, 'availability', false],
  ])('%s', (_name, over, field, risky) => {
    expect(changes(over).map((change) => [change.field, change.risky])).toEqual([[field, risky]]);
  });

  test('another address and a moved point are risky, how to get in is not', () => {
    const at = LISTINGS.find(({ locations }) => locations.length > 0)!;
    const [venue, ...others] = at.locations;
    const to = (over: Partial<Location>) =>
      changesBetween(at, { ...at, locations: [{ ...venue!, ...over }, ...others] }).map(({ field, risky }) => [
        field,
        risky,
      ]);
    expect(to({ name: 'Another hall' })).toEqual([['venue', true]]);
    expect(to({ latitude: 51.6 })).toEqual([['point', true]]);
    expect(to({ accessibility_notes: 'A ramp is at the side.' })).toEqual([['accessibility_notes', false]]);
    expect(to({ confidential: !venue!.confidential })).toEqual([['venue', true]]);
  });

  test('of a new listing is all that it says', () => {
    const all = changesBetween(null, some);
    expect(all.every(({ before }) => before === '')).toBe(true);
    expect(all.map(({ field }) => field)).toEqual(expect.arrayContaining(['organization', 'name', 'phones', 'cost']));
  });
});

test('a cost rises with its kind, its amount, and for those who paid least', () => {
  const paid = (amount?: number) => ({
    option: 'paid' as const,
    concession: false,
    ...(amount === undefined ? {} : { amount }),
  });
  const free = { option: 'free' as const, concession: false };
  expect(risesIn([free], [paid(1)])).toBe(true);
  expect(risesIn([paid(3)], [paid(2)])).toBe(false);
  expect(risesIn([paid(3)], [paid()])).toBe(true);
  expect(risesIn([paid(3), { ...paid(1), concession: true }], [paid(3)])).toBe(true);
  expect(risesIn([paid(3)], [paid(3), { ...paid(1), concession: true }])).toBe(false);
  expect(risesIn([], [free])).toBe(false);
  expect(risesIn([], [paid(2)])).toBe(true);
});
