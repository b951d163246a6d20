import { FIELD_BITS, FIELD_MASK, fieldsIn, type Postings, packPosting } from './postings.ts';
import { WORTH, WORTH_PROBING } from './worth.ts';

/**
 * Finds the listings of one segment that have all words of a phrase, wherever these stand. As in match.ts, arrays have
 * a place for every listing, which counts only while it has a stamp of the current phrase.
 */
export class PhraseFinder {
  readonly #postings: Postings;
  /** By listing: the stamp that comes after the last word that it has. */
  readonly #stage: Uint32Array;
  /** By listing: the least that any word before the current one is worth; and what the current one is worth. */
  readonly #worth: Uint8Array;
  readonly #best: Uint8Array;
  #stamp = 0;

  constructor(postings: Postings, listings: number) {
    this.#postings = postings;
    this.#stage = new Uint32Array(listings);
    this.#worth = new Uint8Array(listings);
    this.#best = new Uint8Array(listings);
  }

  /** What the phrase is worth in a listing that `find` has just returned. */
  worthOf(listing: number): number {
    return Math.min(this.#worth[listing]!, this.#best[listing]!);
  }

  /** The listings that have all words of a phrase. The phrase is worth as much as its least worthy word. */
  find(words: readonly number[][]): number[] {
    // Long before stamps run out of numbers.
    if (this.#stamp > 0xffff_0000) {
      this.#stage.fill(0);
      this.#stamp = 0;
    }
    const stamp = this.#stamp + 1;
    this.#stamp += words.length + 1;
    let complete: number[] = [];
    // The rarest word first, so that few listings are left for the commoner ones.
    const count = (forms: readonly number[]) => forms.reduce((sum, form) => sum + this.#postings.of(form).length, 0);
    for (const [met, forms] of words.toSorted((a, b) => count(a) - count(b)).entries()) {
      const before = complete;
      complete = [];
      for (const form of forms) {
        const postings = this.#postings.of(form);
        if (met > 0 && before.length * WORTH_PROBING <= postings.length) {
          for (const listing of before) {
            const fields = fieldsIn(postings, listing);
            if (fields !== 0) this.#hold(packPosting(listing, fields), stamp, met, complete);
          }
          continue;
        }
        for (let at = 0; at < postings.length; at++) this.#hold(postings[at]!, stamp, met, complete);
      }
    }
    return complete;
  }

  #hold(posting: number, stamp: number, met: number, complete: number[]): void {
    const listing = posting >>> FIELD_BITS;
    const worth = WORTH[posting & FIELD_MASK]!;
    const at = this.#stage[listing]!;
    if (met === 0 ? at < stamp : at === stamp + met) {
      this.#stage[listing] = stamp + met + 1;
      this.#worth[listing] = met === 0 ? 255 : Math.min(this.#worth[listing]!, this.#best[listing]!);
      this.#best[listing] = worth;
      complete.push(listing);
    } else if (at === stamp + met + 1 && worth > this.#best[listing]!) {
      this.#best[listing] = worth;
    }
  }
}
