import { beforeEach, describe, expect, test } from 'vitest';
import type { Answers } from '../../../api/domain/answers.ts';
import { addressIn } from '../../../api/domain/private-address.ts';
import { type Location, Organization, Service } from '../../../api/domain/service.ts';
import { withholdAddresses } from '../../../api/domain/withheld.ts';
import { findListing } from '../../../api/store/listings.ts';
import { problemsOf } from '../../../api/submit/checks.ts';
import { beginDraft } from '../../../api/submit/drafts.ts';
import type { StepKey } from '../../../api/submit/fields.ts';
import { pinnedPlaces } from '../../../api/submit/point.ts';
import { send } from '../../../api/submit/send.ts';
import { checkContextOf } from '../../../api/submit/submission-form.ts';
import { IDS } from '../../fixtures/listings.ts';
import { CLASS, type Counter, openCounter } from './counter.ts';

/** An address that is to stay private does not get out through words. */

const AT = [{ postcode: 'E8 1EA', street: '14 Evelyn Walk' }];

describe('an address is found in words', () => {
  test.each<[string, string | null]>([
    ['Ring first. Address: 14 Evelyn Walk, E8 1EA.', 'E8 1EA'],
    ['we are at e81ea', 'e81ea'],
    ['postcode E8-1EA', 'E8-1EA'],
    ['E8 IEA', 'E8 IEA'],
    ['The house in Evelyn  walk', 'Evelyn  walk'],
    ['at 14, Evelyn Walk', '14, Evelyn Walk'],
    ['We cover E8 and E8 1.', null],
    ['Ten minutes’ walk from the park', null],
    ['Ask for Evelyn, who walks with you', null],
    ['E8 1EAX', null],
  ])('%s', (text, found) => {
    expect(addressIn(text, AT)).toBe(found);
  });

  test.each<[string, string | null]>([
    ['Come to 14 Evelyn Walk.', '14 Evelyn Walk'],
    ['Flat 2, 3b Old Mill Rd', '3b Old Mill Rd'],
    ['It is a 10 minute walk', null],
    ['10 minutes walk, 2 miles drive', null],
    ['Open 24 hours, every day', null],
  ])('where no street was given, any is: %s', (text, found) => {
    expect(addressIn(text, [{ postcode: 'E8 1EA', street: '' }])).toBe(found);
  });

  test.each<[street: string, text: string]>([
    ['Rose House, 14 Evelyn Walk', 'in Evelyn Walk'],
    ['14 Evelyn Walk, Hackney', 'in Evelyn Walk'],
    ['14 Evelyn Walk Hackney', 'in Evelyn Wk.'],
    ['Flat 2 14 Evelyn Walk', 'EVELYN WALK'],
    ['3 St Ann’s Road', 'off Saint Anns Rd'],
    ['12 Cheapside', 'at 12 Cheapside'],
    ['14 Evelyn Walk', 'Eve\u00adlyn Walk'],
    ['14 Evelyn Walk', 'https://haven.example.org/find-us/evelyn-walk'],
    ['14 Evelyn Walk', 'haven.example.org/14_Evelyn%20Walk?x'],
    ['14 Evelyn Walk', 'See https://evelynwalkrefuge.example.org.'],
    ['14 Evelyn Walk', 'evelynwalk@haven.example.org'],
    ['14 Evelyn Walk', 'office.e8-1ea@haven.example.org'],
  ])('%s is named by %s', (street, text) => {
    expect(addressIn(text, [{ postcode: 'E8 1EA', street }])).not.toBeNull();
  });

  test('abbreviated or in full', () => {
    for (const [street, text] of [
      ['3 Mill Road', 'in Mill Rd.'],
      ['3 Mill Rd', 'in Mill Road'],
      ['Flat 1, 3 St Ann’s Gdns', 'St Ann’s Gardens'],
    ] as const)
      expect(addressIn(text, [{ postcode: '', street }])).not.toBeNull();
  });

  test('no text, however long, holds it up', () => {
    for (const row of ['1 a ', '14 Evelyn ', 'E8 ', '1', 'a '])
      expect(addressIn(row.repeat(20_000 / row.length), [...AT, { postcode: 'E8 1EA', street: '' }])).toBeNull();
  });
});

