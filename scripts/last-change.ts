import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** When anything under a path last changed, milliseconds; a folder's own time tells of what was taken out of it. */
export function lastChange(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
