import type { Listing } from '../domain/service.ts';
import { AreaSets } from './areas.ts';
import { Draft, Names, type Shared } from './draft.ts';
import { Counter } from './facets.ts';
import { freshen } from './freshen.ts';
import { Layout } from './row.ts';
import { search } from './search.ts';
import { bury, makeSegment, type Segment } from './segment.ts';
import { isListed } from './standing.ts';
import { suggest } from './suggest.ts';
import { Lexicon } from './text/lexicon.ts';
import type { Known } from './text/plan.ts';
import { Synonyms } from './text/synonyms.ts';
import { type Town, townsOf } from './towns.ts';
import type { SearchAnswer, SearchIndex, SearchQuery, Suggestion } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Small segments that are kept side by side before they are made one. */
const MOST_SMALL = 4;

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
  #segments: Segment[];
  #counter: Counter;
  #towns: Town[] | null = null;

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
    return makeSegment(draft);
  }

  get size(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.size - segment.deaths, 0);
  }

  search(query: SearchQuery): SearchAnswer {
    if (!this.#counter.fits(this.#shared.layout)) this.#counter = new Counter(this.#shared.layout);
    for (const segment of this.#segments) freshen(segment, query.today);
    return search(
      { segments: this.#segments, shared: this.#shared, known: this.#known, counter: this.#counter },
      query,
    );
  }

  suggest(text: string, limit: number): Suggestion[] {
    return suggest(this.#segments, this.#shared, text, limit);
  }

  put(listings: Iterable<Listing>): void {
    const newest = new Map<string, Listing>();
    for (const listing of listings) newest.set(listing.service.id, listing);
    const segment = this.#segmentOf(newest.values());
    this.remove(newest.keys());
    if (segment.size > 0) this.#segments = [...this.#segments, segment];
    this.#mergeSmall();
  }

  remove(ids: Iterable<string>): void {
    this.#towns = null;
    for (const id of ids) {
      for (const segment of this.#segments) {
        const listing = segment.idTable.find(id);
        if (listing >= 0) bury(segment, listing);
      }
    }
  }

  #mergeSmall(): void {
    if (this.#segments.length <= MOST_SMALL) return;
    const [base, ...small] = this.#segments;
    const draft = new Draft(this.#shared);
    for (const segment of small) draft.addSegment(segment);
    this.#segments = [base!, makeSegment(draft)];
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
