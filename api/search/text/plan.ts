import type { Meaning } from '../meaning/word-vectors.ts';
import { audiencesNamed } from '../packed/audiences.ts';
import {
  alternativesFor,
  alternativesForWord,
  formsHeld,
  type KnownWords,
  SYNONYM,
  type Wording,
} from './alternatives.ts';
import { type Asides, readAsides } from './asides.ts';
import { isLightWord } from './light-words.ts';
import type { NearNeed } from './nearest-needs.ts';
import { wordingsOfHint, wordingsOfNeeds } from './need-wordings.ts';
import { LONG_JOINED, readTyped, type TypedText, writtenAsOne } from './typed.ts';

export type { KnownWords };

/**
 * What to look for when somebody types words. Each word, or phrase of the vocabulary, is a slot. A listing matches a
 * slot by any of its wordings, a wording by all of its words, a word by any of its forms. A listing need not match
 * every slot: those that match most come first, and what fits much worse than the best is dropped (query/search.ts).
 *
 * Bounds: at most 400 characters are read and 12 words looked for, each with at most 64 words that begin with it, or 40
 * synonyms. Typing mistakes cost one walk over the known words.
 */

/** Keeps the proportions of weights that are rounded to integers: about 8 for the commonest word, 40 for the rarest. */
const SCALE = 8;
/** A light word counts so many times less. */
const LIGHTER = 4;
/** What a word of a phrase counts for by itself. */
const BY_ITSELF = 0.5;

export interface Slot {
  /** The same wordings have the same key. */
  key: string;
  /** What this slot searches for, for people: as typed (folded), or corrected. */
  text: string;
  corrected: boolean;
  /** How much its score counts; the rarer its words, the more. */
  weight: number;
  /** What matching it counts for: its weight, or nothing for a light word. */
  counts: number;
  /** Whether no listing has the word, and its wordings are only what helps with needs of which it is said. */
  isHint: boolean;
  /** Empty where no listing can match it. */
  wordings: Wording[];
}

/** What a search text comes to. */
export interface TextPlan {
  /** False where the text holds no word to look for. */
  hasWords: boolean;
  /** The same slots have the same key. */
  key: string;
  /**
   * The slots that count most first, light words last, and after them what is only hinted at; empty where no listing can
   * match any.
   */
  slots: readonly Slot[];
  /** The same in the order in which they were typed. */
  typed: readonly Slot[];
  /** What all slots count for together. */
  total: number;
  /** What all words mean together; null where that is not known. */
  meaning: Meaning | null;
  /**
   * What the best must meet of that to be an answer: half of everything that was typed, also of what no listing has, and more
   * than what is only hinted at.
   */
  enough: number;
  /** What that counts for which no listing has. */
  lacking: number;
  /** What was said beside that, such as for whom it is. */
  asides: Asides;
  /** What a listing must not be about. */
  unwanted: readonly Wording[];
  /** The forms of 'non' (lexicon.ts): what says 'non-religious' is not about religion. */
  denying: readonly number[];
  /** The words and phrases that no listing can match, as typed (folded). */
  missing: readonly string[];
  /** What is searched for instead of what was typed; null where that is the same. */
  searchedFor: string | null;
  /** What may be meant, and is to be asked about before it is searched for; null where nothing is. */
  didYouMean: string | null;
}

export const NOTHING_TYPED: TextPlan = {
  hasWords: false,
  key: '',
  slots: [],
  typed: [],
  total: 0,
  enough: 0,
  lacking: 0,
  asides: readAsides(''),
  unwanted: [],
  denying: [],
  missing: [],
  meaning: null,
  searchedFor: null,
  didYouMean: null,
};

/**
 * A rare word says more than a common one. The weight is the root of the usual measure (inverse document frequency),
 * which in a small directory would put the one listing with 'fix' above all that have 'damp' and 'landlord'.
 */
