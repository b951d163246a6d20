import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Listing } from '../../api/domain/service.ts';
import type { Judged } from './measure.ts';
import { judge } from './measure.ts';

/** A judged pair, and for how many of the feed it stands. */
export interface Weighed extends Judged {
  stands: number;
}

/** Pairs of the feed itself, judged by hand; those of which a record is not in the feed at hand are left out. */
export function judgedPairs(listings: readonly Listing[]): Weighed[] {
  const byId = new Map(listings.map((listing) => [listing.service.id, listing]));
  const lines = readFileSync(join(import.meta.dirname, 'judged.txt'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [one = '', other = '', answer, stands] = line.split(' ');
    const [a, b] = [byId.get(one), byId.get(other)];
    if (line.startsWith('#') || !a || !b) return [];
    const [judged] = judge([{ a, b, same: answer === 'one', how: 'judged by hand' }]);
    return judged ? [{ ...judged, stands: Number(stands) }] : [];
  });
}
