import type { ServiceArea } from '../../domain/service.ts';
import { STEP } from '../../runtime/slices.ts';
import type { FacetName } from '../facets.ts';
import { Ids } from '../packed/ids.ts';
import { Texts, TextsColumn } from '../packed/texts.ts';
import type { Timetables } from '../packed/timetables.ts';
import type { Columns, Segment } from './segment.ts';
import type { SharedTables } from './segment-writer.ts';

/**
 * The index as bytes, so that a start need not read every text again. Only columns and shared tables are kept; the rest
 * is derived again. Numbers are written in the byte order of this machine: the edition (edition.ts) sees to it that no
 * other kind of machine reads them.
 */

/** Bytes with a name. */
export interface SnapshotPart {
  name: string;
  bytes: Uint8Array;
}

/** A segment as it is kept. Its columns never change, so they are written once. */
interface SnapshotSegment {
  /** Stands for the segment as long as it lives: the buffer of its ids, also where they were read from the file. */
  identity: ArrayBufferLike;
  parts(): SnapshotPart[];
  /** The numbers of the listings that are deleted by now. */
  deleted: Uint32Array;
}

/** The index at one moment. */
export interface Snapshot {
  /** The tables that all segments share. In slices, since they may be long. */
  shared(): Generator<void, SnapshotPart[]>;
  segments: SnapshotSegment[];
}

/** A snapshot as it is read from the file. */
export interface RestoredSnapshot {
  shared: readonly SnapshotPart[];
  segments: readonly { parts: readonly SnapshotPart[]; deleted: Uint32Array }[];
}

const ARRAYS = {
  rows: Int32Array,
  pointStart: Uint32Array,
  xyz: Int32Array,
  latitudes: Int32Array,
  longitudes: Int32Array,
  access: Uint16Array,
  cities: Int32Array,
  nameRank: Uint32Array,
  organizations: Int32Array,
  words: Uint32Array,
  wordStarts: Uint32Array,
  wordPostings: Uint32Array,
  meanings: Int8Array,
} as const;
type ArrayName = keyof typeof ARRAYS;

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const textParts = (name: string, texts: Texts): SnapshotPart[] => [
  { name: `${name}.bytes`, bytes: texts.bytes },
  { name: `${name}.starts`, bytes: bytesOf(texts.starts) },
];

function columnParts(columns: Columns): SnapshotPart[] {
  const { size, width, parts, groups, ids, locationIds, names } = columns;
  const head = {
    size,
    width,
    parts,
    groups: groups.map(({ set, from, to }) => ({ set, from, to })),
    ids: [...ids.odd],
    locationIds: [...locationIds.odd],
  };
  return [
    { name: 'head', bytes: json(head) },
    { name: 'ids', bytes: bytesOf(ids.words) },
    { name: 'locationIds', bytes: bytesOf(locationIds.words) },
    ...textParts('names', names),
    ...(Object.keys(ARRAYS) as ArrayName[]).map((name) => ({ name, bytes: bytesOf(columns[name]) })),
  ];
}

/** A snapshot of the index at this moment. Only what may change is copied. */
export const snapshotOf = (segments: readonly Segment[], shared: SharedTables): Snapshot => {
  const { lexicon, organizations, cities, layout, areas, timetables } = shared;
  const codes = layout.codes();
  const sets = [...areas.sets];
  const rules = [...timetables.all];
  const words = lexicon.size;
  const counts = [organizations.ids.length, cities.ids.length] as const;
  return {
    *shared() {
      const parts: SnapshotPart[] = [{ name: 'tables', bytes: json({ codes, sets, rules }) }];
      yield;
      parts.push(...textParts('lexicon', yield* textsOf(words, (n) => lexicon.word(n))));
      for (const [at, names] of [organizations, cities].entries()) {
        parts.push(...textParts(`${at}.ids`, yield* textsOf(counts[at]!, (n) => names.ids[n]!)));
        parts.push(...textParts(`${at}.names`, yield* textsOf(counts[at]!, (n) => names.names[n]!)));
      }
      return parts;
    },
    segments: segments.map((segment) => ({
      identity: segment.ids.words.buffer,
      parts: () => columnParts(segment),
      deleted: Uint32Array.from(segment.deletedListings),
    })),
  };
};

