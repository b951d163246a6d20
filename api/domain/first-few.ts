/**
 * The few of very many that come first in an order, each name once: without sorting the others, and without asking more of
 * them than where they stand.
 */
export class FirstFew<T> {
  readonly #held: T[] = [];
  readonly #most: number;
  readonly #comesBefore: (a: T, b: T) => boolean;
  readonly #nameOf: (it: T) => string;

  /**
   * @param most how many are kept
   * @param nameOf what two of them must not share: of those that do, the first counts
   */
  constructor(most: number, comesBefore: (a: T, b: T) => boolean, nameOf: (it: T) => string) {
    this.#most = most;
    this.#comesBefore = comesBefore;
    this.#nameOf = nameOf;
  }

  /**
   * Keeps one if it is among the first.
   * @param isMeant asked only of what would be, since it may take long; always the same for the same name
   * @returns false where it comes after enough others
   */
  add(it: T, isMeant: (it: T) => boolean = () => true): boolean {
    const last = this.#held.at(-1);
    if (this.#held.length >= this.#most && (last === undefined || !this.#comesBefore(it, last))) return false;
    const name = this.#nameOf(it);
    const same = this.#held.findIndex((other) => this.#nameOf(other) === name);
    const known = this.#held[same];
    if (known ? !this.#comesBefore(it, known) : !isMeant(it)) return true;
    if (known) this.#held.splice(same, 1);
    const at = this.#held.findIndex((other) => this.#comesBefore(it, other));
    this.#held.splice(at < 0 ? this.#held.length : at, 0, it);
    if (this.#held.length > this.#most) this.#held.pop();
    return true;
  }

  /** Those that are kept, in order. */
  get all(): readonly T[] {
    return this.#held;
  }
}
