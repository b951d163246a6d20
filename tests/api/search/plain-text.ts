import type { Listing } from '../../../api/domain/service.ts';
import { TAXONOMY, taxonomyTerm } from '../../../api/domain/taxonomy.ts';
import { stem } from '../../../api/search/text/stem.ts';
import { isStopWord, tokens } from '../../../api/search/text/tokens.ts';
import type { Vocabulary } from '../../../api/search/vocabulary.ts';

/**
 * The rules of text search (ranking.md) said plainly: sets of words, a table of edits, every listing looked at. What is
 * a word and what is its stem is shared with the engine and tested by itself (text.test.ts).
 */
export type PlainText = (
  listings: readonly Listing[],
  q: string,
) => { scores: Map<string, number>; searched_for: string | null; hasWords: boolean };

const wordsOf = (text: string) => tokens(text).filter((word) => !isStopWord(word));
const DAY_NAMES: Record<string, string> = {
  MO: 'monday',
  TU: 'tuesday',
  WE: 'wednesday',
  TH: 'thursday',
  FR: 'friday',
  SA: 'saturday',
  SU: 'sunday',
};

/** What each word of a listing is worth: by the best field in which it stands. */
function worths(listing: Listing): Map<string, number> {
  const { service, organization } = listing;
  const worth = new Map<string, number>();
  const read = (text: string | undefined, value: number) => {
    for (const word of wordsOf(text ?? '')) worth.set(word, Math.max(worth.get(word) ?? 0, value));
  };
  read(service.name, 8);
  read(service.alternate_name, 5);
  for (const code of service.taxonomy_terms) {
    read(taxonomyTerm(code)?.name ?? code, 5);
    read(TAXONOMY.find((group) => group.terms.some((term) => term.code === code))?.name, 1);
  }
  read(organization.name, 5);
  read(organization.alternate_name, 5);
  read(service.summary, 3);
  read(service.description, 1);
  read(service.kind.replace('_', ' '), 1);
  read(service.eligibility.description, 1);
  for (const restriction of service.eligibility.restrictions) read(restriction, 1);
  for (const language of service.languages)
    read(new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language), 1);
  if (service.attending_types.includes('online')) read('online', 1);
  if (service.attending_types.includes('phone')) read('phone telephone', 1);
  if (service.attending_types.includes('at_home')) read('home', 1);
  if (service.cost_options.some((cost) => cost.option === 'free')) read('free', 1);
  for (const schedule of service.schedules)
    for (const day of (schedule.byday ?? '').split(',')) read(DAY_NAMES[day.replace(/[-\d]/g, '')], 1);
  for (const area of service.service_areas) read(area.name, 1);
  for (const location of listing.locations.filter((it) => !it.confidential)) {
    read(location.name, 1);
    read(location.address?.city, 1);
  }
  return worth;
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

/** Ways to meet what was typed: all words of one of them, each in any of its forms; `exact` for words as they stand. */
interface Way {
  words: string[];
  weight: number;
  exact: boolean;
}
interface Wanted {
  text: string;
  corrected: boolean;
  ways: Way[];
}

export function plainText(vocabulary: Vocabulary): PlainText {
  let of: readonly Listing[] = [];
  let held = new Map<string, Map<string, number>>();
  return (listings, q) => {
    if (listings !== of && (listings.length !== of.length || listings.some((it, at) => it !== of[at])))
      [of, held] = [listings, new Map(listings.map((listing) => [listing.service.id, worths(listing)]))];
    return textSearch(vocabulary, held, q);
  };
}

