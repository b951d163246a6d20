import type { Listing } from '../../../api/domain/service.ts';
import { TAXONOMY, taxonomyTerm } from '../../../api/domain/taxonomy.ts';
import { agesOf } from '../../../api/search/facets.ts';
import { agreement, leastRelated, likeness } from '../../../api/search/meaning/agreement.ts';
import { audiencesNamed, audiencesOf } from '../../../api/search/packed/audiences.ts';
import { packSpans, packStanding } from '../../../api/search/packed/row.ts';
import { readAsides, shareForWhom } from '../../../api/search/text/asides.ts';
import { meantByEar } from '../../../api/search/text/by-ear.ts';
import { englishNear, isEnglish } from '../../../api/search/text/english.ts';
import { Lexicon } from '../../../api/search/text/lexicon.ts';
import { isLightWord } from '../../../api/search/text/light-words.ts';
import { ListingMeaning } from '../../../api/search/text/listing-meaning.ts';
import type { NearNeed } from '../../../api/search/text/nearest-needs.ts';
import { type Need, waysInEnglish, waysToSay } from '../../../api/search/text/needs.ts';
import { relatedWords } from '../../../api/search/text/related-words.ts';
import { soundOf } from '../../../api/search/text/spelling.ts';
import { stem } from '../../../api/search/text/stem.ts';
import { isStopWord, tokens } from '../../../api/search/text/tokens.ts';
import { TypedMeaning } from '../../../api/search/text/typed-meaning.ts';
import type { Vocabulary } from '../../../api/search/text/vocabulary.ts';

/**
 * The rules of text search (docs/ranking.md) said plainly: sets of words, a table of edits, every listing looked at. What
 * is a word, a small or a light one, and what is its stem is shared with the engine and tested by itself (text.test.ts).
 */
export type PlainText = (
  listings: readonly Listing[],
  q: string,
) => {
  hasWords: boolean;
  searched_for: string | null;
  did_you_mean: string | null;
  /** How well each listing that has any of the words fits them, and what they mean. */
  found: Map<string, number>;
  /** How like each listing is to what the words mean, and how like one must be to be related; null where that is not known. */
  meant: { likeness: Map<string, number>; least: number } | null;
  /** Those that have enough of what was typed, where no listing has some of it. */
  enough: Set<string>;
  missing: string[];
  /** The words that are looked for, as typed, and which of those that count each listing lacks. */
  wanted: string[];
  lacks: Map<string, string[]>;
};

const wordsOf = (text: string) => tokens(text).filter((word) => !isStopWord(word));
/** A text of small words and nothing else is one word, which nobody can type. */
const smallName = (text: string): string[] =>
  tokens(text).length > 0 && wordsOf(text).length === 0 ? [`   ${tokens(text).join(' ')}`] : [];
const DAY_NAMES: Record<string, string> = {
  MO: 'monday',
  TU: 'tuesday',
  WE: 'wednesday',
  TH: 'thursday',
  FR: 'friday',
  SA: 'saturday',
  SU: 'sunday',
};

const ARTICLES = ['a', 'an', 'the', 'and', 'or'];
const smallOf = (term: string) => tokens(term).filter((word) => isStopWord(word) && !ARTICLES.includes(word));
/** A phrase word by word, without articles. */
const sequenceOf = (term: string) =>
  tokens(term)
    .filter((word) => !ARTICLES.includes(word))
    .map(stem)
    .join(' ');

/** A term of one word and small ones is found as it is written. */
const wordsToFind = (term: string): string[] => {
  const words = wordsOf(term);
  return words.length === 1 && smallOf(term).length > 0 && isEnglish(words[0] ?? '') ? [sequenceOf(term)] : words;
};
/** The words for which an abbreviation stands, by its letters. */
const spelledOut = ({ groups }: Vocabulary, word: string): string[] => {
  const isLike = (words: readonly string[]) =>
    words.length > 1 && new RegExp(`^${[...word].join('.*')}`).test(words.join(''));
  const others = groups.filter(({ from, to }) => from === to && from.some((term) => stem(term) === stem(word)));
  const full = others.flatMap(({ to }) => to.map(wordsToFind)).find(isLike);
  return word.length > 5 || isEnglish(word) ? [word] : (full ?? [word]);
};

