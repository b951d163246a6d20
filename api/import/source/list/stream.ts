import { type FeedClient, FeedError } from '../../fetch/client.ts';
import type { RawPiece } from '../../oruk/read.ts';
import { jsonLinesOf } from '../lines.ts';
import { isDetailed } from './details.ts';
import { type ApiFindings, type ApiOptions, MOST_RECORDS } from './options.ts';
import { lost, withParameters } from './page.ts';

/** Everything in one stream, where the feed does that. @returns whether it did */
export async function* tryStream(
  address: string,
  options: ApiOptions,
  findings: ApiFindings,
): AsyncGenerator<RawPiece, boolean> {
  const asked = withParameters(address, { format: 'ndjson', full: 'true' });
  try {
    return yield* readStream(asked, options, findings, false);
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return false;
  }
}

/** A record on each line. @returns whether the address answers so */
export async function* readStream(
  address: string,
  { client, conditions }: ApiOptions,
  findings: ApiFindings,
  mustBe: boolean,
): AsyncGenerator<RawPiece, boolean> {
  const known = conditions?.address === address ? conditions : undefined;
  const answer = await client.open(address, {
    accept: 'application/x-ndjson, application/json;q=0.5',
    ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
    ...(known?.last_modified !== undefined && { 'if-modified-since': known.last_modified }),
  });
  if (answer.status === 304) {
    findings.unchanged = true;
    return true;
  }
  const type = answer.headers.get('content-type') ?? '';
  if ((!mustBe && !/ndjson|jsonl|json-seq/i.test(type)) || answer.body === null) {
    await answer.body?.cancel();
    return false;
  }
  const { pathname } = new URL(address);
  const bytes = /\.gz$/i.test(pathname)
    ? answer.body.pipeThrough(
        new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>,
      )
    : answer.body;
  const headers: NonNullable<ApiOptions['conditions']> = { address };
  const etag = answer.headers.get('etag');
  const modified = answer.headers.get('last-modified');
  if (etag !== null) headers.etag = etag;
  if (modified !== null) headers.last_modified = modified;
  let count = 0;
  try {
    for await (const piece of jsonLinesOf(counted(bytes, client), pathname)) {
      if (piece.kind === 'record' && ++count > MOST_RECORDS) throw new FeedError('The stream has no end.');
      // A line of it may be a summary: only what nests its places is whole.
      if (count === 1 && !mustBe && piece.kind === 'record' && !isDetailed(piece.raw)) return false;
      yield piece;
    }
  } catch (error) {
    yield lost(pathname, new FeedError(`The stream broke off after ${count} records (${(error as Error).message}).`));
    // A file has no pages to go on with.
    return mustBe;
  }
  findings.conditions = headers;
  return true;
}

async function* counted(bytes: AsyncIterable<Uint8Array>, { onBytes }: FeedClient): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    onBytes(chunk.length);
    yield chunk;
  }
}
