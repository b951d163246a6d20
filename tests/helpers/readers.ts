import { execFileSync } from 'node:child_process';
import type { Site } from './site.ts';

const START_MS = 30_000;

/** The processes that another one has started. */
const startedBy = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...words]) => Number(parent) === pid && words.some((word) => word.endsWith('server/reader.ts')))
    .map(([child]) => Number(child));

/** The ids of a site's readers, once so many answer. */
export async function readersOf({ origin, pid }: Site, count: number): Promise<number[]> {
  for (const until = performance.now() + START_MS; performance.now() < until; ) {
    const figures = await fetch(`${origin}/metrics`, { headers: { connection: 'close' } })
      .then((answer) => answer.text())
      // It was given to a reader that has been killed.
      .catch(() => '');
    if (figures.includes(`\nsignpost_processes ${count + 1}\n`)) return startedBy(pid);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`After ${START_MS / 1000} seconds the site does not have ${count} readers.`);
}
