import { type FeedClient, FeedError, type Page } from '../../fetch/client.ts';
import type { RawPiece } from '../../oruk/read.ts';
import { recordsIn } from '../file.ts';
import { detailsOf } from './details.ts';
import { type ApiOptions, MOST_RECORDS } from './options.ts';
import { idOf, isLast, lost, MOST_PAGES, PER_PAGE, totalItems, totalPages, withParameters } from './page.ts';

/** Pages one after the other that could not be read. */
const MOST_LOST = 5;

/** The records of a list, page by page, each whole; a page that is lost is told and passed over. */
export async function* readPages(address: string, first: Page | null, options: ApiOptions): AsyncGenerator<RawPiece> {
  const { client, onRead, modifiedAfter, fromPage = 1 } = options;
  const seen = new Set<string>();
  const details = detailsOf(address, options);
  let lostPages = 0;
  let total: number | null = null;
  for (let number = fromPage; number <= MOST_PAGES; number++) {
    const parameters = { page: String(number), per_page: String(PER_PAGE) };
    const asked = withParameters(address, { ...parameters, ...(modifiedAfter && { modified_after: modifiedAfter }) });
    const about = `page ${number}`;
    let page: Page;
    try {
      page = await client.json(asked);
      if (recordsIn(page.body) === null) throw new FeedError(`${new URL(asked).pathname} answers no list.`);
      lostPages = 0;
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      yield lost(about, error);
      lostPages++;
      total ??= first === null ? null : totalPages(first);
      if (total === null || number >= total || lostPages >= MOST_LOST) return;
      continue;
    }
    if (page.note !== null) yield lost(about, page.note, false);
    const records = recordsIn(page.body) ?? [];
    total = totalPages(page) ?? total;
    const ids = records.map((raw) => idOf(raw) ?? JSON.stringify(raw)?.slice(0, 200) ?? '');
    if (records.length > 0 && ids.every((id) => seen.has(id))) {
      const all = totalItems(page);
      const words = 'The list repeats itself: nothing on this page is new. Reading ended there.';
      yield { kind: 'fault', about, words, loses: all === null || seen.size < all };
      return;
    }
    const fresh = records.filter((_, index) => !seen.has(ids[index] as string) || idOf(records[index]) === null);
    for (const id of ids) seen.add(id);
    yield* details(fresh);
    if (total !== null && total > 0) onRead(Math.min(1, number / total));
    yield { kind: 'page', next: number + 1 };
    if (isLast(page, number, records.length) || seen.size > MOST_RECORDS) return;
  }
  yield { kind: 'fault', about: `page ${MOST_PAGES}`, words: 'The list has no end; reading ended there.', loses: true };
}

/** What another Signpost has withdrawn; where it does not say, nothing. */
export async function* withdrawalsOf(address: string, since: string, client: FeedClient): AsyncGenerator<RawPiece> {
  const list = new URL('withdrawals', address).href;
  for (let number = 1; number <= MOST_PAGES; number++) {
    let page: Page;
    try {
      const parameters = { modified_after: since, page: String(number), per_page: String(PER_PAGE) };
      page = await client.json(withParameters(list, parameters));
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      yield lost('withdrawals', error, false);
      return;
    }
    const records = recordsIn(page.body) ?? [];
    for (const record of records) {
      const id = idOf(record);
      if (id !== null) yield { kind: 'gone', record_id: id, words: 'Its source has withdrawn it.' };
    }
    if (isLast(page, number, records.length)) return;
  }
}

/** Whether asking for what changed after tomorrow gives nothing, as it must. */
export async function honoursModifiedAfter(address: string, client: FeedClient): Promise<boolean> {
  try {
    const page = await client.json(withParameters(address, { modified_after: '2999-01-01', page: '1', per_page: '1' }));
    return recordsIn(page.body)?.length === 0;
  } catch {
    return false;
  }
}
