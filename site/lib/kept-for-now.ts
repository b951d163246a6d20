import { Recent } from '#api/domain/recent.ts';
import { now, version } from '#api/instance.ts';

const MINUTE_MS = 60_000;

/**
 * Keeps what is made of the directory alone, and of no search, until anything in it changes and until the next minute, since
 * sessions begin and end on whole minutes.
 */
export class KeptForNow<Value> {
  readonly #kept: Recent<string, Value>;
  #state = '';

  /** @param half as for {@link Recent} */
  constructor(half: number) {
    this.#kept = new Recent(half);
  }

  /** @param make null where there is nothing, or nothing that may be kept */
  get(key: string, make: () => Value | null): Value | null {
    const moment = now().getTime();
    // The stroke of a minute belongs to the minutes on both sides.
    if (moment % MINUTE_MS === 0) return make();
    const state = `${version()} ${Math.floor(moment / MINUTE_MS)}`;
    if (this.#state !== state) {
      this.#kept.clear();
      this.#state = state;
    }
    const known = this.#kept.find(key);
    if (known !== undefined) return known;
    const made = make();
    if (made !== null) this.#kept.put(key, made);
    return made;
  }
}
