/**
 * Ids, packed: a UUID is four integers instead of a string of thirty-six letters. An id that is not a UUID as Signpost
 * writes it (lower case, with its four dashes) is called odd, and kept as a string beside them.
 */

const LENGTH = 36;
/** By character code: the value of a hexadecimal digit; 255 for all other characters. */
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return value < 0 ? 255 : value;
});
const DASH = 45;

/** The id that was packed last, as four integers; of an odd id, a hash. It is overwritten by the next. */
const packed = new Int32Array(4);

/**
 * Packs an id into `packed`.
 * @returns false where it is odd
 */
function pack(id: string): boolean {
  if (isPlain(id)) return true;
  packed.fill(0);
  packed[0] = hashOf(id);
  return false;
}

function isPlain(id: string): boolean {
  if (id.length !== LENGTH) return false;
  let digits = 0;
  let word = 0;
  for (let at = 0; at < LENGTH; at++) {
    const code = id.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== DASH) return false;
      continue;
    }
    const value = code < 128 ? VALUES[code]! : 255;
    if (value === 255) return false;
    word = (word << 4) | value;
    if ((++digits & 7) === 0) packed[(digits >>> 3) - 1] = word;
  }
  return true;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}

/** Ids made by machines differ little, so all four integers go into the hash and are mixed well. */
function mix(a: number, b: number, c: number, d: number): number {
  let value = Math.imul(a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(d, 0xc2b2ae35), 0x27d4eb2f);
  value ^= value >>> 15;
  return Math.imul(value, 0x85ebca6b) ^ (value >>> 13);
}

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/**
 * Ids are written here and read as one string: that is twenty times faster than joining pieces, and a page has forty
 * ids.
 */
const written = Buffer.from('........-....-....-....-............', 'latin1') as Buffer & {
  /** What `toString('latin1')` calls in the end. */
  latin1Slice(from: number, to: number): string;
};

/** Writes sixteen bits as four hexadecimal digits. */
function write(at: number, bits: number): void {
  written[at] = DIGITS[(bits >>> 12) & 15]!;
  written[at + 1] = DIGITS[(bits >>> 8) & 15]!;
  written[at + 2] = DIGITS[(bits >>> 4) & 15]!;
  written[at + 3] = DIGITS[bits & 15]!;
}

/** Ids by number. */
export class Ids {
  readonly words: Int32Array;
  /** The odd ids, by number. */
  readonly odd: ReadonlyMap<number, string>;

  constructor(words: Int32Array, odd: ReadonlyMap<number, string>) {
    this.words = words;
    this.odd = odd;
  }

  get length(): number {
    return this.words.length / 4;
  }

  at(index: number): string {
    const odd = this.odd.size > 0 ? this.odd.get(index) : undefined;
    if (odd !== undefined) return odd;
    const { words } = this;
    const base = index * 4;
    write(0, words[base]! >>> 16);
    write(4, words[base]!);
    write(9, words[base + 1]! >>> 16);
    write(14, words[base + 1]!);
    write(19, words[base + 2]! >>> 16);
    write(24, words[base + 2]!);
    write(28, words[base + 3]! >>> 16);
    write(32, words[base + 3]!);
    return written.latin1Slice(0, written.length);
  }

  /** The ids of some numbers, in the order of these. */
  pick(numbers: Uint32Array): Ids {
    const gathered = new IdsColumn();
    for (let k = 0; k < numbers.length; k++) gathered.copy(this, numbers[k]!);
    return gathered.ids();
  }

  /** Compares the id of `index` with the id of `other` among `others`, by their letters, as for `sort`. */
  compare(index: number, others: Ids, other: number): number {
    if (this.odd.size > 0 || others.odd.size > 0) {
      const x = this.at(index);
      const y = others.at(other);
      return x < y ? -1 : x > y ? 1 : 0;
    }
    for (let k = 0; k < 4; k++) {
      const x = this.words[index * 4 + k]! >>> 0;
      const y = others.words[other * 4 + k]! >>> 0;
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  }
}

/** Collects ids for an `Ids`. */
export class IdsColumn {
  #words = new Int32Array(1024);
  readonly #odd = new Map<number, string>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  #room(): number {
    const base = this.#length++ * 4;
    if (base === this.#words.length) {
      const larger = new Int32Array(base * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    return base;
  }

  push(id: string): void {
    if (!pack(id)) this.#odd.set(this.#length, id);
    const base = this.#room();
    this.#words.set(packed, base);
  }

  /** Copies an id from others. */
  copy(from: Ids, index: number): void {
    const odd = from.odd.size > 0 ? from.odd.get(index) : undefined;
    if (odd !== undefined) this.#odd.set(this.#length, odd);
    const base = this.#room();
    for (let k = 0; k < 4; k++) this.#words[base + k] = from.words[index * 4 + k]!;
  }

  ids(): Ids {
    return new Ids(this.#words.slice(0, this.#length * 4), this.#odd);
  }
}

/** Finds the number of an id, by a hash table of integers: a Map of a million strings takes ten times the memory. */
export class IdTable {
  readonly #ids: Ids;
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(ids: Ids) {
    let size = 16;
    while (size < ids.length * 2) size *= 2;
    this.#ids = ids;
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
    const { words } = ids;
    for (let i = 0; i < ids.length; i++) {
      let slot = mix(words[i * 4]!, words[i * 4 + 1]!, words[i * 4 + 2]!, words[i * 4 + 3]!) & this.#mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      // One is added to each number, so that 0 is an empty slot.
      this.#slots[slot] = i + 1;
    }
  }

  /** The number of that id, or -1. */
  find(id: string): number {
    const odd = !pack(id);
    const [a = 0, b = 0, c = 0, d = 0] = packed;
    const held = this.#ids.words;
    for (let slot = mix(a, b, c, d) & this.#mask; this.#slots[slot] !== 0; slot = (slot + 1) & this.#mask) {
      const number = this.#slots[slot]! - 1;
      const base = number * 4;
      if (held[base] !== a || held[base + 1] !== b || held[base + 2] !== c || held[base + 3] !== d) continue;
      if (odd ? this.#ids.odd.get(number) === id : !this.#ids.odd.has(number)) return number;
    }
    return -1;
  }
}
