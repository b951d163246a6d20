import type { SearchIndex } from '../search/types.ts';
import { type PreparedResult, resultKey } from '../store/results.ts';
import { meetsOn, type SearchedDays } from './prepared-result.ts';

/** Bytes of results that are kept in memory: some 30,000. */
const MOST_BYTES = 48e6;
/** Results that are remembered to have been shown once. */
const MOST_ONCE = 20_000;

/** By service: what was said of it, for whichever days, of whichever of its locations. */
type Kept = Map<string, One[]>;

interface One {
  days: string;
  location: string;
  said: PreparedResult;
}

/**
 * What was shown of late, in memory, until it is no longer so or the listing changes. Nothing of who asked or from where is
 * in it.
 */
export class ResultCache {
  readonly #index: SearchIndex;
  #kept: Kept = new Map();
  /** What was used before that: when half of what may be kept has been used since, this half is let go. */
  #older: Kept = new Map();
  #bytes = 0;
  #version = -1;
  /** What was shown once: where searches come from everywhere, most of it is not shown again before it would be let go. */
  readonly #once = new Set<string>();

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  /** Lets go of what has changed since the last call, and of what was not used of late when there is too much. */
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
   * What is kept of a service and holds now.
   * @param location as `locationKey` has it (said.ts)
   * @param now milliseconds since 1970
   */
  find(id: string, location: string, days: SearchedDays, now: number): PreparedResult | undefined {
    const young = fitting(this.#kept.get(id), location, days, now);
    if (young) return young.said;
    const old = fitting(this.#older.get(id), location, days, now);
    if (old) this.#put(id, old);
    return old?.said;
  }

  /** Keeps what was said the second time, in a search for some days; of what was said without any the days are none. */
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

/** A clock that was set back must not keep things for longer. */
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
