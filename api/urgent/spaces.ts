import { isStopWord } from '../search/text/tokens.ts';

/** Words that were run together torn apart, and words that were torn apart put together. */

/** What is asked about words. */
export interface KnownWords {
  /** Whether phrases are made of it. */
  has(word: string): boolean;
  /** Whether it is a word of English, or a name. */
  isWord(word: string): boolean;
  /** Whether what was run together may hold it. */
  isPiece(word: string): boolean;
}

/** A shorter joined word is another word too often; what was run together may be shorter, 'alot'. */
const SHORTEST_JOINED = 6;
const SHORTEST_TORN = 4;
const MOST_PIECES = 7;

/**
 * The words anew; null where nothing was run together or torn apart.
 * @param typed for each word what it may be, what was typed first
 * @param isLoose whether two words that may well stand side by side, as 'no' and 'where' do, are one all the same
 */
export function regrouped(
  typed: readonly (readonly string[])[],
  known: KnownWords,
  isLoose: boolean,
): (readonly string[])[] | null {
  const words: (readonly string[])[] = [];
  let changed = false;
  for (let at = 0; at < typed.length; at++) {
    const spelt = speltOut(typed, at);
    if (spelt.length > 1) {
      words.push([spelt]);
      at += spelt.length - 1;
      changed = true;
      continue;
    }
    const [word = ''] = typed[at]!;
    const [next = ''] = typed[at + 1] ?? [];
    const joined = word + next;
    const isOne = next !== '' && joined.length >= SHORTEST_JOINED && known.has(joined);
    if (isOne && (isLoose || !mayStand(known, word, next))) {
      words.push([joined]);
      at++;
    } else {
      const pieces = word.length < SHORTEST_TORN ? null : piecesOf(known, word);
      words.push(...(pieces?.map((piece) => [piece]) ?? [typed[at]!]));
      if (!pieces) continue;
    }
    changed = true;
  }
  return changed ? words : null;
}

/** Whether two words may well stand side by side, as 'over' and 'dose' do. */
const mayStand = (known: KnownWords, word: string, next: string): boolean =>
  [word, next].every((each) => isStopWord(each) || known.isWord(each));

/** The fewest words of the patterns that a word is made of, English ones; null where it is not, or is a word itself. */
function piecesOf(known: KnownWords, word: string): string[] | null {
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    best[end] = null;
    for (let start = 0; start < end; start++) {
      const before = best[start];
      const piece = word.slice(start, end);
      if (!before || before.length === MOST_PIECES || !known.isPiece(piece)) continue;
      if (best[end] === null || before.length + 1 < best[end]!.length) best[end] = [...before, piece];
    }
  }
  const pieces = best[word.length];
  return pieces && pieces.length > 1 && !known.isWord(word) ? pieces : null;
}

/** 'd i e' as 'die': the letters that stand alone from there on, where there are three or more. */
function speltOut(typed: readonly (readonly string[])[], from: number): string {
  let letters = '';
  for (let at = from; typed[at]?.[0]?.length === 1; at++) letters += typed[at]![0];
  return letters.length > 2 ? letters : '';
}
