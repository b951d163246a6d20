import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm run findings`: runs every finding, one after the other, and says which no longer hold; `npm run findings -- NAME`
 * only those whose name holds NAME. Each fetches what it needs from the package registry, so it is no part of the tests.
 */

const FOLDER = join(import.meta.dirname, '../findings');
const asked = process.argv[2] ?? '';

const scripts = readdirSync(FOLDER).filter((file) => file.endsWith('.sh'));
const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const chosen = scripts.filter((file) => file.includes(asked));
if (chosen.length === 0) {
  console.error(`No finding has '${asked}' in its name. They are the .sh files in the folder findings.`);
  process.exit(1);
}

const unlisted = scripts.filter((file) => !readme.includes(`\`${file.slice(0, -'.sh'.length)}\``));
const failed: string[] = [];
for (const file of chosen) {
  console.log(`\n${file}`);
  if (spawnSync('sh', [join(FOLDER, file)], { stdio: 'inherit' }).status !== 0) failed.push(file);
}

console.log(`\n${chosen.length - failed.length} passed, ${failed.length} failed`);
for (const file of failed) console.error(`${file}: what it says is no longer so, or it could not be run.`);
for (const file of unlisted) console.error(`${file}: not in the table of findings/README.md.`);
process.exit(failed.length + unlisted.length > 0 ? 1 : 0);
