/** Buffers of answers that have been sent, to be used again: making a buffer costs as much as filling it. */
const free: Buffer[] = [];
/** As many answers as are ever in flight on a busy day; larger buffers are not used again. */
const MOST_FREE = 32;
const LARGEST_FREE = 256 * 1024;
const NOTHING = Buffer.alloc(0);
/** Digits of the largest whole number. */
const MOST_DIGITS = 16;
const ZERO = 48;

/**
 * The body of an answer, written piece by piece as bytes: what is encoded already is copied. Each is for one answer,
 * since it is still being sent when the next is written.
 */
export class ResponseBody {
  #buffer: Buffer;
  #length = 0;

  /** @param expected about how many bytes it will have; it grows where there are more */
  constructor(expected: number) {
    this.#buffer = free.pop() ?? Buffer.allocUnsafeSlow(expected);
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + bytes));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }

  text(text: string): void {
    // No UTF-16 unit takes more than three bytes.
    this.#makeRoom(text.length * 3);
    this.#length += this.#buffer.write(text, this.#length);
  }

  /** A whole number that is not negative, in digits. */
  number(number: number): void {
    this.#makeRoom(MOST_DIGITS);
    let digits = 1;
    for (let power = 10; power <= number; power *= 10) digits++;
    let rest = number;
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      this.#buffer[at] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#length += digits;
  }

  bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** The bytes that were written. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length) as Uint8Array<ArrayBuffer>;
  }

  /**
   * Lets another answer use the buffer. Only to be called once all bytes have left the process; they must not be read
   * afterwards.
   */
  sent(): void {
    const buffer = this.#buffer;
    this.#buffer = NOTHING;
    this.#length = 0;
    if (buffer !== NOTHING && buffer.length <= LARGEST_FREE && free.length < MOST_FREE) free.push(buffer);
  }
}
