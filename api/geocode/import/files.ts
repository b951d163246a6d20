import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { crc32, createGunzip } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { BrokenFileError } from './broken.ts';

/** One file of a source, inside an archive or not. */
export interface SourceFile {
  /** As an error names it: 'codepo_gb.zip: Data/CSV/ab.csv'. */
  name: string;
  /** Its path within the source, with '/' between: 'Data/CSV/ab.csv'. */
  path: string;
  /** Bytes, as {@link SourceFile.open} counts them. */
  size: number;
  /** The text of the file as a stream; `read` is told of bytes of `size` as they are used up. */
  open: (read?: (bytes: number) => void) => Promise<Readable>;
}

export interface Source {
  files: SourceFile[];
  close: () => void;
}

/**
 * The files of a source: those of a zip or a folder, or the one file itself, unpacked where it ends in .gz.
 * @throws BrokenFileError where the path leads nowhere or the zip cannot be read
 */
export async function openSource(path: string): Promise<Source> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new BrokenFileError(path, 'there is no such file or folder. Check the path.');
  if (found.isDirectory()) return { files: folder(path), close: () => {} };
  if (/\.zip$/i.test(path)) return zip(path);
  return { files: [plain(path, basename(path), basename(path))], close: () => {} };
}

function folder(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const within = relative(root, path).replaceAll('\\', '/');
      return plain(path, `${basename(root)}/${within}`, within);
    });
}

const plain = (path: string, name: string, within: string): SourceFile => ({
  name,
  path: within,
  size: statSync(path).size,
  open: async (read) => {
    const raw = createReadStream(path, { highWaterMark: 1 << 18 });
    if (read) raw.on('data', (chunk) => read(chunk.length));
    if (!/\.gz$/i.test(path)) return raw;
    return pipeline(raw, createGunzip({ chunkSize: 1 << 18 }), () => {}) as unknown as Readable;
  },
});

async function zip(path: string): Promise<Source> {
  const name = basename(path);
  const whole = `download it again: it is damaged or was not fetched to its end.`;
  let archive: ZipFile;
  const entries: Entry[] = [];
  try {
    archive = await openPromise(path, { autoClose: false });
  } catch (error) {
    throw new BrokenFileError(name, `it is no readable zip file (${(error as Error).message}); ${whole}`);
  }
  try {
    for await (const entry of archive.eachEntry()) if (!entry.fileName.endsWith('/')) entries.push(entry);
  } catch (error) {
    archive.close();
    throw new BrokenFileError(name, `its list of contents is broken (${(error as Error).message}); ${whole}`);
  }
  const files = entries.map((entry) => ({
    name: `${name}: ${entry.fileName}`,
    path: entry.fileName,
    size: entry.uncompressedSize,
    open: async (read?: (bytes: number) => void) => checked(archive, entry, read),
  }));
  return { files, close: () => archive.close() };
}

/** The unpacked text of an entry, which fails at its end where the checksum is another than the archive says. */
async function checked(archive: ZipFile, entry: Entry, read?: (bytes: number) => void): Promise<Readable> {
  const raw = await archive.openReadStreamPromise(entry);
  const out = new PassThrough({ highWaterMark: 1 << 18 });
  let sum = 0;
  raw.on('data', (chunk: Buffer) => {
    sum = crc32(chunk, sum);
    read?.(chunk.length);
  });
  raw.on('end', () => {
    if (sum !== entry.crc32) out.destroy(new Error('its checksum is wrong'));
  });
  pipeline(raw, out, () => {});
  return out;
}
