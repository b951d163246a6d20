import { beforeEach, describe, expect, test } from 'vitest';
import type { Directory } from '../../../api/directory/directory.ts';
import type { Service } from '../../../api/domain/service.ts';
import { joinAfterImport } from '../../../api/matching/after-import.ts';
import { JoinError, joinListings, takeApart } from '../../../api/matching/join.ts';
import { provenanceOf } from '../../../api/matching/provenance.ts';
import { reimport } from '../../../api/matching/reimport.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { joinedInto } from '../../../api/store/joined.ts';
import { findListing } from '../../../api/store/listings.ts';
import { countWaitingPairs, decidePair, waitingPairs } from '../../../api/store/match-pairs.ts';
import { NOW } from '../../helpers/clock.ts';
import { add, emptyDirectory, listing, uuid } from './directory.ts';

/** Two records of one thing made one, and two again. */

const [ONE, OTHER, THIRD] = [uuid(1), uuid(2), uuid(3)];
const BY = { role: 'moderator', person: 7 } as const;

let directory: Directory;
beforeEach(() => {
  directory = emptyDirectory();
});

const of = (id: string) => {
  const found = findListing(directory.db, id);
  if (!found) throw new Error(`There is no listing ${id}.`);
  return found;
};

/** Somebody changes a listing. */
const edit = (id: string, role: 'organization' | 'moderator', changes: Partial<Service>): void => {
  const { service, state } = of(id);
  directory.change((save) =>
    save({ services: [{ service: { ...service, ...changes }, state }] }, { action: 'edited', role }),
  );
};

/** A record comes again from its source. */
const harvest = (number: number, service: Record<string, unknown>): void => {
  const { listings, remember } = reimport(directory.db, listing(number, { service }), NOW);
  directory.change((save) => {
    remember();
    save(
      { services: listings.map((it) => ({ service: it.service, state: it.state })) },
      { action: 'imported', role: 'source' },
    );
  });
};

describe('joining', () => {
  test('one remains with what either knew; the other goes, and its id leads to the one', () => {
    add(
      directory,
      listing(1, { service: { email: 'hello@example.org' } }),
      listing(2, { service: { phones: [{ number: '020 7946 0037' }], first_visit: 'Ring the bell.' } }),
    );
    joinListings(directory, ONE, OTHER, { ...BY, reason: 'The same class.' });
    expect(of(ONE).service).toMatchObject({
      name: 'Chair yoga',
      email: 'hello@example.org',
      phones: [{ number: '020 7946 0037' }],
      first_visit: 'Ring the bell.',
    });
    expect(of(ONE).state).toBe('published');
    expect(of(OTHER).state).toBe('archived');
    expect(joinedInto(directory.db, OTHER)).toBe(ONE);
    expect(directory.index.size).toBe(1);
    expect(historyOf(directory.db, [ONE])[0]).toMatchObject({ action: 'merged', ...BY, reason: 'The same class.' });
  });

  test('keeps where each field comes from', () => {
    add(directory, listing(1), listing(2, { service: { first_visit: 'Ring the bell.' } }));
    edit(ONE, 'organization', { summary: 'Yoga, sitting down.' });
    joinListings(directory, ONE, OTHER, BY);
    const provenance = provenanceOf(directory.db, of(ONE).service);
    expect(provenance.first_visit).toMatchObject({ from: OTHER, role: 'source', source: 'Source 2' });
    expect(provenance.name).toMatchObject({ from: ONE, role: 'source', source: 'Source 1' });
    expect(provenance.summary).toMatchObject({ from: ONE, role: 'organization' });
  });

  test('the organization’s words beat a moderator’s, those a source’s, and among sources the later check', () => {
    const later = { assured_date: '2026-11-01' };
    add(
      directory,
      listing(1, { service: { summary: 'One.', cost_options: [{ option: 'free' }] } }),
      listing(2, {
        service: { ...later, summary: 'Two.', description: 'Two.', cost_options: [{ option: 'donation' }] },
      }),
    );
    edit(ONE, 'moderator', { description: 'A moderator put this right.' });
    edit(OTHER, 'organization', { summary: 'Our own words.' });
    joinListings(directory, ONE, OTHER, BY);
    const { service } = of(ONE);
    expect(service.summary).toBe('Our own words.');
    expect(service.description).toBe('A moderator put this right.');
    expect(service.cost_options[0]?.option).toBe('donation');
    expect(service.assured_date).toBe('2026-11-01');
    expect(service.source.name).toBe('Source 2');
  });

  test('what cannot be joined is refused in words, and nothing is changed', () => {
    add(directory, listing(1), listing(2), listing(3));
    joinListings(directory, ONE, OTHER, BY);
    expect(() => joinListings(directory, ONE, ONE, BY)).toThrow(JoinError);
    expect(() => joinListings(directory, ONE, uuid(99), BY)).toThrow(/no longer there/);
    expect(() => joinListings(directory, THIRD, OTHER, BY)).toThrow(/already/);
    expect(() => takeApart(directory, ONE, BY)).toThrow(/not joined/);
    expect(of(THIRD).state).toBe('published');
  });

  test('a listing joined into one that is joined itself leads to the last', () => {
    add(directory, listing(1), listing(2), listing(3));
    joinListings(directory, OTHER, THIRD, BY);
    joinListings(directory, ONE, OTHER, BY);
    expect(joinedInto(directory.db, THIRD)).toBe(ONE);
    expect(joinedInto(directory.db, ONE)).toBeNull();
  });
});

