import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Listing } from '../../api/domain/service.ts';
import type { Judged } from './measure.ts';
import { judge } from './measure.ts';

/** A judged pair, and for how many of the feed it stands. */
export interface Weighed extends Judged {
  stands: number;
}

interface Judgement {
  one: string;
  other: string;
  same: boolean;
  stands: number;
}

/** What was judged, by the ids of the records. */
export const judgements = (): Judgement[] =>
  readFileSync(join(import.meta.dirname, 'judged.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [one = '', other = '', answer, stands] = line.split(' ');
      return { one, other, same: answer === 'one', stands: Number(stands) };
    });

/** Pairs of the feed itself, judged by hand; those of which a record is not in the feed at hand are left out. */
export function judgedPairs(listings: readonly Listing[]): Weighed[] {
  const byId = new Map(listings.map((listing) => [listing.service.id, listing]));
  return judgements().flatMap(({ one, other, same, stands }) => {
    const [a, b] = [byId.get(one), byId.get(other)];
    if (!a || !b) return [];
    const [judged] = judge([{ a, b, same, how: 'judged by hand' }]);
    return judged ? [{ ...judged, stands }] : [];
  });
}
