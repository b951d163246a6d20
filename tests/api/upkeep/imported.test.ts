import { expect, test } from 'vitest';
import { dateOf, dayOf } from '../../../api/domain/london.ts';
import { findListing } from '../../../api/store/listings.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { createPlace, listing, organization, uuid } from './place.ts';

/** What becomes of a list that was imported, if nobody does anything. */

const LISTINGS = 1000;
const ASKED = 100;

test('in two years none of 1,000 imported listings is archived that nobody was asked about', async () => {
  const place = createPlace('2026-11-21');
  const services = Array.from({ length: LISTINGS }, (_, number) => listing(number, { assured_date: '2026-11-21' }));
  place.directory.change((save) =>
    save(
      { organizations: [organization], services: services.map((service) => ({ service, state: 'published' })) },
      { action: 'imported', role: 'moderator', reason: 'From a spreadsheet: A list' },
    ),
  );
  for (let number = 0; number < ASKED; number += 1) place.keep(uuid(number), `k${number}@example.org`);
  const archived = () =>
    place.db.prepare("SELECT id FROM service WHERE state = 'archived' ORDER BY id").pluck().all() as string[];

  // A look every other week finds all that is due: nothing is counted on a certain day.
  for (let day = dayOf('2026-11-21'); day < dayOf('2028-11-21'); day += 14) {
    place.goTo(dateOf(day));
    expect((await upkeepPass(place.directory)).faults).toEqual([]);
    await place.post();
    for (const id of archived())
      expect(place.letters.some(({ to }) => to === `k${Number(id.slice(-12))}@example.org`)).toBe(true);
  }
  // Who was asked and never answered is out; the others are shown as what they are.
  expect(archived()).toEqual(services.slice(0, ASKED).map(({ id }) => id));
  const last = uuid(LISTINGS - 1);
  expect(findListing(place.db, last)?.state).toBe('unconfirmed');

  // As soon as there is somebody to ask, they are, and have their two weeks.
  place.keep(last, 'late@example.org');
  const letters = async (days: number) => {
    place.goTo(dateOf(dayOf('2028-11-21') + days));
    await upkeepPass(place.directory);
    return (await place.post()).filter(({ to }) => to === 'late@example.org').map(({ template }) => template);
  };
  expect(await letters(0)).toEqual(['unconfirmed']);
  expect(await letters(13)).toEqual([]);
  expect(findListing(place.db, last)?.state).toBe('unconfirmed');
  expect(await letters(14)).toEqual(['archived']);
});
