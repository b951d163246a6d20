import { createHmac, randomBytes } from 'node:crypto';
import type { PlaceKey } from '../domain/place.ts';
import { today } from '../domain/schedule.ts';
import { KINDS } from '../domain/service.ts';
import { TAXONOMY, taxonomyTerm } from '../domain/taxonomy.ts';
import { stem } from '../search/text/stem.ts';
import { isStopWord, tokens } from '../search/text/tokens.ts';
import type { Vocabulary } from '../search/text/vocabulary.ts';
import { METRES_PER_MILE, type SearchAnswer, type SearchQuery } from '../search/types.ts';
import { clockStanding } from '../store/clock.ts';
import type { Db } from '../store/open.ts';
import { addUnmet, dropUnmet, type UnmetCount, type UnmetWhat } from '../store/unmet.ts';

/**
 * Counts searches that found nothing near. A search only adds to counts in memory; a timer writes them. Of the place only
 * the outcode is counted, and of the words only those that the vocabulary or a category's name has: what else somebody
 * typed, their own name perhaps, is not kept.
 *
 * The same place that looks for the same thing again counts once a day: known by a hash under a key that is made anew
 * each day and is never written down. Places are told apart by cells of some 200 metres, so neighbours who look for the
 * same thing on one day count as one; and a restart begins a new day. Nobody who searches can be told from another, so a
 * person who searches from several places counts several times.
 */

/** Where no radius was asked for: what is further than this is not near. */
const NEAR_M = 5 * METRES_PER_MILE;
/** Quarters kept: this one and two years before it. */
const QUARTERS_KEPT = 8;
/** Bounds the memory: hashes of a day, and counts that wait to be written. */
const MOST_SEEN = 50_000;
const MOST_WAITING = 20_000;
/** As sealed places are (domain/privacy.ts): degrees. */
const CELL = { latitude: 0.002, longitude: 0.003 };

/** '2026-Q4' */
export const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** The quarter so many before another. */
export function quarterBefore(quarter: string, count: number): string {
  const number = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 - count;
  return `${Math.floor(number / 4)}-Q${(number % 4) + 1}`;
}

/** Whether a search found nothing where its searcher can go, and nothing that comes to them or covers where they are. */
function foundNothingNear(query: SearchQuery, { matched, hits, radius_auto }: SearchAnswer): boolean {
  if (query.place === null || query.page > 1 || matched.area > 0) return false;
  if (!query.reach.includes('venue') || matched.venue === 0) return matched.venue === 0;
  if (!radius_auto) return false;
  const venues = hits.filter(({ reach, match }) => reach === 'venue' && match === 'words');
  const nearestFirst = query.sort === 'distance' || (query.sort === null && query.q === '');
  // Where the nearest may lie beyond the first page, nothing is said.
  const sure = venues.length === matched.venue || (nearestFirst && venues.length > 0);
  return sure && venues.every(({ distance_m }) => distance_m !== null && distance_m > NEAR_M);
}

/** A search that found nothing near, as far as it is counted. */
export interface FoundNothing {
  today: string;
  outcode: string;
  /** What stands for its place, to count it once a day. */
  cell: string;
  wanted: [UnmetWhat, string][];
}

/** Counts for one server. */
export class UnmetCounter {
  readonly #db: Db;
  readonly #tell: (found: FoundNothing) => void;
  /** By stem: the word under which it is counted. */
  readonly #words = new Map<string, string>();
  readonly #waiting = new Map<string, UnmetCount>();
  readonly #seen = new Set<string>();
  #key = randomBytes(32);
  #day = '';

  /** @param tell given what is to be counted, where another process counts it */
  constructor(db: Db, vocabulary: Vocabulary, tell?: (found: FoundNothing) => void) {
    this.#db = db;
    this.#tell = tell ?? ((found) => this.count(found));
    const named = TAXONOMY.flatMap((group) => [group.name, ...group.terms.map(({ name }) => name)]);
    const terms = vocabulary.groups.flatMap(({ from, to }) => [...from, ...to]);
    for (const term of [...named, ...terms])
      for (const word of tokens(term))
        if (!isStopWord(word) && !this.#words.has(stem(word))) this.#words.set(stem(word), word);
  }

  /** Counts a search, where it found nothing near. Costs a look at the answer otherwise. */
  note(query: SearchQuery, answer: SearchAnswer, key: PlaceKey | null): void {
    if (key === null || !foundNothingNear(query, answer)) return;
    const { today } = query;
    this.#tell({
      today,
      outcode: query.place?.outcode ?? '',
      cell: cellOf(key),
      wanted: [...this.#wanted(query, answer)],
    });
  }

  /** Counts what a reader has noted. */
  count({ today, outcode, cell, wanted }: FoundNothing): void {
    if (this.#day !== today || this.#seen.size > MOST_SEEN) {
      this.#day = today;
      this.#key = randomBytes(32);
      this.#seen.clear();
    }
    for (const [what, value] of wanted) {
      const mark = createHmac('sha256', this.#key).update(`${cell} ${what} ${value}`).digest('base64').slice(0, 22);
      if (this.#seen.has(mark)) continue;
      this.#seen.add(mark);
      this.#add(quarterOf(today), outcode, what, value);
    }
  }

  #add(quarter: string, outcode: string, what: UnmetWhat, value: string): void {
    const at = `${quarter} ${outcode} ${what} ${value}`;
    const waiting = this.#waiting.get(at);
    if (waiting) waiting.searches++;
    else if (this.#waiting.size < MOST_WAITING) this.#waiting.set(at, { quarter, outcode, what, value, searches: 1 });
  }

  /** What was looked for, as far as it is counted. */
  *#wanted({ q, filters }: SearchQuery, { searched_for }: SearchAnswer): Generator<[UnmetWhat, string]> {
    yield ['any', ''];
    for (const code of filters.category ?? []) if (taxonomyTerm(code)) yield ['category', code];
    for (const kind of filters.kind ?? []) if (KINDS.includes(kind)) yield ['kind', kind];
    const words = new Set(tokens(searched_for ?? q).flatMap((word) => this.#words.get(stem(word)) ?? []));
    for (const word of words) yield ['word', word];
  }

  /** Writes what was counted, and forgets what is too old. Where that fails, it is kept for the next time. */
  flush(now: Date): void {
    if (this.#waiting.size === 0) return;
    if (clockStanding(this.#db, now).state === 'right')
      dropUnmet(this.#db, quarterBefore(quarterOf(today(now)), QUARTERS_KEPT));
    addUnmet(this.#db, this.#waiting.values());
    this.#waiting.clear();
  }
}

/** What stands for a place while it is told whether it has asked before: never finer than a sealed one. */
const cellOf = (key: PlaceKey): string =>
  key.kind === 'point'
    ? `${Math.floor(key.latitude / CELL.latitude)} ${Math.floor(key.longitude / CELL.longitude)}`
    : `${key.kind} ${key.code}`;
