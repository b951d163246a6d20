/**
 * From an id to the number of its listing: a hash table of integers. A Map of a million strings takes ten times as much.
 */
export class IdTable {
  readonly #ids: readonly string[];
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(ids: readonly string[]) {
    let size = 16;
    while (size < ids.length * 2) size *= 2;
    this.#ids = ids;
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
    for (let i = 0; i < ids.length; i++) {
      let slot = hash(ids[i]!) & this.#mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      // Numbers are kept one higher, so that 0 is an empty slot.
      this.#slots[slot] = i + 1;
    }
  }

  /** The number of that id, or -1. */
  find(id: string): number {
    for (let slot = hash(id) & this.#mask; this.#slots[slot] !== 0; slot = (slot + 1) & this.#mask) {
      const number = this.#slots[slot]! - 1;
      if (this.#ids[number] === id) return number;
    }
    return -1;
  }
}

/** FNV-1a with a final mix, since ids made by machines differ little. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value ^ (value >>> 15);
}
