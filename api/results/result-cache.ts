import type { SearchIndex } from '../search/types.ts';
import { type PreparedResult, resultKey } from '../store/results.ts';
import { meetsOn, type SearchedDays } from './prepared-result.ts';

/** Bytes of results that are kept in memory: about 30,000 results. */
const MOST_BYTES = 48e6;
/** How many results are remembered as shown once. */
const MOST_ONCE = 20_000;

/** By service: its results, each for some days and one of its locations. */
type Kept = Map<string, One[]>;

interface One {
  days: string;
  location: string;
  said: PreparedResult;
}

/**
 * Keeps in memory what was shown lately, until it no longer holds or the listing changes. Nothing in it tells who asked
 * or from where.
 */
export class ResultCache {
  readonly #index: SearchIndex;
  #kept: Kept = new Map();
  /** What was used before that. It is dropped when the newer half is full. */
  #older: Kept = new Map();
  #bytes = 0;
  #version = -1;
  /**
   * Shown once, and not kept yet: where searches come from everywhere, most results would be dropped before they are
   * shown again.
   */
  readonly #once = new Set<string>();

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  /** Drops what has changed since the last call, and, where there is too much, what has not been used lately. */
  tidy(): void {
    const { version } = this.#index;
    if (this.#version !== version) {
      const changed = this.#index.changedSince(this.#version);
      this.#version = version;
      if (changed === null) {
        this.#kept.clear();
        this.#older.clear();
        this.#bytes = 0;
      } else {
        for (const id of changed) {
          this.#kept.delete(id);
          this.#older.delete(id);
        }
      }
    }
    if (this.#bytes > MOST_BYTES / 2) {
      this.#older = this.#kept;
      this.#kept = new Map();
      this.#bytes = 0;
    }
  }

  /**
   * The kept result of a service, if it holds now.
   * @param location the key of the location (`locationKey`)
   * @param now milliseconds since 1970
   */
  find(id: string, location: string, days: SearchedDays, now: number): PreparedResult | undefined {
    const young = fitting(this.#kept.get(id), location, days, now);
    if (young) return young.said;
    const old = fitting(this.#older.get(id), location, days, now);
    if (old) this.#put(id, old);
    return old?.said;
  }

  /**
   * Keeps a result when it is shown for the second time.
   * @param days the weekdays that were searched for; none for a result that was prepared for any day
   */
  add(id: string, location: string, said: PreparedResult, days: SearchedDays): void {
    const what = resultKey(id, location);
    if (!this.#once.delete(what)) {
      if (this.#once.size === MOST_ONCE) this.#once.clear();
      this.#once.add(what);
      return;
    }
    this.#put(id, { days: days.join(), location, said });
  }

  #put(id: string, one: One): void {
    const others = this.#kept.get(id)?.filter((it) => it.days !== one.days || it.location !== one.location) ?? [];
    this.#kept.set(id, [...others, one]);
    this.#bytes += one.said.json.length;
  }
}

/** Whether a result holds now. One from after `now` does not: a clock that was set back must not keep it for longer. */
export const isCurrent = ({ since, until }: PreparedResult, now: number): boolean => since <= now && now < until;

function fitting(kept: readonly One[] | undefined, location: string, days: SearchedDays, now: number) {
  if (kept === undefined) return undefined;
  const wanted = days.length === 0 ? '' : days.join();
  for (const it of kept)
    if (
      it.location === location &&
      (it.days === wanted || (it.days === '' && meetsOn(it.said, days))) &&
      isCurrent(it.said, now)
    )
      return it;
  return undefined;
}
