/**
 * Long work in slices: a generator that pauses again and again, so that whoever drives it can let searches in between.
 */

/** How many listings are dealt with between two pauses: some tenths of a millisecond. */
export const STEP = 2048;

/** Does sliced work in one go. */
export function runAtOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Lets in whatever has come meanwhile; all of it has its turn before this goes on. */
export const yieldToOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Does sliced work between other work: some milliseconds, then whatever waits for its turn, and so on.
 * @param milliseconds how long the slice that begins may last, a pause of the work more or less
 * @param pause awaited after each; told how many milliseconds it took
 */
export async function runInSlices<T>(
  work: Generator<void, T>,
  milliseconds: () => number = () => 2,
  pause: (worked: number) => Promise<void> = yieldToOthers,
): Promise<T> {
  for (;;) {
    const started = performance.now();
    const until = started + milliseconds();
    let now = started;
    do {
      const step = work.next();
      if (step.done) return step.value;
      now = performance.now();
    } while (now < until);
    await pause(now - started);
  }
}
