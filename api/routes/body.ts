/**
 * The body of an answer, written piece by piece as bytes: what is encoded already is copied and not made anew. Each is
 * for one answer, since it is still being sent when the next is written.
 */
export class Body {
  #buffer: Buffer;
  #length = 0;

  /** @param expected bytes, about: more are made room for */
  constructor(expected: number) {
    this.#buffer = Buffer.allocUnsafeSlow(expected);
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + bytes));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }

  text(text: string): void {
    // No UTF-16 unit takes more than three bytes.
    this.#room(text.length * 3);
    this.#length += this.#buffer.write(text, this.#length);
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length) as Uint8Array<ArrayBuffer>;
  }
}
