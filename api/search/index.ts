import type { Listing } from '../domain/service.ts';
import { AreaSets } from './areas.ts';
import { columnsOf } from './build.ts';
import { segmentOf } from './derive.ts';
import { Draft, Names, type Shared } from './draft.ts';
import { Counter } from './facets.ts';
import { freshen } from './freshen.ts';
import { Memories } from './memories.ts';
import { merge } from './merge.ts';
import { Layout } from './row.ts';
import { search } from './search.ts';
import { bury, type Segment } from './segment.ts';
import { atOnce } from './slices.ts';
import { isListed } from './standing.ts';
import { suggest } from './suggest.ts';
import { Lexicon } from './text/lexicon.ts';
import type { Known } from './text/plan.ts';
import { Synonyms } from './text/synonyms.ts';
import { type Town, townsOf } from './towns.ts';
import type { SearchAnswer, SearchIndex, SearchQuery, Suggestion } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A segment is made one with the one before it as soon as it is a quarter as large. So each is at least four times as
 * large as the next, there are few of them (five for a million listings), and a listing that came in one by one has been
 * moved a handful of times, not once for each that came after it.
 */
const TIMES_LARGER = 4;
/** A segment of which more than this share is dead is made anew without them. */
const MOST_DEAD = 0.5;

/**
 * The directory in memory, ready to be searched.
 *
 * What the index was made from is one large segment. Listings put in later come into small segments beside it, and their
 * former selves are marked dead where they lie; every query looks at all segments, so a change is seen by the next
 * search, whole. Searches run to their end undisturbed: nothing here waits or yields.
 */
class PackedIndex implements SearchIndex {
  readonly #shared: Shared;
  readonly #known: Known;
  /** The largest first. */
  readonly #segments: Segment[];
  readonly #memories = new Memories();
  #counter: Counter;
  #towns: Town[] | null = null;
  #version = 0;

  constructor(listings: Iterable<Listing>, vocabulary: Vocabulary) {
    const lexicon = new Lexicon();
    const synonyms = new Synonyms(vocabulary);
    // So that a misspelt word of the vocabulary is known even where no listing holds it.
    for (const word of synonyms.words) lexicon.add(word);
    this.#shared = {
      layout: new Layout(),
      areas: new AreaSets(),
      lexicon,
      organizations: new Names(),
      cities: new Names(),
    };
    this.#known = { lexicon, synonyms, count: (word) => this.#count(word) };
    this.#segments = [this.#segmentOf(listings)];
    this.#counter = new Counter(this.#shared.layout);
  }

  #segmentOf(listings: Iterable<Listing>): Segment {
    const draft = new Draft(this.#shared);
    for (const listing of listings) if (isListed(listing)) draft.add(listing);
    return atOnce(segmentOf(columnsOf(draft)));
  }

  get size(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.size - segment.deaths, 0);
  }

  get version(): number {
    return this.#version;
  }

  search(query: SearchQuery): SearchAnswer {
    if (!this.#counter.fits(this.#shared.layout)) this.#counter = new Counter(this.#shared.layout);
    for (const segment of this.#segments) freshen(segment, query.today);
    this.#memories.bringTo(this.#version);
    return search(
      {
        segments: this.#segments,
        shared: this.#shared,
        known: this.#known,
        memories: this.#memories,
        counter: this.#counter,
      },
      query,
    );
  }

  suggest(text: string, limit: number): Suggestion[] {
    return suggest(this.#segments, this.#shared, text, limit);
  }

  put(listings: Iterable<Listing>): void {
    const newest = new Map<string, Listing>();
    for (const listing of listings) newest.set(listing.service.id, listing);
    // Everything that may fail comes before anything is changed.
    const segment = this.#segmentOf(newest.values());
    this.remove(newest.keys());
    if (segment.size > 0) this.#segments.push(segment);
    this.#tidy();
  }

  remove(ids: Iterable<string>): void {
    this.#version++;
    this.#towns = null;
    const buried = this.#segments.map((): number[] => []);
    for (const id of ids) {
      for (const [at, { idTable }] of this.#segments.entries()) {
        const listing = idTable.find(id);
        if (listing >= 0) buried[at]!.push(listing);
      }
    }
    for (const [at, listings] of buried.entries()) bury(this.#segments[at]!, listings);
  }

  #tidy(): void {
    const segments = this.#segments;
    for (let last = segments.length - 1; last > 0; last--) {
      if (segments[last]!.size * TIMES_LARGER < segments[last - 1]!.size) break;
      segments.splice(last - 1, 2, this.#merged(segments[last - 1]!, segments[last]!));
    }
    for (const [at, segment] of segments.entries())
      if (segment.deaths > segment.size * MOST_DEAD) segments[at] = this.#merged(segment);
  }

  #merged(...segments: Segment[]): Segment {
    return atOnce(segmentOf(atOnce(merge(segments, this.#shared.layout.width)).columns));
  }

  towns(): Town[] {
    this.#towns ??= townsOf(this.#segments, this.#shared);
    return this.#towns;
  }

  #count(word: number): number {
    let count = 0;
    for (const { postings, dead, deaths } of this.#segments) {
      const list = postings.of(word);
      count += list.length;
      if (deaths > 0) for (let k = 0; k < list.length; k++) count -= dead[list[k]! >>> 5]!;
    }
    return count;
  }
}

/**
 * Makes the index of a directory.
 * @param listings those that the public sees (others are left out)
 * @param vocabulary words that find each other (vocabulary.ts)
 */
export const createSearchIndex = (listings: Iterable<Listing>, vocabulary: Vocabulary): SearchIndex =>
  new PackedIndex(listings, vocabulary);