function slotOf(size: number, text: string, corrected: boolean, own: Wording[], ofNeeds: Wording[]): Slot {
  const listings = (own.length > 0 ? own : ofNeeds).reduce((sum, { count }) => sum + count, 0);
  const alternatives = [...own, ...ofNeeds];
  const rarity = Math.log2(1 + size / Math.max(1, listings));
  const weight = Math.max(1, Math.round(SCALE * Math.sqrt(rarity)));
  const key = alternatives.map((it) => `${it.weight}:${it.words.join('+')}`).join('|');
  return { key, text, corrected, weight, counts: weight, isHint: false, wordings: alternatives };
}

const lightened = (slot: Slot): Slot => ({ ...slot, weight: Math.ceil(slot.weight / LIGHTER), counts: 0 });

/** A longer word of the vocabulary, which is not made by chance of two others; null where it is none. */
const termAsOne = (known: KnownWords, joined: string): string | null =>
  joined.length >= LONG_JOINED && known.synonyms.hasTerm([joined]) ? joined : null;

/** Some typed words that are looked for together. */
interface Phrase {
  /** In the order of the vocabulary. */
  words: string[];
  /** Where listings or the vocabulary write two words as one: 'sunrise'. */
  joined: string | null;
}

/**
 * The longest phrase of the vocabulary that the words from `at` on make, in its own order or, of two words, in the other:
 * 'stretching on a chair' is 'chair stretching'. Else two words that are written as one elsewhere; else the one word.
 */
function phraseAt(known: KnownWords, words: readonly string[], small: readonly string[][], at: number): Phrase {
  for (let length = Math.min(known.synonyms.longest, words.length - at); length > 1; length--) {
    const phrase = words.slice(at, at + length);
    if (known.synonyms.of(phrase, small.slice(at, at + length + 1).flat())) return { words: phrase, joined: null };
  }
  const pair = words.slice(at, at + 2);
  if (pair.length === 2) {
    const turned = pair.toReversed();
    if (known.synonyms.of(turned, small.slice(at, at + 3).flat())) return { words: turned, joined: null };
    const joined = writtenAsOne(known, pair) ?? termAsOne(known, pair.join(''));
    if (joined !== null && small[at + 1]!.length === 0) return { words: pair, joined };
  }
  return { words: pair.slice(0, 1), joined: null };
}

const halved = (wordings: readonly Wording[]): Wording[] =>
  wordings.map((each) => ({ ...each, weight: each.weight * BY_ITSELF }));

/** The wordings of a phrase: as it is, or as one word; where nothing has it, each of its words at half weight. */
function wordingsOfPhrase(known: KnownWords, { words, joined }: Phrase, small: readonly string[]): Wording[] {
  if (words.length === 1) return alternativesForWord(known, words[0]!, small);
  const together = [
    ...(joined === null ? [] : alternativesFor(known, [joined], [])),
    ...alternativesFor(known, words, small),
  ];
  if (joined === null && (together.length > 0 || known.synonyms.of(words, small)?.bound)) return together;
  return [...together, ...words.flatMap((word) => halved(alternativesForWord(known, word, [])))];
}

/** What a listing that is about something unwanted has: the word itself, or another for the same thing. */
const unwantedWordings = (known: KnownWords, word: string): Wording[] =>
  alternativesFor(known, [word], []).filter(({ weight, words }) => weight >= SYNONYM && words.length === 1);

/** The slots of a search text, in its order. */
function slotsOf(
  known: KnownWords,
  { words: read, small }: TypedText,
  near: readonly NearNeed[],
  asides: Asides,
  size: number,
): Slot[] {
  const isLight = (word: string) => isLightWord(word) || asides.people.has(word);
  const words = read.map((word) => word.text);
  const ofNeeds = wordingsOfNeeds(known, words, small, near);
  const slots: Slot[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(known, words, small, at);
    const { length } = phrase.words;
    const corrected = read.slice(at, at + length).some((word) => word.corrected);
    const begun = length === 1 ? read[at]!.begun : null;
    const alternatives = begun ?? wordingsOfPhrase(known, phrase, small.slice(at, at + length + 1).flat());
    const said = ofNeeds.slice(at, at + length).find((each) => each.length > 0) ?? [];
    const isUnknown = length === 1 && alternatives.length === 0 && said.length === 0;
    const needed = isUnknown ? wordingsOfHint(known, words[at]!, words) : said;
    const text = read
      .slice(at, at + length)
      .map(({ shown }) => shown)
      .join(' ');
    const slot = slotOf(size, text, corrected, alternatives, needed);
    slots.push(words.slice(at, at + length).every(isLight) ? lightened(slot) : { ...slot, isHint: isUnknown });
    at += length;
  }
  return slots;
}

