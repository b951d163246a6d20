import type { Alternative } from './alternatives.ts';
import { byFalling, Kept, type MergedList, type RankedList } from './merged.ts';
import type { Plan, Slot } from './plan.ts';
import { FIELD_BITS, FIELD_MASK, FIELDS, fieldsIn, type Postings, packPosting, type Ranges, seek } from './postings.ts';

/** What a word counts for in each field, added up over the fields in which it stands (docs/ranking.md). */
const WORTH = Uint8Array.from({ length: 32 }, (_, fields) => {
  let worth = 0;
  if (fields & FIELDS.name) worth += 8;
  if (fields & FIELDS.category) worth += 4;
  if (fields & FIELDS.summary) worth += 4;
  if (fields & FIELDS.organization) worth += 2;
  return fields & FIELDS.other ? worth + 1 : worth;
});

/** Where so many times fewer listings are left than a word has postings, each is looked up among them. */
const WORTH_PROBING = 16;

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
  readonly #phraseStage: Uint32Array;
  readonly #phraseWorth: Uint8Array;
  readonly #phraseBest: Uint8Array;
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
    this.#phraseStage = new Uint32Array(listings);
    this.#phraseWorth = new Uint8Array(listings);
    this.#phraseBest = new Uint8Array(listings);
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

  #begin(slots: number): number {
    // Long before the stamps run out; one search takes a few thousand at most.
    if (this.#stamp > 0xffff_0000) {
      this.#stage.fill(0);
      this.#phraseStage.fill(0);
      this.#stamp = 0;
    }
    this.#found = [];
    return this.#nextStamp(slots);
  }

  /** Stamps rise by more than there are words, so that 'met the third of this search' is a number of its own. */
  #nextStamp(words: number): number {
    this.#stamp += words + 2;
    return this.#stamp - words - 1;
  }

  #meetList({ listings, worths }: MergedList, ranges: Ranges, pass: Pass): void {
    if (!pass.mayBegin && this.#found.length * WORTH_PROBING <= listings.length) {
      for (const listing of this.#found) {
        const at = seek(listings, 0, listing, 0);
        if (listings[at] === listing) this.#credit(listing, worths[at]!, pass);
      }
      return;
    }
    const windows = this.#windowsOf(listings, 0, ranges);
    for (let window = 0; window < windows; window += 2) {
      const end = this.#windows[window + 1]!;
      for (let at = this.#windows[window]!; at < end; at++) this.#credit(listings[at]!, worths[at]!, pass);
    }
  }

  #meet({ weight, words }: Alternative, ranges: Ranges, pass: Pass): void {
    if (words.length > 1) {
      for (const listing of this.#holdAll(words, ranges)) {
        const worth = Math.min(this.#phraseWorth[listing]!, this.#phraseBest[listing]!);
        this.#credit(listing, weight * worth, pass);
      }
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
    const windows = this.#windowsOf(postings, FIELD_BITS, ranges);
    for (let window = 0; window < windows; window += 2) {
      const end = this.#windows[window + 1]!;
      for (let at = this.#windows[window]!; at < end; at++) {
        const posting = postings[at]!;
        this.#credit(posting >>> FIELD_BITS, weight * WORTH[posting & FIELD_MASK]!, pass);
      }
    }
  }

  /** The listings in which all words of a phrase stand; it is worth what the worst placed of them is. */
  #holdAll(words: readonly number[][], ranges: Ranges): number[] {
    const stamp = this.#nextStamp(words.length);
    let complete: number[] = [];
    // The rarest first: then there is little left to look for among the commoner ones.
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
        const windows = this.#windowsOf(postings, FIELD_BITS, ranges);
        for (let window = 0; window < windows; window += 2)
          for (let at = this.#windows[window]!; at < this.#windows[window + 1]!; at++)
            this.#hold(postings[at]!, stamp, met, complete);
      }
    }
    return complete;
  }

  #hold(posting: number, stamp: number, met: number, complete: number[]): void {
    const listing = posting >>> FIELD_BITS;
    const worth = WORTH[posting & FIELD_MASK]!;
    const at = this.#phraseStage[listing]!;
    if (met === 0 ? at < stamp : at === stamp + met) {
      this.#phraseStage[listing] = stamp + met + 1;
      this.#phraseWorth[listing] = met === 0 ? 255 : Math.min(this.#phraseWorth[listing]!, this.#phraseBest[listing]!);
      this.#phraseBest[listing] = worth;
      complete.push(listing);
    } else if (at === stamp + met + 1 && worth > this.#phraseBest[listing]!) {
      this.#phraseBest[listing] = worth;
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

  /**
   * Which stretches of a rising list lie in the ranges, written to #windows; returns how many numbers.
   * @param shift by how many bits a number of the list is to be shifted to be that of a listing
   */
  #windowsOf(list: Uint32Array, shift: number, ranges: Ranges): number {
    const windows = this.#windows;
    // Short lists are taken whole: that is quicker than looking up where each stretch begins.
    if (list.length <= ranges.length * 4) {
      windows[0] = 0;
      windows[1] = list.length;
      return 2;
    }
    let written = 0;
    let at = 0;
    for (let range = 0; range < ranges.length && at < list.length; range += 2) {
      const from = seek(list, at, ranges[range]!, shift);
      at = seek(list, from, ranges[range + 1]!, shift);
      if (at === from) continue;
      windows[written++] = from;
      windows[written++] = at;
    }
    return written;
  }
}
