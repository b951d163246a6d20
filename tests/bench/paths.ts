import { createHash } from 'node:crypto';
import { sealPlace } from '../../api/domain/privacy.ts';
import { Random } from '../api/search/random.ts';
import type { Ground } from './ground.ts';

/** What SECRET is set to, and the key that comes of it: so searches come as the links of a page do, with a sealed place. */
export const OPERATORS_SECRET = 'only for the bench, and for nothing else';
export const SECRET: Uint8Array = createHash('sha256').update(OPERATORS_SECRET).digest();

/** A sealed place somewhere, as people live. */
function someNear(random: Random, ground: Ground, seal: typeof sealPlace): string {
  const { latitude, longitude, sector, district } = ground.spot(random);
  return seal({ kind: 'point', latitude, longitude, sector, district, ward: null }, SECRET);
}

/**
 * Searches from so many different places.
 * @param seal of the program that is asked: what a sealed place is made of may change with a version
 */
export const searchPaths = (ground: Ground, count: number, seed: number, seal = sealPlace): string[] => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => `/api/v1/search?near=${someNear(random, ground, seal)}&radius=5`);
};
