import { firstWhere } from '../../domain/first-where.ts';
import type { Need } from './needs.ts';
import { fold } from './tokens.ts';

/** A way to call a need, from the beginning of one of its words on. */
interface Beginning {
  text: string;
  name: string;
  /** 0 the name from its first word on, 1 from a later one, 2 and 3 the same of what clinicians and forms call it. */
  rank: number;
}

const WORD_STARTS = /(?<![\p{L}\p{M}\p{N}'’])[\p{L}\p{N}]/gu;

const beginningsOf = (way: string, name: string, rank: number): Beginning[] => {
  const folded = fold(way);
  return [...folded.matchAll(WORD_STARTS)].map(({ index }) => ({
    text: folded.slice(index),
    name,
    rank: index === 0 ? rank : rank + 1,
  }));
};

const byText = (a: { text: string }, b: { text: string }): number => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);

/** The names of needs, to be found by their beginnings while somebody types. */
export class NeedNames {
  readonly #sorted: Beginning[];

  constructor(needs: readonly Need[]) {
    this.#sorted = needs
      .flatMap(({ name, said }) => [
        ...beginningsOf(name, name, 0),
        ...[...said.clinician, ...said.form].flatMap((way) => beginningsOf(way, name, 2)),
      ])
      .sort(byText);
  }

  /**
   * The names of needs that are called by something with a word from which on it begins as typed; those whose names themselves
   * begin so come first.
   * @param typed folded and trimmed (tokens.ts)
   */
  beginningWith(typed: string, limit: number): string[] {
    if (typed === '') return [];
    const ranks = new Map<string, number>();
    const from = firstWhere(this.#sorted.length, (at) => this.#sorted[at]!.text >= typed);
    for (let at = from; at < this.#sorted.length && this.#sorted[at]!.text.startsWith(typed); at++) {
      const { name, rank } = this.#sorted[at]!;
      ranks.set(name, Math.min(rank, ranks.get(name) ?? rank));
    }
    return [...ranks]
      .sort(([a, rankA], [b, rankB]) => rankA - rankB || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([name]) => name);
  }
}
