/** The first so many of a list without sorting all of it. */

export interface KeyedListing {
  listing: number;
  /** Compared first, second; what ties in both is settled by who asked (Top is given `tie`). */
  first: number;
  second: number;
}

/**
 * A heap of what is wanted, the last of it on top: of a long list nearly all is turned away by one comparison, and what is
 * let in moves a few places. So the bound is n log k for any page, however far out.
 */
export class TopCollector {
  readonly #wanted: number;
  readonly #tie: (a: number, b: number) => number;
  readonly #heap: KeyedListing[] = [];

  /** @param tie order of two listings whose keys are the same, as for `sort` */
  constructor(wanted: number, tie: (a: number, b: number) => number) {
    this.#wanted = wanted;
    this.#tie = tie;
  }

  /** Whether a first key is so late that nothing with it is wanted. */
  isTooLate(first: number): boolean {
    return this.#heap.length >= this.#wanted && (this.#wanted === 0 || first > this.#heap[0]!.first);
  }

  add(listing: number, first: number, second: number): void {
    const heap = this.#heap;
    if (heap.length < this.#wanted) {
      heap.push({ listing, first, second });
      this.#rise(heap.length - 1);
      return;
    }
    const last = heap[0];
    if (last === undefined || first > last.first || (first === last.first && second > last.second)) return;
    if (first === last.first && second === last.second && this.#tie(listing, last.listing) > 0) return;
    last.listing = listing;
    last.first = first;
    last.second = second;
    this.#sink();
  }

  #compare(a: KeyedListing, b: KeyedListing): number {
    return a.first - b.first || a.second - b.second || this.#tie(a.listing, b.listing);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const item = heap[from]!;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#compare(heap[above]!, item) >= 0) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = item;
  }

  #sink(): void {
    const heap = this.#heap;
    const item = heap[0]!;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && this.#compare(heap[below + 1]!, heap[below]!) > 0) below++;
      if (this.#compare(heap[below]!, item) <= 0) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = item;
  }

  /** The first `wanted` in their order. */
  sorted(): KeyedListing[] {
    return this.#heap.sort((a, b) => this.#compare(a, b));
  }
}