/**
 * Makes the plan of a search text.
 * @param size how many listings there are
 */
export function planText(known: KnownWords, text: string, size: number): TextPlan {
  const said = readAsides(text);
  const typed = readTyped(known, text, said.unwanted);
  const words = typed.words.map((word) => word.text);
  const near = known.meaning?.near(words) ?? [];
  const all = slotsOf(known, typed, near, said, size);
  // Also where a word was put right.
  const asides = { ...said, named: said.named | audiencesNamed(words) };
  const unwanted = typed.unwanted.flatMap((word) => unwantedWordings(known, word));
  const meaning =
    known.meaning?.of(
      words.flatMap((word) => known.synonyms.spelledOut(word) ?? [word]),
      near,
    ) ?? null;
  // Light words alone are what is looked for: 'group' finds groups. But 'stroke group' must not, where nothing is about
  // strokes.
  const light = all.every((slot) => slot.counts === 0);
  const slots = all
    .filter((slot) => slot.wordings.length > 0)
    .map((slot) => (light ? { ...slot, counts: slot.weight } : slot));
  const total = slots.reduce((sum, slot) => sum + slot.counts, 0);
  const unmet = all.filter((slot) => slot.wordings.length === 0);
  // A word that only colours is not missed, unless there is no other.
  const isMissed = (slot: Slot) => (slot.wordings.length === 0 || slot.isHint) && (light || slot.counts > 0);
  const missing = all.filter(isMissed).map((slot) => slot.text);
  const isAsked = typed.words.some(({ asked }) => asked !== null);
  const didYouMean = isAsked ? typed.words.map(({ asked, shown }) => asked ?? shown).join(' ') : null;
  if (total === 0) return { ...NOTHING_TYPED, hasWords: all.length > 0, missing, meaning, didYouMean };
  // What no listing has is as rare as can be; it counts like the rarest of the others, or half would never be enough.
  const rarest = Math.max(...slots.map((slot) => slot.counts));
  const lacking = unmet.reduce((sum, slot) => sum + Math.min(slot.counts, rarest), 0);
  // What is only hinted at is no answer by itself.
  const hinted = slots.reduce((sum, slot) => sum + (slot.isHint ? slot.counts : 0), 0);
  const changed = missing.length > 0 || slots.some((slot) => slot.corrected);
  const ordered = slots.toSorted((a, b) => Number(a.isHint) - Number(b.isHint) || b.counts - a.counts);
  return {
    hasWords: true,
    // Where the words mean something, what fits depends on all of them.
    key:
      `${lacking}/${hinted}&${ordered.map((slot) => `${slot.weight}/${slot.counts}*${slot.key}`).join('&')}` +
      (meaning ? `~${words.join(' ')}` : '') +
      `^${asides.named}/${asides.ruledOut}/${asides.ages?.from}-${asides.ages?.to}-${typed.unwanted.join(' ')}`,
    slots: ordered,
    typed: slots,
    total,
    enough: Math.max((total + lacking) / 2, hinted + 1),
    lacking,
    missing,
    meaning,
    asides,
    unwanted,
    denying: unwanted.length > 0 ? formsHeld(known, 'non') : [],
    searchedFor: changed
      ? slots
          .filter((slot) => !slot.isHint)
          .map((slot) => slot.text)
          .join(' ') || null
      : null,
    didYouMean,
  };
}
