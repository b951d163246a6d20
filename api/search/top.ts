/** The first so many of a list without sorting all of it. */

export interface Ranked {
  listing: number;
  /** Compared first, second; what ties in both is settled by who asked (top is given `tie`). */
  first: number;
  second: number;
}

export class Top {
  readonly #wanted: number;
  readonly #tie: (a: number, b: number) => number;
  #items: Ranked[] = [];
  /** The worst that is still wanted, once there are enough: what ranks behind it need not be kept. */
  #limit: Ranked | null = null;

  /** @param tie order of two listings whose keys are the same, as for `sort` */
  constructor(wanted: number, tie: (a: number, b: number) => number) {
    this.#wanted = wanted;
    this.#tie = tie;
  }

  add(listing: number, first: number, second: number): void {
    const limit = this.#limit;
    if (limit !== null && (first > limit.first || (first === limit.first && second > limit.second))) return;
    this.#items.push({ listing, first, second });
    // Cut back when twice as many are there as are wanted: that sorts each item a few times at most.
    if (this.#items.length >= 2 * this.#wanted + 32) this.#cut();
  }

  #cut(): void {
    this.#items.sort((a, b) => a.first - b.first || a.second - b.second || this.#tie(a.listing, b.listing));
    this.#items.length = Math.min(this.#items.length, this.#wanted);
    if (this.#items.length === this.#wanted) this.#limit = this.#items[this.#wanted - 1] ?? null;
  }

  /** The first `wanted` in their order. */
  sorted(): Ranked[] {
    this.#cut();
    return this.#items;
  }
}
