import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';

/** A file of listings, wherever it lies, gzipped or not. */
export interface ImportFile {
  name: string;
  /** Its first bytes, unzipped. */
  beginning: Uint8Array;
  /** All of it, unzipped. */
  bytes(): AsyncIterable<Uint8Array>;
}

const BEGINNING = 65_536;

/**
 * A file on the disk of this computer.
 * @param onRead told the share of the file that has been read
 * @throws an Error with a code where there is none
 */
export async function fileAt(path: string, onRead: (share: number) => void = () => {}): Promise<ImportFile> {
  const { size } = await stat(path);
  const zipped = await isGzip(path);
  const streamOf = (onBytes: (count: number) => void) => {
    const file = createReadStream(path);
    // Listened to only from here on: bytes that flow before somebody reads are lost.
    file.on('data', (chunk) => onBytes(chunk.length));
    if (!zipped) return file;
    const gunzip = createGunzip();
    file.on('error', (error) => gunzip.destroy(error));
    gunzip.on('close', () => file.destroy());
    return file.pipe(gunzip);
  };
  return {
    name: basename(path),
    beginning: await firstBytes(streamOf(() => {})),
    bytes() {
      let come = 0;
      return streamOf((count) => {
        come += count;
        onRead(size === 0 ? 1 : come / size);
      });
    },
  };
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  const head = Buffer.alloc(2);
  await file.read(head, 0, 2, 0);
  await file.close();
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The first bytes; none where the file breaks off at once: reading it says then what is wrong. */
async function firstBytes(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    for await (const chunk of stream) return chunk.subarray(0, BEGINNING);
  } catch {
    return new Uint8Array();
  }
  return new Uint8Array();
}
