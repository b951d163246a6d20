import type { Listing } from '../domain/service.ts';
import { runAtOnce } from '../runtime/slices.ts';
import { AreaSets } from './geo/area-sets.ts';
import { isSearchable } from './packed/fallback.ts';
import { FacetLayout } from './packed/row.ts';
import { type ComingWeek, Timetables } from './packed/timetables.ts';
import { createCount } from './query/count/count.ts';
import { likenessTo } from './query/likeness.ts';
import { MergeScheduler } from './query/merge-scheduler.ts';
import { deleteListings, type OpenSegment, openSegment } from './query/open-segment.ts';
import { PlanCache } from './query/plan-cache.ts';
import { refresh } from './query/refresh.ts';
import { type CountHits, search } from './query/search.ts';
import { suggest } from './query/suggest.ts';
import { type Town, townsOf } from './query/towns.ts';
import { buildColumns } from './segment/build.ts';
import { NameTable, SegmentWriter, type SharedTables } from './segment/segment-writer.ts';
import { columnsFrom, type RestoredSnapshot, restoreShared, type Snapshot, snapshotOf } from './segment/snapshot.ts';
import { WordsByEar } from './text/by-ear.ts';
import { Lexicon } from './text/lexicon.ts';
import { NeedNames } from './text/need-names.ts';
import { NeedPhrases } from './text/need-phrases.ts';
import type { KnownWords } from './text/plan.ts';
import { Synonyms } from './text/synonyms.ts';
import { TypedMeaning } from './text/typed-meaning.ts';
import type { Vocabulary } from './text/vocabulary.ts';
import type { SearchAnswer, SearchIndex, SearchQuery, Suggestion } from './types.ts';

/** How many listings are read between two pauses. */
const AT_A_TIME = 16;
/** How many changed listings are remembered by their ids. */
const MOST_REMEMBERED = 5000;

/** A search index that can be written to the file. */
export interface KeepableIndex extends SearchIndex {
  /** The index as it is now, whatever changes while its parts are written. */
  snapshot(): Snapshot;
}

/**
 * The directory in memory, ready to be searched.
 *
 * What the index was made from is one large segment. Listings that are put in later go into small segments beside it,
 * and the old version of a changed listing is marked as deleted where it lies. Every query looks at all segments, so
 * the next search sees a change, and sees all of it.
 *
 * A search runs to its end undisturbed. Large segments are merged in slices between searches, and the result is swapped
 * in at once.
 */
