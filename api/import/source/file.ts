import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { FeedError, parse } from '../fetch/client.ts';
import { decodeText } from '../oruk/encoding.ts';
import { isObject } from '../oruk/walk.ts';
import { linesOf, type Piece } from './lines.ts';

/** Records of a file: one a line, an array, or the envelope that an API puts around a page; each gzipped or not. */

/** Bytes of a file that has to be read whole: an array or an envelope. */
const MOST_WHOLE = 400 * 1024 * 1024;

export type FileKind = 'lines' | 'whole' | 'table';

/** What kind of file it is by its beginning. 'table': a spreadsheet. */
export async function kindOfFile(path: string): Promise<FileKind> {
  const beginning = await firstBytes(path);
  const { text } = decodeText(beginning, null);
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (start.startsWith('[')) return 'whole';
  if (!start.startsWith('{')) return 'table';
  const [line = '', next = ''] = start.split('\n', 2);
  if (/^\{\s*$/.test(line)) return 'whole';
  if (next.trimStart().startsWith('{') || isRecord(line)) return 'lines';
  if (next.trim() !== '') return 'whole';
  // One object on one line: a page of a list, or a record.
  return /"contents?"\s*:\s*\[/.test(line) ? 'whole' : 'lines';
}

function isRecord(line: string): boolean {
  try {
    const value: unknown = parse(line);
    return isObject(value) && 'id' in value && recordsIn(value)?.[0] === value;
  } catch {
    return false;
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const stream = (await isGzip(path)) ? unzipped(path) : createReadStream(path);
  for await (const chunk of stream) {
    stream.destroy();
    return (chunk as Buffer).subarray(0, 65_536);
  }
  return new Uint8Array();
}

function unzipped(path: string) {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

/**
 * The records of a file.
 * @param onRead told the share of the file that has been read
 */
export async function* readFileRecords(path: string, onRead: (share: number) => void): AsyncGenerator<Piece> {
  const about = basename(path);
  const { size } = await stat(path);
  const kind = await kindOfFile(path);
  const zipped = await isGzip(path);
  const file = createReadStream(path);
  // Listened to only from here on: what flows before it is read is lost.
  let come = 0;
  file.on('data', (chunk) => {
    come += chunk.length;
    onRead(size === 0 ? 1 : come / size);
  });
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  const bytes: AsyncIterable<Uint8Array> = zipped ? file.pipe(gunzip) : file;
  try {
    if (kind === 'lines') yield* linesOf(bytes, about);
    else yield* whole(bytes, about);
  } catch (error) {
    if (error instanceof FeedError || (error as NodeJS.ErrnoException).code?.startsWith('Z_'))
      yield { kind: 'fault', about, words: sentence((error as Error).message), loses: true };
    else throw error;
  } finally {
    file.destroy();
  }
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  const head = Buffer.alloc(2);
  await file.read(head, 0, 2, 0);
  await file.close();
  return head[0] === 0x1f && head[1] === 0x8b;
}

async function* whole(bytes: AsyncIterable<Uint8Array>, about: string): AsyncGenerator<Piece> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > MOST_WHOLE) throw new FeedError('the file is larger than 400 MB: give it one record a line (ndjson)');
    parts.push(chunk);
  }
  const { text, note } = decodeText(Buffer.concat(parts), null);
  if (note !== null) yield { kind: 'fault', about, words: note, loses: false };
  const body = parse(text.replace(/^\ufeff/, ''));
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
