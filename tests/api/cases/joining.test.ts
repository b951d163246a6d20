import { beforeAll, expect, test } from 'vitest';
import { publicListings } from '../../../api/store/listings.ts';
import { waitingPairs } from '../../../api/store/match-pairs.ts';
import { group, harvested, type Taken } from './front-door.ts';

/** Two feeds list what meets in one hall, with one telephone and one organization: two things unless the names say the same. */

/** A word that one has and the other lacks: for whom, how, where, or what sort of thing. */
const TWO: [one: string, other: string][] = [
  ['Parents coffee', 'Young parents coffee'],
  ['Debt advice', 'Debt advice by appointment'],
  ['Drop-in legal help', 'Legal help (appointments)'],
  ['Food pantry', 'Food pantry delivery'],
  ['Baby loss group', 'Baby loss group for fathers'],
  ['Singing club', 'Singing club (dementia)'],
  ['Widowed together', 'Widowed together for mums'],
  ['Chess', 'Junior chess'],
  ['Memory café', 'Memory group'],
  ['Tai chi', 'Tai chi for beginners'],
  ['Knit and natter', 'Knit and natter online'],
  ['Lunch club', 'Lunch club transport'],
  ['Over 50s swimming', 'Over 60s swimming'],
  ['Crochet', 'Crochet (evening)'],
];

/** The same words, written in two ways. */
const ONE: [one: string, other: string][] = [
  ['Mending & making', 'Mending and making'],
  ['Saint Oswald’s soup', 'St Oswalds Soup'],
  ['Ukulele strummers', 'Ukulele strummers (drop-in)'],
  ['Bereavement comunity tea', 'Bereavement community tea'],
];

/** What both feeds say of a pair but for the name. */
const shared = (number: number, by: string) => ({
  organization: { id: `org-${number}-${by}`, name: `Trust ${number}` },
  phones: [{ number: `020 7946 0${100 + number}` }],
  service_at_locations: [
    {
      id: `sal-${number}-${by}`,
      location: {
        id: `loc-${number}-${by}`,
        name: `Hall ${number}`,
        location_type: 'physical',
        addresses: [{ address_1: `${number} Made-up Street`, city: 'London', postal_code: 'E8 1EA' }],
      },
    },
  ],
});

let taken: Taken;
let names: string[];
beforeAll(async () => {
  const pairs = [...TWO, ...ONE];
  taken = await harvested(pairs.map(([one], index) => group(one, { ...shared(index, 'a'), id: `a-${index}` })));
  await harvested(
    pairs.map(([, other], index) => group(other, { ...shared(index, 'b'), id: `b-${index}` })),
    undefined,
    taken.signpost,
    'Another directory',
  );
  names = [...publicListings(taken.signpost.db)].map(({ service }) => service.name);
});

test.each(TWO)('%s and %s are both found', (one, other) => {
  expect(names).toContain(one);
  expect(names).toContain(other);
});

test.each(ONE)('%s and %s are one', (one, other) =>
  expect(names.filter((name) => name === one || name === other)).toHaveLength(1),
);

test('those that may be one are put before a moderator', () => {
  const named = new Map([...publicListings(taken.signpost.db)].map(({ service }) => [service.id, service.name]));
  const asked = waitingPairs(taken.signpost.db, 100, 0).map((pair) =>
    [pair.one_id, pair.other_id].map((id) => named.get(id)).sort(),
  );
  expect(asked).toContainEqual(['Parents coffee', 'Young parents coffee']);
  expect(asked).toContainEqual(['Food pantry', 'Food pantry delivery']);
});
