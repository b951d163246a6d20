import { sealWords, unsealWords } from './privacy.ts';

/**
 * What an address of the site carries of a search without letting anybody read it: the words typed, and those subjects
 * that somebody near must not find in the history of a browser.
 */
export interface SealedSearch {
  /** The words typed; empty where there are none. */
  q: string;
  /** Codes of categories. */
  categories: readonly string[];
}

/** Seals them into one token. */
export const sealSearch = ({ q, categories }: SealedSearch, secret: Uint8Array): string =>
  sealWords(`${categories.join(' ')}\n${q}`, secret);

/** What is in a token of {@link sealSearch}; null for anything else. */
export function unsealSearch(token: string, secret: Uint8Array): SealedSearch | null {
  const text = unsealWords(token, secret);
  if (text === null) return null;
  const end = text.indexOf('\n');
  return { categories: text.slice(0, end).split(' ').filter(Boolean), q: text.slice(end + 1) };
}
