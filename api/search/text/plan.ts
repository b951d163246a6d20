import { alternativesFor, type KnownWords, type Wording } from './alternatives.ts';
import { isLightWord } from './light-words.ts';
import { readTyped } from './typed.ts';

export type { KnownWords };

/**
 * What to look for when somebody types words. Each word, or phrase of the vocabulary, is a slot; a slot is met by any of
 * its alternatives; an alternative by all of its words; a word by any of its forms. A listing need not meet every slot:
 * those that meet most come first, and worded.ts leaves out what meets much less than the best.
 *
 * Bounds: at most 400 characters of the text are read and 12 of its words looked for, each in at most 64 words that begin
 * so, or 40 synonyms; typing mistakes cost one walk over the known words.
 */

/** So that weights, rounded to integers, keep their proportions: about 8 for the commonest word, 40 for the rarest. */
const SCALE = 8;
/** By how much less a light word counts (light-words.ts). */
const LIGHTER = 4;

export interface Slot {
  /** The same alternatives have the same key. */
  key: string;
  /** What is searched for in this slot, for people: as typed (folded), or the correction. */
  text: string;
  corrected: boolean;
  /** How much its score counts: the rarer the more. */
  weight: number;
  /** What meeting it counts for towards what is needed: its weight, or nothing for a light word. */
  counts: number;
  /** Empty where nothing is known that could meet it. */
  wordings: Wording[];
}

/** What a search text comes to. */
export interface TextPlan {
  /** False where the text holds no word to look for. */
  hasWords: boolean;
  /** The same slots have the same key. */
  key: string;
  /** What counts most first, light words last; empty where nothing can meet them. */
  slots: readonly Slot[];
  /** What the slots count for together. */
  total: number;
  /** What is searched for instead of what was typed; null where it is that. */
  searchedFor: string | null;
}

/**
 * A rare word says more than a common one. By the root of the usual measure, which in a small directory would make the
 * one listing that says 'fix' beat all that say 'damp' and 'landlord'.
 */
function slotOf(size: number, text: string, corrected: boolean, alternatives: Wording[]): Slot {
  const listings = alternatives.reduce((sum, { count }) => sum + count, 0);
  const rarity = Math.log2(1 + size / Math.max(1, listings));
  const weight = Math.max(1, Math.round(SCALE * Math.sqrt(rarity)));
  const key = alternatives.map((it) => `${it.weight}:${it.words.join('+')}`).join('|');
  return { key, text, corrected, weight, counts: weight, wordings: alternatives };
}

const lightened = (slot: Slot): Slot => ({ ...slot, weight: Math.ceil(slot.weight / LIGHTER), counts: 0 });

/** How many of the words from there on make a phrase of the vocabulary, the longest there is; 1 for none. */
function phraseAt(known: KnownWords, words: readonly string[], small: readonly string[][], at: number): number {
  for (let length = Math.min(known.synonyms.longest, words.length - at); length > 1; length--)
    if (known.synonyms.of(words.slice(at, at + length), small.slice(at, at + length + 1).flat())) return length;
  return 1;
}

/** The slots of a search text, in its order. */
function slotsOf(known: KnownWords, text: string, size: number): Slot[] {
  const { words: read, small } = readTyped(known, text);
  const words = read.map((word) => word.text);
  const slots: Slot[] = [];
  for (let at = 0; at < words.length; ) {
    const length = phraseAt(known, words, small, at);
    const phrase = words.slice(at, at + length);
    const corrected = read.slice(at, at + length).some((word) => word.corrected);
    const begun = length === 1 ? read[at]!.begun : null;
    const alternatives = begun ?? alternativesFor(known, phrase, small.slice(at, at + length + 1).flat());
    const slot = slotOf(size, phrase.join(' '), corrected, alternatives);
    slots.push(length === 1 && isLightWord(phrase[0]!) ? lightened(slot) : slot);
    at += length;
  }
  return slots;
}

/**
 * Makes the plan of a search text.
 * @param size how many listings there are
 */
export function planText(known: KnownWords, text: string, size: number): TextPlan {
  const all = slotsOf(known, text, size);
  // Light words typed by themselves are what is looked for: 'group' finds groups. But 'stroke group', where nothing is
  // about stroke, must not.
  const light = all.every((slot) => slot.counts === 0);
  const slots = all
    .filter((slot) => slot.wordings.length > 0)
    .map((slot) => (light ? { ...slot, counts: slot.weight } : slot));
  const total = slots.reduce((sum, slot) => sum + slot.counts, 0);
  if (total === 0) return { hasWords: all.length > 0, key: '', slots: [], total: 0, searchedFor: null };
  const changed = slots.length < all.length || slots.some((slot) => slot.corrected);
  const ordered = slots.toSorted((a, b) => b.counts - a.counts);
  return {
    hasWords: true,
    key: ordered.map((slot) => `${slot.weight}/${slot.counts}*${slot.key}`).join('&'),
    slots: ordered,
    total,
    searchedFor: changed ? slots.map((slot) => slot.text).join(' ') : null,
  };
}