describe('taking apart', () => {
  test('gives both back what they were, with what was changed since', () => {
    add(directory, listing(1), listing(2, { service: { first_visit: 'Ring the bell.', languages: ['tr'] } }));
    const [one, other] = [of(ONE).service, of(OTHER).service];
    joinListings(directory, ONE, OTHER, BY);
    edit(ONE, 'organization', { summary: 'Changed since.' });
    takeApart(directory, OTHER, BY);
    expect(of(ONE).service).toEqual({ ...one, summary: 'Changed since.' });
    expect(of(OTHER).service).toEqual(other);
    expect(of(OTHER).state).toBe('published');
    expect(joinedInto(directory.db, OTHER)).toBeNull();
    expect(directory.index.size).toBe(2);
    expect(historyOf(directory.db, [OTHER])[0]).toMatchObject({ action: 'taken_apart', role: 'moderator' });
  });

  test('a field that was taken and then edited stays as it was edited', () => {
    add(directory, listing(1), listing(2, { service: { first_visit: 'Ring the bell.' } }));
    joinListings(directory, ONE, OTHER, BY);
    edit(ONE, 'organization', { first_visit: 'Knock.' });
    takeApart(directory, OTHER, BY);
    expect(of(ONE).service.first_visit).toBe('Knock.');
  });

  test('of two joined into one, the other stays joined', () => {
    add(
      directory,
      listing(1),
      listing(2, { service: { first_visit: 'Ring the bell.' } }),
      listing(3, { service: { application_process: 'Write first.' } }),
    );
    joinListings(directory, ONE, OTHER, BY);
    joinListings(directory, ONE, THIRD, BY);
    takeApart(directory, OTHER, BY);
    expect(of(ONE).service.first_visit).toBeUndefined();
    expect(of(ONE).service.application_process).toBe('Write first.');
    takeApart(directory, THIRD, BY);
    expect(of(ONE).service).toEqual(listing(1).service);
  });
});

