/**
 * Long work in slices: a generator that pauses again and again, so that whoever drives it can let searches in between.
 */

/** How many listings are dealt with between two pauses: some tenths of a millisecond. */
export const STEP = 2048;

/** Does sliced work in one go. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * Does sliced work between other work: some milliseconds, then whatever waits for its turn, and so on.
 * @param milliseconds how long a slice may last, a pause of the work more or less
 */
export async function bySlices<T>(work: Generator<void, T>, milliseconds = 2): Promise<T> {
  for (;;) {
    const until = performance.now() + milliseconds;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
