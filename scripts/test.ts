import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../tests/helpers/chromium.ts';
import { buildSite } from './build-site.ts';

/**
 * `npm test`: everything that the tests need, then all of them; `npm test -- NAME` only those whose path holds the name.
 * Nothing is skipped: where a browser cannot be had it ends with 1 and says what to do.
 */

const ROOT = join(import.meta.dirname, '..');

try {
  process.env['CHROMIUM'] = await findChromium(console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
console.log(`Browser tests run in ${process.env['CHROMIUM']}.`);
buildSite();

const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
});
process.exit(status ?? 1);
