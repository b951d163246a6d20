import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Finds the command-line tool of SQLite as systems ship it, older than the SQLite inside the program. */

const works = (file: string): boolean => spawnSync(file, ['--version'], { encoding: 'utf8' }).status === 0;

/** Installs Debian's package; needs root. */
function installFromApt(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'sqlite3']])
    if (spawnSync('apt-get', args, { env, timeout: 300_000 }).status !== 0) return;
}

/**
 * The command of a sqlite3 that works: that of the setting SQLITE3, the one that is installed, else the Debian package.
 * @throws an Error that says what to do where none can be had
 */
export function findSqliteTool(): string {
  const file = process.env['SQLITE3'] ?? 'sqlite3';
  if (!works(file)) installFromApt();
  if (works(file)) return file;
  throw new Error(
    'This test needs the tool sqlite3. Install it (Debian: apt-get install sqlite3), or set SQLITE3 to it.',
  );
}
