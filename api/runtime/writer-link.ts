/**
 * What a reader says to the writer, and the other way round. A server of several processes has one writer, which is the
 * process that was started, and readers, which it starts (api/server/readers.ts).
 */

/** Set for a reader: the socket on which the writer takes what readers do not answer. */
export const READER_OF = 'SIGNPOST_READER_OF';

export type ToWriter =
  /** It can be given connections. */
  | { ready: true }
  /** It has a connection, which the writer may forget. */
  | { took: number }
  /** What was in the file when it was asked to look is in its index. */
  | { followed: number }
  /** May this client pass? */
  | { ask: number; client: string; cost: number }
  /** Requests that it answered, in the order of `Metrics.observe`. */
  | { observed: Observed[] }
  /** A search that found nothing near, as far as it is counted (api/search-log): none of it tells who searched. */
  | { unmet: unknown };
type Observed = [method: string, pattern: string, status: number, seconds: number];

export type ToReader =
  | { connection: number }
  | { follow: number }
  | { answer: number; wait: number }
  /** It answers what it was asked, and ends. */
  | { stop: true };

/** The writer, as a reader sees it. */
export interface WriterLink {
  /** The socket on which it takes requests. */
  readonly socket: string;
  say(message: ToWriter): void;
  /** Takes from a client's bucket, as `RateLimiter.take` does. */
  take(client: string, cost: number): Promise<number>;
  /** Counts a request. Those of one turn of the event loop are told together. */
  observe(...request: Observed): void;
}

function linkTo(socket: string): WriterLink {
  const asked = new Map<number, (wait: number) => void>();
  let number = 0;
  let observed: Observed[] = [];

  // Once the writer has gone there is nobody to say it to, and the reader ends.
  const say = (message: ToWriter): void => void (process.connected && process.send?.(message));
  function tell(): void {
    say({ observed });
    observed = [];
  }
  process.on('message', (message: ToReader) => {
    if (!('answer' in message)) return;
    asked.get(message.answer)?.(message.wait);
    asked.delete(message.answer);
  });
  return {
    socket,
    say,
    take: (client, cost) =>
      new Promise((resolve) => {
        asked.set(++number, resolve);
        say({ ask: number, client, cost });
      }),
    observe(...request) {
      if (observed.push(request) === 1) setImmediate(tell);
    },
  };
}

const socket = process.env[READER_OF];
/** Null where this process is the one that writes. */
export const writer: WriterLink | null = socket === undefined ? null : linkTo(socket);
