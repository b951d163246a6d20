/**
 * Keeps what was worked out for the last so many keys: people ask for the same words, filters and districts again and
 * again.
 */
export class Cache<K, V> {
  readonly #most: number;
  readonly #known = new Map<K, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K, make: () => V): V {
    let value = this.#known.get(key);
    if (value === undefined) {
      value = make();
      // The oldest goes. Which one goes matters little: working one out takes microseconds.
      if (this.#known.size >= this.#most) this.#known.delete(this.#known.keys().next().value as K);
      this.#known.set(key, value);
    }
    return value;
  }

  clear(): void {
    this.#known.clear();
  }
}