/** What each word of a listing is worth: the fields in which it stands, added up. */
function worths(listing: Listing, bound: readonly string[][]): Map<string, number> {
  const { service, organization } = listing;
  const fields = new Map<string, Set<number>>();
  const read = (text: string | undefined, value: number) => {
    const stems = sequenceOf(text ?? '').split(' ');
    const phrases = bound.filter((phrase) => stems.some((_, at) => phrase.every((part, k) => part === stems[at + k])));
    for (const word of [...wordsOf(text ?? ''), ...smallName(text ?? ''), ...phrases.map((phrase) => phrase.join(' '))])
      fields.set(word, (fields.get(word) ?? new Set()).add(value));
  };
  const [NAME, SUMMARY, CATEGORY, ORGANIZATION, OTHER] = [8, 4.5, 4, 2, 1];
  read(service.name, NAME);
  read(service.alternate_name, CATEGORY);
  for (const [at, code] of service.taxonomy_terms.entries()) {
    read(taxonomyTerm(code)?.name ?? code, at === 0 ? CATEGORY : OTHER);
    read(TAXONOMY.find((group) => group.terms.some((term) => term.code === code))?.name, OTHER);
  }
  read(organization.name, ORGANIZATION);
  read(organization.alternate_name, ORGANIZATION);
  read(service.summary, SUMMARY);
  read(service.description, OTHER);
  read(service.kind.replace('_', ' '), OTHER);
  read(service.eligibility.description, OTHER);
  for (const restriction of service.eligibility.restrictions) read(restriction, OTHER);
  for (const language of service.languages)
    if (language !== 'en')
      read(new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language), OTHER);
  if (service.attending_types.includes('online')) read('online', OTHER);
  if (service.attending_types.includes('phone')) read('phone telephone', OTHER);
  if (service.attending_types.includes('at_home')) read('home', OTHER);
  if (service.cost_options.some((cost) => cost.option === 'free' && !cost.concession)) read('free', OTHER);
  for (const schedule of service.schedules)
    for (const day of (schedule.byday ?? '').split(',')) read(DAY_NAMES[day.replace(/[-\d]/g, '')], OTHER);
  for (const area of service.service_areas) read(area.name, OTHER);
  for (const location of listing.locations.filter((it) => !it.confidential)) {
    read(location.name, OTHER);
    read(location.address?.city, OTHER);
    for (const [feature, answer] of Object.entries(location.accessibility))
      if (answer === 'yes') read(feature.replace('_', ' '), OTHER);
  }
  // The half tells the summary from the category, which are worth the same.
  return new Map([...fields].map(([word, values]) => [word, [...values].reduce((sum, it) => sum + Math.floor(it), 0)]));
}

/** Edits between two words: too many, missing, wrong, or two neighbours swapped. */
export function editDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      (table[i] as number[])[j] = least;
    }
  }
  return at(a.length, b.length);
}

/** A way to meet what was typed: for each of its words one of these forms. */
interface Way {
  forms: string[][];
  weight: number;
  /** That of a need that was only nearly said. */
  isNear?: true;
}
interface Wanted {
  text: string;
  corrected: boolean;
  light: boolean;
  /** Only what helps with the few needs of which the word is said. */
  isHint: boolean;
  ways: Way[];
  /** Those of `ways` that the needs brought. */
  needed: Way[];
}

/** What listings mean, packed; what that is and how it counts is shared with the engine and tested by itself (meaning.test.ts). */
function meanings({ vectors }: Vocabulary): (listing: Listing) => Int8Array {
  const known = new WeakMap<Listing, Int8Array>();
  const writer = vectors && new ListingMeaning(new Lexicon(), vectors);
  return (listing) => {
    const packed = known.get(listing) ?? new Int8Array(writer?.bytes ?? 0);
    if (!known.has(listing)) writer?.write(listing, packed, 0);
    known.set(listing, packed);
    return packed;
  };
}

