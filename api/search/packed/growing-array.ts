/** Typed arrays that grow, so that an index is built without an object for each listing. */

type Numbers = Int32Array | Uint32Array | Uint8Array | Uint16Array;

export class GrowingArray<T extends Numbers> {
  #items: T;
  #length = 0;
  readonly #make: new (
    length: number,
  ) => T;

  constructor(make: new (length: number) => T) {
    this.#make = make;
    this.#items = new make(256);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new this.#make(this.#length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = value;
  }

  /** What was pushed. The view is only good until the next push. */
  get items(): T {
    return this.#items.subarray(0, this.#length) as T;
  }
}
