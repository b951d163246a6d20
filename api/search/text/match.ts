import type { Alternative, Slot } from './plan.ts';
import { FIELD_BITS, FIELD_MASK, FIELDS, fieldsIn, type Postings, packPosting, type Ranges, seek } from './postings.ts';

/** What a word counts for: by the best place in which it stands (ranking.md). */
const WORTH = Uint8Array.from({ length: 32 }, (_, fields) => {
  if (fields & FIELDS.name) return 8;
  if (fields & (FIELDS.category | FIELDS.organization)) return 5;
  if (fields & FIELDS.summary) return 3;
  return fields & FIELDS.other ? 1 : 0;
});

/** Where so many times fewer listings are left than a word has postings, each is looked up among them. */
const WORTH_PROBING = 16;

/**
 * Finds listings of one segment. Its arrays have a place for every listing and are used again and again: a search
 * allocates nothing but its result. What a place holds counts only if it bears the stamp of the search at hand.
 */
export class Matcher {
  readonly #postings: Postings;
  readonly #stage: Uint32Array;
  readonly #score: Uint16Array;
  readonly #best: Uint16Array;
  readonly #phraseStage: Uint32Array;
  readonly #phraseWorth: Uint8Array;
  readonly #phraseBest: Uint8Array;
  #stamp = 0;
  #found: number[] = [];
  readonly #windows: number[] = [];

  constructor(postings: Postings, listings: number) {
    this.#postings = postings;
    this.#stage = new Uint32Array(listings);
    this.#score = new Uint16Array(listings);
    this.#best = new Uint16Array(listings);
    this.#phraseStage = new Uint32Array(listings);
    this.#phraseWorth = new Uint8Array(listings);
    this.#phraseBest = new Uint8Array(listings);
  }

  /**
   * The listings that meet every slot, in no order. A few outside the ranges may be among them: who asks measures anyway.
   * `scoreOf` tells how well each did, until the next search.
   */
  find(slots: readonly Slot[], ranges: Ranges): number[] {
    // Long before the stamps run out; one search takes a few thousand at most.
    if (this.#stamp > 0xffff_0000) {
      this.#stage.fill(0);
      this.#phraseStage.fill(0);
      this.#stamp = 0;
    }
    const stamp = this.#nextStamp(slots.length);
    let found: number[] = [];
    for (const [met, slot] of slots.entries()) {
      const before = met === 0 ? null : found;
      found = [];
      this.#found = found;
      for (const alternative of slot.alternatives) this.#meet(alternative, ranges, stamp + met, before);
      if (found.length === 0) break;
    }
    return found;
  }

  scoreOf(listing: number): number {
    return this.#score[listing]!;
  }

  /** Stamps rise by more than there are words, so that 'met the third of this search' is a number of its own. */
  #nextStamp(words: number): number {
    this.#stamp += words + 2;
    return this.#stamp - words - 1;
  }

  /** @param before the listings that met the slots before this one */
  #meet({ weight, words }: Alternative, ranges: Ranges, stage: number, before: readonly number[] | null): void {
    const first = before === null;
    if (words.length === 1) {
      for (const form of words[0]!) {
        const postings = this.#postings.of(form);
        if (before === null || before.length * WORTH_PROBING > postings.length) {
          this.#creditAll(postings, ranges, weight, stage, first);
          continue;
        }
        for (const listing of before) {
          const fields = fieldsIn(postings, listing);
          if (fields !== 0) this.#credit(listing, weight * WORTH[fields]!, stage, first);
        }
      }
      return;
    }
    for (const listing of this.#holdAll(words, ranges)) {
      const worth = Math.min(this.#phraseWorth[listing]!, this.#phraseBest[listing]!);
      this.#credit(listing, weight * worth, stage, first);
    }
  }

  #creditAll(postings: Uint32Array, ranges: Ranges, weight: number, stage: number, first: boolean): void {
    const windows = this.#windowsOf(postings, ranges);
    for (let window = 0; window < windows; window += 2) {
      const end = this.#windows[window + 1]!;
      for (let at = this.#windows[window]!; at < end; at++) {
        const posting = postings[at]!;
        this.#credit(posting >>> FIELD_BITS, weight * WORTH[posting & FIELD_MASK]!, stage, first);
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
        const windows = this.#windowsOf(postings, ranges);
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
  #credit(listing: number, worth: number, stage: number, first: boolean): void {
    const at = this.#stage[listing]!;
    if (first ? at < stage : at === stage) {
      this.#stage[listing] = stage + 1;
      this.#score[listing] = first ? worth : this.#score[listing]! + worth;
      this.#best[listing] = worth;
      this.#found.push(listing);
    } else if (at === stage + 1 && worth > this.#best[listing]!) {
      this.#score[listing] = this.#score[listing]! + worth - this.#best[listing]!;
      this.#best[listing] = worth;
    }
  }

  /** Which stretches of a list of postings lie in the ranges, written to #windows; returns how many numbers. */
  #windowsOf(postings: Uint32Array, ranges: Ranges): number {
    const windows = this.#windows;
    // Short lists are taken whole: that is quicker than looking up where each stretch begins.
    if (postings.length <= ranges.length * 4) {
      windows[0] = 0;
      windows[1] = postings.length;
      return 2;
    }
    let written = 0;
    let at = 0;
    for (let range = 0; range < ranges.length && at < postings.length; range += 2) {
      const from = seek(postings, at, ranges[range]!);
      at = seek(postings, from, ranges[range + 1]!);
      if (at === from) continue;
      windows[written++] = from;
      windows[written++] = at;
    }
    return written;
  }
}
