import { type Comparison, compare } from '../../api/matching/compare.ts';
import { profileOf } from '../../api/matching/profile.ts';
import type { Pair } from './pairs.ts';

/** What is asked for: few wrongly joined, few missed. */
export const FLOORS = { precision: 0.995, recall: 0.9 } as const;

export interface Judged extends Pair {
  found: Comparison;
}

export interface Figures {
  pairs: number;
  /** Of those that would be joined, the share that is one thing. */
  precision: number;
  /** Of those that are one thing, the share that would be joined. */
  recall: number;
  /** Of those that are one thing, the share that is joined or shown to a moderator. */
  shown: number;
  wronglyJoined: number;
  missed: number;
  /** Near-misses that a moderator is asked about. */
  askedInVain: number;
}

export const judge = (pairs: readonly Pair[]): Judged[] =>
  pairs.map((pair) => ({ ...pair, found: compare(profileOf(pair.a), profileOf(pair.b)) }));

export function figures(judged: readonly Judged[]): Figures {
  const count = (fits: (it: Judged) => boolean) => judged.filter(fits).length;
  const right = count(({ same, found }) => same && found.verdict === 'same');
  const wrong = count(({ same, found }) => !same && found.verdict === 'same');
  const all = count(({ same }) => same);
  return {
    pairs: judged.length,
    precision: right / (right + wrong),
    recall: right / all,
    shown: count(({ same, found }) => same && found.verdict !== 'different') / all,
    wronglyJoined: wrong,
    missed: all - right,
    askedInVain: count(({ same, found }) => !same && found.verdict === 'maybe'),
  };
}