export function plainText(vocabulary: Vocabulary): PlainText {
  // Phrases that hang on a small word are words of their own.
  const bound = [...new Set(vocabulary.groups.flatMap(({ from, to }) => [...from, ...to]))]
    .filter((term) => smallOf(term).length > 0 && wordsOf(term).length > 0)
    .map((term) => sequenceOf(term).split(' '));
  const packedOf = meanings(vocabulary);
  const typedMeaning = vocabulary.vectors && new TypedMeaning(vocabulary.needs ?? [], vocabulary.vectors);
  const known = new WeakMap<Listing, Map<string, number>>();
  const worthsOf = (listing: Listing) => {
    const words = known.get(listing) ?? worths(listing, bound);
    known.set(listing, words);
    return words;
  };
  return (listings, q) => {
    const named = smallName(q.slice(0, 400)).filter((name) => listings.some((it) => worthsOf(it).has(name)));
    if (wordsOf(q).length === 0 && named.length === 0)
      return {
        found: new Map(),
        enough: new Set(),
        missing: [],
        searched_for: null,
        did_you_mean: null,
        hasWords: false,
        meant: null,
        wanted: [],
        lacks: new Map(),
      };
    const held = new Map(listings.map((listing) => [listing.service.id, worthsOf(listing)]));
    const near = (said: readonly string[]) => typedMeaning?.near(said) ?? [];
    const { words, avoided, parts, least, isLacking, ...answer } = textSearch(vocabulary, held, near, q);
    const asides = readAsides(q);
    const said = { ...asides, named: asides.named | audiencesNamed(words) };
    const spelled = words.flatMap((word) => spelledOut(vocabulary, word));
    const meaning = typedMeaning?.of(spelled, near(words)) ?? null;
    const agreed = (listing: Listing) => (meaning === null ? 1 : agreement(meaning, packedOf(listing), 0));
    const share = (listing: Listing) => {
      const { from, to } = agesOf(listing);
      const standing = packStanding(listing.service.availability, audiencesOf(listing));
      return shareForWhom(said, standing, packSpans(from, to, 0)) * (avoided.has(listing.service.id) ? 1 / 8 : 1);
    };
    const found = new Map<string, number>();
    const enough = new Set<string>();
    for (const listing of listings) {
      const { id } = listing.service;
      const its = parts.get(id);
      const agrees = agreed(listing);
      // What is only hinted at is found by what it means, where that is known.
      if (its === undefined || (meaning !== null && its.isHint)) continue;
      found.set(id, its.fit * agrees * share(listing));
      const isHalf = isLacking && its.has === least;
      const isEnough = agrees === 2 || (isHalf ? agrees >= 1 : its.has >= least);
      // What is found by a need that was nearly said alone must mean it.
      const isSaid = its.own >= least || agrees >= 1;
      if (isEnough && isSaid && (agrees >= 2 ** -0.5 || its.worth >= 32)) enough.add(id);
    }
    if (meaning === null) return { ...answer, found, enough, meant: null };
    const like = listings.map((listing) => [listing.service.id, likeness(meaning, packedOf(listing), 0)] as const);
    return { ...answer, found, enough, meant: { likeness: new Map(like), least: leastRelated(meaning) } };
  };
}

