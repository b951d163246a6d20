import { expect, test } from 'vitest';
import { Random } from '../api/search/random.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { killAndLook } from './kills.ts';

/** The short form of the second half of `npm run hostile`. */
test.each([
  [1, 2],
  [3, 4],
])(
  'the site, of %i processes, killed while people use it loses nothing that it said was done',
  async (workers, times) => {
    const folder = temporaryFolder();
    try {
      const { kills, acknowledged, lost } = await killAndLook(folder, new Random(7), times, workers);
      expect(lost).toEqual([]);
      expect(kills).toBe(times);
      expect(Object.values(acknowledged).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    } finally {
      folder.remove();
    }
  },
);