class PackedIndex implements KeepableIndex {
  readonly #shared: SharedTables;
  readonly #knownWords: KnownWords;
  readonly #needNames: NeedNames;
  readonly #merges = new MergeScheduler({
    width: () => this.#shared.layout.width,
    refresh: (segment) => this.#week && refresh(segment, this.#week),
    swapped: () => this.#version++,
  });
  readonly #planCache = new PlanCache();
  readonly #count: CountHits;
  #towns: Town[] | null = null;
  #version = 0;
  /** The latest changes: the id of each listing, and the version of the index that the change made. */
  #changed: { id: string; version: number }[] = [];
  /** Changes up to this version are no longer remembered. */
  #forgotten = 0;
  /** The week of the last search, for which merged segments are prepared before they are swapped in. */
  #week: ComingWeek | null = null;

  constructor(listings: Iterable<Listing>, vocabulary: Vocabulary, kept: RestoredSnapshot | null) {
    const lexicon = new Lexicon();
    const synonyms = new Synonyms(vocabulary);
    this.#shared = {
      layout: new FacetLayout(),
      areas: new AreaSets(),
      lexicon,
      boundPhrases: synonyms.boundPhrases,
      timetables: new Timetables(),
      organizations: new NameTable(),
      cities: new NameTable(),
      vectors: vocabulary.vectors ?? null,
    };
    const needs = new NeedPhrases(vocabulary.needs ?? [], (key) => synonyms.hasKey(key));
    // So that a misspelt word of the vocabulary is recognised even where no listing has it.
    for (const words of [synonyms.words, needs.words]) for (const word of words) lexicon.add(word);
    this.#needNames = new NeedNames(vocabulary.needs ?? []);
    this.#knownWords = {
      lexicon,
      synonyms,
      needs,
      byEar: new WordsByEar(synonyms.words.union(needs.words)),
      danger: new Set(vocabulary.danger),
      meaning: vocabulary.vectors ? new TypedMeaning(vocabulary.needs ?? [], vocabulary.vectors) : null,
      count: (word) => this.#countWord(word),
    };
    if (kept) {
      restoreShared(kept.shared, this.#shared);
      for (const { parts, deleted } of kept.segments) {
        const segment = runAtOnce(openSegment(columnsFrom(parts)));
        deleteListings(segment, [...deleted]);
        this.#merges.add(segment);
      }
    }
    this.#count = createCount(this.#shared.layout);
    if (kept) this.put(listings);
    else this.#merges.add(this.#segmentFrom(listings));
  }

  #segmentFrom(listings: Iterable<Listing>): OpenSegment {
    const writer = new SegmentWriter(this.#shared);
    for (const listing of listings) if (isSearchable(listing)) writer.add(listing);
    return runAtOnce(openSegment(buildColumns(writer)));
  }

  get #segments(): readonly OpenSegment[] {
    return this.#merges.segments;
  }

  get size(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.size - segment.deletedCount, 0);
  }

  get knowsMeaning(): boolean {
    return this.#shared.vectors !== null;
  }

  get version(): number {
    return this.#version;
  }

  *prepare(today: string, now: number): Generator<void> {
    yield* this.#knownWords.byEar.prepare();
    yield* this.#knownWords.meaning?.prepare() ?? [];
    yield;
    this.#bringTo(today, now);
  }

  /** Brings all segments to a day and an hour. */
  #bringTo(today: string, now: number | undefined): ComingWeek {
    const week = this.#shared.timetables.week(today, now);
    for (const segment of this.#segments) refresh(segment, week);
    this.#week = week;
    return week;
  }

  search(query: SearchQuery): SearchAnswer {
    const week = this.#bringTo(query.today, query.now);
    this.#planCache.startVersion(this.#version, week);
    return search(
      {
        segments: this.#segments,
        shared: this.#shared,
        knownWords: this.#knownWords,
        planCache: this.#planCache,
        count: this.#count,
      },
      query,
    );
  }

  likeness(id: string, others: readonly string[]): number[] {
    return likenessTo(this.#segments, id, others);
  }

  suggest(text: string, limit: number, isOffered: (category: string) => boolean = () => true): Suggestion[] {
    return suggest(this.#segments, this.#shared, this.#needNames, text, limit, isOffered);
  }

  put(listings: Iterable<Listing>): void {
    const newest = new Map<string, Listing>();
    for (const listing of listings) newest.set(listing.service.id, listing);
    if (newest.size === 0) return;
    // What may fail comes first: then nothing has been changed yet.
    const segment = this.#segmentFrom(newest.values());
    this.remove(newest.keys());
    if (segment.size > 0) this.#merges.add(segment);
    this.#merges.tidy();
  }

  *putBySlices(listings: readonly Listing[], since: number): Generator<void, string[]> {
    const newest = new Map(listings.map((listing) => [listing.service.id, listing]));
    const writer = new SegmentWriter(this.#shared);
    let added = 0;
    for (const listing of newest.values()) {
      if (isSearchable(listing)) writer.add(listing);
      if (++added % AT_A_TIME === 0) yield;
    }
    const segment = yield* openSegment(buildColumns(writer));
    const changed = new Set(this.changedSince(since) ?? newest.keys());
    const others = [...newest.keys()].filter((id) => changed.has(id));
    deleteListings(
      segment,
      others.map((id) => segment.idTable.find(id)).filter((listing) => listing >= 0),
    );
    this.remove([...newest.keys()].filter((id) => !changed.has(id)));
    if (segment.size > 0) this.#merges.add(segment);
    this.#merges.tidy();
    return others;
  }

  remove(ids: Iterable<string>): void {
    this.#version++;
    this.#towns = null;
    const deletedBySegment = this.#segments.map((): number[] => []);
    for (const id of ids) {
      this.#changed.push({ id, version: this.#version });
      for (const [at, { idTable }] of this.#segments.entries()) {
        const listing = idTable.find(id);
        if (listing >= 0) deletedBySegment[at]!.push(listing);
      }
    }
    for (const [at, listings] of deletedBySegment.entries()) deleteListings(this.#segments[at]!, listings);
    if (this.#changed.length > MOST_REMEMBERED) {
      this.#changed = [];
      this.#forgotten = this.#version;
    }
  }

  changedSince(version: number): string[] | null {
    if (version < this.#forgotten) return null;
    return this.#changed.filter((it) => it.version > version).map(({ id }) => id);
  }

  settled(): Promise<void> {
    return this.#merges.settled();
  }

  snapshot(): Snapshot {
    return snapshotOf(this.#segments, this.#shared);
  }

  towns(): Town[] {
    this.#towns ??= townsOf(this.#segments, this.#shared);
    return this.#towns;
  }

  #countWord(word: number): number {
    let count = 0;
    for (const { postings, deleted, deletedCount } of this.#segments) {
      const list = postings.of(word);
      count += list.length;
      if (deletedCount > 0) for (let k = 0; k < list.length; k++) count -= deleted[list[k]! >>> 5]!;
    }
    return count;
  }
}

/**
 * Makes the index of a directory.
 * @param listings those that the public sees; others are left out
 * @param vocabulary words that find each other (text/vocabulary.ts)
 * @param kept what an earlier index was kept as: `listings` are then those that it lacks
 * @throws Error where the parts of what was kept do not fit together
 */
export const createSearchIndex = (
  listings: Iterable<Listing>,
  vocabulary: Vocabulary,
  kept: RestoredSnapshot | null = null,
): KeepableIndex => new PackedIndex(listings, vocabulary, kept);