/** What words alone find, the words as they were looked for, and what is about something unwanted. */
function textSearch(
  vocabulary: Vocabulary,
  held: Map<string, Map<string, number>>,
  near: (words: readonly string[]) => NearNeed[],
  q: string,
): Omit<ReturnType<PlainText>, 'meant' | 'found' | 'enough'> & {
  words: string[];
  avoided: Set<string>;
  /** What each listing has of the words: how well it fits, what that counts for, and what it is worth to each of them. */
  parts: Map<string, { fit: number; has: number; own: number; worth: number; isHint: boolean }>;
  /** What is half, and whether no listing has some of the words. */
  least: number;
  isLacking: boolean;
} {
  const counts = new Map<string, number>();
  for (const words of held.values()) for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = [...counts.keys()];
  const key = (words: readonly string[]) => words.map(stem).join(' ');
  const countOf = ({ forms }: Way) =>
    Math.min(...forms.map((each) => each.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0)));
  const formsOf = (word: string) => known.filter((other) => stem(other) === stem(word));

  const entriesFor = (words: readonly string[], small: readonly string[]) =>
    vocabulary.groups.flatMap(({ from, to }) => [
      ...from
        .filter((term) => key(wordsOf(term)) === key(words) && smallOf(term).every((word) => small.includes(word)))
        .map((term) => ({ bound: smallOf(term).length > 0, itself: sequenceOf(term), to, wider: from !== to })),
      ...(from === to ? [] : to)
        .filter((term) => words.length > 1 && key(wordsOf(term)) === key(words))
        .map(() => ({ bound: false, itself: '', to: [], wider: false })),
    ]);
  const waysFor = (words: readonly string[], small: readonly string[]): Way[] => {
    const entries = entriesFor(words, small);
    const bound = entries.length > 0 && entries.every((entry) => entry.bound);
    const others = new Map<string, { words: string[]; wider: boolean }>();
    for (const { to, wider } of entries.toSorted((a, b) => Number(a.wider) - Number(b.wider)))
      for (const term of to)
        if (!others.has(key(wordsToFind(term))))
          others.set(key(wordsToFind(term)), { words: wordsToFind(term), wider });
    others.delete(key(words));
    const ways = [
      ...(bound ? [] : [{ words, weight: 16 }]),
      ...[...others.values()].map((it) => ({ words: it.words, weight: it.wider ? 5 : 10 })),
    ].map((it) => ({ forms: it.words.map(formsOf), weight: it.weight }));
    for (const { itself } of entries.filter((entry) => entry.bound))
      ways.push({ forms: [known.filter((word) => word === itself && word.includes(' '))], weight: 16 });
    const heavy = words.filter((word) => !isLightWord(word));
    if (!bound && heavy.length > 0 && heavy.length < words.length)
      ways.push(...waysFor(heavy, small).map((way) => ({ ...way, weight: way.weight / 2 })));
    return ways.filter((way) => countOf(way) > 0);
  };

  const waysForWord = (word: string, small: readonly string[]): Way[] => [
    ...waysFor([word], small),
    ...relatedWords(word)
      .filter((other) => !isLightWord(other) && stem(other) !== stem(word))
      .flatMap((other) => waysFor([other], []))
      .map((way) => ({ ...way, weight: way.weight / 2 })),
  ];
  const halved = (ways: readonly Way[]) => ways.map((way) => ({ ...way, weight: way.weight / 2 }));

  const terms = vocabulary.groups.flatMap(({ from, to }) => [...from, ...to]).map(wordsOf);
  const inVocabulary = new Set(terms.flat().map(stem));
  const needs = vocabulary.needs ?? [];
  const shortWays = (need: Need) => waysToSay(need).filter((way) => wordsOf(way).length <= 10);
  const isTerm = (words: readonly string[]) =>
    vocabulary.groups.some(
      ({ from, to }) =>
        from.some((term) => key(wordsOf(term)) === key(words)) ||
        (words.length > 1 && to.some((term) => key(wordsOf(term)) === key(words))),
    );
  const isNothing = (word: string) => formsOf(word).length === 0 && !inVocabulary.has(stem(word));
  const isAsOne = (pair: readonly string[]) => {
    const together = pair.join('');
    const isLong = together.length >= 6 || pair.some(isNothing);
    return pair.length === 2 && isLong && formsOf(together).length > 0;
  };
  const named = smallName(q.slice(0, 400)).filter((name) => formsOf(name).length > 0);
  const ofNeeds = needs.flatMap((need) => waysInEnglish(need).flatMap(wordsOf));
  const sharedStart = (a: string, b: string) => {
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    return at;
  };
  const isBound = (words: readonly string[], small: readonly string[]) => {
    const entries = entriesFor(words, small);
    return entries.length > 0 && entries.every((entry) => entry.bound);
  };
  const knows = (word: string) => formsOf(word).length > 0 || inVocabulary.has(stem(word));
  /** The two words that were written as one. */
  const apart = (typed: string, isWord: boolean): string[] | undefined => {
    const ways = Array.from({ length: Math.max(0, typed.length - 3) }, (_, k) => [
      typed.slice(0, k + 2),
      typed.slice(k + 2),
    ]).filter(([first = '']) => !isStopWord(first));
    const isPhrase = ([first = '', second = '']: string[]) =>
      isStopWord(second) ? isBound([first], [second]) : isTerm([first, second]);
    const isPair = (parts: string[]) => parts.every((part) => part.length >= 3 && !isStopWord(part) && knows(part));
    return ways.find(isPhrase) ?? (isWord ? undefined : ways.find(isPair));
  };
  const correct = (typed: string): string | null => {
    const edits = typed.length <= 3 || /\p{N}/u.test(typed) ? 0 : typed.length <= 5 ? 1 : 2;
    const candidates = [...new Set([...known, ...terms.flat(), ...ofNeeds])]
      .filter(
        (word) =>
          !/[\p{N} ]/u.test(word) && (typed.length >= 6 || word[0] === typed[0]) && editDistance(word, typed) <= edits,
      )
      .map((word) => ({
        word,
        rank: [
          editDistance(word, typed),
          soundOf(word) === soundOf(typed) ? 0 : 1,
          -sharedStart(word, typed),
          -(counts.get(word) ?? 0),
        ],
      }));
    candidates.sort((a, b) => {
      for (const [at, x] of a.rank.entries()) if (x !== b.rank[at]) return x - (b.rank[at] ?? 0);
      return a.word < b.word ? -1 : 1;
    });
    return candidates[0]?.word ?? null;
  };
  const nearerEnglish = (typed: string, likely: string | null, isNear: boolean): string | null => {
    if (typed.length <= 3 || /\p{N}/u.test(typed)) return null;
    const sounds = (word: string) => (soundOf(word) === soundOf(typed) ? 100 : 0);
    const rank = (word: string) => sounds(word) + sharedStart(word, typed);
    const words = englishNear(typed).filter((word) => typed.length >= 6 || word[0] === typed[0]);
    const [best = null] = words.toSorted((a, b) => rank(b) - rank(a));
    if (best === null || likely === null) return best;
    const least = isNear ? rank(likely) : sounds(likely) === 0 ? -1 : sounds(likely);
    return best !== likely && rank(best) > least ? best : null;
  };
  const swapped = (typed: string) =>
    typed.length < 4
      ? undefined
      : Array.from(
          { length: typed.length - 1 },
          (_, at) => typed.slice(0, at) + typed.charAt(at + 1) + typed.charAt(at) + typed.slice(at + 2),
        ).find((word) => word !== typed && counts.has(word));
  const read = (
    typed: string,
    last: boolean,
  ): {
    text: string;
    shown: string;
    corrected: boolean;
    begun: Way[];
    asked: string | null;
    apart?: string[] | undefined;
  } => {
    const right = { text: typed, shown: typed, corrected: false, begun: [], asked: null };
    const putRight = (word: string) => ({ ...right, text: word, shown: word, corrected: true });
    const vocabularyWords = [...terms.flat(), ...ofNeeds];
    const isWritten = [...known, ...vocabularyWords, ...(vocabulary.spelt ?? [])].includes(typed);
    if (formsOf(typed).length > 0 || inVocabulary.has(stem(typed)) || isLightWord(typed)) {
      const heard = stem(typed) === typed || isWritten || isEnglish(typed) ? null : meantByEar(typed, vocabularyWords);
      return heard === null || stem(heard) === stem(typed) ? right : putRight(heard);
    }
    const isOfNeed = needs.some((need) => shortWays(need).some((way) => wordsOf(way).map(stem).includes(stem(typed))));
    const isWord = isOfNeed || isEnglish(typed);
    const swap = isWord ? undefined : swapped(typed);
    if (swap !== undefined) return putRight(swap);
    const begun = last && typed.length >= 2 ? known.filter((other) => other.startsWith(typed)) : [];
    if (begun.length > 0) return { ...right, begun: [{ forms: [begun], weight: 8 }] };
    const better = isWord ? null : correct(typed);
    const isNear = better !== null && editDistance(better, typed) === 1;
    const heard = isWord || isNear ? null : meantByEar(typed, vocabularyWords);
    const likely = heard ?? better;
    const parts = isNear || heard !== null ? undefined : apart(typed, isWord);
    const isSure =
      parts &&
      (isTerm(parts) || isStopWord(parts[1] ?? '') || parts.every((part) => part.length >= 4 && isEnglish(part)));
    if (parts && isSure) return { ...right, apart: parts, corrected: true };
    const other = isWord ? null : nearerEnglish(typed, likely, isNear);
    const isKnown = other !== null && (inVocabulary.has(stem(other)) || waysForWord(other, []).length > 0);
    if (other !== null && !isKnown) return { ...right, text: other, asked: likely };
    if (other !== null && !isNear) return putRight(other);
    if (heard !== null) return putRight(heard);
    if (parts) return { ...right, apart: parts, corrected: true };
    return better === null ? right : putRight(better);
  };

  /** Whether what was typed says what a need must not be taken for. */
  const isDenied = ({ not }: Need, all: readonly string[]) =>
    not
      .filter((phrase) => smallOf(phrase).length === 0)
      .map((phrase) => key(wordsOf(phrase)))
      .some((its) => its !== '' && ` ${key(all)} `.includes(` ${its} `));
  /** What finds help with the needs that are said by the words from `at` on, and how many words say them. */
  const needsAt = (all: readonly string[], smallWords: readonly string[][], at: number) => {
    for (let length = all.length - at; length > 0; length--) {
      const said = key(all.slice(at, at + length));
      const around = smallWords.slice(at, at + length + 1).flat();
      const means = (need: Need) => (way: string) => {
        const words = wordsOf(way);
        return (
          words.length > 0 &&
          key(words) === said &&
          !words.every(isLightWord) &&
          !isTerm(words) &&
          !isDenied(need, all) &&
          (words.length > 1 || tokens(way).every((word) => !isStopWord(word) || around.includes(word)))
        );
      };
      const meant = needs.flatMap((need) =>
        shortWays(need)
          .filter(means(need))
          .map(() => need),
      );
      if (meant.length > 0) return { length, ways: meant.flatMap(waysToHelp) };
    }
    return { length: 1, ways: [] };
  };
  const waysToName = (need: Need): Way[] =>
    [need.name, ...need.said.form]
      .flatMap((name) => waysFor(wordsOf(name), []))
      .map((way) => ({ ...way, weight: (way.weight * 10) / 16 }));
  const waysBy = (phrases: readonly string[]): Way[] =>
    phrases
      .filter((phrase) => !wordsOf(phrase).every(isLightWord))
      .map((phrase) => ({ forms: wordsOf(phrase).map(formsOf), weight: 5 }))
      .filter((way) => way.forms.length > 0 && countOf(way) > 0);
  const waysToHelp = (need: Need): Way[] => [...waysToName(need), ...waysBy(need.helps)].slice(0, 40);
  const waysOfNear = (need: Need, alike: number): Way[] => {
    const listed = waysToSay(need).filter(
      (way) => wordsOf(way).length <= 5 && (wordsOf(way).length > 1 || tokens(way).length === 1),
    );
    return [...waysToName(need), ...waysBy(alike >= 0.7 ? need.helps : []), ...waysBy(listed)]
      .slice(0, 60)
      .map((way) => ({ ...way, weight: way.weight * 0.8, isNear: true }));
  };

  /** What finds help with the needs of which a word is said; nothing where these are many. */
  const waysToHint = (word: string, all: readonly string[]): Way[] => {
    const ofWord = needs.filter((need) => shortWays(need).some((way) => wordsOf(way).map(stem).includes(stem(word))));
    return isLightWord(word) || ofWord.length > 2
      ? []
      : ofWord.filter((need) => !isDenied(need, all)).flatMap(waysToHelp);
  };

  // The words that count, each with the small words before it; those after the last come at the end.
  const typed: string[] = [];
  const smallBefore: string[][] = [[]];
  const { people, unwanted } = readAsides(q);
  const unwantedWords = new Set<string>();
  for (const word of tokens(q.slice(0, 400))) {
    if (isStopWord(word)) smallBefore.at(-1)?.push(word);
    else if (unwanted.has(stem(word))) unwantedWords.add(word);
    else if (!typed.some((other) => stem(other) === stem(word))) {
      typed.push(word);
      smallBefore.push([]);
      if (typed.length === 12) break;
    }
  }
  typed.push(...named);
  for (const _ of named) smallBefore.push([]);
  const small: string[][] = named.length > 0 ? [[]] : [smallBefore[0] ?? []];
  const words = typed.flatMap((word, at) => {
    if (named.includes(word)) {
      small.push([]);
      const shown = tokens(q.slice(0, 400)).join(' ');
      return [{ text: word, shown, corrected: false, begun: [], apart: undefined, asked: null }];
    }
    const isPart = [typed.slice(at - 1, at + 1), typed.slice(at, at + 2)].some((pair) => isAsOne(pair));
    const right = { text: word, shown: word, corrected: false, begun: [], apart: undefined, asked: null };
    const one = isPart ? right : read(word, at === typed.length - 1);
    const after = smallBefore[at + 1] ?? [];
    const [first = '', second = ''] = one.apart ?? [];
    if (one.apart && isStopWord(second)) small.push([second, ...after]);
    else if (one.apart) small.push([], after);
    else small.push(after);
    if (!one.apart) return [one];
    if (isStopWord(second)) return [{ ...one, text: first, shown: `${first} ${second}` }];
    return [first, second].map((text) => ({ ...one, text, shown: text }));
  });
  const needed = words.map((): Way[] => []);
  for (let at = 0; at < words.length; ) {
    const { length, ways } = needsAt(
      words.map((word) => word.text),
      small,
      at,
    );
    if (ways.length > 0) needed.fill(ways, at, at + length);
    at += length;
  }
  for (const { need, alike, by } of near(words.map((word) => word.text)).filter((it) => it.alike >= 0.5)) {
    const ways = waysOfNear(needs[need]!, alike);
    for (const [at, { text }] of words.entries()) if (by.includes(text)) needed[at] = [...(needed[at] ?? []), ...ways];
  }
  const wanted: Wanted[] = [];
  for (let at = 0; at < words.length; ) {
    const these = (length: number) => words.slice(at, at + length).map((word) => word.text);
    const around = (length: number) => small.slice(at, at + length + 1).flat();
    let length = words.length - at;
    while (length > 1 && entriesFor(these(length), around(length)).length === 0) length--;
    let phrase = these(length);
    let joined: string | null = null;
    if (length === 1 && at + 1 < words.length) {
      const turned = these(2).toReversed();
      const together = these(2).join('');
      if (entriesFor(turned, around(2)).length > 0) phrase = turned;
      else if (small[at + 1]?.length === 0 && (isAsOne(these(2)) || (together.length >= 6 && isTerm([together])))) {
        phrase = these(2);
        joined = together;
      }
      length = phrase.length;
    }
    const begun = length === 1 ? (words[at]?.begun ?? []) : [];
    const ofPhrase = [...(joined === null ? [] : waysFor([joined], [])), ...waysFor(phrase, around(length))];
    const bindsAll = joined === null && (ofPhrase.length > 0 || isBound(phrase, around(length)));
    const byItself = bindsAll ? [] : phrase.flatMap((word) => halved(waysForWord(word, [])));
    const together = length === 1 ? waysForWord(phrase[0] ?? '', around(1)) : [...ofPhrase, ...byItself];
    const own = begun.length > 0 ? begun : together;
    const said = needed.slice(at, at + length).find((ways) => ways.length > 0) ?? [];
    const word = words[at]?.text ?? '';
    const isUnknown = length === 1 && own.length === 0 && said.length === 0;
    const its = isUnknown
      ? waysToHint(
          word,
          words.map((one) => one.text),
        )
      : said;
    const light = these(length).every((one) => isLightWord(one) || people.has(one));
    wanted.push({
      text: words
        .slice(at, at + length)
        .map((word) => word.shown)
        .join(' '),
      corrected: words.slice(at, at + length).some((word) => word.corrected),
      light,
      isHint: isUnknown && !light,
      ways: [...own, ...its],
      needed: its,
    });
    at += length;
  }

  const lookedFor = words.map((word) => word.text);
  const unmet = wanted.filter((one) => one.ways.length === 0);
  const onlyLight = wanted.every((one) => one.light);
  const missing = wanted
    .filter((one) => (one.ways.length === 0 || one.isHint) && (onlyLight || !one.light))
    .map((one) => one.text);
  const unwantedForms = [...unwantedWords]
    .flatMap((word) => waysFor([word], []))
    .filter(({ forms, weight }) => forms.length === 1 && weight >= 10)
    .flatMap(({ forms }) => forms.flat());
  // In the name, the summary or the first category.
  const isAbout = (words: Map<string, number>) =>
    unwantedForms.some((form) => (words.get(form) ?? 0) >= 4) && (words.get('non') ?? 0) < 4;
  const avoided = new Set([...held].filter(([, words]) => isAbout(words)).map(([id]) => id));
  const did_you_mean = words.some(({ asked }) => asked !== null)
    ? words.map(({ asked, shown }) => asked ?? shown).join(' ')
    : null;
  const nothing = {
    parts: new Map(),
    least: 0,
    isLacking: false,
    missing,
    wanted: [],
    lacks: new Map(),
    searched_for: null,
    did_you_mean,
    hasWords: wanted.length > 0,
    words: lookedFor,
    avoided,
  };
  const met = wanted.filter((one) => one.ways.length > 0);
  if (!met.some((one) => onlyLight || !one.light)) return nothing;
  const weighed = met.map((one) => {
    const own = one.ways.filter((way) => !one.needed.includes(way));
    const listings = (own.length > 0 ? own : one.needed).reduce((sum, way) => sum + countOf(way), 0);
    const heavy = Math.max(1, Math.round(8 * Math.sqrt(Math.log2(1 + held.size / Math.max(1, listings)))));
    const weight = one.light ? Math.ceil(heavy / 4) : heavy;
    return { ...one, weight, counts: one.light && !onlyLight ? 0 : weight };
  });
  const worthTo = (words: Map<string, number>, ways: readonly Way[]) =>
    Math.max(
      0,
      ...ways.map(
        ({ forms, weight }) =>
          weight * Math.min(...forms.map((each) => Math.max(0, ...each.map((form) => words.get(form) ?? 0)))),
      ),
    );
  const parts: ReturnType<typeof textSearch>['parts'] = new Map();
  const lacks = new Map<string, string[]>();
  const rarest = Math.max(...weighed.map((one) => one.counts));
  const ofNothing = Math.max(1, Math.round(8 * Math.sqrt(Math.log2(1 + held.size))));
  const lacking = unmet.filter((one) => !one.light).length * Math.min(ofNothing, rarest);
  const total = weighed.reduce((sum, one) => sum + one.counts, 0);
  const hinted = weighed.filter((one) => one.isHint).reduce((sum, one) => sum + one.counts, 0);
  for (const [id, words] of held) {
    const each = weighed.map((one) => ({ ...one, worth: worthTo(words, one.ways) }));
    const has = each.filter((one) => one.worth > 0).reduce((sum, one) => sum + one.counts, 0);
    if (has === 0) continue;
    const unmetHere = each.filter((one) => one.worth === 0 && one.counts > 0 && !one.isHint);
    lacks.set(
      id,
      unmetHere.map((one) => one.text),
    );
    const score = each.reduce((sum, one) => sum + one.worth * one.weight, 0);
    const isHint = each.every((one) => one.worth === 0 || one.counts === 0 || one.isHint);
    const isOwn = (one: (typeof each)[number]) =>
      worthTo(
        words,
        one.ways.filter((way) => !way.isNear),
      ) > 0;
    const own = each.filter(isOwn).reduce((sum, one) => sum + one.counts, 0);
    parts.set(id, { fit: score * (has / total) * (has / total), has, own, worth: score / total, isHint });
  }
  const changed = missing.length > 0 || met.some((one) => one.corrected);
  return {
    hasWords: true,
    searched_for: changed
      ? met
          .filter((one) => !one.isHint)
          .map((one) => one.text)
          .join(' ') || null
      : null,
    did_you_mean,
    parts,
    least: Math.max((total + lacking) / 2, hinted + 1),
    isLacking: lacking > 0,
    words: lookedFor,
    missing,
    avoided,
    wanted: met.filter((one) => !one.isHint).map((one) => one.text),
    lacks,
  };
}
