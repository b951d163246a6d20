import type { Alternative } from './alternatives.ts';
import { byFalling, Kept, type MergedList, type RankedList } from './merged.ts';
import { Phrases } from './phrases.ts';
import type { Plan, Slot } from './plan.ts';
import { FIELD_BITS, FIELD_MASK, fieldsIn, type Postings, type Ranges, seek, windowsOf } from './postings.ts';
import { WORTH, WORTH_PROBING } from './worth.ts';

/** One slot on its way over the postings. */
interface Pass {
  /** The first stamp of this search. */
  stamp: number;
  stage: number;
  slot: Slot;
  /** Light words do not bring in a listing that nothing else has brought in. */
  mayBegin: boolean;
}

/** Takes a listing that has any of the words, and how well it fits them. */
export type Take = (listing: number, fit: number) => void;

/**
 * Finds listings of one segment. Its arrays have a place for every listing and are used again and again: a search
 * allocates next to nothing. What a place holds counts only if it bears a stamp of the search at hand.
 */
export class Matcher {
  readonly #postings: Postings;
  readonly #size: number;
  /** By listing: the stamp of the last slot that it met. */
  readonly #stage: Uint32Array;
  readonly #score: Float32Array;
  /** By listing: what the slots that it meets come to, together. */
  readonly #held: Uint16Array;
  /** By listing: what it is worth to the slot at hand. */
  readonly #best: Float32Array;
  readonly #phrases: Phrases;
  readonly #plans: Kept<RankedList>;
  readonly #slots: Kept<MergedList>;
  #stamp = 0;
  #found: number[] = [];
  readonly #windows: number[] = [];

  constructor(postings: Postings, listings: number) {
    this.#postings = postings;
    this.#size = listings;
    this.#plans = new Kept(listings);
    this.#slots = new Kept(listings);
    this.#stage = new Uint32Array(listings);
    this.#score = new Float32Array(listings);
    this.#held = new Uint16Array(listings);
    this.#best = new Float32Array(listings);
    this.#phrases = new Phrases(postings, listings);
  }

  /** What a whole plan comes to, merged; null where it has not been asked for often enough. */
  whole(plan: Plan): RankedList | null {
    const { slots, total } = plan;
    return this.#plans.get(plan.key, () => {
      this.#meetAll(slots, [0, this.#size]);
      const listings = Uint32Array.from(this.#found).sort();
      const worths = Float64Array.from(listings, (listing) => this.#fitOf(listing, total));
      return { listings, worths, byWorth: byFalling(worths) };
    });
  }

  /**
   * Hands over the listings that meet any of a plan's slots, each once, in no order: those in the ranges, and perhaps a few
   * outside, since who asks measures anyway. What has only a share of what the slots count for keeps the square of that
   * share of its score.
   */
  find({ slots, total }: Plan, ranges: Ranges, take: Take): void {
    this.#meetAll(slots, ranges);
    for (const listing of this.#found) take(listing, this.#fitOf(listing, total));
  }

  #fitOf(listing: number, total: number): number {
    const share = this.#held[listing]! / total;
    return this.#score[listing]! * share * share;
  }

  #meetAll(slots: readonly Slot[], ranges: Ranges): void {
    // A slot that is all there is has no list of its own: the plan has.
    const lists = slots.map((slot) => (slots.length > 1 ? this.#listOf(slot) : null));
    const stamp = this.#begin(slots.length);
    for (const [at, slot] of slots.entries()) {
      const pass = { stamp, stage: stamp + at, slot, mayBegin: slot.counts > 0 };
      const list = lists[at];
      if (list) this.#meetList(list, ranges, pass);
      else for (const alternative of slot.alternatives) this.#meet(alternative, ranges, pass);
    }
  }

  /** What a slot comes to in the whole segment, merged; null where it has not been asked for often enough. */
  #listOf(slot: Slot): MergedList | null {
    return this.#slots.get(slot.key, () => {
      const stamp = this.#begin(1);
      const pass = { stamp, stage: stamp, slot, mayBegin: true };
      for (const alternative of slot.alternatives) this.#meet(alternative, [0, this.#size], pass);
      const listings = Uint32Array.from(this.#found).sort();
      return { listings, worths: Float64Array.from(listings, (listing) => this.#best[listing]!) };
    });
  }

  /** The first stamp of a search, one for each slot. */
  #begin(slots: number): number {
    // Long before the stamps run out.
    if (this.#stamp > 0xffff_0000) {
      this.#stage.fill(0);
      this.#stamp = 0;
    }
    this.#found = [];
    this.#stamp += slots + 1;
    return this.#stamp - slots;
  }

  #meetList({ listings, worths }: MergedList, ranges: Ranges, pass: Pass): void {
    if (!pass.mayBegin && this.#found.length * WORTH_PROBING <= listings.length) {
      for (const listing of this.#found) {
        const at = seek(listings, 0, listing, 0);
        if (listings[at] === listing) this.#credit(listing, worths[at]!, pass);
      }
      return;
    }
    const windows = windowsOf(listings, 0, ranges, this.#windows);
    for (let window = 0; window < windows; window += 2) {
      const end = this.#windows[window + 1]!;
      for (let at = this.#windows[window]!; at < end; at++) this.#credit(listings[at]!, worths[at]!, pass);
    }
  }

  #meet({ weight, words }: Alternative, ranges: Ranges, pass: Pass): void {
    if (words.length > 1) {
      for (const listing of this.#phrases.find(words, ranges))
        this.#credit(listing, weight * this.#phrases.worthOf(listing), pass);
      return;
    }
    for (const form of words[0]!) {
      const postings = this.#postings.of(form);
      if (pass.mayBegin || this.#found.length * WORTH_PROBING > postings.length) {
        this.#creditAll(postings, ranges, weight, pass);
        continue;
      }
      for (const listing of this.#found) {
        const fields = fieldsIn(postings, listing);
        if (fields !== 0) this.#credit(listing, weight * WORTH[fields]!, pass);
      }
    }
  }

  #creditAll(postings: Uint32Array, ranges: Ranges, weight: number, pass: Pass): void {
    const windows = windowsOf(postings, FIELD_BITS, ranges, this.#windows);
    for (let window = 0; window < windows; window += 2) {
      const end = this.#windows[window + 1]!;
      for (let at = this.#windows[window]!; at < end; at++) {
        const posting = postings[at]!;
        this.#credit(posting >>> FIELD_BITS, weight * WORTH[posting & FIELD_MASK]!, pass);
      }
    }
  }

  /** Credits a listing with what it is worth to a slot: the best of all ways in which it meets the slot. */
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
