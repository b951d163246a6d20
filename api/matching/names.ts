import { edits } from '../domain/edits.ts';
import { type NameWords, skeleton, sortsIn, tellsApart, weekdaysIn, weightOf } from './words.ts';

/** How alike two names are, word by word, whatever the order. */

/** A word with a typing mistake counts less than the word itself. */
const MISSPELT = 0.9;
const SAME_SOUND = 0.8;
const SHORTENED = 0.7;
/** How much a word of the venue, the organization or the town counts in the name of what happens there. */
const CONTEXT_WEIGHT = 0.35;
/** How much it costs that only one of two names has a word, where that is only the venue or the town of either. */
const EXPLAINED_WEIGHT = 0.15;

/** The most that two names are alike which only have their venue in common. */
const ONLY_VENUE = 0.4;

export interface Alikeness {
  /** 0 nothing in common, 1 the same words. */
  share: number;
  /** The names speak of different sorts of places, or of different days. */
  clash: boolean;
  /** One is the name of the venue, and the other says what happens there: the house, or one of its groups. */
  partOf: boolean;
  /** Each says something of its own, be it a common word: 'Holborn House' and 'Millman Street' of one association. */
  bothAdd: boolean;
  /** One says for whom, how or what more: 'Young carers coffee' beside 'Carers coffee'. */
  oneAdds: boolean;
}

/** How alike two words are, 0 to 1. Numbers are the same or they are not. */
function wordsAlike(a: string, b: string): number {
  if (a === b) return 1;
  if (/\d/.test(a) || /\d/.test(b)) return 0;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 3) return 0;
  const allowed = shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0;
  if (allowed > 0 && edits(a, b, allowed) <= allowed) return MISSPELT;
  if (shorter >= 5 && skeleton(a) === skeleton(b)) return SAME_SOUND;
  return a.startsWith(b) || b.startsWith(a) ? SHORTENED : 0;
}

/** Two neighbouring words written as one in the other name ('food bank', 'foodbank') are written as one in both. */
function joined(words: readonly string[], other: ReadonlySet<string>): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const both = `${words[at]}${words[at + 1] ?? ''}`;
    if (at + 1 < words.length && other.has(both)) {
      result.push(both);
      at++;
    } else result.push(words[at]!);
  }
  return result;
}

/** What else the words of names may mean. */
export interface Context {
  /** Words of the venues and towns of either: where, and not what. */
  where: ReadonlySet<string>;
  /** Words of the organizations of either: by whom. */
  who: ReadonlySet<string>;
}

/** How much each word of two names says about what they name. */
function worthIn({ where, who }: Context, mine: readonly string[], theirs: readonly string[]) {
  const all = (words: readonly string[], of: ReadonlySet<string>) => words.every((word) => of.has(word));
  // A name that consists of the venue ('Skipton Library') is compared by these words, and one that consists of the
  // organization by those.
  const where_ = all(mine, where) || all(theirs, where) ? new Set<string>() : where;
  const who_ = all(mine, who) || all(theirs, who) ? new Set<string>() : who;
  const explained = (word: string) => where_.has(word) || who_.has(word);
  return {
    common: (word: string) => weightOf(word) * (explained(word) ? CONTEXT_WEIGHT : 1),
    alone: (word: string) => weightOf(word) * (explained(word) ? EXPLAINED_WEIGHT : 1),
    tells: (word: string) => !where_.has(word) && weightOf(word) === 1,
    adds: (word: string) => tellsApart(word) || (!explained(word) && weightOf(word) === 1),
  };
}

/** How alike two names are. */
export function namesAlike(a: NameWords, b: NameWords, context: Context): Alikeness {
  const mine = joined(a.words, new Set(b.words));
  const theirs = joined(b.words, new Set(a.words));
  const worth = worthIn(context, mine, theirs);
  const left = new Set(theirs.keys());
  let common = 0;
  let alone = 0;
  let told = false;
  const lonely: string[] = [];
  for (const word of mine) {
    let best = 0;
    let at = -1;
    for (const other of left) {
      const alike = wordsAlike(word, theirs[other]!);
      if (alike > best) [best, at] = [alike, other];
    }
    if (at < 0) {
      alone += worth.alone(word);
      lonely.push(word);
    } else {
      left.delete(at);
      told ||= worth.tells(word);
      const weight = (worth.common(word) + worth.common(theirs[at]!)) / 2;
      common += weight * best;
      alone += weight * (1 - best) * 2;
    }
  }
  for (const at of left) alone += worth.alone(theirs[at]!);
  const all = common === 0 ? 0 : (2 * common) / (2 * common + alone);
  // Two groups whose names both add the long name of their hall: what each of them is has nothing in common.
  const share = !told && mine.some(worth.tells) && theirs.some(worth.tells) ? Math.min(all, ONLY_VENUE) : all;
  const venue = (words: readonly string[]) => words.every((word) => context.where.has(word));
  const adds = (words: readonly string[]) => words.some((word) => !context.where.has(word) && weightOf(word) === 1);
  const rest = [...left].map((at) => theirs[at]!);
  return {
    share,
    clash: differ(new Set(weekdaysIn(a)), new Set(weekdaysIn(b))) || differ(sortsIn(a), sortsIn(b)),
    bothAdd: lonely.length > 0 && rest.length > 0,
    oneAdds: [...lonely, ...rest].some(worth.adds),
    partOf: (venue(mine) && adds(rest)) || (venue(theirs) && adds(lonely)),
  };
}

/** Whether both say something and nothing of it is the same. */
const differ = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && ![...a].some((it) => b.has(it));
