import { decodeFeed } from '../encoding/decode.ts';
import { FeedError, parseJson } from '../fetch/client.ts';
import { isObject } from '../oruk/walk.ts';
import type { ImportFile } from './import-file.ts';
import { jsonLinesOf, type Piece } from './lines.ts';

/** Records of a file: one a line, an array, or the envelope that an API puts around a page. */

/** Bytes of a file that has to be read whole: an array or an envelope. */
const MOST_WHOLE = 400 * 1024 * 1024;

/** Whether a file holds records rather than a table, by its first bytes. */
export const isOfRecords = (beginning: Uint8Array): boolean => kindOf(beginning) !== null;

/** Whether records stand one a line, or the file must be read whole; null where there are none. */
function kindOf(beginning: Uint8Array): 'lines' | 'whole' | null {
  const { text } = decodeFeed(beginning, null);
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (start.startsWith('[')) return 'whole';
  if (!start.startsWith('{')) return null;
  const [line = '', next = ''] = start.split('\n', 2);
  if (/^\{\s*$/.test(line)) return 'whole';
  if (next.trimStart().startsWith('{') || isRecord(line)) return 'lines';
  if (next.trim() !== '') return 'whole';
  // One object on one line: a page of a list, or a record.
  return /"contents?"\s*:\s*\[/.test(line) ? 'whole' : 'lines';
}

function isRecord(line: string): boolean {
  try {
    const value: unknown = parseJson(line);
    return isObject(value) && 'id' in value && recordsIn(value)?.[0] === value;
  } catch {
    return false;
  }
}

/**
 * The records of a file as they came.
 * @param file for which isOfRecords holds
 */
export async function* recordsOfFile(file: ImportFile): AsyncGenerator<Piece> {
  const about = file.name;
  try {
    if (kindOf(file.beginning) === 'lines') yield* jsonLinesOf(file.bytes(), about);
    else yield* whole(file.bytes(), about);
  } catch (error) {
    if (error instanceof FeedError || (error as NodeJS.ErrnoException).code?.startsWith('Z_'))
      yield { kind: 'fault', about, words: sentence((error as Error).message), loses: true };
    else throw error;
  }
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

async function* whole(bytes: AsyncIterable<Uint8Array>, about: string): AsyncGenerator<Piece> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > MOST_WHOLE) throw new FeedError('the file is larger than 400 MB: give it one record a line (ndjson)');
    parts.push(chunk);
  }
  const { text, note } = decodeFeed(Buffer.concat(parts), null);
  if (note !== null) yield { kind: 'fault', about, words: note, loses: false };
  const body = parseJson(text.replace(/^\ufeff/, ''));
  const records = recordsIn(body);
  if (records === null) throw new FeedError('there are no services in it: neither a list nor a page of one');
  for (const raw of records) yield { kind: 'record', raw };
}

/** The services of an array, of a page of Open Referral UK 3.0 or 1.0, or the one service that it is; null where it is none. */
export function recordsIn(body: unknown): unknown[] | null {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) return null;
  for (const name of ['contents', 'content', 'services', 'items', 'data', 'results'])
    if (Array.isArray(body[name])) return body[name];
  return 'id' in body && 'name' in body ? [body] : null;
}
