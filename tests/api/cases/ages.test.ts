import { beforeAll, describe, expect, test } from 'vitest';
import { RIGHT } from '../import/csv-file.ts';
import { group, harvested, sentTable, type Taken } from './front-door.ts';

/** For which ages things are, as real directories say it: nobody is shut out whom somebody may have meant. */

type Ends = [minimum: number | undefined, maximum: number | undefined];

const FEED: [name: string, more: Record<string, unknown>, wanted: Ends, words?: string][] = [
  ['A plus', { minimum_age: '16+' }, [16, undefined]],
  ['Words for a plus', { minimum_age: '60 and over' }, [60, undefined]],
  ['Over fifties', { minimum_age: 'Over 50s' }, [50, undefined]],
  ['Figures as text', { minimum_age: '11', maximum_age: '25.0' }, [11, 25]],
  ['Both in one', { minimum_age: '5-11' }, [5, 11]],
  ['Below an age', { maximum_age: 'under 18' }, [undefined, 17]],
  ['Months', { minimum_age: '6 months', maximum_age: '4 years' }, [0, 4], 'Ages: 6 months'],
  ['Words alone', { minimum_age: 'adults' }, [undefined, undefined], 'Ages: adults'],
  ['Figures for nothing', { minimum_age: -1, maximum_age: 999 }, [undefined, undefined]],
  ['An upper end that is none', { minimum_age: '18-99' }, [18, undefined]],
  ['Two exceptions', { minimum_age: '0-19 (25 with SEND)' }, [undefined, undefined], 'Ages: 0-19 (25 with SEND)'],
  ['School years', { minimum_age: 'years 7-11' }, [11, 16], 'Ages: years 7-11'],
  ['Primary school', { minimum_age: 'Reception to Year 6' }, [4, 11], 'Ages: Reception to Year 6'],
  ['From a school year on', { minimum_age: 'Y9+' }, [13, undefined], 'Ages: Y9+'],
  [
    'School years of Belfast',
    {
      minimum_age: 'Years 8-12',
      service_at_locations: [
        {
          id: 'b',
          location: { id: 'bl', name: 'Hall', addresses: [{ address_1: '1 Made-up Street', postal_code: 'BT1 5GS' }] },
        },
      ],
    },
    [undefined, undefined],
    'Ages: Years 8-12',
  ],
  [
    'School years of nowhere',
    { minimum_age: 'Year 7 to 11', service_at_locations: [] },
    [undefined, undefined],
    'Ages: Year 7 to 11',
  ],
  ['Weeks', { minimum_age: '6 weeks to 12 months' }, [undefined, undefined], 'Ages: 6 weeks to 12 months'],
  ['The wrong way round', { minimum_age: 60, maximum_age: 18 }, [undefined, undefined]],
  [
    'Two groups',
    {
      eligibilitys: [
        { eligibility: 'Tots', minimum_age: 1, maximum_age: 3 },
        { eligibility: 'Teens', minimum_age: 12, maximum_age: 18 },
      ],
    },
    [1, 18],
    'Tots (ages 1 to 3); Teens (ages 12 to 18)',
  ],
  [
    'A group of any age',
    { eligibilities: [{ eligibility: 'Carers' }, { eligibility: 'Young people', minimum_age: 12, maximum_age: 18 }] },
    [undefined, undefined],
    'Carers; Young people (ages 12 to 18)',
  ],
  ['Words of who may come', { eligibilitys: [{ eligibility: 'Over 50s' }] }, [50, undefined], 'Over 50s'],
  ['Words of the whole', { eligibility_description: '18 months to 4 years' }, [1, 4], '18 months to 4 years'],
  ['Two ranges in words', { eligibilities: [{ eligibility: '11-16 & 18-25' }] }, [11, 25], '11-16 & 18-25'],
  ['Words of whom a field is of', { minimum_age: 18, eligibility_description: 'over 50s' }, [18, undefined]],
  ['How many may come', { eligibilities: [{ eligibility: 'up to 12 people' }] }, [undefined, undefined]],
  [
    'Words of age beside others',
    { eligibilities: [{ eligibility: '50+' }, { eligibility: 'Carers' }] },
    [undefined, undefined],
  ],
  ['School years of a group', { eligibilities: [{ eligibility: 'Year 7 to Year 11' }] }, [11, 16]],
  ['One group', { eligibilities: [{ eligibility: 'Parents', minimum_age: '18+' }] }, [18, undefined], 'Parents'],
];

let feed: Taken;
beforeAll(async () => {
  feed = await harvested(FEED.map(([name, more]) => group(name, more)));
});

describe('the ages of a feed', () => {
  test.each(FEED)('%s', async (name, _, [minimum, maximum], words) => {
    const { eligibility } = (await feed.answer(name)).service;
    expect([eligibility.minimum_age, eligibility.maximum_age]).toEqual([minimum, maximum]);
    if (words) expect(eligibility.description).toContain(words);
  });

  test('that are the wrong way round are asked about', () => {
    expect(feed.notes('The wrong way round').join()).toContain('From 60 to 18 is no range');
  });

  test('of two groups shut out nobody between them', async () => {
    const { results } = await (await feed.signpost.api.request('/api/v1/search?q=Two%20groups&age=8')).json();
    expect(results.map((it: { service: { name: string } }) => it.service.name)).toContain('Two groups');
  });
});

describe('the ages of a table', () => {
  test.each<[Record<string, string>, Ends]>([
    [{ 'youngest age': '50+' }, [50, undefined]],
    [{ 'youngest age': 'over 50' }, [50, undefined]],
    [{ 'youngest age': '8-12' }, [8, 12]],
    [{ 'youngest age': '16', 'oldest age': 'up to 25' }, [16, 25]],
    [{ 'oldest age': 'under 5s' }, [undefined, 4]],
    [{ 'youngest age': '18 months', 'oldest age': '3' }, [1, 3]],
  ])('%o', async (cells, [minimum, maximum]) => {
    const { eligibility } = (await (await sentTable([{ ...RIGHT, ...cells }])).answer(RIGHT['name']!)).service;
    expect([eligibility.minimum_age, eligibility.maximum_age]).toEqual([minimum, maximum]);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ 'youngest age': '65', 'oldest age': '18' }, /oldest age: The oldest age is below the youngest/],
    [{ 'youngest age': '65-18' }, /oldest age: The oldest age is below the youngest/],
    [{ 'youngest age': 'grown-ups' }, /youngest age: Write the age in figures, like 18 or 50\+/],
  ])('%o is asked about', async (cells, words) => {
    expect((await sentTable([{ ...RIGHT, ...cells }])).notes(RIGHT['name']!).join()).toMatch(words);
  });
});
