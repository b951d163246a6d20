import { agreement, FULL_AGREEMENT } from '../meaning/agreement.ts';
import { SPANS, STANDING } from '../packed/row.ts';
import type { Wording } from './alternatives.ts';
import { type Asides, shareForWhom } from './asides.ts';
import { PhraseFinder } from './phrases.ts';
import type { Slot, TextPlan } from './plan.ts';
import { FIELD_BITS, FIELD_MASK, fieldsIn, MAIN_FIELDS, type Postings } from './postings.ts';
import { WORTH, WORTH_PROBING } from './worth.ts';

/** What the fit of a listing keeps that is about something unwanted. */
const UNWANTED_SHARE = 1 / 8;

/** What is needed to match one slot. */
interface Pass {
  /** The first stamp that belongs to this search. */
  stamp: number;
  stage: number;
  slot: Slot;
  /**
   * False for a light word, which adds no listing that no other word has found. Nor does what is only hinted at, where it is
   * known what words mean: what means that is found by its meaning.
   */
  mayBegin: boolean;
}

/** What agrees less is about something else (meaning/agreement.ts). */
const ALIEN = 2 ** -0.5;
/** What has enough only by a need that was nearly said must agree so much with what was typed. */
const NEARLY_SAID_AGREES = 1;
/** What scores less for each part of what was typed has it in passing: a word is worth 64 in a summary, 16 in a description. */
const PASSING = 32;

/**
 * Whether a listing has enough of what was typed. Where no listing has some of it, what has just half must mean about that: a
 * social group for partners is no answer to 'partner in prison'. What has less and means just that is an answer all the same.
 * @param held what it has
 * @param lacking what no listing has
 */
function isEnough(held: number, least: number, lacking: number, agreed: number): boolean {
  if (agreed === FULL_AGREEMENT) return true;
  return lacking > 0 && held === least ? agreed >= 1 : held >= least;
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
  /** By listing: the same without what it matches by a need alone that was only nearly said. */
  readonly #own: Uint16Array;
  /** By listing: what it is worth to the current slot. */
  readonly #best: Float32Array;
  readonly #phrases: PhraseFinder;
  readonly #rows: Int32Array;
  readonly #width: number;
  readonly #meanings: Int8Array;
  #stamp = 0;
  #found: number[] = [];

  /**
   * @param rows of the listings (packed/row.ts), `width` integers each
   * @param meanings what each listing means (listing-meaning.ts); empty where that is not known
   */
  constructor(postings: Postings, listings: number, rows: Int32Array, width: number, meanings: Int8Array) {
    this.#postings = postings;
    this.#rows = rows;
    this.#width = width;
    this.#meanings = meanings;
    this.#stage = new Uint32Array(listings);
    this.#score = new Float32Array(listings);
    this.#held = new Uint16Array(listings);
    this.#own = new Uint16Array(listings);
    this.#best = new Float32Array(listings);
    this.#phrases = new PhraseFinder(postings, listings);
  }

  /**
   * The listings that match any slot of a plan. One that matches only a share of what the slots count for keeps the
   * square of that share of its score.
   */
  find({ slots, total, enough: least, lacking, meaning, asides, unwanted, denying }: TextPlan): Matched {
    const stamp = this.#begin(slots.length);
    for (const [at, slot] of slots.entries()) {
      const pass = { stamp, stage: stamp + at, slot, mayBegin: slot.counts > 0 && !(slot.isHint && meaning !== null) };
      for (const alternative of slot.wordings) this.#meet(alternative, pass);
    }
    const about = this.#about(unwanted.flatMap(({ words }) => words.flat())).difference(this.#about(denying));
    const listings = Uint32Array.from(this.#found).sort();
    const fits = new Float64Array(listings.length);
    const enough = new Uint8Array(listings.length);
    for (let at = 0; at < listings.length; at++) {
      const listing = listings[at]!;
      const held = this.#held[listing]!;
      const share = held / total;
      const fit = this.#score[listing]! * share * share;
      const agreed = meaning === null ? 1 : agreement(meaning, this.#meanings, listing);
      enough[at] =
        isEnough(held, least, lacking, agreed) &&
        (this.#own[listing]! >= least || agreed >= NEARLY_SAID_AGREES) &&
        !(agreed < ALIEN && this.#score[listing]! < PASSING * total)
          ? 1
          : 0;
      fits[at] = fit * agreed * this.#shareForWhom(asides, listing) * (about.has(listing) ? UNWANTED_SHARE : 1);
    }
    this.#found = [];
    return { listings, fits, enough };
  }

  /** The listings that have any of these forms in their name, summary or first category. */
  #about(forms: readonly number[]): Set<number> {
    const about = new Set<number>();
    for (const form of forms)
      for (const posting of this.#postings.of(form)) if (posting & MAIN_FIELDS) about.add(posting >>> FIELD_BITS);
    return about;
  }

  #shareForWhom(asides: Asides, listing: number): number {
    const base = listing * this.#width;
    return shareForWhom(asides, this.#rows[base + STANDING]!, this.#rows[base + SPANS]!);
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

  #meet({ weight, words, isNear }: Wording, pass: Pass): void {
    if (words.length > 1) {
      for (const listing of this.#phrases.find(words))
        this.#credit(listing, weight * this.#phrases.worthOf(listing), isNear, pass);
      return;
    }
    for (const form of words[0]!) {
      const postings = this.#postings.of(form);
      if (pass.mayBegin || this.#found.length * WORTH_PROBING > postings.length) {
        for (let at = 0; at < postings.length; at++) {
          const posting = postings[at]!;
          this.#credit(posting >>> FIELD_BITS, weight * WORTH[posting & FIELD_MASK]!, isNear, pass);
        }
        continue;
      }
      for (const listing of this.#found) {
        const fields = fieldsIn(postings, listing);
        if (fields !== 0) this.#credit(listing, weight * WORTH[fields]!, isNear, pass);
      }
    }
  }

  /** Gives a listing what it is worth to a slot, by the best wording of the slot that it has. */
  #credit(listing: number, worth: number, isNear: true | undefined, { stamp, stage, slot, mayBegin }: Pass): void {
    const at = this.#stage[listing]!;
    if (at === stage) {
      if (worth <= this.#best[listing]!) return;
      this.#score[listing]! += (worth - this.#best[listing]!) * slot.weight;
    } else if (at >= stamp) {
      this.#score[listing]! += worth * slot.weight;
      this.#held[listing]! += slot.counts;
      if (!isNear) this.#own[listing]! += slot.counts;
    } else {
      if (!mayBegin) return;
      this.#score[listing] = worth * slot.weight;
      this.#held[listing] = slot.counts;
      this.#own[listing] = isNear ? 0 : slot.counts;
      this.#found.push(listing);
    }
    this.#stage[listing] = stage;
    this.#best[listing] = worth;
  }
}