function* textsOf(count: number, at: (n: number) => string): Generator<void, Texts> {
  const column = new TextsColumn();
  for (let n = 0; n < count; n++) {
    column.push(at(n));
    if (n % STEP === 0) yield;
  }
  return column.texts();
}

/** Finds the parts of a snapshot by name. */
class Parts {
  readonly #parts: Map<string, Uint8Array>;

  constructor(parts: readonly SnapshotPart[]) {
    this.#parts = new Map(parts.map(({ name, bytes }) => [name, bytes]));
  }

  bytes(name: string): Uint8Array {
    // What is empty is not kept: there may be no table of word vectors.
    const bytes = this.#parts.get(name) ?? (name === 'meanings' ? new Uint8Array(0) : undefined);
    if (!bytes) throw new Error(`The kept index has no part ${name}.`);
    return bytes;
  }

  json<T>(name: string): T {
    return JSON.parse(Buffer.from(this.bytes(name)).toString()) as T;
  }

  numbers<T extends Int32Array | Uint32Array | Uint16Array | Int8Array>(
    name: string,
    make: new (buffer: ArrayBufferLike, offset: number, length: number) => T,
  ): T {
    const { buffer, byteOffset, byteLength } = this.bytes(name);
    const size = (make as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
    return new make(buffer, byteOffset, byteLength / size);
  }

  texts(name: string): Texts {
    return new Texts(this.bytes(`${name}.bytes`), this.numbers(`${name}.starts`, Uint32Array));
  }
}

type Head = Pick<Columns, 'size' | 'width' | 'parts' | 'groups'> &
  Record<'ids' | 'locationIds', readonly (readonly [number, string])[]>;

/** The columns of a segment from its kept parts. */
export function columnsFrom(kept: readonly SnapshotPart[]): Columns {
  const parts = new Parts(kept);
  const { ids, locationIds, ...head } = parts.json<Head>('head');
  const arrays = Object.fromEntries(
    (Object.keys(ARRAYS) as ArrayName[]).map((name) => [name, parts.numbers<Uint16Array>(name, ARRAYS[name] as never)]),
  ) as unknown as Pick<Columns, ArrayName>;
  const columns = {
    ...head,
    ...arrays,
    ids: new Ids(parts.numbers('ids', Int32Array), new Map(ids)),
    locationIds: new Ids(parts.numbers('locationIds', Int32Array), new Map(locationIds)),
    names: parts.texts('names'),
  };
  if (columns.ids.length !== head.size || columns.rows.length !== head.size * head.width)
    throw new Error('The kept index does not fit together.');
  return columns;
}

/** Fills empty shared tables from their kept parts. */
export function restoreShared(
  kept: readonly SnapshotPart[],
  { layout, areas, timetables, lexicon, organizations, cities }: SharedTables,
): void {
  const parts = new Parts(kept);
  const { codes, sets, rules } = parts.json<{
    codes: [FacetName, string][];
    sets: ServiceArea[][];
    rules: Timetables['all'];
  }>('tables');
  for (const [facet, value] of codes) layout.bitFor(facet, value);
  for (const set of sets) areas.numberOf(set);
  for (const timetable of rules) timetables.add(timetable);
  const words = parts.texts('lexicon');
  for (let n = 0; n < words.length; n++)
    if (lexicon.add(words.at(n)) !== n) throw new Error('The kept index has other words than this program.');
  for (const [at, table] of [organizations, cities].entries()) {
    const ids = parts.texts(`${at}.ids`);
    const shown = parts.texts(`${at}.names`);
    for (let n = 0; n < ids.length; n++) table.numberOf(ids.at(n), shown.at(n));
  }
}
