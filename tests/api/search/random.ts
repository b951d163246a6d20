/** Seeded randomness, so that a test that fails fails again. mulberry32: small, and even enough for tests. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Up to `most` different ones, in the order of the list. */
  some<T>(items: readonly T[], most: number): T[] {
    const wanted = this.below(most + 1);
    const left = [...items];
    const picked = new Set<T>();
    for (let i = 0; i < wanted && left.length > 0; i++) picked.add(left.splice(this.below(left.length), 1)[0] as T);
    return items.filter((item) => picked.has(item));
  }

  /** Around 0, mostly within 1: the sum of three. */
  bell(): number {
    return (this.next() + this.next() + this.next()) * (2 / 3) - 1;
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.below(16).toString(16)).join('');
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    // A string put together from pieces keeps all of them in memory; one that was read from a database does not, and
    // the bench weighs what an index takes.
    return Buffer.from(id, 'latin1').toString('latin1');
  }
}
