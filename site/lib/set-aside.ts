import type { SearchResponse } from './api.ts';

/**
 * What a page says of typed words that counted for nothing.
 * @param where 'near E8 1EA'
 */
export function setAsideWords(
  { missing, set_aside, kept, searched_for }: SearchResponse,
  where: string,
): { nothing: string; whatThereIs: string | null } | null {
  const words = [...missing, ...set_aside];
  if (words.length === 0) return null;
  const left = set_aside.length > 0 ? kept : searched_for;
  return {
    nothing: `Nothing here is about ${words.map((word) => `‘${word}’`).join(' or ')}.`,
    whatThereIs: left && `What there is for ‘${left}’ ${where}`,
  };
}
