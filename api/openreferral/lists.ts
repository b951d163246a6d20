import type { ApiContext } from '../http/resource.ts';
import { slicesByKey } from '../http/streams.ts';
import {
  countServices,
  type PageStart,
  type ServiceConditions,
  type ServiceDates,
  servicePage,
} from '../store/published.ts';
import { type Envelope, envelope, type PageEnds, type PageRequest } from './pages.ts';

/** Pages and streams of a list whose items are read behind a key. */
export interface KeyedList<Item> {
  /** Names the list: its address without the page. */
  name: string;
  count: () => number;
  read: (from: PageStart, limit: number) => Item[];
  keyOf: (item: Item) => string;
}

/** Items read at a time where all are streamed: some hundred kilobytes of records. */
export const SLICE_SIZE = 100;

/** A page of such a list. It begins where the page before ended, whatever has gone in the meantime. */
export function pageOfKeyed<Item, Record>(
  list: KeyedList<Item>,
  paged: PageRequest,
  ends: PageEnds,
  now: Date,
  view: (items: Item[]) => Record[],
): Envelope<Record> {
  const { page, per_page } = paged;
  const total = list.count();
  const after = page === 1 ? null : ends.before(list.name, paged, now);
  const skip = (page - 1) * per_page;
  const items = after === null && skip >= total ? [] : list.read(after === null ? { skip } : { after }, per_page);
  const last = items.at(-1);
  if (last !== undefined) ends.note(list.name, paged, list.keyOf(last), now);
  // The page is not where its number puts it, so the number does not tell how many are left.
  const left =
    after === null || items.length < per_page ? undefined : leftBehind(list, list.keyOf(last as Item), total, paged);
  return envelope(total, paged, view(items), left);
}

/**
 * How many items come after a page that began behind a key: as the total says, unless some are still to come after the
 * last.
 */
function leftBehind<Item>(list: KeyedList<Item>, key: string, total: number, { page, per_page }: PageRequest): number {
  const counted = Math.max(0, total - page * per_page);
  return counted === 0 && list.read({ after: key }, 1).length > 0 ? 1 : counted;
}

/** All of such a list, a slice at a time. */
export const allOfKeyed = <Item>(list: KeyedList<Item>, slice = SLICE_SIZE): Generator<Item[]> =>
  slicesByKey((after) => list.read(after === null ? { skip: 0 } : { after }, slice), list.keyOf);

/** A page of a list in memory. */
export function pageOfIds<Item, Record>(
  items: readonly Item[],
  paged: PageRequest,
  view: (items: Item[]) => Record[],
): Envelope<Record> {
  const from = (paged.page - 1) * paged.per_page;
  return envelope(items.length, paged, view(items.slice(from, from + paged.per_page)));
}

/** A list in memory in the order of its keys, as one that is read behind a key. */
export const keyedItems = <Item>(
  name: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): KeyedList<Item> => ({
  name,
  count: () => items.length,
  read(from, limit) {
    const start = 'skip' in from ? from.skip : behind(items, from.after, keyOf);
    return items.slice(start, start + limit);
  },
  keyOf,
});

/** Where the first item behind a key is. */
function behind<Item>(items: readonly Item[], key: string, keyOf: (item: Item) => string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(items[middle]!) > key) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Turns slices of keys into slices of records. */
export function* viewed<Item, Record>(
  slices: Iterable<Item[]>,
  view: (items: Item[]) => Record[],
): Generator<Record[]> {
  for (const slice of slices) yield view(slice);
}

/** All services that are wanted. */
export const keyedServices = ({ db }: ApiContext, wanted: ServiceConditions): KeyedList<ServiceDates> => ({
  name: `services ${JSON.stringify(wanted)}`,
  count: () => countServices(db, wanted),
  read: (from, limit) => servicePage(db, wanted, from, limit),
  keyOf: ({ id }) => id,
});