function textSearch(vocabulary: Vocabulary, held: Map<string, Map<string, number>>, q: string): ReturnType<PlainText> {
  const known = new Set([...held.values()].flatMap((words) => [...words.keys()]));
  const key = (words: readonly string[]) => words.map(stem).join(' ');
  const synonymsOf = (words: readonly string[]): string[][] | null => {
    const groups = vocabulary.groups.filter((group) => group.from.some((term) => key(wordsOf(term)) === key(words)));
    if (groups.length === 0) return null;
    const found = new Map(
      groups.flatMap((group) => group.to.map((term) => [key(wordsOf(term)), wordsOf(term)] as const)),
    );
    found.delete(key(words));
    return [...found.values()];
  };
  const stems = new Set([...known].map(stem));
  const alive = ({ words, exact }: Way) => words.every((word) => (exact ? known.has(word) : stems.has(stem(word))));
  const waysFor = (words: string[]): Way[] =>
    [
      { words, weight: 16 * words.length, exact: false },
      ...(synonymsOf(words) ?? []).map((other) => ({ words: other, weight: 11 * words.length, exact: false })),
    ].filter(alive);

  const correct = (typed: string): string | null => {
    const edits = typed.length <= 3 || /\p{N}/u.test(typed) ? 0 : typed.length <= 7 ? 1 : 2;
    const single = vocabulary.groups.flatMap((group) => group.from.map(wordsOf)).filter((words) => words.length === 1);
    const candidates = [...new Set([...known, ...single.flat()])]
      .filter((word) => !/\p{N}/u.test(word) && editDistance(word, typed) <= edits && waysFor([word]).length > 0)
      .map((word) => ({
        word,
        rank: [
          editDistance(word, typed),
          word[0] === typed[0] ? 0 : 1,
          -[...held.values()].filter((words) => words.has(word)).length,
        ],
      }));
    candidates.sort((a, b) => {
      for (const [at, x] of a.rank.entries()) if (x !== b.rank[at]) return x - (b.rank[at] ?? 0);
      return a.word < b.word ? -1 : 1;
    });
    return candidates[0]?.word ?? null;
  };

  const wantedFor = (word: string, last: boolean): Wanted => {
    const ways = waysFor([word]);
    if (ways.length > 0) return { text: word, corrected: false, ways };
    const begun = last && word.length >= 2 ? [...known].filter((other) => other.startsWith(word)) : [];
    if (begun.length > 0)
      return { text: word, corrected: false, ways: begun.map((other) => ({ words: [other], weight: 8, exact: true })) };
    const better = correct(word);
    return better === null
      ? { text: word, corrected: false, ways: [] }
      : { text: better, corrected: true, ways: waysFor([better]) };
  };

  const typed = wordsOf(q.slice(0, 400))
    .filter((word, at, all) => all.findIndex((other) => stem(other) === stem(word)) === at)
    .slice(0, 12);
  const plan = (phrases: boolean): Wanted[] => {
    const wanted: Wanted[] = [];
    for (let at = 0; at < typed.length; ) {
      let length = phrases ? typed.length - at : 1;
      for (; length > 1; length--) {
        const phrase = typed.slice(at, at + length);
        if (synonymsOf(phrase) && waysFor(phrase).length > 0) break;
      }
      const words = typed.slice(at, at + Math.max(1, length));
      if (words.length > 1) wanted.push({ text: words.join(' '), corrected: false, ways: waysFor(words) });
      else wanted.push(wantedFor(words[0] as string, at === typed.length - 1));
      at += words.length;
    }
    return wanted;
  };

  /** What a listing scores for one thing wanted; 0 where it has it not. */
  const scoreOf = (words: Map<string, number>, wanted: Wanted): number =>
    Math.max(
      0,
      ...wanted.ways.map((way) => {
        const worth = way.words.map((word) =>
          Math.max(
            0,
            ...[...words].map(([held, value]) => ((way.exact ? held === word : stem(held) === stem(word)) ? value : 0)),
          ),
        );
        return way.weight * Math.min(...worth);
      }),
    );
  const matches = (wanted: Wanted[]): Map<string, number> => {
    const scores = new Map<string, number>();
    for (const [id, words] of held) {
      const each = wanted.map((one) => scoreOf(words, one));
      if (each.every((score) => score > 0))
        scores.set(
          id,
          each.reduce((sum, score) => sum + score, 0),
        );
    }
    return scores;
  };

  if (typed.length === 0) return { scores: new Map(), searched_for: null, hasWords: false };
  const all = plan(true);
  const wanted = all.filter((one) => one.ways.length > 0);
  const changed = wanted.length < all.length || wanted.some((one) => one.corrected);
  const say = (these: Wanted[]) => these.map((one) => one.text).join(' ');
  if (wanted.length === 0) return { scores: new Map(), searched_for: null, hasWords: true };
  const scores = matches(wanted);
  if (scores.size > 0) return { scores, searched_for: changed ? say(wanted) : null, hasWords: true };

  // Nothing has all the words: the most that some listing has together.
  const single = plan(false);
  let best: { subset: Wanted[]; found: Map<string, number>; mask: number } | null = null;
  for (let mask = 1; mask < 1 << single.length; mask++) {
    const subset = single.filter((_, at) => (mask >>> (single.length - 1 - at)) & 1);
    const found = matches(subset);
    if (found.size === 0) continue;
    const better =
      !best ||
      subset.length > best.subset.length ||
      (subset.length === best.subset.length &&
        (found.size > best.found.size || (found.size === best.found.size && mask > best.mask)));
    if (better) best = { subset, found, mask };
  }
  if (!best) return { scores: new Map(), searched_for: null, hasWords: true };
  return { scores: best.found, searched_for: say(best.subset), hasWords: true };
}
