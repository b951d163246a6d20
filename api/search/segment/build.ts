import { runAtOnce } from '../../runtime/slices.ts';
import type { Ids } from '../packed/ids.ts';
import { AREAS, FIRST_CODES, MAIN, MORE } from '../packed/row.ts';
import type { Texts } from '../packed/texts.ts';
import { packPosting } from '../text/postings.ts';
import { fold } from '../text/tokens.ts';
import { arrange, orderPoints } from './order.ts';
import type { Columns } from './segment.ts';
import type { SegmentWriter } from './segment-writer.ts';

function packRows(writer: SegmentWriter, order: Uint32Array, width: number): Int32Array {
  const fixed = writer.fixed.items;
  const codeStart = writer.codeStart.items;
  const codes = writer.codes.items;
  const rows = new Int32Array(order.length * width);
  for (let to = 0; to < order.length; to++) {
    const from = order[to]!;
    const base = to * width;
    for (let k = 0; k < FIRST_CODES; k++) rows[base + k] = fixed[from * FIRST_CODES + k]!;
    const end = codeStart[from + 1] ?? codes.length;
    for (let k = codeStart[from]!; k < end; k++) rows[base + MAIN + (codes[k]! >>> 5)]! |= 1 << (codes[k]! & 31);
  }
  return rows;
}

function packPostings(
  writer: SegmentWriter,
  order: Uint32Array,
): Pick<Columns, 'words' | 'wordStarts' | 'wordPostings'> {
  const termStart = writer.termStart.items;
  const terms = writer.terms.items;
  const fields = writer.fields.items;
  const counts = new Uint32Array(writer.shared.lexicon.size);
  for (let k = 0; k < terms.length; k++) counts[terms[k]!]!++;
  const words: number[] = [];
  const starts: number[] = [0];
  for (let word = 0; word < counts.length; word++) {
    if (counts[word] === 0) continue;
    words.push(word);
    starts.push(starts[starts.length - 1]! + counts[word]!);
    counts[word] = starts[starts.length - 2]!;
  }
  const all = new Uint32Array(terms.length);
  for (let to = 0; to < order.length; to++) {
    const from = order[to]!;
    const end = termStart[from + 1] ?? terms.length;
    for (let k = termStart[from]!; k < end; k++) all[counts[terms[k]!]!++] = packPosting(to, fields[k]!);
  }
  return { words: Uint32Array.from(words), wordStarts: Uint32Array.from(starts), wordPostings: all };
}

function packMeanings({ meanings: { items } }: SegmentWriter, order: Uint32Array): Int8Array {
  const bytes = order.length === 0 ? 0 : items.length / order.length;
  const packed = new Int8Array(items.length);
  for (let to = 0; to < order.length; to++)
    packed.set(items.subarray(order[to]! * bytes, (order[to]! + 1) * bytes), to * bytes);
  return packed;
}

/** The order of listings by folded name, then id. */
function rankNames(names: Texts, ids: Ids): Uint32Array {
  const folded = Array.from({ length: names.length }, (_, i) => fold(names.at(i)));
  const order = Uint32Array.from(folded, (_, i) => i).sort((a, b) => {
    const x = folded[a]!;
    const y = folded[b]!;
    return x < y ? -1 : x > y ? 1 : ids.compare(a, ids, b);
  });
  const rank = new Uint32Array(folded.length);
  for (let place = 0; place < order.length; place++) rank[order[place]!] = place;
  return rank;
}

/**
 * The columns of what a writer has gathered, in the order of a segment. Takes time in proportion to the listings and
 * words.
 */
export function buildColumns(writer: SegmentWriter): Columns {
  const size = writer.length;
  const fixed = writer.fixed.items;
  const fixedAt = (word: number) => Int32Array.from({ length: size }, (_, i) => fixed[i * FIRST_CODES + word]!);
  const latitudes = writer.latitudes.items;
  const longitudes = writer.longitudes.items;
  const pointStart = new Uint32Array(size + 1).fill(latitudes.length);
  pointStart.set(writer.pointStart.items);
  const unordered = { areas: fixedAt(AREAS), more: fixedAt(MORE), pointStart, latitudes, longitudes };
  const { order, groups, parts } = runAtOnce(arrange(unordered));
  const width = writer.shared.layout.width;
  const { starts, points } = orderPoints(order, pointStart);
  const pick = (column: Int32Array) => Int32Array.from(points, (point) => column[point]!);
  const xyz = writer.xyz.items;
  const access = writer.access.items;
  const organizations = writer.organizations.items;
  const ids = writer.ids.ids().pick(order);
  const names = writer.names.texts().pick(order);
  return {
    size,
    parts,
    groups,
    width,
    rows: packRows(writer, order, width),
    pointStart: starts,
    xyz: Int32Array.from({ length: points.length * 3 }, (_, k) => xyz[points[Math.floor(k / 3)]! * 3 + (k % 3)]!),
    latitudes: pick(latitudes),
    longitudes: pick(longitudes),
    access: Uint16Array.from(points, (point) => access[point]!),
    cities: pick(writer.cities.items),
    locationIds: writer.locationIds.ids().pick(points),
    ids,
    names,
    nameRank: rankNames(names, ids),
    organizations: Int32Array.from(order, (from) => organizations[from]!),
    meanings: packMeanings(writer, order),
    ...packPostings(writer, order),
  };
}
