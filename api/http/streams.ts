import { faultLines, type WriteLine } from '../runtime/faults.ts';
import { giveWay } from '../runtime/load.ts';

/** Answers of any length in a small, constant amount of memory: made a slice at a time, as fast as they are read. */

/** Whose turn it is: one slice of all answers at a time, however many there are, and others' requests between two. */
let turn: Promise<void> = Promise.resolve();
/** Milliseconds that the last slice took. */
let worked = 0;

function takeTurn(): Promise<void> {
  turn = turn.then(() => giveWay(worked));
  return turn;
}

/**
 * A body of many pieces of text.
 * @param pieces asked for the next one only when the reader has taken the last. Where it throws, the connection is cut,
 *   so that nobody takes half for the whole.
 * @param report is told of that
 */
export function textStream(
  pieces: Iterator<string> | AsyncIterator<string>,
  report: WriteLine = console.error,
): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  let isLeft = false;
  return new ReadableStream(
    {
      async pull(controller) {
        await takeTurn();
        // Whoever has gone meanwhile is no fault, and nothing can be handed to them.
        if (isLeft) return;
        const started = performance.now();
        try {
          const { done, value } = await pieces.next();
          worked = performance.now() - started;
          if (isLeft) return;
          if (done) controller.close();
          else controller.enqueue(bytes.encode(value));
        } catch (error) {
          report(faultLines(error));
          // The server logs the message of what it gets, and may send it on.
          controller.error(new Error('An answer was cut off.'));
        }
      },
      async cancel() {
        isLeft = true;
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Each record on a line of its own. */
export function* jsonLines(slices: Iterable<readonly unknown[]>): Generator<string> {
  for (const slice of slices)
    if (slice.length > 0) yield `${slice.map((record) => JSON.stringify(record)).join('\n')}\n`;
}

/**
 * The slices of a list, until its source is empty.
 * @param next the items behind a key, or the first ones for null; none at the end
 */
export function* slicesByKey<Item>(
  next: (after: string | null) => Item[],
  keyOf: (item: Item) => string,
): Generator<Item[]> {
  for (let after: string | null = null; ; ) {
    const items: Item[] = next(after);
    const last = items.at(-1);
    if (last === undefined) return;
    yield items;
    after = keyOf(last);
  }
}

/** The slices of a list in memory. */
export function* slicesOf<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