describe('when a source sends its record again', () => {
  test('a listing that nobody touched follows it; what the organization changed stays', () => {
    add(directory, listing(1));
    edit(ONE, 'organization', { summary: 'Our own words.' });
    harvest(1, { summary: 'From the source.', description: 'Also new.' });
    expect(of(ONE).service).toMatchObject({ summary: 'Our own words.', description: 'Also new.' });
  });

  test('what was joined takes it in, and is not added again', () => {
    add(directory, listing(1), listing(2, { service: { first_visit: 'Ring the bell.' } }));
    joinListings(directory, ONE, OTHER, BY);
    harvest(2, { first_visit: 'Knock twice.' });
    expect(of(ONE).service.first_visit).toBe('Knock twice.');
    expect(of(OTHER).state).toBe('archived');
    expect(directory.index.size).toBe(1);
    takeApart(directory, OTHER, BY);
    expect(of(ONE).service.first_visit).toBeUndefined();
    expect(of(OTHER).service.first_visit).toBe('Knock twice.');
  });

  test('the remaining one keeps what it took from the other', () => {
    add(directory, listing(1), listing(2, { service: { first_visit: 'Ring the bell.' } }));
    joinListings(directory, ONE, OTHER, BY);
    harvest(1, { summary: 'New.' });
    expect(of(ONE).service).toMatchObject({ summary: 'New.', first_visit: 'Ring the bell.' });
    const before = historyOf(directory.db, [ONE]).length;
    harvest(1, { summary: 'New.' });
    harvest(2, { first_visit: 'Ring the bell.' });
    expect(historyOf(directory.db, [ONE])).toHaveLength(before);
  });
});

describe('after an import', () => {
  test('the certain ones of two sources are joined, the rest waits for a moderator', async () => {
    add(directory, listing(1), listing(2), listing(3, { service: { name: 'Yoga club', schedules: [] } }));
    const joining = await joinAfterImport(directory, [ONE, OTHER, THIRD]);
    expect(joining.joined).toHaveLength(1);
    expect(joining.uncertain).toBeGreaterThan(0);
    const waiting = waitingPairs(directory.db, 10, 0);
    expect(countWaitingPairs(directory.db)).toBe(1);
    const living = [ONE, OTHER].find((id) => of(id).state === 'published');
    expect(waiting.map(({ one_id, other_id }) => [one_id, other_id])).toEqual([[living, THIRD]]);
    expect(waiting[0]?.reasons.length).toBeGreaterThan(0);
  });

  test('what one source lists twice is not joined by itself', async () => {
    const source = { name: 'One source' };
    add(directory, listing(1, { service: { source } }), listing(2, { service: { source } }));
    expect((await joinAfterImport(directory, [ONE, OTHER])).joined).toEqual([]);
    expect(countWaitingPairs(directory.db)).toBe(1);
  });

  test('‘not the same’ is remembered, and so is what was taken apart', async () => {
    add(directory, listing(1), listing(2));
    decidePair(directory.db, OTHER, ONE, 'different', NOW);
    expect((await joinAfterImport(directory, [ONE, OTHER])).joined).toEqual([]);
    expect(countWaitingPairs(directory.db)).toBe(0);
    joinListings(directory, ONE, OTHER, BY);
    takeApart(directory, OTHER, BY);
    expect((await joinAfterImport(directory, [ONE, OTHER])).joined).toEqual([]);
  });

  test('what was joined by itself and taken apart stays two, however often either source sends it again', async () => {
    add(directory, listing(1), listing(2));
    const [joined] = (await joinAfterImport(directory, [ONE, OTHER])).joined;
    takeApart(directory, joined?.from ?? '', BY);
    harvest(2, { summary: 'Written anew by its source.' });
    expect((await joinAfterImport(directory, [ONE, OTHER])).joined).toEqual([]);
    expect([ONE, OTHER].map((id) => of(id).state)).toEqual(['published', 'published']);
    expect(countWaitingPairs(directory.db)).toBe(0);
  });

  test('the listing that its organization vouches for remains, and the one that was there first', async () => {
    add(directory, listing(1), listing(2, { service: { assured_by: 'organization' } }));
    expect((await joinAfterImport(directory, [ONE, OTHER])).joined).toEqual([{ into: OTHER, from: ONE }]);
    const fresh = emptyDirectory();
    add(fresh, listing(1), listing(2));
    expect((await joinAfterImport(fresh, [ONE])).joined).toEqual([{ into: OTHER, from: ONE }]);
  });

  test('a listing that was suspended as unsafe is not touched', async () => {
    add(directory, listing(1), { ...listing(2), state: 'suspended' });
    expect(await joinAfterImport(directory, [ONE, OTHER])).toEqual({ joined: [], uncertain: 0 });
  });
});
