import { decodeFeed } from '../encoding/decode.ts';
import { parseJson } from '../fetch/client.ts';
import type { SourceFault } from '../incoming.ts';

/** Records one a line, as they come. */

/** What lines come to: a record, or something to say about the source itself. */
export type Piece = { kind: 'record'; raw: unknown; line?: number } | SourceFault;

/** Bytes of one line: a record may have a million characters. */
const MOST_IN_LINE = 4 * 1024 * 1024;

/** @param about what the lines are of, for the report */
export async function* jsonLinesOf(bytes: AsyncIterable<Uint8Array>, about: string): AsyncGenerator<Piece> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let line = 1;
  let told: string | null = null;
  const fault = (words: string): Piece => ({ kind: 'fault', about: `${about}, line ${line}`, words, loses: true });

  function* finish(last: boolean): Generator<Piece> {
    if (size > MOST_IN_LINE) yield fault(`The line is longer than ${MOST_IN_LINE / 1024 / 1024} MB, and was left out.`);
    else {
      const { text, note } = decodeFeed(Buffer.concat(parts), null);
      if (note !== null && note !== told)
        yield { kind: 'fault', about: `${about}, line ${line}`, words: note, loses: false };
      told = note ?? told;
      const trimmed = text.replace(/^\ufeff/, '').trim();
      if (trimmed !== '') yield* read(trimmed, last);
    }
    parts = [];
    size = 0;
    line++;
  }

  function* read(text: string, last: boolean): Generator<Piece> {
    try {
      yield { kind: 'record', raw: parseJson(text), line };
    } catch {
      yield fault(last ? 'The last line breaks off.' : 'The line is no JSON, and was left out.');
    }
  }

  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(10, from); end !== -1; end = chunk.indexOf(10, from)) {
      size += end - from;
      if (size <= MOST_IN_LINE) parts.push(chunk.subarray(from, end));
      yield* finish(false);
      from = end + 1;
    }
    size += chunk.length - from;
    // The rest of a line that is too long is not kept in memory.
    if (size <= MOST_IN_LINE) parts.push(chunk.subarray(from));
    else parts = [];
  }
  if (size > 0) yield* finish(true);
}
