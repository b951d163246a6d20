import { gzipSync } from 'node:zlib';
import { share } from './measure.ts';

/** The page of results as a browser gets it. */
export interface PageFigures {
  /** Bytes as transferred (gzip). */
  html: number;
  styles: number;
  scripts: number;
  /** Milliseconds. */
  median: number;
  p99: number;
}

const found = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, path]) => path as string);

/** @returns null where the site is not built */
export async function measurePage(port: number, paths: readonly string[]): Promise<PageFigures | null> {
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const [first = ''] = paths;
  const page = await get(first);
  if (!page.headers.get('content-type')?.startsWith('text/html')) return null;
  const html = await page.text();
  const transferred = async (files: readonly string[]): Promise<number> => {
    let bytes = 0;
    for (const file of new Set(files)) bytes += gzipSync(Buffer.from(await (await get(file)).arrayBuffer())).length;
    return bytes;
  };
  const scripts = found(html, /<script[^>]+src="([^"]+)"/g);
  // What those import comes along with them.
  for (const script of scripts) {
    const text = await (await get(script)).text();
    const folder = script.slice(0, script.lastIndexOf('/') + 1);
    for (const part of found(text, /(?:from|import)\s*"\.\/([^"]+)"/g))
      if (!scripts.includes(folder + part)) scripts.push(folder + part);
  }
  const took: number[] = [];
  for (const path of paths) {
    const start = performance.now();
    await (await get(path)).arrayBuffer();
    took.push(performance.now() - start);
  }
  return {
    html: gzipSync(html).length,
    styles: await transferred(found(html, /<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g)),
    scripts: await transferred(scripts),
    median: share(took, 0.5),
    p99: share(took, 0.99),
  };
}
