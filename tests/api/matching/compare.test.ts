import { describe, expect, test } from 'vitest';
import type { Listing } from '../../../api/domain/service.ts';
import { compare } from '../../../api/matching/compare.ts';
import { namesAlike } from '../../../api/matching/names.ts';
import { phoneDigits, profileOf } from '../../../api/matching/profile.ts';
import { nameWordsOf } from '../../../api/matching/words.ts';
import { listing } from './directory.ts';

/** Whether two listings are one, and what is said for and against it. */

const comparison = (a: Listing, b: Listing) => compare(profileOf(a), profileOf(b));
const reason = (a: Listing, b: Listing, what: string) => comparison(a, b).reasons.find((it) => it.what === what);
const share = (a: string, b: string): number =>
  namesAlike(nameWordsOf(a), nameWordsOf(b), { where: new Set(), who: new Set() }).share;

describe('names', () => {
  test.each([
    ['St Mary’s Church', "Saint Mary's church"],
    ['Penwortham Methodist Church', 'Penwortham Meth. Church'],
    ['Foodbank at Mowbray', 'Mowbray Food Bank'],
    ['Café for Carers', 'CARERS CAFE'],
    ['Trinity URC', 'Trinity United Reformed Church'],
  ])('%s and %s have the same words', (a, b) => {
    expect(share(a, b)).toBeGreaterThan(0.97);
    expect(share(b, a)).toBe(share(a, b));
  });

  test.each([
    ['Homerton Befriending', 'Homreton Befreinding'],
    ['Parkinson’s Café', 'Parkinsons Cafe (drop-in)'],
    ['Soham Community Hub', 'Soham Comm Hub'],
  ])('%s and %s are nearly the same', (a, b) => {
    expect(share(a, b)).toBeGreaterThan(0.75);
  });

  test.each([
    ['Chair yoga', 'Lunch club'],
    ['Over 50s walking', 'Over 60s swimming'],
    ['Skipton Community Centre', 'Alford Community Centre'],
  ])('%s and %s are not', (a, b) => {
    expect(share(a, b)).toBeLessThan(0.6);
  });

  test('days and sorts of places tell apart what else is the same', () => {
    const clash = (a: string, b: string) =>
      namesAlike(nameWordsOf(a), nameWordsOf(b), { where: new Set(), who: new Set() }).clash;
    expect(clash('Tuesday yoga', 'Yoga (Thurs)')).toBe(true);
    expect(clash('Tuesday yoga', 'Yoga on Tuesdays')).toBe(false);
    expect(clash('Skipton Library', 'Skipton Baptist Church')).toBe(true);
    expect(clash('Skipton Library', 'Llyfrgell Skipton')).toBe(false);
  });
});

test.each([
  ['020 7946 0037', '02079460037'],
  ['+44 (0)20 7946 0037', '02079460037'],
  ['0044 20 7946 0037', '02079460037'],
  ['2079460037', '02079460037'],
  ['01632 960123 ext. 12', '01632960123'],
  ['999', null],
])('the telephone number %s is dialled as %s', (written, dialled) => {
  expect(phoneDigits(written)).toBe(dialled);
});

describe('one thing', () => {
  test('at the same place and time by the same name is joined, and the reasons say why', () => {
    const { verdict, score, reasons } = comparison(listing(1), listing(2));
    expect(verdict).toBe('same');
    expect(score).toBeGreaterThan(0.9);
    expect(reasons.map(({ words }) => words)).toEqual([
      'Both are called ‘Chair yoga’',
      'Both are at E8 3AB, number 12',
      'They meet at the same times',
    ]);
  });

  test('is found without a place, by its telephone number', () => {
    const a = listing(1, { service: { phones: [{ number: '020 7946 0037' }] }, location: {} });
    const b = listing(2, { service: { phones: [{ number: '+44 20 79460037' }], schedules: [] }, location: {} });
    expect(comparison(a, b).verdict).toBe('same');
    expect(reason(a, b, 'phone')?.words).toContain('02079460037');
  });

  test('whose hours were changed is still joined', () => {
    const b = listing(2, {
      service: { schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '11:00', closes_at: '12:30' }] },
    });
    expect(comparison(listing(1), b).verdict).toBe('same');
  });
});

describe('two things', () => {
  test('two groups in one hall with the telephone number of the hall', () => {
    const a = listing(1, { service: { phones: [{ number: '020 7946 0037' }] } });
    const b = listing(2, {
      service: { name: 'Lunch club', phones: [{ number: '020 7946 0037' }] },
      organization: { name: 'Homerton Lunches' },
    });
    expect(comparison(a, b).verdict).not.toBe('same');
    expect(reason(a, b, 'name')?.weight).toBeLessThan(0);
  });

  test('one class on two days is shown to a person, and never joined by itself', () => {
    const b = listing(2, {
      service: { schedules: [{ freq: 'WEEKLY', byday: 'TH', opens_at: '10:30', closes_at: '12:00' }] },
    });
    expect(comparison(listing(1), b).verdict).toBe('maybe');
    expect(reason(listing(1), b, 'time')?.words).toBe('They meet on different days');
  });

  test('branches of one name, with one telephone number, in two towns', () => {
    const shared = { phones: [{ number: '020 7946 0037' }] };
    const far = {
      address: { address_1: '1 High Street', city: 'Leeds', postal_code: 'LS1 1AA' },
      latitude: 53.79,
      longitude: -1.54,
    };
    expect(comparison(listing(1, { service: shared }), listing(2, { service: shared, location: far })).verdict).toBe(
      'different',
    );
  });

  test('different charities are never joined', () => {
    const a = listing(1, { organization: { charity_number: '1000001' } });
    const b = listing(2, { organization: { charity_number: '1000002' } });
    expect(comparison(a, b).verdict).not.toBe('same');
    expect(reason(a, b, 'charity_number')?.weight).toBeLessThan(0);
  });
});

test('a confidential venue says nothing, not even that it is the same', () => {
  const secret = (number: number) => listing(number, { location: { confidential: true } });
  const profile = profileOf(secret(1));
  expect(profile.places).toEqual([]);
  expect([...profile.where]).toEqual([]);
  expect(reason(secret(1), secret(2), 'place')).toBeUndefined();
});
