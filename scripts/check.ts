import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm run check`: format and lint, types, and dead code, side by side, since none of them keeps two cores busy. What each
 * says comes in one piece, once it has ended. Ends with 1 where one of them finds something.
 */

const ROOT = join(import.meta.dirname, '..');
/** What takes longest begins first. */
const CHECKS = [['astro', 'check', '--minimumFailingSeverity', 'hint'], ['knip'], ['biome', 'check', '.']] as const;

/** Runs one of them. @returns whether it found nothing */
function run(check: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'node24.mjs'), ...check], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
  return new Promise((ended) => {
    child.on('close', (code) => {
      process.stdout.write(`── ${check.join(' ')}${code === 0 ? '' : `: failed with ${code}`}\n${said}`);
      ended(code === 0);
    });
  });
}

const found = await Promise.all(CHECKS.map(run));
process.exitCode = found.every(Boolean) ? 0 : 1;
