import type { Context } from 'hono';
import type { ApiContext } from '../http/resource.ts';
import { slicesOf, textStream } from '../http/streams.ts';
import { findDates, type ServiceDates } from '../store/published.ts';
import { answerLines, answerPage, type Freshness } from './answer.ts';
import { modifiedAt } from './assured.ts';
import { allOfKeyed, type KeyedList, pageOfIds, SLICE_SIZE, viewed } from './lists.ts';
import { envelope } from './pages.ts';

/**
 * `minimal`: every id with the time of its last change, on one page, for a harvester to compare with what it has. The
 * page is streamed: the records first, and the numbers after them, when they are known.
 */

/** The standard's parameter speaks of `modified_date`, its schema of `last_modified`: both are there. */
const viewer =
  (now: Date) =>
  ({ id, last_modified, assured_date }: ServiceDates) => {
    const date = modifiedAt(last_modified, assured_date, now);
    return { id, last_modified: date, modified_date: date };
  };
type View = ReturnType<typeof viewer>;

/** Answers with the ids of a list. */
export function minimalPage(
  c: Context,
  { db, now }: ApiContext,
  state: Freshness,
  given: { page?: number | undefined; per_page?: number | undefined; format?: string | undefined },
  source: KeyedList<ServiceDates> | { ids: readonly string[] },
): Response {
  const view = viewer(now());
  const slices = function* (): Generator<ServiceDates[]> {
    if ('ids' in source) for (const slice of slicesOf(source.ids, SLICE_SIZE)) yield findDates(db, slice);
    else yield* allOfKeyed(source, SLICE_SIZE * 10);
  };
  if (given.format === 'ndjson')
    return answerLines(
      c,
      state,
      viewed(slices(), (slice) => slice.map(view)),
    );
  if (given.per_page === undefined) {
    const headers = { ...state.headers, 'content-type': 'application/json' };
    return c.body(textStream(wholePage(slices(), given.page ?? 1, view)), 200, headers);
  }
  const paged = { page: given.page ?? 1, per_page: given.per_page };
  if ('ids' in source)
    return answerPage(
      c,
      state,
      pageOfIds(source.ids, paged, (ids) => findDates(db, ids).map(view)),
    );
  const items = source.read({ skip: (paged.page - 1) * paged.per_page }, paged.per_page);
  return answerPage(c, state, envelope(source.count(), paged, items.map(view)));
}

/** All on page 1; any later page is empty. */
function* wholePage(slices: Iterable<ServiceDates[]>, page: number, view: View): Generator<string> {
  let total = 0;
  yield '{"contents":[';
  for (const slice of slices) {
    const records = page === 1 ? slice.map((dated) => JSON.stringify(view(dated))).join(',') : '';
    if (records !== '') yield (total > 0 ? ',' : '') + records;
    total += slice.length;
  }
  const { contents: _contents, ...numbers } = envelope(total, { page, per_page: Math.max(1, total) }, []);
  const size = page === 1 ? total : 0;
  yield `],${JSON.stringify({ ...numbers, size, empty: size === 0 }).slice(1)}`;
}
