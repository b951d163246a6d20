import type { SearchResponse } from './api.ts';

/**
 * What a page says of typed words that counted for nothing.
 * @param where 'near E8 1EA'
 */
export function setAsideWords(
  { missing, set_aside, kept }: SearchResponse,
  where: string,
): { nothing: string; whatThereIs: string | null } | null {
  const words = [...missing, ...set_aside];
  if (words.length === 0) return null;
  return {
    nothing: `Nothing here is about ${words.map((word) => `‘${word}’`).join(' or ')}.`,
    whatThereIs: kept && `What there is for ‘${kept}’ ${where}`,
  };
}
