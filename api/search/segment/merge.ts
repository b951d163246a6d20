import { STEP } from '../../runtime/slices.ts';
import { IdsColumn } from '../packed/ids.ts';
import { AREAS, MORE } from '../packed/row.ts';
import { TextsColumn } from '../packed/texts.ts';
import { FIELD_BITS, FIELD_MASK, packPosting } from '../text/postings.ts';
import { fold } from '../text/tokens.ts';
import { arrange, orderPoints } from './order.ts';
import type { Columns, Segment } from './segment.ts';

/** In place of a number, for a listing that is not copied. */
export const DROPPED = 0xffff_ffff;

interface Merged {
  columns: Columns;
  /**
   * For each segment: by the old number of a listing its number in the new columns, or DROPPED where it was deleted.
   */
  numbers: Uint32Array[];
}

/**
 * Makes one segment of several, without what is deleted. No text is read again. It works in slices: a listing that is
 * deleted in the meantime is copied all the same, and whoever swaps the result in must delete it there.
 * @param width of the rows: that of the newest segment
 */
export function* mergeSegments(segments: readonly Segment[], width: number): Generator<void, Merged> {
  // First all listings that are not deleted, one after the other; `arrange` then gives their order.
  const from: number[] = [];
  const listings: number[] = [];
  for (const [at, { size, deleted }] of segments.entries()) {
    for (let listing = 0; listing < size; listing++) {
      if (listing % STEP === 0) yield;
      if (deleted[listing] !== 0) continue;
      from.push(at);
      listings.push(listing);
    }
  }
  const size = listings.length;
  const areas = new Int32Array(size);
  const more = new Int32Array(size);
  const pointStart = new Uint32Array(size + 1);
  for (let i = 0; i < size; i++) {
    const segment = segments[from[i]!]!;
    const listing = listings[i]!;
    areas[i] = segment.rows[listing * segment.width + AREAS]!;
    more[i] = segment.rows[listing * segment.width + MORE]!;
    pointStart[i + 1] = pointStart[i]! + segment.pointStart[listing + 1]! - segment.pointStart[listing]!;
    if (i % STEP === 0) yield;
  }
  const latitudes = new Int32Array(pointStart[size]!);
  const longitudes = new Int32Array(pointStart[size]!);
  for (let i = 0; i < size; i++) {
    const segment = segments[from[i]!]!;
    const first = segment.pointStart[listings[i]!]!;
    for (let point = pointStart[i]!; point < pointStart[i + 1]!; point++) {
      latitudes[point] = segment.latitudes[first + point - pointStart[i]!]!;
      longitudes[point] = segment.longitudes[first + point - pointStart[i]!]!;
    }
    if (i % STEP === 0) yield;
  }
  const { order, groups, parts } = yield* arrange({ areas, more, pointStart, latitudes, longitudes });

  const numbers = segments.map((segment) => new Uint32Array(segment.size).fill(DROPPED));
  const rows = new Int32Array(size * width);
  const organizations = new Int32Array(size);
  const bytes = meaningBytes(segments);
  const meanings = new Int8Array(size * bytes);
  const ids = new IdsColumn();
  const names = new TextsColumn();
  for (let to = 0; to < size; to++) {
    const segment = segments[from[order[to]!]!]!;
    const listing = listings[order[to]!]!;
    numbers[from[order[to]!]!]![listing] = to;
    for (let k = 0; k < segment.width; k++) rows[to * width + k] = segment.rows[listing * segment.width + k]!;
    organizations[to] = segment.organizations[listing]!;
    meanings.set(segment.meanings.subarray(listing * bytes, (listing + 1) * bytes), to * bytes);
    ids.copy(segment.ids, listing);
    names.copy(segment.names, listing);
    if (to % STEP === 0) yield;
  }

  const { starts, points } = orderPoints(order, pointStart);
  yield;
  const xyz = new Int32Array(points.length * 3);
  const access = new Uint16Array(points.length);
  const cities = new Int32Array(points.length);
  const locationIds = new IdsColumn();
  let at = 0;
  for (let to = 0; to < size; to++) {
    const segment = segments[from[order[to]!]!]!;
    const listing = listings[order[to]!]!;
    for (let point = segment.pointStart[listing]!; point < segment.pointStart[listing + 1]!; point++, at++) {
      for (let d = 0; d < 3; d++) xyz[at * 3 + d] = segment.xyz[point * 3 + d]!;
      access[at] = segment.access[point]!;
      cities[at] = segment.cities[point]!;
      locationIds.copy(segment.locationIds, point);
    }
    if (to % STEP === 0) yield;
  }

  const nameRank = yield* mergeRanks(segments, numbers, size);
  const postings = yield* mergePostings(segments, numbers);
  return {
    columns: {
      size,
      parts,
      groups,
      width,
      rows,
      pointStart: starts,
      xyz,
      latitudes: Int32Array.from(points, (point) => latitudes[point]!),
      longitudes: Int32Array.from(points, (point) => longitudes[point]!),
      access,
      cities,
      locationIds: locationIds.ids(),
      ids: ids.ids(),
      names: names.texts(),
      nameRank,
      organizations,
      meanings,
      ...postings,
    },
    numbers,
  };
}

