/** Long work in slices: a generator that pauses again and again, so that its driver can let searches in. */

/** How many listings are handled between two pauses: some tenths of a millisecond. */
export const STEP = 2048;

/** Does sliced work without pausing. */
export function runAtOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Lets everything that waits for the event loop have its turn. */
export const yieldToOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Does sliced work beside other work: some milliseconds of it, then whatever waits for its turn, and so on.
 * @param milliseconds how long the next slice may take, give or take a pause of the work
 * @param pause awaited after each slice; told how many milliseconds it took
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
