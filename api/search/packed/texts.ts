/**
 * Very many strings, end to end in one array of bytes (UTF-8). A million JavaScript strings take several times the
 * memory, each garbage collection walks over all of them, and they cannot be written to the file as they are.
 */
export class Texts {
  readonly bytes: Uint8Array;
  /** Where each string begins, and behind the last one where it ends. */
  readonly starts: Uint32Array;
  readonly #buffer: Buffer;

  constructor(bytes: Uint8Array, starts: Uint32Array) {
    this.bytes = bytes;
    this.starts = starts;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.starts.length - 1;
  }

  at(index: number): string {
    return this.#buffer.toString('utf8', this.starts[index], this.starts[index + 1]);
  }

  /** The strings of some numbers, in the order of these. */
  pick(numbers: Uint32Array): Texts {
    const gathered = new TextsColumn();
    for (let k = 0; k < numbers.length; k++) gathered.copy(this, numbers[k]!);
    return gathered.texts();
  }
}

/** Collects strings for a `Texts`. */
export class TextsColumn {
  #buffer = Buffer.alloc(4096);
  #written = 0;
  #starts = new Uint32Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  #room(bytes: number): void {
    if (this.#written + bytes > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(this.#buffer.length * 2, this.#written + bytes));
      larger.set(this.#buffer.subarray(0, this.#written));
      this.#buffer = larger;
    }
    if (this.#length + 1 === this.#starts.length) {
      const longer = new Uint32Array(this.#starts.length * 2);
      longer.set(this.#starts);
      this.#starts = longer;
    }
  }

  push(text: string): void {
    // No UTF-16 unit takes more than three bytes.
    this.#room(text.length * 3);
    this.#written += this.#buffer.write(text, this.#written);
    this.#starts[++this.#length] = this.#written;
  }

  /** Copies a string from others, without decoding it. */
  copy(from: Texts, index: number): void {
    const start = from.starts[index]!;
    const end = from.starts[index + 1]!;
    this.#room(end - start);
    this.#buffer.set(from.bytes.subarray(start, end), this.#written);
    this.#written += end - start;
    this.#starts[++this.#length] = this.#written;
  }

  texts(): Texts {
    return new Texts(new Uint8Array(this.#buffer.subarray(0, this.#written)), this.#starts.slice(0, this.#length + 1));
  }
}