/** How many bytes a listing has for what it means. */
function meaningBytes(segments: readonly Segment[]): number {
  const filled = segments.find(({ size }) => size > 0);
  return filled === undefined ? 0 : filled.meanings.length / filled.size;
}

/** The order of all listings by name, merged from the orders of the segments. */
function* mergeRanks(
  segments: readonly Segment[],
  numbers: readonly Uint32Array[],
  size: number,
): Generator<void, Uint32Array> {
  const heads: { segment: Segment; byRank: Uint32Array; numbers: Uint32Array; at: number; name: string }[] = [];
  for (const [k, segment] of segments.entries()) {
    const byRank = new Uint32Array(segment.size);
    for (let i = 0; i < segment.size; i++) {
      byRank[segment.nameRank[i]!] = i;
      if (i % STEP === 0) yield;
    }
    heads.push({ segment, byRank, numbers: numbers[k]!, at: -1, name: '' });
  }
  const advance = (head: (typeof heads)[number]): boolean => {
    do head.at++;
    while (head.at < head.byRank.length && head.numbers[head.byRank[head.at]!] === DROPPED);
    if (head.at === head.byRank.length) return false;
    // Names are needed only where there is something to compare them with.
    if (heads.length > 1) head.name = fold(head.segment.names.at(head.byRank[head.at]!));
    return true;
  };
  let left = heads.filter(advance);
  const rank = new Uint32Array(size);
  for (let place = 0; place < size; place++) {
    let first = left[0]!;
    for (let k = 1; k < left.length; k++) {
      const other = left[k]!;
      if (other.name > first.name) continue;
      const order = other.segment.ids.compare(other.byRank[other.at]!, first.segment.ids, first.byRank[first.at]!);
      if (other.name < first.name || order < 0) first = other;
    }
    rank[first.numbers[first.byRank[first.at]!]!] = place;
    if (!advance(first)) left = left.filter((head) => head !== first);
    if (place % 512 === 0) yield;
  }
  return rank;
}

/** The postings of all segments, merged word by word. */
function* mergePostings(
  segments: readonly Segment[],
  numbers: readonly Uint32Array[],
): Generator<void, Pick<Columns, 'words' | 'wordStarts' | 'wordPostings'>> {
  const all = new Uint32Array(segments.reduce((sum, { wordPostings }) => sum + wordPostings.length, 0));
  const words: number[] = [];
  const starts: number[] = [0];
  const places = segments.map(() => 0);
  let written = 0;
  let sinceYield = 0;
  for (;;) {
    let word = Number.POSITIVE_INFINITY;
    for (const [k, segment] of segments.entries()) word = Math.min(word, segment.words[places[k]!] ?? word);
    if (word === Number.POSITIVE_INFINITY) break;
    const start = written;
    let rising = true;
    for (const [k, segment] of segments.entries()) {
      const place = places[k]!;
      if (segment.words[place] !== word) continue;
      places[k]!++;
      const to = numbers[k]!;
      const end = segment.wordStarts[place + 1]!;
      for (let at = segment.wordStarts[place]!; at < end; at++) {
        const posting = segment.wordPostings[at]!;
        const listing = to[posting >>> FIELD_BITS]!;
        if (listing === DROPPED) continue;
        const moved = packPosting(listing, posting & FIELD_MASK);
        if (written > start && moved < all[written - 1]!) rising = false;
        all[written++] = moved;
      }
      sinceYield += end - segment.wordStarts[place]!;
    }
    if (written > start) {
      if (!rising) all.subarray(start, written).sort();
      words.push(word);
      starts.push(written);
    }
    if (++sinceYield > STEP * 8) {
      sinceYield = 0;
      yield;
    }
  }
  return {
    words: Uint32Array.from(words),
    wordStarts: Uint32Array.from(starts),
    wordPostings: all.subarray(0, written),
  };
}
