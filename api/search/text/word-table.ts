/** By character code: the letter or digit in lower case; 0 for characters between words. ASCII only. */
export const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(letter) ? letter.charCodeAt(0) : 0;
});

/** FNV-1a, code by code. */
export const HASH_START = 0x811c9dc5;
export const hashed = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

/** Finds the numbers of words, by a hash table that can look up a stretch of a text without making a string of it. */
export class WordTable {
  readonly #words: string[] = [];
  readonly #numbers: number[] = [];
  /** Places in the two lists plus one, so that 0 is an empty slot. */
  #slots = new Int32Array(1024);

  set(word: string, number: number): void {
    this.#words.push(word);
    this.#numbers.push(number);
    if (this.#words.length * 2 <= this.#slots.length) {
      this.#enter(this.#words.length);
      return;
    }
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let place = 1; place <= this.#words.length; place++) this.#enter(place);
  }

  #enter(place: number): void {
    const slots = this.#slots;
    let slot = this.#slotOf(hashOf(this.#words[place - 1]!));
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = place;
  }

  #slotOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.#slots.length - 1);
  }

  find(word: string): number | undefined {
    const slots = this.#slots;
    for (let slot = this.#slotOf(hashOf(word)); slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1))
      if (this.#words[slots[slot]! - 1] === word) return this.#numbers[slots[slot]! - 1];
    return undefined;
  }

  /**
   * The number of the word in an ASCII text from `from` to `to`, in capitals or not.
   * @param hash of the word in lower case
   */
  findIn(text: string, from: number, to: number, hash: number): number | undefined {
    const slots = this.#slots;
    for (let slot = this.#slotOf(hash); slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1))
      if (isAt(this.#words[slots[slot]! - 1]!, text, from, to)) return this.#numbers[slots[slot]! - 1];
    return undefined;
  }
}

function hashOf(word: string): number {
  let hash = HASH_START;
  for (let at = 0; at < word.length; at++) hash = hashed(hash, word.charCodeAt(at));
  return hash;
}

function isAt(word: string, text: string, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== PLAIN[text.charCodeAt(from + at)]) return false;
  return true;
}
