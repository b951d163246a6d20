import type { Directory } from '../directory/directory.ts';
import { clockWords } from '../domain/clock.ts';
import type { WriteLine } from '../runtime/faults.ts';
import { noteClock } from '../store/clock.ts';

/** The upkeep stops where the clock has jumped, and asks. */

const HOUR_MS = 3_600_000;

/**
 * Makes the job of the upkeep, to be run every minute: it does the work once an hour while the clock goes on as clocks do,
 * and none after a jump.
 * @param work what is done because time has passed
 */
export function createClockGuard(
  { db, now }: Pick<Directory, 'db' | 'now'>,
  work: () => Promise<void>,
  log: WriteLine,
): () => Promise<void> {
  let told: string | null = null;
  let next = 0;
  return async () => {
    const words = clockWords(noteClock(db, now()), now());
    if (words !== null) {
      if (told !== words)
        log(
          `The upkeep has stopped. ${words} If the clock is right, press ‘The clock is right’ under Figures on the moderators' pages, or run \`npm run upkeep -- go-on\`. If it is not, set it right and start again.`,
        );
      told = words;
      return;
    }
    if (told === null && performance.now() < next) return;
    told = null;
    next = performance.now() + HOUR_MS;
    await work();
  };
}
