import { expect, test } from 'vitest';
import { today } from '../../../api/domain/london.ts';
import { monthsAfter, reviewDue } from '../../../api/domain/review.ts';
import { readFigures } from '../../../api/moderate/figures.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { createDesk } from './desk.ts';

/** What falls due, by month. */

test('every published listing counts in the month in which its check falls due, events sooner, the kept apart', async () => {
  const desk = createDesk();
  const { db, now } = desk.directory;
  const day = today(now());
  const listings = [...publicListings(db)].filter(({ state }) => state === 'published');
  const kept = listings.find(({ service }) => reviewDue(service) >= day)!.service.id;
  addKeeper(db, kept, desk.ann, now());
  const months = Array.from({ length: 7 }, (_, ahead) => monthsAfter(`${day.slice(0, 7)}-01`, ahead).slice(0, 7));
  const inMonth = (month: string) =>
    listings.filter(({ service }) => reviewDue(service) >= day && reviewDue(service).startsWith(month));
  const { due } = await readFigures(desk.directory);
  expect(due).toEqual(
    months.map((month) => ({
      month,
      listings: inMonth(month).length,
      alone: inMonth(month).filter(({ service }) => service.id !== kept).length,
    })),
  );
  expect(due.reduce((sum, { listings: count }) => sum + count, 0)).toBeGreaterThan(1);
});