describe('in the form', () => {
  let counter: Counter;
  let token: string;
  beforeEach(() => {
    counter = openCounter();
    token = beginDraft(counter.directory);
  });
  const PRIVATE = { ...CLASS.where, address_1: '14 Evelyn Walk', confidential: 'yes' };
  const problems = (step: StepKey) => {
    const { submission } = counter.form(token);
    return problemsOf(step, submission.answers, checkContextOf(submission, counter.directory.now()));
  };
  const leave = (step: StepKey, typed: Answers) =>
    counter.leave(counter.form(token), step, { ...CLASS[step], ...typed });

  test.each<[StepKey, string]>([
    ['what', 'name'],
    ['what', 'summary'],
    ['what', 'description'],
    ['when', 'arrangement_note'],
    ['for', 'for_whom'],
    ['joining', 'first_visit'],
    ['joining', 'transportation'],
    ['joining', 'application_process'],
  ])('the step %s stops where %s gives it away, and so does what is sent', async (step, field) => {
    await counter.fill(token, { where: PRIVATE, [step]: { [field]: 'Find us in Evelyn Walk' } });
    expect(problems(step)).toMatchObject([{ field, words: expect.stringContaining('‘Evelyn Walk’') }]);
    expect(problems('where')).toMatchObject([
      { field: 'confidential', words: expect.stringContaining('another step') },
    ]);
    expect(send(counter.directory, counter.form(token))).toEqual({ outcome: 'incomplete' });
    await leave(step, { [field]: 'Ring first' });
    expect([...problems(step), ...problems('where')]).toEqual([]);
  });

  test('what is public may be said, and no pin is asked for where it is not', async () => {
    await counter.fill(token, { where: { ...PRIVATE, confidential: '' }, joining: { first_visit: '14 Evelyn Walk' } });
    expect(problems('joining')).toEqual([]);
    expect(pinnedPlaces(counter.form(token).submission)).toEqual([1]);
    await leave('where', PRIVATE);
    expect(pinnedPlaces(counter.form(token).submission)).toEqual([]);
  });
});

test('whatever field of it says so', () => {
  const listing = findListing(openCounter().db, IDS.refugeService)!;
  const { service, organization } = listing;
  const [text, link, mail] = ['3 Secret Lane', 'https://haven.example.org/secret-lane', 'secretlane@haven.example.org'];
  const { listing: clean, fields } = withholdAddresses({
    ...listing,
    service: {
      ...service,
      alternate_name: text,
      url: link,
      email: mail,
      phones: [{ number: '020 7946 0037', description: text }],
      cost_options: [{ option: 'paid', amount_description: text, concession: false }],
      eligibility: { ...service.eligibility, restrictions: [text] },
      availability: { state: 'full', note: `Ask at ${mail}` },
      service_area_words: [text],
      source: { ...service.source, url: link },
    },
    organization: { ...organization, alternate_name: text, url: link, email: mail },
  });
  expect(JSON.stringify({ ...clean, locations: [] })).not.toMatch(/secret.?lane/i);
  expect(fields.length).toBe(12);
  expect(Service.parse(clean.service)).toEqual(clean.service);
  expect(Organization.parse(clean.organization)).toEqual(clean.organization);
});

test('a place without a whole address, too', () => {
  const listing = findListing(openCounter().db, IDS.refugeService)!;
  const [{ address: _, ...place }] = listing.locations as [Location];
  for (const name of ['3 Secret Lane', 'A house']) {
    const locations = [{ ...place, name, transportation: 'Address: 3 Secret Lane, E8 2ZZ' }];
    const service = { ...listing.service, description: 'In Secret Lane, E8 2ZZ.' };
    expect(withholdAddresses({ ...listing, service, locations }).listing.service.description).toBe(
      'In (private), (private).',
    );
  }
});

test('a listing from elsewhere is taken in without it', () => {
  const listing = findListing(openCounter().db, IDS.refugeService)!;
  expect(withholdAddresses(listing)).toEqual({ listing, fields: [] });
  const { service } = listing;
  const said = {
    ...service,
    description: 'Come to 3 Secret Lane, E8 2ZZ. Ring first.',
    eligibility: { ...service.eligibility, description: 'Women near e82zz' },
  };
  const { listing: clean, fields } = withholdAddresses({ ...listing, service: said });
  expect(fields).toEqual(['description', 'eligibility.description']);
  expect(clean.service.description).toBe('Come to (private), (private). Ring first.');
  expect(clean.service.eligibility.description).toBe('Women near (private)');
});
