import type { Page } from '../../fetch/client.ts';
import { isObject, type JsonRecord } from '../../oruk/walk.ts';
import type { Piece } from '../lines.ts';

/** One page of a list, whichever way it is paged, and what is said of one that was lost. */

/** Pages of one list; a list with more than these has no end. */
export const MOST_PAGES = 20_000;
export const PER_PAGE = 100;

export const withParameters = (address: string, parameters: Record<string, string>): string => {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};

export const lost = (about: string, error: unknown, loses = true): Piece => ({
  kind: 'fault',
  about,
  words: error instanceof Error ? error.message : String(error),
  loses,
});

export const idOf = (raw: unknown): string | null => {
  const id = isObject(raw) ? raw['id'] : undefined;
  return (typeof id === 'string' || typeof id === 'number') && id !== '' ? String(id) : null;
};

const numberIn = ({ body }: Page, ...names: string[]): number | null => {
  for (const name of names) {
    const value = isObject(body) ? body[name] : undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  }
  return null;
};
export const totalPages = (page: Page): number | null => numberIn(page, 'total_pages', 'totalPages');
export const totalItems = (page: Page): number | null => numberIn(page, 'total_items', 'totalElements');

/** Whether no page comes after this one. */
export function isLast(page: Page, number: number, count: number): boolean {
  const total = totalPages(page);
  if (count === 0) return true;
  // A feed that says 'last' on every page, and has more, is believed about its number of pages.
  if (total !== null && total > 0) return number >= total;
  const body = page.body as JsonRecord;
  return body['last_page'] === true || body['last'] === true || count < 2;
}
