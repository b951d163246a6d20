import { agreement } from '../meaning/agreement.ts';
import type { Wording } from './alternatives.ts';
import { PhraseFinder } from './phrases.ts';
import type { Slot, TextPlan } from './plan.ts';
import { FIELD_BITS, FIELD_MASK, fieldsIn, type Postings } from './postings.ts';
import { WORTH, WORTH_PROBING } from './worth.ts';

/** What is needed to match one slot. */
interface Pass {
  /** The first stamp that belongs to this search. */
  stamp: number;
  stage: number;
  slot: Slot;
  /** False for a light word, which adds no listing that no other word has found. */
  mayBegin: boolean;
}

/** The listings that have any of the words, by rising number, and how well each fits. */
export interface Matched {
  listings: Uint32Array;
  fits: Float64Array;
  /** Whether it has enough of what was typed to be an answer to it, 1 or 0. */
  enough: Uint8Array;
}

/**
 * Finds the listings of one segment that match a plan. Its arrays have a place for every listing and are never cleared:
 * a place counts only while it has a stamp of the current search.
 */
export class Matcher {
  readonly #postings: Postings;
  /** By listing: the stamp of the last slot that it matched. */
  readonly #stage: Uint32Array;
  readonly #score: Float32Array;
  /** By listing: what the slots that it matches count for together. */
  readonly #held: Uint16Array;
  /** By listing: what it is worth to the current slot. */
  readonly #best: Float32Array;
  readonly #phrases: PhraseFinder;
  readonly #meanings: Int8Array;
  #stamp = 0;
  #found: number[] = [];

  /** @param meanings what each listing means (listing-meaning.ts); empty where that is not known */
  constructor(postings: Postings, listings: number, meanings: Int8Array) {
    this.#postings = postings;
    this.#meanings = meanings;
    this.#stage = new Uint32Array(listings);
    this.#score = new Float32Array(listings);
    this.#held = new Uint16Array(listings);
    this.#best = new Float32Array(listings);
    this.#phrases = new PhraseFinder(postings, listings);
  }

  /**
   * The listings that match any slot of a plan. One that matches only a share of what the slots count for keeps the
   * square of that share of its score.
   */
  find({ slots, total, enough: least, meaning }: TextPlan): Matched {
    const stamp = this.#begin(slots.length);
    for (const [at, slot] of slots.entries()) {
      const pass = { stamp, stage: stamp + at, slot, mayBegin: slot.counts > 0 };
      for (const alternative of slot.wordings) this.#meet(alternative, pass);
    }
    const listings = Uint32Array.from(this.#found).sort();
    const fits = new Float64Array(listings.length);
    const enough = new Uint8Array(listings.length);
    for (let at = 0; at < listings.length; at++) {
      const held = this.#held[listings[at]!]!;
      const share = held / total;
      const fit = this.#score[listings[at]!]! * share * share;
      enough[at] = held >= least ? 1 : 0;
      fits[at] = meaning === null ? fit : fit * agreement(meaning, this.#meanings, listings[at]!);
    }
    this.#found = [];
    return { listings, fits, enough };
  }

  /** Reserves a stamp for each slot, and returns the first. */
  #begin(slots: number): number {
    // Long before stamps run out of numbers.
    if (this.#stamp > 0xffff_0000) {
      this.#stage.fill(0);
      this.#stamp = 0;
    }
    this.#stamp += slots + 1;
    return this.#stamp - slots;
  }

  #meet({ weight, words }: Wording, pass: Pass): void {
    if (words.length > 1) {
      for (const listing of this.#phrases.find(words))
        this.#credit(listing, weight * this.#phrases.worthOf(listing), pass);
      return;
    }
    for (const form of words[0]!) {
      const postings = this.#postings.of(form);
      if (pass.mayBegin || this.#found.length * WORTH_PROBING > postings.length) {
        for (let at = 0; at < postings.length; at++) {
          const posting = postings[at]!;
          this.#credit(posting >>> FIELD_BITS, weight * WORTH[posting & FIELD_MASK]!, pass);
        }
        continue;
      }
      for (const listing of this.#found) {
        const fields = fieldsIn(postings, listing);
        if (fields !== 0) this.#credit(listing, weight * WORTH[fields]!, pass);
      }
    }
  }

  /** Gives a listing what it is worth to a slot, by the best wording of the slot that it has. */
  #credit(listing: number, worth: number, { stamp, stage, slot, mayBegin }: Pass): void {
    const at = this.#stage[listing]!;
    if (at === stage) {
      if (worth <= this.#best[listing]!) return;
      this.#score[listing]! += (worth - this.#best[listing]!) * slot.weight;
    } else if (at >= stamp) {
      this.#score[listing]! += worth * slot.weight;
      this.#held[listing]! += slot.counts;
    } else {
      if (!mayBegin) return;
      this.#score[listing] = worth * slot.weight;
      this.#held[listing] = slot.counts;
      this.#found.push(listing);
    }
    this.#stage[listing] = stage;
    this.#best[listing] = worth;
  }
}
