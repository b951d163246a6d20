/** Finds the first few of a long list without sorting all of it. */

export interface KeyedListing {
  listing: number;
  /** Compared in this order; where both are the same, `tie` decides. */
  first: number;
  second: number;
}

/**
 * A heap of the best so far, with the last of them on top. Most of a long list is turned away by one comparison, and
 * what gets in moves a few places. So the cost is at most n log k, on any page.
 */
export class TopCollector {
  readonly #wanted: number;
  readonly #tie: (a: number, b: number) => number;
  readonly #heap: KeyedListing[] = [];

  /** @param tie the order of two listings with the same keys, as for `sort` */
  constructor(wanted: number, tie: (a: number, b: number) => number) {
    this.#wanted = wanted;
    this.#tie = tie;
  }

  /** Whether nothing with this first key can be among the best any more. */
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

  /** The best, in their order. */
  sorted(): KeyedListing[] {
    return this.#heap.sort((a, b) => this.#compare(a, b));
  }
}
