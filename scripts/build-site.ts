import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastChange } from './last-change.ts';

const ROOT = join(import.meta.dirname, '..');
/** Written once a build has ended well, so that what one leaves behind that was cut short does not pass for a site. */
const BUILT = join(ROOT, 'dist/built');
/** What the built site is made of. The api is not in it: it runs as it stands. */
const SOURCES = ['site', 'astro.config.mjs', 'package.json', 'package-lock.json'];

/** Builds the site where it is not built, or not from what is there now. Where that fails, says why and ends with 1. */
export function buildSite(): void {
  if (lastChange(BUILT) >= Math.max(...SOURCES.map((source) => lastChange(join(ROOT, source))))) return;
  console.log('Building the site: under a minute, and only when something has changed …');
  rmSync(BUILT, { force: true });
  const astro = join(ROOT, 'node_modules/astro/bin/astro.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [astro, 'build'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (status === 0) {
    writeFileSync(BUILT, '');
    return;
  }
  console.error(stdout + stderr);
  console.error('The site could not be built: what went wrong stands above.');
  process.exit(1);
}
