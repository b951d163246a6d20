import { expect, test } from 'vitest';
import { tokenState } from '../../../api/store/tokens.ts';
import { askForFreshLinks, askForLinks } from '../../../api/upkeep/links.ts';
import { createPlace, keyIn, listing, uuid } from './place.ts';

test('whoever asks for links, something is written, so that the time it takes does not say who is known', async () => {
  const place = createPlace('2026-11-21');
  place.add([listing(1)]);
  place.keep(uuid(1), 'ann@example.org');
  const keys = () => place.db.prepare('SELECT count(*) FROM token').pluck().get() as number;
  const wrote = (ask: () => void) => {
    const before = keys();
    ask();
    return keys() - before;
  };
  const asks = (email: string, client: string) => wrote(() => askForLinks(place.directory, { email, client }));
  expect(asks('ann@example.org', '192.0.2.201')).toBeGreaterThan(0);
  const [mail] = await place.post();
  // Known, and had a mail a moment ago; known to nobody; a link that nobody ever had.
  expect(asks('ann@example.org', '192.0.2.202')).toBe(1);
  expect(asks('stranger@example.org', '192.0.2.203')).toBe(1);
  expect(wrote(() => askForFreshLinks(place.directory, { token: 'no link', client: '192.0.2.204' }))).toBe(1);
  expect(await place.post()).toEqual([]);
  expect(place.db.prepare("SELECT count(*) FROM token WHERE subject = '' AND person IS NULL").pluck().get()).toBe(3);
  expect(place.db.prepare('SELECT count(*) FROM person').pluck().get()).toBe(1);
  expect(tokenState(place.db, keyIn(mail?.text ?? ''), place.now())?.standing).toBe('works');
});
