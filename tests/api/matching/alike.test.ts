import { describe, expect, test } from 'vitest';
import { findAlike, readKeysInSteps } from '../../../api/matching/alike.ts';
import { joinListings } from '../../../api/matching/join.ts';
import { unreadServices } from '../../../api/store/match-keys.ts';
import { decidePair } from '../../../api/store/match-pairs.ts';
import { NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { Random } from '../search/random.ts';
import { add, emptyDirectory, listing, uuid } from './directory.ts';

/** Finding what may be the same without looking at everything. */

const far = (number: number, random: Random) =>
  listing(number, {
    service: { name: `Group ${number} ${random.uuid().slice(0, 6)}`, schedules: [] },
    organization: { name: `People ${random.uuid().slice(0, 6)}` },
    location: {
      name: `Hall ${number}`,
      address: {
        address_1: `${number} Far Road`,
        city: 'Leeds',
        postal_code: `LS${1 + (number % 20)} ${number % 10}AB`,
      },
      latitude: 53.7 + random.next() / 5,
      longitude: -1.6 + random.next() / 5,
    },
  });

describe('what is like a candidate', () => {
  test('is found by its misspelt name at the same place, by its telephone from anywhere, and comes with reasons', () => {
    const directory = emptyDirectory();
    const random = new Random(5);
    const phones = [{ number: '020 7946 0037' }];
    add(
      directory,
      ...Array.from({ length: 300 }, (_, at) => far(at + 100, random)),
      listing(1, { service: { name: 'Chiar yoga with Sam', schedules: [] } }),
      listing(2, { service: { phones }, location: {} }),
    );
    const found = findAlike(directory, listing(9, { service: { phones } }), 5);
    expect(found.map((it) => it.listing.service.id)).toEqual([uuid(2), uuid(1)]);
    expect(found[0]?.reasons[0]?.words).toBeTruthy();
    expect(found.every(({ verdict }) => verdict !== 'different')).toBe(true);
    expect(findAlike(directory, listing(9, { service: { phones } }), 1)).toHaveLength(1);
  });

  test('is found as soon as it is saved, by its new words once it has changed, and never by itself', () => {
    const directory = emptyDirectory();
    add(directory, listing(1));
    expect(findAlike(directory, listing(9), 5)).toHaveLength(1);
    expect(findAlike(directory, listing(1), 5)).toEqual([]);
    const elsewhere = { name: 'Far Library', address: undefined, latitude: 53.8, longitude: -1.5 };
    add(directory, listing(1, { service: { name: 'Bingo' }, organization: { name: 'Bingo' }, location: elsewhere }));
    expect(findAlike(directory, listing(9), 5)).toEqual([]);
    const there = listing(9, { service: { name: 'Bingo' }, organization: { name: 'Bingo' }, location: elsewhere });
    expect(findAlike(directory, there, 5)).toHaveLength(1);
  });

  test('is found among many that are read in steps, others being let in between', async () => {
    const folder = temporaryFolder();
    const directory = emptyDirectory(folder.file('many.sqlite'));
    const random = new Random(6);
    add(directory, ...Array.from({ length: 2_500 }, (_, at) => far(at + 100, random)), listing(1));
    let turns = 0;
    const reading = readKeysInSteps(directory.db);
    const turn = setInterval(() => turns++, 0);
    await reading;
    clearInterval(turn);
    expect(turns).toBeGreaterThan(1);
    expect(unreadServices(directory.db, 1)).toEqual([]);
    expect(findAlike(directory, listing(9), 5)).toHaveLength(1);
    directory.db.close();
    folder.remove();
  });

  test('and has been joined, or was decided to be another, is not shown again', () => {
    const directory = emptyDirectory();
    add(directory, listing(1), listing(2), listing(3));
    joinListings(directory, uuid(1), uuid(2), { role: 'moderator' });
    decidePair(directory.db, uuid(1), uuid(3), 'different', NOW);
    expect(findAlike(directory, listing(1), 5, true)).toEqual([]);
    expect(findAlike(directory, listing(9), 5, true).map((it) => it.listing.service.id)).toEqual([uuid(1), uuid(3)]);
  });

  test('that the public does not see is for moderators alone', () => {
    const directory = emptyDirectory();
    add(directory, { ...listing(1), state: 'suspended' });
    expect(findAlike(directory, listing(9), 5)).toEqual([]);
    expect(findAlike(directory, listing(9), 5, true)).toHaveLength(1);
  });
});
