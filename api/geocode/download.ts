import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import ky from 'ky';

/** Ordnance Survey's open downloads: no key, redirects to the current zip of Code-Point Open (about 16 MB). */
const CODE_POINT_OPEN = 'https://api.os.uk/downloads/v1/products/CodePointOpen/downloads?area=GB&format=CSV&redirect';

/** The download did not come; the message says what to do instead. */
export class DownloadError extends Error {
  constructor(url: string, problem: string) {
    super(
      `Code-Point Open could not be fetched from ${new URL(url).host}: ${problem}. ` +
        'Check the network, or download it elsewhere from https://osdatahub.os.uk/downloads/open/CodePointOpen ' +
        'and run `npm run postcodes -- FILE`.',
    );
    this.name = 'DownloadError';
  }
}

export interface DownloadOptions {
  url?: string;
  /** Milliseconds until the server must have begun to answer. */
  patience?: number;
  /** Milliseconds without a byte after which it counts as broken off. */
  stall?: number;
  /** Told the share that has come, 0 to 1, where the server says how much there is. */
  onProgress?: (share: number) => void;
}

/**
 * Fetches the current Code-Point Open, hands its path to `use`, and removes it afterwards.
 * @throws DownloadError where the network does not answer or breaks off, or there is no temporary folder to put it into; whatever `use` throws
 */
export async function withCodePointOpen<T>(options: DownloadOptions, use: (path: string) => Promise<T>): Promise<T> {
  const { url = CODE_POINT_OPEN } = options;
  const folder = await temporaryFolder(url);
  const path = join(folder, 'codepo_gb.zip');
  try {
    await fetchTo(path, { ...options, url });
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function temporaryFolder(url: string): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'signpost-postcodes-'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DownloadError(
      url,
      `the temporary folder ${tmpdir()} cannot be used (${code}); set TMPDIR to one that can`,
    );
  }
}

async function fetchTo(path: string, options: DownloadOptions & { url: string }): Promise<void> {
  const { url, patience = 15_000, stall = 15_000, onProgress } = options;
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stopped.abort(new Error(`nothing more came for ${stall / 1000} seconds`)), stall);
  };
  try {
    const response = await ky.get(url, { timeout: patience, retry: 0, signal: stopped.signal });
    if (!response.body) throw new Error('the answer was empty');
    const all = Number(response.headers.get('content-length'));
    let come = 0;
    alive();
    const counted = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
    counted.on('data', (chunk: Buffer) => {
      alive();
      come += chunk.length;
      if (all > 0) onProgress?.(come / all);
    });
    await pipeline(counted, createWriteStream(path), { signal: stopped.signal });
    if (all > 0 && come < all) throw new Error('the answer broke off');
  } catch (error) {
    throw new DownloadError(url, problemOf(stopped.signal.aborted ? stopped.signal.reason : error, patience));
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(error: unknown, patience: number): string {
  const { name, message } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${patience / 1000} seconds`;
  if (name === 'HTTPError') return (message.match(/status code (\d+[^:]*)/)?.[0] ?? 'an error was answered').trim();
  if (name === 'NetworkError') return `no connection${codeIn(error)}`;
  return message;
}

/** ' (ENOTFOUND)': the code of the first cause that has one. */
function codeIn(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return ` (${cause.code})`;
  }
  return '';
}
