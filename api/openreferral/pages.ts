import { z } from '@hono/zod-openapi';
import { lastRevision } from '../store/changes.ts';
import type { Db } from '../store/open.ts';
import { PAGES } from './parameters.ts';

/** The envelope around a page of records. */
export const pageSchemaOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    total_items: z.int(),
    total_pages: z.int(),
    page_number: z.int(),
    size: z.int().openapi({ description: 'Records on this page.' }),
    first_page: z.boolean(),
    last_page: z.boolean(),
    empty: z.boolean(),
    contents: z.array(item),
  });

export interface Envelope<Item> {
  total_items: number;
  total_pages: number;
  page_number: number;
  size: number;
  first_page: boolean;
  last_page: boolean;
  empty: boolean;
  contents: Item[];
}

/** Which page is asked for. */
export interface PageRequest {
  page: number;
  per_page: number;
}

export const pageRequestOf = (given: { page?: number | undefined; per_page?: number | undefined }): PageRequest => ({
  page: given.page ?? 1,
  per_page: given.per_page ?? PAGES.per_page.default,
});

/**
 * A page with its numbers.
 * @param left how many records come after it, where that is known better than from the total
 */
export function envelope<Item>(
  total: number,
  { page, per_page }: PageRequest,
  contents: Item[],
  left?: number,
): Envelope<Item> {
  const pages = left === undefined ? Math.max(1, Math.ceil(total / per_page)) : page + Math.ceil(left / per_page);
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  };
}

/** Keeps numbers that take long to count until something changes in the directory. */
export class CountCache {
  readonly #db: Db;
  readonly #kept = new Map<string, number>();
  #revision = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  of(list: string, count: () => number): number {
    const revision = lastRevision(this.#db);
    if (revision !== this.#revision || this.#kept.size > MOST_COUNTS) this.#kept.clear();
    this.#revision = revision;
    const known = this.#kept.get(list) ?? count();
    this.#kept.set(list, known);
    return known;
  }
}
const MOST_COUNTS = 1000;

/** How long somebody may take from one page to the next, milliseconds. */
const KEPT_MS = 60 * 60_000;
/** Ends kept at most, each some hundred bytes. */
const MOST = 50_000;

/**
 * Remembers where the pages of lists ended, so that the next page of a reader begins there even if records of earlier
 * pages have been withdrawn in the meantime: counted from the start, as many would be skipped as were withdrawn. Of
 * several readers the earliest end counts; the others get a record twice, which does no harm.
 */
export class PageEnds {
  readonly #ends = new Map<string, { key: string; until: number }>();

  /** The last key of the page before, where somebody got that page within the last hour. */
  before(list: string, { page, per_page }: PageRequest, now: Date): string | null {
    const end = this.#ends.get(`${list} ${per_page} ${page - 1}`);
    return end && end.until > now.getTime() ? end.key : null;
  }

  /** Notes where a page ended. */
  note(list: string, { page, per_page }: PageRequest, key: string, now: Date): void {
    const name = `${list} ${per_page} ${page}`;
    const former = this.#ends.get(name);
    const earlier = former && former.until > now.getTime() && former.key < key ? former : null;
    // An earlier end is forgotten when its own hour is over: its reader has had time to read on.
    if (earlier) return;
    this.#ends.delete(name);
    this.#ends.set(name, { key, until: now.getTime() + KEPT_MS });
    for (const oldest of this.#ends.keys()) {
      if (this.#ends.size <= MOST) break;
      this.#ends.delete(oldest);
    }
  }
}
