import { expect, test } from 'vitest';
import { Random } from '../api/search/random.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { killAndLook } from './kills.ts';

/** The short form of the second half of `npm run hostile`. */
test('the site killed while people use it loses nothing that it said was done', async () => {
  const folder = temporaryFolder();
  try {
    const { kills, acknowledged, lost } = await killAndLook(folder, new Random(7), 2);
    expect(lost).toEqual([]);
    expect(kills).toBe(2);
    expect(Object.values(acknowledged).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  } finally {
    folder.remove();
  }
});
